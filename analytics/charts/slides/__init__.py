"""A slide's chart or map before it is drawn: PowerPoint and paper draw the same numbers."""

from analytics.charts.slides.specs import chart_spec

__all__ = ["chart_spec"]
