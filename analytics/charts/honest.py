"""The interval of an effect by how far the courses may have diverged."""

import math
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.effect_axis import EffectAxis, bounds
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_TICK: Final = 0.5
_EDGE: Final = 0.3
"""Share of the width in which a mark at the edge leans inwards."""


def honest_curve(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw an interval for each allowed departure; the first that lets no difference in is marked.

    Args:
        exhibit: Rows ``allowed, low, high, status``, with ``breakdown`` in every row.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame[table.frame["status"] == Status.SHOWN]
    axis = EffectAxis.of(table, w, "low")
    figure = go.Figure(layout=theme.layout(w))
    figure.add_traces([_intervals(frame, axis, w, holds=holds) for holds in (True, False)])
    figure.add_hline(y=axis.neutral, line={"color": theme.INK, "width": 1.5})
    last = float(table.frame["allowed"].max())
    breakdown = float(table.frame["breakdown"].iloc[0])
    if 0 < breakdown <= last:
        _add_breakdown(figure, breakdown, last, w)
    figure.update_yaxes(**axis.axis(bounds(frame, ("low", "high"))))
    ticks = [_TICK * i for i in range(int(last / _TICK) + 1)]
    figure.update_xaxes(
        range=[-0.15, last + 0.15],
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.number(tick, 1) for tick in ticks],
        title_text=w("report_model_effect.honest_axis"),
    )
    return figure.update_layout(margin_t=36)


def _intervals(frame: pd.DataFrame, axis: EffectAxis, w: Words, *, holds: bool) -> go.Scatter:
    """Draw intervals as bars without a point: the method has none."""
    inside = (frame["low"] <= axis.neutral) & (frame["high"] >= axis.neutral)
    part = frame[~inside if holds else inside]
    colour = theme.MODEL if holds else theme.NEUTRAL
    rows = zip(part["allowed"], part["low"], part["high"], strict=True)
    return go.Scatter(
        x=_lines(part["allowed"], part["allowed"]),
        y=_lines(part["low"], part["high"]),
        mode="lines+markers",
        line={"color": colour, "width": 4},
        marker={
            "color": colour,
            "size": 16,
            "symbol": "line-ew",
            "line": {"width": 3, "color": colour},
        },
        connectgaps=False,
        hovertext=[text for row in rows for text in _texts(row, axis, w)],
        hovertemplate=hover.TEMPLATE,
    )


def _lines(first: "pd.Series[float]", second: "pd.Series[float]") -> list[float | None]:
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    return [value for a, b in pairs for value in (a, b, None)]


def _texts(row: Sequence[Any], axis: EffectAxis, w: Words) -> list[str]:
    allowed, low, high = (float(value) for value in row)
    if not math.isfinite(low):
        return ["", "", ""]
    head = w("report_model_effect.honest_hover", allowed=w.number(allowed, 2))
    interval = w("estimate.interval", range=axis.form.range(low, high, w))
    return [f"<b>{hover.plain(head)}</b><br>{interval}"] * 2 + [""]


def _add_breakdown(figure: go.Figure, breakdown: float, last: float, w: Words) -> None:
    share = breakdown / last
    anchor = "center" if _EDGE < share < 1 - _EDGE else "left" if share <= _EDGE else "right"
    figure.add_vline(x=breakdown, line={"color": theme.OUTLINE, "width": 1.5, "dash": "6px,3px"})
    text = w("report_model_effect.honest_mark", value=w.number(breakdown, 1))
    theme.note(figure, text, theme.MUTED, x=breakdown, xanchor=anchor)
