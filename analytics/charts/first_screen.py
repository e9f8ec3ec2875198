"""The pictures of the first screen: two courses named at their ends, the estimate in one line."""

from typing import Final

import plotly.graph_objects as go

from analytics.charts import forest
from analytics.charts.trend import Phase, trend
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.span import PROGRAMME

_HEIGHT: Final = 250
_LINE_HEIGHT: Final = 126


def estimate(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the estimate as ``forest.estimate``, as low as one line can be."""
    figure = forest.estimate(exhibit, w)
    figure.update_yaxes(showticklabels=False)
    return figure.update_layout(height=_LINE_HEIGHT, margin={"t": 20, "b": 40})


def course(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw both groups by quarter with their bands, as low as the first screen needs it.

    Args:
        exhibit: Rows of ``trend``.
        w: Words of the language.
    """
    programme = Phase(w("ui.phase_model"), PROGRAMME.start, PROGRAMME.end)
    figure = trend(exhibit, w, phases=[programme], from_zero=False)
    low, high = figure.layout.yaxis.range
    figure.update_yaxes(range=[low, high + 0.1 * (high - low)])
    return figure.update_layout(
        height=_HEIGHT,
        margin={"t": 4, "b": 24},
    )
