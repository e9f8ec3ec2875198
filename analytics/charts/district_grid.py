"""Districts by indicators: a row a district, a column an indicator, a cell with sign and value."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.finding_looks import Look, drawn_looks, looks_of
from analytics.charts.rows import wrap
from analytics.domain.grid_choice import Finding
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_ROW: Final = 24
_LETTERS: Final = 13
"""A line of a column's head: as much as stands above a cell on a phone that scrolls sideways."""
_HEAD_LINE: Final = 17
_LEGEND_ROW: Final = 22
_CROSS: Final = "x-thin"


def district_grid(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a cell for each district and indicator: filled by its finding, with sign and value.

    Better is darker in one hue and worse in grey, unusual in the stronger fill of either; the sign
    says the same without colour. Protected cells are crossed, those without data are empty but for
    a dash, those that cannot be compared have their value on paper.

    Args:
        exhibit: Rows of ``reports.exploring.district_grid``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    figure = go.Figure(layout=theme.layout(w))
    if frame.empty:
        return figure
    places = _places(frame)
    names = list(dict.fromkeys(frame["indicator"]))
    rows = [(places[int(place)], names.index(name)) for place, name in _keys(frame)]
    heads = [wrap(str(text), _LETTERS) for text in dict.fromkeys(frame["short"])]
    length = max(places.values()) + 1
    hovers = _hovers(exhibit, w)
    figure.add_traces(_fills(frame, rows, (length, len(names)), hovers))
    top = 8 + _HEAD_LINE * max(head.count("<br>") + 1 for head in heads)
    looks = drawn_looks(frame)
    below = 12 + _LEGEND_ROW * theme.legend_rows([look.label(w) for look in looks])
    figure.update_xaxes(
        side="top",
        range=[-0.5, len(names) - 0.5],
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=heads,
        tickfont={"size": theme.TINY_SIZE, "color": theme.INK},
        ticklabeloverflow="allow",
        ticks="",
        showline=False,
    )
    figure.update_yaxes(**_axis(frame, places, length))
    figure.add_traces([*_legend_marks(looks, w), *_crosses(frame, rows, hovers, w)])
    return figure.update_layout(
        height=top + _ROW * length + below,
        showlegend=True,
        legend={"y": -0.01, "yanchor": "top"},
        margin={"t": top, "r": 4, "b": below},
    )


def _keys(frame: pd.DataFrame) -> list[tuple[int, str]]:
    return list(zip(frame["place"].astype(int), frame["indicator"].astype(str), strict=True))


def _sections(frame: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Return place, name and section of each district, from top to bottom."""
    rows = frame.drop_duplicates("place").sort_values("place")
    return list(zip(rows["place"].astype(int), rows["label"], rows["section"], strict=True))


def _places(frame: pd.DataFrame) -> dict[int, int]:
    """Return in which row each district stands; a section's heading has a row of its own."""
    found: dict[int, int] = {}
    cursor, current = 0, ""
    for place, _, section in _sections(frame):
        if section and section != current:
            cursor += 1
        current = section
        found[place] = cursor
        cursor += 1
    return found


def _axis(frame: pd.DataFrame, places: dict[int, int], length: int) -> dict[str, Any]:
    ticks: list[tuple[int, str]] = []
    current = ""
    for place, name, section in _sections(frame):
        if section and section != current:
            ticks.append((places[place] - 1, f"<b>{hover.plain(section)}</b>"))
        current = section
        ticks.append((places[place], hover.plain(name)))
    return {
        "range": [length - 0.5, -0.5],
        "tickmode": "array",
        "tickvals": [at for at, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "ticks": "",
        "ticklabelstandoff": 4,
        "tickfont": {"size": theme.SMALL_SIZE, "color": theme.INK},
        "showgrid": False,
    }


def _fills(
    frame: pd.DataFrame,
    rows: Sequence[tuple[int, int]],
    shape: tuple[int, int],
    hovers: Sequence[str],
) -> list[go.Heatmap]:
    """Return a trace a look: its own fill, and letters that are read on it."""
    looks = looks_of(frame)
    texts = [look.written(str(text)) for look, text in zip(looks, frame["value_text"], strict=True)]
    traces = []
    for look in dict.fromkeys(looks):
        z: list[list[float | None]] = [[None] * shape[1] for _ in range(shape[0])]
        written = [[""] * shape[1] for _ in range(shape[0])]
        told = [[""] * shape[1] for _ in range(shape[0])]
        keys = [["" for _ in range(shape[1])] for _ in range(shape[0])]
        cells = zip(rows, looks, texts, hovers, frame["key"], strict=True)
        for (row, across), of_cell, text, long, key in cells:
            if of_cell == look:
                z[row][across], written[row][across] = 0.0, hover.plain(text)
                told[row][across], keys[row][across] = long, str(key)
        traces.append(
            go.Heatmap(
                z=z,
                zmin=0.0,
                zmax=1.0,
                colorscale=[(0.0, look.fill), (1.0, look.fill)],
                showscale=False,
                text=written,
                texttemplate="%{text}",
                textfont={"size": theme.TINY_SIZE, "color": theme.ink_on(look.fill)},
                customdata=keys,
                hovertext=told,
                hovertemplate=hover.TEMPLATE,
                hoverongaps=False,
                xgap=1,
                ygap=1,
            )
        )
    return traces


def _crosses(
    frame: pd.DataFrame, rows: Sequence[tuple[int, int]], hovers: Sequence[str], w: Words
) -> list[go.Scatter]:
    """Return the crosses on protected cells, as on every grid of the dashboard."""
    hidden = [i for i, look in enumerate(looks_of(frame)) if look.finding is Finding.PROTECTED]
    if not hidden:
        return []
    return [
        go.Scatter(
            x=[rows[i][1] for i in hidden],
            y=[rows[i][0] for i in hidden],
            name=hover.plain(w("finding_grid.legend_protected")),
            mode="markers",
            marker={
                "symbol": _CROSS,
                "size": 9,
                "line": {"width": 1.6, "color": theme.SUPPRESSED_MARK},
            },
            hovertext=[hovers[i] for i in hidden],
            hovertemplate=hover.TEMPLATE,
        )
    ]


def _legend_marks(looks: Sequence[Look], w: Words) -> list[go.Scatter]:
    """Return a swatch in the legend for each look but crosses, which name themselves."""
    return [
        go.Scatter(
            x=[None],
            y=[None],
            name=hover.plain(look.label(w)),
            mode="markers",
            marker={
                "symbol": "square",
                "size": 12,
                "color": look.fill,
                "line": {"width": 1, "color": theme.OUTLINE},
            },
            hoverinfo="skip",
        )
        for look in looks
        if look.finding is not Finding.PROTECTED
    ]


def _hovers(exhibit: Exhibit, w: Words) -> list[str]:
    """Return what a cell tells: district, indicator, finding, value with interval, the rest."""
    columns = ("label", "indicator_label", "finding_text", "value_text", "interval_text")
    frame = exhibit.table.frame
    rows = zip(*(frame[name] for name in (*columns, "rest_text", "difference_text")), strict=True)
    return [
        "<br>".join(
            (
                f"<b>{hover.plain(name)}</b>",
                *(wrap(str(part), 44) for part in told if part),
                *([hover.plain(w("finding_grid.hover_rest", value=rest))] if rest else []),
                *([hover.plain(w("finding_grid.hover_difference", value=gap))] if gap else []),
            )
        )
        for name, *told, rest, gap in rows
    ]
