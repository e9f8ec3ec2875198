"""Referral curves: the share referred by each day since the need was recorded."""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics.charts import hover, theme
from analytics.charts.axes import day_ticks, tick_text
from analytics.charts.early_ends import Part, end_mark, end_words, ends_early
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

GUIDES: Final = (30, 90)
"""Days after which the shares of the catalogue are read."""

_SHARE_TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_LABEL_FROM: Final = 0.25
_LABEL_TO: Final = 0.3
"""Of the axis: a label that begins further to the right has no room on a phone."""


def referral_curve(exhibit: Exhibit, w: Words, *, guides: Sequence[int] = GUIDES) -> go.Figure:
    """Draw one step curve a series with its 95 % band, labelled at its end.

    Args:
        exhibit: CURVE rows ``series, label, days, estimate, low, high, at_risk, status``. Rows that
            are not shown are not drawn; a curve ends where its data end, and says so.
        w: Words of the language.
        guides: Days marked by vertical lines.
    """
    table = drawn(exhibit.table)
    texts = hover_texts(table, w)
    traces: list[Part] = []
    for series, positions in by_first_seen(table.frame, "series"):
        part = table.frame.iloc[positions]
        colour = theme.series_colour(series)
        traces += [*band(part, colour), line(part, colour, [texts[i] for i in positions])]
    last = last_day(table.frame, guides)
    marks, words = _early_ends(table.frame, last, w)
    layout = theme.layout(w) | {
        "xaxis": {**days_axis(last, w), "title": {"text": w("chart.days_since_need")}},
        "yaxis": shares_axis(_SHARE_TICKS, w),
        "shapes": guide_lines(guides),
        "annotations": [*_guide_names(guides, w), *_labels(table.frame, last, guides), *words],
        "hovermode": "x",
    }
    return go.Figure([*traces, *marks], layout)


def drawn(table: ReleasedTable) -> ReleasedTable:
    """Return the rows that are shown."""
    frame = table.frame
    shown = frame["status"] == Status.SHOWN
    return ReleasedTable(table.columns, frame[shown].reset_index(drop=True))


def by_first_seen(frame: pd.DataFrame, name: str) -> list[tuple[str, list[int]]]:
    """Return the positions of each value of column ``name``, values in the order of the rows."""
    groups = frame.groupby(name, sort=False).indices
    return [(str(key), [int(i) for i in positions]) for key, positions in groups.items()]


def last_day(frame: pd.DataFrame, guides: Sequence[int]) -> float:
    """Return the last day of the axis; the guides have room."""
    longest = float(frame["days"].max()) if len(frame) else 0.0
    return max([longest, *(guide * 1.1 for guide in guides)])


def hover_texts(table: ReleasedTable, w: Words) -> list[str]:
    """Return what each row tells when pointed at."""
    names, days = table.frame["label"], table.frame["days"]
    heads = [
        (name, w("chart.day", day=w.number(float(day))))
        for name, day in zip(names, days, strict=True)
    ]
    return hover.texts(table, w, heads, "estimate")


def line(part: pd.DataFrame, colour: str, texts: Sequence[str]) -> Part:
    """Return the curve of one series as a trace."""
    return {
        "type": "scatter",
        "x": part["days"].tolist(),
        "y": _y(part["estimate"]),
        "name": hover.plain(part["label"].iloc[0]),
        "mode": "lines",
        "line": {"color": colour, "width": 3, "shape": "hv"},
        "hovertext": list(texts),
        "hovertemplate": hover.TEMPLATE,
    }


def band(part: pd.DataFrame, colour: str) -> list[Part]:
    """Return the interval of one series: its lower and its upper edge, filled in between."""
    edge: Part = {
        "type": "scatter",
        "x": part["days"].tolist(),
        "mode": "lines",
        "line": {"width": 0, "shape": "hv", "color": colour},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    fill = {"fill": "tonexty", "fillcolor": theme.translucent(colour)}
    return [
        {**edge, "y": _y(part["low"]), "name": "low"},
        {**edge, "y": _y(part["high"]), "name": "high", **fill},
    ]


def _y(shares: "pd.Series[float]") -> list[float]:
    """Return shares as finely as a screen shows them: every digit travels to the browser."""
    return [round(share, 5) for share in shares.tolist()]


def days_axis(last: float, w: Words, most: int = 6) -> Part:
    """Return the axis of days with at most ``most`` ticks."""
    ticks = day_ticks(last, most)
    return {
        "range": [0, last],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [w.number(tick) for tick in ticks],
    }


def shares_axis(ticks: Sequence[float], w: Words) -> Part:
    """Return the axis of shares from 0 to 1."""
    texts = [tick_text(tick, ticks, Format("share"), w) for tick in ticks]
    return {"range": [0, 1.0], "tickmode": "array", "tickvals": list(ticks), "ticktext": texts}


def guide_lines(guides: Sequence[int], axes: str = "") -> list[Part]:
    """Return a vertical line a guide over the axes with this suffix."""
    style = {"color": theme.OUTLINE, "width": 1, "dash": "2px,3px"}
    place = {"xref": f"x{axes}", "yref": f"y{axes} domain", "y0": 0, "y1": 1}
    return [{"type": "line", "x0": g, "x1": g, **place, "line": style} for g in guides]


def _guide_names(guides: Sequence[int], w: Words) -> list[Part]:
    """Name the guides at their feet, below every curve that is worth looking at.

    Each stands a line higher, since they are close together on a phone.
    """
    return [
        {
            "x": guide,
            "y": 0,
            "yref": "y domain",
            "text": w("chart.guide", days=guide),
            "xanchor": "left",
            "yanchor": "bottom",
            "xshift": 4,
            "yshift": 2 + 18 * place,
            "showarrow": False,
            "font": {"size": theme.SMALL_SIZE, "color": theme.MUTED},
        }
        for place, guide in enumerate(guides)
    ]


def _labels(frame: pd.DataFrame, last: float, guides: Sequence[int]) -> list[Part]:
    """Name each curve on the spot: the highest above its end, the others to their right.

    A rising curve lies below its end and above every point to the right of one of its points, so
    neither label meets its curve on any width of the screen.
    """
    return [
        _label(part, "low", _shoulder(part, last, guides))
        if place
        else _label(part, "high", len(part) - 1)
        for place, part in enumerate(_highest_first(frame))
    ]


def _early_ends(frame: pd.DataFrame, last: float, w: Words) -> tuple[list[Part], list[Part]]:
    """Return marks and words of the curves that stop before day ``last``."""
    early = [each for each in enumerate(_highest_first(frame)) if ends_early(each[1], last)]
    marks = [end_mark(part, theme.series_colour(str(part["series"].iloc[0]))) for _, part in early]
    return marks, [end_words(part, last, w, is_highest=place == 0) for place, part in early]


def _highest_first(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of each series, by where its curve ends."""
    groups = [frame.iloc[positions] for _, positions in by_first_seen(frame, "series")]
    return sorted(groups, key=lambda part: float(part["estimate"].iloc[-1]), reverse=True)


def _label(part: pd.DataFrame, side: Literal["low", "high"], place: int) -> Part:
    """Return the name at a row of the curve: above its end, or to the right and below."""
    is_end = side == "high"
    return {
        "x": float(part["days"].iloc[place]),
        "y": float(_edge(part, side)[place]),
        "text": f"<b>{hover.plain(part['label'].iloc[0])}</b>",
        "font": {"color": theme.series_colour(str(part["series"].iloc[0]))},
        "showarrow": False,
        "xanchor": "right" if is_end else "left",
        "yanchor": "bottom" if is_end else "top",
        "xshift": 0 if is_end else 6,
        "yshift": 4 if is_end else -2,
    }


def _edge(part: pd.DataFrame, side: str) -> NDArray[np.float64]:
    return part[side].fillna(part["estimate"]).to_numpy(dtype=np.float64)


def _shoulder(part: pd.DataFrame, last: float, guides: Sequence[int]) -> int:
    """Return the row from which a label has room: half-way up, not too far to the right.

    No guide runs through the label where there is room to the right of all of them, unless the
    curve says at its end why it stops: the words would meet.
    """
    days, edge = part["days"].to_numpy(dtype=np.float64), _edge(part, "low")
    half = int(np.argmax(edge >= edge.max() / 2))
    limit = int(np.searchsorted(days, last * _LABEL_FROM))
    guide = max(guides, default=0)
    beyond = guide <= last * _LABEL_TO and not ends_early(part, last)
    least = int(np.searchsorted(days, guide)) if beyond else 0
    return min(max(min(half, limit), least), len(days) - 1)
