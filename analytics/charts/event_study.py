"""Differences by quarters since the start of the model programme."""

from typing import Final

import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.effect_axis import EffectAxis, bounds
from analytics.charts.event_points import add_marks, add_phases
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_TICK_STEP: Final = 2


def event_study(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw an estimate with its interval a quarter; start and reference quarter are marked.

    Args:
        exhibit: Rows ``event, label, phase`` (``before``, ``reference``, ``after``),
            ``phase_label, value, low, high, status``.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame
    axis = EffectAxis.of(table, w)
    heads = list(zip(frame["label"], frame["phase_label"], strict=True))
    texts = hover.texts(table, w, heads)
    figure = go.Figure(layout=theme.layout(exhibit.source, w))
    figure.add_hline(y=axis.neutral, line={"color": theme.INK, "width": 1.5})
    add_phases(figure, frame, texts, reference="reference", colour=theme.MODEL)
    figure.update_yaxes(**axis.axis(bounds(frame)))
    first, last = int(frame["event"].min()), int(frame["event"].max())
    ticks = [tick for tick in range(first, last + 1) if tick % _TICK_STEP == 0]
    figure.update_xaxes(
        range=[first - 0.7, last + 0.7],
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.signed(tick) if tick else "0" for tick in ticks],
        title_text=w("report_model_effect.event_axis"),
    )
    names = (w("report_model_effect.mark_reference"), w("report_model_effect.mark_start"))
    add_marks(figure, *names, theme.MODEL)
    return figure.update_layout(margin_t=36)
