"""Pictures whose options belong to the pages: phases behind trends, what is marked in a plot."""

import plotly.graph_objects as go

from analytics.charts.trend import Phase
from analytics.charts.trend import trend as draw_trend
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit
from analytics.reports.span import PROGRAMME


def trend(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a trend before the phase of the model programme."""
    phase = Phase(w("ui.phase_model"), PROGRAMME.start, PROGRAMME.end)
    return draw_trend(exhibit, w, phases=(phase,))


def stages(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the stages."""
    return go.Figure()
