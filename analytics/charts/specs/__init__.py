"""A chart or map before it is drawn: PowerPoint and paper draw the same numbers."""

from typing import Final

from analytics.charts.specs.drawings import chart_spec

ESTIMATE_SHARE: Final = 0.36
"""Part of a figure's height for an estimate that stands above its course."""

__all__ = ["ESTIMATE_SHARE", "chart_spec"]
