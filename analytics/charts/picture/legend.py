"""The legend: what the series are called, in rows as wide as the picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.charts.picture import type as types
from analytics.charts.picture.bars import bar_look
from analytics.charts.picture.described import Described, Part, get
from analytics.charts.picture.marks import LINE_HEIGHT, Area, Box, Line, Mark, Run, Symbol, Words
from analytics.charts.picture.markup import lines_of
from analytics.charts.picture.points import stroke_of, symbol_look

_GAP: Final = 14.0
_BESIDE: Final = 6.0
_ROW: Final = 6.0
_SWATCH: Final = 13.0
_MOST_SYMBOL: Final = 16.0


@dataclass(frozen=True, slots=True)
class _Entry:
    trace: Part
    lines: tuple[tuple[Run, ...], ...]
    left: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Legend:
    """The entries in their places, counted from the legend's own upper left corner.

    It stands above the plots, or at the top of the figure with room for notes between, or below
    the plots, or left of them as a list.
    """

    entries: tuple[_Entry, ...]
    title: str
    size: float
    colour: str
    slot: float
    width: float
    height: float
    is_at_top: bool
    is_below: bool
    is_beside: bool

    def marks(self, left: float, top: float) -> Iterator[Mark]:
        """Yield what the legend draws with its corner at a place."""
        if self.title:
            yield Words((left, top), lines_of(self.title), self.size, self.colour)
        for entry in self.entries:
            middle = top + entry.top + entry.height / 2
            yield from _sign(entry.trace, left + entry.left, middle, self.slot)
            at = (left + entry.left + self.slot + _BESIDE, middle)
            yield Words(at, entry.lines, self.size, self.colour, "left", "middle", "left")


def legend(figure: Described, room: float) -> Legend | None:
    """Return the legend in rows no wider than ``room``; None without one."""
    about = figure.layout["legend"]
    named = [trace for trace in figure.traces if _is_named(trace)]
    if not figure.layout.get("showlegend") or not named:
        return None
    if about.get("traceorder") == "reversed":
        named.reverse()
    size, slot = float(get(about, "font.size")), float(about.get("itemwidth", 30))
    title, is_listed = str(get(about, "title.text", "")), about["orientation"] == "v"
    head = LINE_HEIGHT * size * (title.count("<br>") + 1) + _ROW if title else 0.0
    entries, height = _placed(named, 0.0 if is_listed else room, size, slot, head)
    wide = max(entry.left + slot + _BESIDE + _longest(entry.lines, size) for entry in entries)
    return Legend(
        tuple(entries), title, size, str(get(about, "font.color")), slot,
        max(wide, _longest(lines_of(title), size)), height,
        is_at_top=is_listed or about.get("yref") == "container",
        is_below=float(about["y"]) <= 0,
        is_beside=is_listed,
    )  # fmt: skip


def _is_named(trace: Part) -> bool:
    if trace["type"] in ("heatmap", "choropleth") or not trace.get("name"):
        return False
    return trace.get("showlegend") is not False


def _longest(lines: Sequence[Sequence[Run]], size: float) -> float:
    return max((types.width(line, size) for line in lines), default=0.0)


def _placed(
    traces: Sequence[Part], room: float, size: float, slot: float, top: float
) -> tuple[list[_Entry], float]:
    """Return the entries in rows, and the height of all."""
    entries: list[_Entry] = []
    left, height = 0.0, 0.0
    for trace in traces:
        lines = lines_of(str(trace["name"]))
        wide = slot + _BESIDE + _longest(lines, size)
        if left and left + wide > room:
            left, top, height = 0.0, top + height + _ROW, 0.0
        high = LINE_HEIGHT * size * len(lines)
        entries.append(_Entry(trace, lines, left, top, high))
        left, height = left + wide + _GAP, max(height, high)
    return entries, top + height


def _sign(trace: Part, left: float, middle: float, slot: float) -> Iterator[Mark]:
    """Yield what stands for a trace: its line, its symbol, its fill."""
    centre = left + slot / 2
    if trace["type"] == "bar":
        half = _SWATCH / 2
        box = Box(centre - half, middle - half, centre + half, middle + half)
        yield Area((box.corners(),), **bar_look(trace.get("marker", {}), 0))
        return
    mode = str(trace.get("mode", "lines+markers"))
    if "lines" in mode:
        ends = ((left, middle), (left + slot, middle))
        yield Line(ends, stroke_of(trace.get("line", {})))
    if "markers" in mode:
        look = symbol_look(trace.get("marker", {}), 0)
        yield Symbol((centre, middle), **{**look, "size": min(look["size"], _MOST_SYMBOL)})
