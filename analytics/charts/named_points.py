"""Points in time that a finding names: a ring around the point, and a few words beside it."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.reports.basis.exhibit import Exhibit, Point

_RING: Final = 15
_AWAY: Final = 10
"""Pixels from the point to its words."""
_BESIDE_NAME: Final = 26
"""The same where lines bear their names at their ends: a name may stand in between."""
_ROOM: Final = 0.14
"""Of the axis' height, above a high point: for its words below those of a phase."""
_NEAR: Final = 0.3
"""Of the axis, from either end: there, words run to the middle."""


def ring(day: object, value: float) -> go.Scatter:
    """Return the ring around a point."""
    return go.Scatter(
        x=[day],
        y=[value],
        mode="markers",
        marker={
            "symbol": "circle-open",
            "size": _RING,
            "color": theme.INK,
            "line": {"color": theme.INK, "width": 1.5},
        },
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )


def words(text: str, **place: Any) -> dict[str, Any]:
    """Return the words at a point."""
    font = {"size": theme.SMALL_SIZE, "color": theme.INK}
    return {"text": hover.plain(text), "showarrow": False, "font": font} | place


def mark_points(
    figure: go.Figure, exhibit: Exhibit, span: Sequence[Any], *, is_named: bool
) -> None:
    """Mark the points that the finding names; a high one gets room above.

    Args:
        figure: A trend with its vertical axis.
        exhibit: Its rows ``series, period, value`` and its points.
        span: First and last day of the axis.
        is_named: Whether the lines bear their names at their ends.
    """
    low, high = figure.layout.yaxis.range
    first, last = map(pd.Timestamp, span)
    for point in exhibit.points:
        value = value_at(exhibit.table.frame, "period", point)
        if point.is_high:
            high = max(high, value + _ROOM * (high - low))
        along = (pd.Timestamp(point.at) - first) / (last - first)
        away = _BESIDE_NAME if is_named else _AWAY
        place = {
            "xanchor": "left" if along < _NEAR else "right" if along > 1 - _NEAR else "center",
            "yanchor": "bottom" if point.is_high else "top",
            "yshift": away if point.is_high else -away,
        }
        figure.add_trace(ring(point.at.isoformat(), value))
        figure.add_annotation(words(point.text, x=point.at.isoformat(), y=value, **place))
    figure.update_yaxes(range=[low, high])


def value_at(frame: pd.DataFrame, column: str, point: Point) -> float:
    """Return the value of a point in rows ``series, value`` with its day in ``column``."""
    days = pd.to_datetime(frame[column])
    is_there = (frame["series"] == point.series) & (days == pd.Timestamp(point.at))
    return float(frame.loc[is_there, "value"].iloc[0])
