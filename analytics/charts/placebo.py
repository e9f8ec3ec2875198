"""The true statistic among those of random assignments."""

import math
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import nice_ticks
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_HEIGHT: Final = 340
_TICKS: Final = 7
_ROOM: Final = 0.5
"""Standard errors kept free beyond the outermost mark."""


def placebo_draws(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the draws as bars, the critical values as dashed lines, the true statistic as a line.

    Args:
        exhibit: Rows ``low, high`` (standard errors), ``label, value`` (draws), with the true
            ``statistic`` and the ``critical`` value in every row.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    statistic, critical = (float(frame[name].iloc[0]) for name in ("statistic", "critical"))
    figure = go.Figure(layout=theme.layout(w, height=_HEIGHT))
    figure.add_trace(_bars(frame, critical, w))
    for value in (-critical, critical):
        figure.add_vline(x=value, line={"color": theme.OUTLINE, "width": 1.5, "dash": "6px,3px"})
    figure.add_vline(x=statistic, line={"color": theme.MODEL, "width": 3})
    figure.add_annotation(_true_mark(statistic, w))
    figure.update_xaxes(**_axis(frame, statistic, w))
    _draws_axis(figure, frame, w)
    return figure.update_layout(
        bargap=0.06,
        margin_t=56,
        annotations=[*figure.layout.annotations, _critical_mark(critical, w)],
    )


def _bars(frame: pd.DataFrame, critical: float, w: Words) -> go.Bar:
    middles = (frame["low"] + frame["high"]) / 2
    rows = zip(frame["label"], frame["value"], strict=True)
    texts = [
        w("report_model_effect.placebo_hover", label=label, value=w.number(value))
        for label, value in rows
    ]
    return go.Bar(
        x=middles.tolist(),
        y=frame["value"].tolist(),
        width=(frame["high"] - frame["low"]).mul(0.94).tolist(),
        marker={
            "color": [theme.NEUTRAL if abs(m) > critical else theme.PALE for m in middles],
            "line": {"width": 0},
        },
        hovertext=[hover.plain(text) for text in texts],
        hovertemplate=hover.TEMPLATE,
    )


def _true_mark(statistic: float, w: Words) -> dict[str, Any]:
    text = w("report_model_effect.placebo_true", value=w.signed(statistic, 1))
    return {
        "x": statistic,
        "y": 1,
        "yref": "y domain",
        "yanchor": "bottom",
        "xanchor": "right" if statistic > 0 else "left",
        "showarrow": False,
        "text": f"<b>{text}</b>",
        "font": {"size": theme.SMALL_SIZE, "color": theme.MODEL},
    }


def _critical_mark(critical: float, w: Words) -> dict[str, Any]:
    return {
        "x": 0,
        "y": 1,
        "yref": "y domain",
        "yanchor": "bottom",
        "yshift": 20,
        "xanchor": "center",
        "showarrow": False,
        "text": w("report_model_effect.placebo_critical", value=w.number(critical, 1)),
        "font": {"size": theme.SMALL_SIZE, "color": theme.MUTED},
    }


def _axis(frame: pd.DataFrame, statistic: float, w: Words) -> dict[str, Any]:
    low = min(float(frame["low"].min()), statistic - _ROOM)
    high = max(float(frame["high"].max()), statistic + _ROOM)
    step = math.ceil((high - low) / _TICKS)
    ticks = range(math.ceil(low / step) * step, math.floor(high) + 1, step)
    return {
        "range": [low, high],
        "tickmode": "array",
        "tickvals": list(ticks),
        "ticktext": [w.signed(tick) if tick else "0" for tick in ticks],
        "title_text": w("report_model_effect.placebo_axis"),
    }


def _draws_axis(figure: go.Figure, frame: pd.DataFrame, w: Words) -> None:
    ticks = nice_ticks(0, float(frame["value"].max()), 4)
    figure.update_yaxes(
        range=[0, ticks[-1]],
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.number(tick) for tick in ticks],
        title_text=w("report_model_effect.column_draws"),
    )
