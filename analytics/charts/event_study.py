"""Differences by quarters since the start of the model programme."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.effect_axis import EffectAxis, bounds
from analytics.charts.forest import errors
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_PHASES: Final = ("before", "reference", "after")
_BETWEEN: Final = -0.5
"""The start lies between the quarter before and the first one after it."""
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
    figure.add_vline(x=_BETWEEN, line={"color": theme.MODEL, "width": 1.5, "dash": "6px,3px"})
    for phase in _PHASES:
        chosen = [i for i, name in enumerate(frame["phase"]) if name == phase]
        if chosen:
            figure.add_trace(_points(frame, chosen, phase, texts))
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
    _add_marks(figure, w)
    return figure.update_layout(margin_t=36)


def _points(
    frame: pd.DataFrame, chosen: Sequence[int], phase: str, texts: Sequence[str]
) -> go.Scatter:
    part = frame.iloc[list(chosen)]
    colour = theme.MODEL if phase == "after" else theme.NEUTRAL
    return go.Scatter(
        x=part["event"].tolist(),
        y=part["value"].tolist(),
        mode="markers",
        marker={
            "color": theme.PAPER if phase == "reference" else colour,
            "size": 9,
            "line": {"color": colour, "width": 2},
        },
        error_y=errors(part, colour),
        hovertext=[texts[i] for i in chosen],
        hovertemplate=hover.TEMPLATE,
    )


def _add_marks(figure: go.Figure, w: Words) -> None:
    for name, anchor, shift, colour in (
        ("reference", "right", -6, theme.MUTED),
        ("start", "left", 2, theme.MODEL),
    ):
        figure.add_annotation(
            x=_BETWEEN,
            y=1,
            yref="y domain",
            yanchor="bottom",
            xanchor=anchor,
            xshift=shift,
            showarrow=False,
            text=w(f"report_model_effect.mark_{name}"),
            font={"size": theme.SMALL_SIZE, "color": colour},
        )
