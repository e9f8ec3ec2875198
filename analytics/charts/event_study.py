"""Differences by quarters since the start of the model programme."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.effect_axis import EffectAxis, bounds
from analytics.charts.event_points import START, add_marks, add_phases
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_TICK_STEP: Final = 2
_EDGE: Final = 0.7
_POOLED: Final = ("estimate", "estimate_low", "estimate_high")


def event_study(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a difference with its interval a quarter, and from the start on the estimate as a band.

    Args:
        exhibit: Rows ``event, label, phase`` (``before``, ``after``), ``phase_label, value, low,
            high, status``; ``estimate, estimate_low, estimate_high`` are the same in each.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame
    axis = EffectAxis.of(table, w)
    heads = list(zip(frame["label"], frame["phase_label"], strict=True))
    texts = hover.texts(table, w, heads)
    figure = go.Figure(layout=theme.layout(w))
    first, last = int(frame["event"].min()), int(frame["event"].max())
    _add_estimate(figure, frame, last + _EDGE, axis, w)
    figure.add_hline(y=axis.neutral, line={"color": theme.INK, "width": 1.5})
    add_phases(figure, frame, texts, colour=theme.MODEL)
    figure.update_yaxes(**axis.axis(bounds(frame, ("low", "high", *_POOLED))))
    ticks = [tick for tick in range(first, last + 1) if tick % _TICK_STEP == 0]
    figure.update_xaxes(
        range=[first - _EDGE, last + _EDGE],
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.signed(tick) if tick else "0" for tick in ticks],
        title_text=w("report_model_effect.event_axis"),
    )
    names = (w("report_model_effect.mark_reference"), w("report_model_effect.mark_start"))
    add_marks(figure, *names, theme.MODEL)
    return figure.update_layout(margin_t=36)


def _add_estimate(
    figure: go.Figure, frame: pd.DataFrame, end: float, axis: EffectAxis, w: Words
) -> None:
    """Draw the estimate over all quarters as a line, its interval as a band around it."""
    value, low, high = (float(frame[name].iloc[0]) for name in _POOLED)
    band = {"x0": START, "x1": end, "layer": "below"}
    fill = theme.translucent(theme.MODEL)
    figure.add_shape(type="rect", y0=low, y1=high, fillcolor=fill, line={"width": 0}, **band)
    line = {"color": theme.MODEL, "width": 2}
    figure.add_shape(type="line", y0=value, y1=value, line=line, **band)
    text = w("report_model_effect.mark_estimate", estimate=axis.form.bare(value, w))
    theme.note(figure, text, theme.MODEL, x=1, xref="x domain", xanchor="right")
