"""Curves that stop before the axis does: a mark at their end, and why, in two or three words.

Otherwise a curve that ends seems to say that nothing happens afterwards.
"""

from typing import Any, Final

import pandas as pd

from analytics.charts import theme
from analytics.i18n import Words

Part = dict[str, Any]
"""A part of a figure as Plotly's JSON describes it; go.Figure checks the whole."""

_EARLY: Final = 0.9
"""Of the axis; a curve that comes closer to its end is as good as there."""
_ROOM: Final = 0.6
"""Of the axis, up to which the words have room to the right of the end, on a phone as well."""
_BACKGROUND: Final = 0.8
"""Other curves may pass behind the words."""


def ends_early(part: pd.DataFrame, last: float) -> bool:
    """Tell whether the curve of these rows stops before ``last``, the axis' last day."""
    return bool(part["days"].max() < _EARLY * last)


def end_mark(part: pd.DataFrame, colour: str) -> Part:
    """Return a stroke across the end of a curve."""
    end = part.iloc[-1]
    return {
        "type": "scatter",
        "x": [float(end["days"])],
        "y": [float(end["estimate"])],
        "mode": "markers",
        "marker": {"symbol": "line-ns", "size": 14, "line": {"color": colour, "width": 3}},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def end_words(part: pd.DataFrame, last: float, w: Words, *, is_highest: bool = False) -> Part:
    """Return the words at the end of a curve: right of it, or below where there is no room.

    The highest curve has nothing above its end, any other nothing below it.
    """
    end = part.iloc[-1]
    if end["days"] > _ROOM * last:
        return below_end(part, last, w)
    edge = end["high" if is_highest else "low"]
    return {
        **_words(w),
        "x": float(end["days"]),
        "y": float(end["estimate"] if pd.isna(edge) else edge),
        "xanchor": "left",
        "yanchor": "bottom" if is_highest else "top",
        "xshift": 8,
        "yshift": 4 if is_highest else -4,
    }


def below_end(part: pd.DataFrame, last: float, w: Words) -> Part:
    """Return the words below the end of a curve, up to the end of the axis.

    As far below as a late curve falls along the words on a phone.
    """
    place = {"x": last, "xanchor": "right", "yanchor": "top", "yshift": -13}
    return {**_words(w), **place, "y": float(part["estimate"].iloc[-1])}


def _words(w: Words) -> Part:
    return {
        "text": w("chart.ends_early"),
        "showarrow": False,
        "font": {"size": theme.SMALL_SIZE, "color": theme.MUTED},
        "bgcolor": theme.translucent(theme.PAPER, _BACKGROUND),
    }
