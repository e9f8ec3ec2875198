"""The picture of an answer: it follows from what the question is about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import unit_title
from analytics.charts.dots import dot_plot
from analytics.charts.effect_axis import EffectAxis
from analytics.charts.figures import trend
from analytics.charts.forest import changes
from analytics.charts.gaps import gap_rows
from analytics.charts.grid import Cell, grid
from analytics.charts.maps import choropleth, tile_map
from analytics.charts.rows import wrap
from analytics.charts.trend_panels import trend_panels
from analytics.charts.values import column, estimate_texts, formats
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.domain.position import Comparison
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

Draw = Callable[[Exhibit, Words], go.Figure]

_HEAD_WIDTHS: Final = (20, 150)
"""Letters a line of a column's head: at most, and over all columns together."""

_LINE: Final = 17
_LEGEND: Final = 26
_FOOT: Final = 28
_MOST_LINES: Final = 2
"""Courses that can be told apart in one picture; more have one each."""

CELL: Final = "\t"
"""Between the codes of row and column, where one key stands for a cell."""
_ABOVE, _BELOW = "▲", "▼"
"""Before a value that lies apart: on which side, so that no cell needs its colour to be read."""
_NARROW: Final = 3
_MOST_COLUMNS: Final = 8
"""Columns of which a phone shows all, and beyond which they become narrower."""

_NO_DATA: Final = "–"
_UP: Final = (Comparison.BETTER, Comparison.HIGHER)


def answer(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw an answer as it is drawn where nobody has chosen another picture."""
    return PICTURES[usual(exhibit.table.frame)](exhibit, w)


def usual(frame: pd.DataFrame) -> str:
    """Return the name of the picture that follows from an answer's rows."""
    return possible(frame)[0]


def possible(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of the pictures that an answer can be drawn as, the usual one first."""
    if "expected" in frame:
        return ("expected",)
    is_two_way = "series_label" in frame and frame["series_label"].astype(bool).any()
    if "period" in frame:
        return ("lines",) if frame["series"].nunique() <= _MOST_LINES else ("courses",)
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
    texts = _bare_texts(table, w)
    named = list(zip(frame["label"], frame["series_label"], strict=True))
    hovers = hover.texts(table, w, named)
    cells = [
        _cell(row, texts[at], hovers[at], rows[str(row["key"])][0], columns[str(row["series"])][0])
        for at, row in enumerate(frame.to_dict("records"))
    ]
    labels = [wrap(label) for _, label in rows.values()]
    most, together = _HEAD_WIDTHS
    width = min(most, together // max(len(columns), 1))
    heads = [wrap(label, width) for _, label in columns.values()]
    is_hidden = any(np.isnan(cell.strength) for cell in cells)
    top = 8 + _LINE * _lines(heads) + (_LEGEND if is_hidden else 0)
    height = top + max(theme.ROW_HEIGHT + 6, 8 + _LINE * _lines(labels)) * max(len(rows), 1) + _FOOT
    figure = go.Figure(layout=theme.layout(w, height=height))
    if cells:
        figure.add_traces(
            grid(cells, theme.SEQUENTIAL[1], w("estimate.suppressed"), theme.SMALL_SIZE)
        )
        figure.add_trace(_to_click(frame, rows, columns, hovers))
    figure.update_xaxes(**_axis(heads), side="top", ticklabeloverflow="allow")
    figure.update_yaxes(**_axis(labels, reverse=True), ticklabelstandoff=2)
    if unit := _unit(table, w):
        place = {"x": 1, "xref": "paper", "xanchor": "right", "y": 0, "yref": "paper"}
        theme.note(figure, hover.plain(unit), theme.MUTED, **place, yanchor="top", yshift=-4)
    figure.update_layout(margin={"t": top, "r": 4, "b": _FOOT}, showlegend=is_hidden)
    return figure.update_layout(legend={"y": 1, "yref": "container", "yanchor": "top"})


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
    rows = frame.assign(
        section=frame["label"],
        label=frame["series_label"],
        key=frame["key"].astype(str) + CELL + frame["series"].astype(str),
    )
    figure = dot_plot(replace(exhibit, table=ReleasedTable(exhibit.table.columns, rows)), w)
    if "first" in frame:
        figure.add_vline(x=0, line={"color": theme.INK, "width": 1.5})
        figure.update_xaxes(title_text=hover.plain(_unit(exhibit.table, w)))
    return figure


def lines(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw one line a code by quarter, from as low as they go."""
    return trend(exhibit, w, from_zero=False)


PICTURES: Final[Mapping[str, Callable[..., go.Figure]]] = {
    "dots": dots,
    "differences": changes,
    "expected": gap_rows,
    "lines": lines,
    "courses": trend_panels,
    "heat": heat,
    "multiples": multiples,
    "map": choropleth,
    "tiles": tile_map,
}


_SELECTABLE: Final = ("dots", "map", "tiles")


def picture(name: str, selected: str | None = None) -> Draw:
    """Return what draws a picture, with one of its districts marked."""
    return partial(PICTURES[name], selected=selected) if name in _SELECTABLE else PICTURES[name]


def is_wide(frame: pd.DataFrame) -> int:
    """Return how many columns a picture of rows by columns has, where a phone has too little room.

    The page lets it be moved sideways there, as it does with tables.
    """
    columns = int(frame["series"].nunique()) if possible(frame)[0] == "heat" else 0
    return min(columns, _MOST_COLUMNS) if columns > _NARROW else 0


def _unit(table: ReleasedTable, w: Words) -> str:
    """Return the unit of values that are written without it; empty where each says it."""
    if "first" in table.frame:
        return EffectAxis.of(table, w).title
    described = column(table, "value")
    return unit_title(described, described.kind, w)


def _bare_texts(table: ReleasedTable, w: Words) -> list[str]:
    """Return the values without the word of their unit, which is said once below the cells."""
    texts = estimate_texts(table, w)
    rows = zip(texts, formats(table, "value"), table.frame["value"], strict=True)
    return [text if pd.isna(value) else form.bare(value, w) for text, form, value in rows]


def _to_click(
    frame: pd.DataFrame,
    rows: Mapping[str, tuple[int, str]],
    columns: Mapping[str, tuple[int, str]],
    hovers: list[str],
) -> go.Scatter:
    """Return what is clicked on in each cell: Plotly has no clicks on fills."""
    told = [at for at, status in enumerate(frame["status"]) if status == Status.SHOWN]
    keys, series = frame["key"].astype(str).tolist(), frame["series"].astype(str).tolist()
    return go.Scatter(
        x=[columns[series[at]][0] for at in told],
        y=[rows[keys[at]][0] for at in told],
        customdata=[[f"{keys[at]}{CELL}{series[at]}"] for at in told],
        mode="markers",
        marker={"symbol": "square", "size": theme.ROW_HEIGHT, "opacity": 0},
        showlegend=False,
        hovertext=[hovers[at] for at in told],
        hovertemplate=hover.TEMPLATE,
    )


def _lines(texts: list[str]) -> int:
    return max((text.count("<br>") + 1 for text in texts), default=1)


def _cell(row: Mapping[Any, Any], text: str, hovered: str, place: int, across: int) -> Cell:
    finding = str(row.get("finding", ""))
    if row["status"] == Status.SUPPRESSED:
        return Cell(place, across, float("nan"), "", hovered)
    if row["status"] == Status.NO_DATA:
        return Cell(place, across, 0.0, _NO_DATA, hovered)
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
