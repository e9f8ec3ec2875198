"""The picture of an answer: it follows from what the question is about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.dots import dot_plot
from analytics.charts.figures import trend
from analytics.charts.forest import changes
from analytics.charts.grid import Cell, grid
from analytics.charts.maps import choropleth, tile_map
from analytics.charts.rows import wrap
from analytics.charts.values import estimate_texts
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.domain.position import Comparison
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

Draw = Callable[[Exhibit, Words], go.Figure]

_LETTERS: Final = 17
_HEADER: Final = 64
_FOOT: Final = 36
_ABOVE, _BELOW = "▲", "▼"
"""Before a value that lies apart: on which side, so that no cell needs its colour to be read."""
_UP: Final = (Comparison.BETTER, Comparison.HIGHER)


def answer(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw an answer as it is drawn where nobody has chosen another picture."""
    return PICTURES[usual(exhibit.table.frame)](exhibit, w)


def usual(frame: pd.DataFrame) -> str:
    """Return the name of the picture that follows from an answer's rows."""
    return possible(frame)[0]


def possible(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of the pictures that an answer can be drawn as, the usual one first."""
    is_two_way = "series_label" in frame and frame["series_label"].astype(bool).any()
    if "period" in frame:
        return ("lines",)
    if is_two_way:
        return ("heat", "multiples")
    if "first" in frame:
        return ("differences",)
    return ("dots", "map", "tiles") if "district" in frame else ("dots",)


def heat(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw rows by columns: each value, filled where it lies apart from all others.

    Args:
        exhibit: ``key, label, series, series_label, value, status, finding``, row by row.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame
    rows, columns = _places(frame, "key", "label"), _places(frame, "series", "series_label")
    texts = estimate_texts(table, w)
    named = list(zip(frame["label"], frame["series_label"], strict=True))
    hovers = hover.texts(table, w, named)
    cells = [
        _cell(row, texts[at], hovers[at], rows[str(row["key"])][0], columns[str(row["series"])][0])
        for at, row in enumerate(frame.to_dict("records"))
        if row["status"] != Status.NO_DATA
    ]
    labels = [wrap(label, _LETTERS) for _, label in rows.values()]
    heads = [wrap(label, _LETTERS) for _, label in columns.values()]
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    height = _HEADER + max(theme.ROW_HEIGHT + 6, 8 + 17 * lines) * max(len(rows), 1) + _FOOT
    figure = go.Figure(layout=theme.layout(w, height=height))
    if cells:
        figure.add_traces(
            grid(cells, theme.SEQUENTIAL[1], w("estimate.suppressed"), theme.SMALL_SIZE)
        )
    figure.update_xaxes(**_axis(heads), side="top", ticklabeloverflow="allow")
    figure.update_yaxes(**_axis(labels, reverse=True), ticklabelstandoff=2)
    return figure.update_layout(margin={"t": _HEADER, "r": 4}, showlegend=True)


def dots(exhibit: Exhibit, w: Words, selected: str | None = None) -> go.Figure:
    """Draw a dot a row: areas in the order of their keys, what tells people apart by its value.

    Districts by their value would read as a league table.
    """
    frame = exhibit.table.frame
    is_of_areas = "section" in frame and frame["section"].astype(bool).any()
    if not is_of_areas and "units" not in frame:
        frame = frame.sort_values("value", kind="stable", na_position="last")
        exhibit = replace(exhibit, table=ReleasedTable(exhibit.table.columns, frame))
    return dot_plot(exhibit, w, highlight=(selected,) if selected else ())


def multiples(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the columns of each row as dots below the row's name."""
    frame = exhibit.table.frame
    rows = frame.assign(section=frame["label"], label=frame["series_label"], key=frame["series"])
    return dot_plot(replace(exhibit, table=ReleasedTable(exhibit.table.columns, rows)), w)


def lines(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw one line a code by quarter, from as low as they go."""
    return trend(exhibit, w, from_zero=False)


PICTURES: Final[Mapping[str, Callable[..., go.Figure]]] = {
    "dots": dots,
    "differences": changes,
    "lines": lines,
    "heat": heat,
    "multiples": multiples,
    "map": choropleth,
    "tiles": tile_map,
}


_SELECTABLE: Final = ("dots", "map", "tiles")


def picture(name: str, selected: str | None = None) -> Draw:
    """Return what draws a picture, with one of its districts marked."""
    return partial(PICTURES[name], selected=selected) if name in _SELECTABLE else PICTURES[name]


def _cell(row: Mapping[Any, Any], text: str, hovered: str, place: int, across: int) -> Cell:
    finding = str(row.get("finding", ""))
    if row["status"] != Status.SHOWN:
        return Cell(place, across, float("nan"), "", hovered)
    if not finding or not Comparison(finding).is_different:
        return Cell(place, across, 0.0, text, hovered)
    gap = row.get("gap", row["value"])
    sign = _ABOVE if gap > 0 else _BELOW
    return Cell(place, across, 1.0 if finding in _UP else -1.0, f"{sign} {text}", hovered)


def _places(frame: pd.DataFrame, key: str, label: str) -> dict[str, tuple[int, str]]:
    named = frame.drop_duplicates(key)
    pairs = zip(named[key], named[label], strict=True)
    return {str(code): (at, str(name)) for at, (code, name) in enumerate(pairs)}


def _axis(labels: list[str], *, reverse: bool = False) -> dict[str, Any]:
    ends = [-0.5, len(labels) - 0.5]
    return {
        "range": ends[::-1] if reverse else ends,
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "ticks": "",
        "showgrid": False,
        "showline": False,
        "tickfont": {"size": theme.SMALL_SIZE, "color": theme.INK},
    }
