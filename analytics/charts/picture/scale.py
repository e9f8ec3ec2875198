"""What stands around plots: grid lines, ticks, titles of axes; and shapes and notes on them."""

from collections.abc import Iterator
from typing import Final

from analytics.charts import theme
from analytics.charts.picture import type as types
from analytics.charts.picture.axis import Axis
from analytics.charts.picture.described import Described, Part, get
from analytics.charts.picture.marks import Across, Area, Box, Line, Mark, Stroke, Up, Words
from analytics.charts.picture.markup import lines_of
from analytics.charts.picture.plot import Plot, ref
from analytics.charts.picture.points import stroke_of

_TICK: Final = 5.0
_PAD: Final = 3.0
_GRID: Final = 1.0
_BORDER: Final = 1.0


def grid_lines(plot: Plot) -> Iterator[Line]:
    """Yield the lines that cross the plots at the ticks."""
    for axis in _seen(plot):
        if not axis.part.get("showgrid", True):
            continue
        first, last = plot.ends(_crossed(axis))
        for number, _ in axis.ticks():
            at = plot.at(axis.name, number)
            points = ((at, first), (at, last)) if axis.name[0] == "x" else ((first, at), (last, at))
            yield Line(points, Stroke(str(axis.part["gridcolor"]), _GRID))


def _seen(plot: Plot) -> list[Axis]:
    return [axis for axis in plot.axes.values() if axis.part["visible"]]


def _crossed(axis: Axis) -> str:
    """Return the axis at whose beginning (or end) this one stands."""
    other = "y" if axis.name[0] == "x" else "x"
    return str(axis.part.get("anchor", other))


def _stands(axis: Axis, plot: Plot) -> float:
    first, last = plot.ends(_crossed(axis))
    return last if axis.part.get("side") == "top" else first


def axis_marks(plot: Plot) -> Iterator[Mark]:
    """Yield lines, ticks, their texts and the titles of all axes."""
    for axis in _seen(plot):
        place, (first, last) = _stands(axis, plot), plot.ends(axis.name)
        line = Stroke(str(axis.part["linecolor"]), 1.0)
        if axis.part.get("showline"):
            ends = ((first, place), (last, place))
            yield Line(ends if axis.name[0] == "x" else tuple((y, x) for x, y in ends), line)
        texts = list(_tick_texts(axis, place, plot))
        for number, _ in axis.ticks() if axis.part.get("ticks") == "outside" else ():
            at, out = plot.at(axis.name, number), place + _TICK * _outward(axis)
            yield Line(((at, place), (at, out)), line)
        yield from texts
        yield from _title(axis, place, texts, plot)


def _outward(axis: Axis) -> int:
    return 1 if axis.name[0] == "x" and axis.part.get("side") != "top" else -1


def _tick_texts(axis: Axis, place: float, plot: Plot) -> Iterator[Words]:
    if not axis.part["showticklabels"]:
        return
    size, colour = float(get(axis.part, "tickfont.size")), str(get(axis.part, "tickfont.color"))
    apart = float(axis.part.get("ticklabelstandoff", 0)) + _PAD
    apart += _TICK if axis.part.get("ticks") == "outside" else 0.0
    beyond = place + _outward(axis) * apart
    for number, text in axis.ticks():
        at, lines = plot.at(axis.name, number), lines_of(text)
        if axis.name[0] == "y":
            yield Words((beyond, at), lines, size, colour, "right", "middle", "right")
        else:
            up: Up = "top" if _outward(axis) > 0 else "bottom"
            yield Words((at, beyond), lines, size, colour, "center", up)


def _title(axis: Axis, place: float, texts: list[Words], plot: Plot) -> Iterator[Words]:
    text = str(get(axis.part, "title.text", ""))
    if not text:
        return
    font = (float(get(axis.part, "title.font.size")), str(get(axis.part, "title.font.color")))
    apart = float(get(axis.part, "title.standoff", 0))
    first, last = plot.ends(axis.name)
    boxes = [types.extent(words) for words in texts]
    if axis.name[0] == "x":
        edge = max([place, *(box.bottom for box in boxes)])
        yield Words(((first + last) / 2, edge + apart), lines_of(text), *font, "center", "top")
    else:
        edge = min([place, *(box.left for box in boxes)])
        middle = (edge - apart, (first + last) / 2)
        yield Words(middle, lines_of(text), *font, "right", "middle", turned=True)


def shapes(figure: Described, plot: Plot, layer: str) -> Iterator[Mark]:
    """Yield the lines and rectangles ``below`` or ``above`` the traces."""
    for part in figure.layout.get("shapes", ()):
        if part.get("layer", "above") != layer:
            continue
        x0, x1 = (plot.referred(ref(part, "x"), part[end]) for end in ("x0", "x1"))
        y0, y1 = (plot.referred(ref(part, "y"), part[end]) for end in ("y0", "y1"))
        stroke = stroke_of(part.get("line", {}))
        if part["type"] == "line":
            yield Line(((x0, y0), (x1, y1)), stroke)
        else:
            box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            clip = Box(plot.room.left, plot.room.top, plot.room.right, plot.room.bottom)
            edge = stroke.colour if stroke.width else ""
            yield Area((box.corners(),), str(part["fillcolor"]), edge, stroke.width, clip=clip)


def notes(figure: Described, plot: Plot) -> Iterator[Words]:
    """Yield the annotations."""
    for part in figure.layout.get("annotations", ()):
        across, up = _anchor(part, "x"), _anchor(part, "y")
        italic = get(part, "font.style") == "italic"
        yield Words(
            (
                plot.referred(ref(part, "x"), part["x"]) + float(part.get("xshift", 0)),
                plot.referred(ref(part, "y"), part["y"]) - float(part.get("yshift", 0)),
            ),
            lines_of(str(part["text"]), italic=italic),
            float(get(part, "font.size", theme.TEXT_SIZE)),
            str(get(part, "font.color", theme.INK)),
            across,  # type: ignore[arg-type]
            up,  # type: ignore[arg-type]
            align=part.get("align", "center"),
            ground=str(part.get("bgcolor", "")),
        )


_SIDES: Final = {"x": ("left", "center", "right"), "y": ("bottom", "middle", "top")}


def _anchor(part: Part, way: str) -> Across | Up:
    """Return which side of a note stands at its place; without one, Plotly chooses by the place."""
    found = part.get(f"{way}anchor", "auto")
    if found != "auto":
        return found  # type: ignore[no-any-return]
    first, middle, last = _SIDES[way]
    where = ref(part, way)
    if not where.startswith("paper") and "domain" not in where:
        return middle  # type: ignore[return-value]
    share = float(part[way])
    return first if share < 1 / 3 else last if share > 2 / 3 else middle  # type: ignore[return-value]
