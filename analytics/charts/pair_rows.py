"""Two choices side by side: in each row two dots with their intervals, one filled and one open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import unit_title, value_axis
from analytics.charts.rows import Rows, arrange, wrap
from analytics.charts.values import column
from analytics.disclosure import ReleasedTable
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_AXIS_HEIGHT: Final = 56
_LEGEND_HEIGHT: Final = 58
_ROOM: Final = 1.35
"""Of a row: two dots need more than one."""
_APART: Final = 0.2
"""Of a row, from its middle to each of its dots."""
_COLOURS: Final = {"during": theme.INK, "before": theme.OUTLINE}
"""Of years; groups and areas have colours of their own."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the dots of a side are drawn."""

    prefix: str
    code: str
    shift: float
    is_filled: bool

    @property
    def colour(self) -> str:
        return _COLOURS.get(self.code, theme.series_colour(self.code))


def pair_rows(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a row a pair: the first side filled, the second open; what lies apart in bold.

    Args:
        exhibit: Rows ``label, value, low, high, n``, ``other_…`` of the second side, ``side``,
            and of each side its code: ``first``, ``second``.
        w: Words of the language.
    """
    table, frame = exhibit.table, exhibit.table.frame
    rows = _bold(
        _spread(arrange(frame["label"].tolist(), [""] * len(frame))), frame["side"].tolist()
    )
    form = _form(table)
    height = rows.height + _AXIS_HEIGHT + _LEGEND_HEIGHT
    figure = go.Figure(layout=theme.layout(w, height=height))
    codes = [next(iter(frame[name]), "") for name in ("first", "second")]  # of no row none
    looks = (
        _Look("", codes[0], -_APART, is_filled=True),
        _Look("other_", codes[1], _APART, is_filled=False),
    )
    for look in looks:
        figure.add_trace(_dots(exhibit, rows, look, w))
    ends = frame[[f"{look.prefix}{name}" for look in looks for name in ("value", "low", "high")]]
    axis = value_axis(ends.to_numpy(np.float64).ravel().tolist(), form, w, from_zero=False)
    if unit := unit_title(column(table, "value"), form.kind, w):
        axis |= {"title": {"text": wrap(unit, 30)}}
    figure.update_xaxes(**axis, showgrid=True)
    figure.update_yaxes(**rows.axis(), showgrid=True)
    layout: dict[str, Any] = {"showlegend": True, "legend": {"traceorder": "normal"}}
    if (frame["side"] != 0).any():
        layout["legend"]["title"] = {"text": hover.plain(w("beside.bold")), "side": "top"}
    return figure.update_layout(layout | {"margin": {"t": _LEGEND_HEIGHT}})


def _form(table: ReleasedTable) -> Format:
    described = column(table, "value")
    return Format(described.kind, described.digits)


def _spread(rows: Rows) -> Rows:
    """Return rows with more room for each."""
    return replace(
        rows,
        places=tuple(_ROOM * place for place in rows.places),
        length=_ROOM * rows.length,
    )


def _bold(rows: Rows, sides: Sequence[int]) -> Rows:
    """Return rows whose label is bold where both sides lie apart."""
    labels = zip(rows.labels, sides, strict=True)
    return replace(
        rows, labels=tuple(f"<b>{label}</b>" if side else label for label, side in labels)
    )


def _dots(exhibit: Exhibit, rows: Rows, look: _Look, w: Words) -> dict[str, Any]:
    frame = exhibit.table.frame
    value, low, high = (frame[f"{look.prefix}{name}"] for name in ("value", "low", "high"))
    name = column(exhibit.table, f"{look.prefix}value").label
    return {
        "type": "scatter",
        "x": value.tolist(),
        "y": [place + look.shift for place in rows.places],
        "name": hover.plain(name),
        "mode": "markers",
        "marker": {
            "color": look.colour if look.is_filled else theme.PAPER,
            "size": 10,
            "line": {"color": look.colour, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (high - value).fillna(0).tolist(),
            "arrayminus": (value - low).fillna(0).tolist(),
            "color": look.colour,
            "thickness": 2,
            "width": 0,
        },
        "hovertext": _hovers(exhibit, look, name, w),
        "hovertemplate": hover.TEMPLATE,
    }


def _hovers(exhibit: Exhibit, look: _Look, name: str, w: Words) -> list[str]:
    """Return what a dot tells when pointed at: its hand-over, its side, and what is found."""
    table = exhibit.table
    form = _form(table)
    found = []
    for row in table.frame.to_dict("records"):
        value, low, high, n = (
            row[f"{look.prefix}{each}"] for each in ("value", "low", "high", "n")
        )
        lines = [name, form.text(value, w)]
        if limits := form.range(low, high, w):
            lines.append(w("estimate.interval", range=limits))
        lines += [w("chart.count_n", n=w.number(float(n))), str(row["told"])]
        head = f"<b>{hover.plain(row['label'])}</b>"
        found.append("<br>".join([head, *map(hover.plain, lines)]))
    return found
