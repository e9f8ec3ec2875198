"""Scatter traces: lines, bands, intervals, symbols and the texts beside them."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from analytics.charts import theme
from analytics.charts.picture.described import Part, each, get, values
from analytics.charts.picture.known import UnknownPartError
from analytics.charts.picture.marks import (
    Across,
    Area,
    Box,
    Line,
    Mark,
    Point,
    Stroke,
    Symbol,
    Up,
    Words,
)
from analytics.charts.picture.markup import lines_of
from analytics.charts.picture.plot import Plot

Place = Point | None

_LINE: Final = 2.0
SYMBOL: Final = 6.0
_NAMED_DASHES: Final = {"solid": (), "dash": (3.0, 3.0), "dot": (1.0, 1.0)}
"""In widths of the line."""
_THIN: Final = ("x-thin", "line-ew", "line-ns")


def scatter(trace: Part, number: int, before: Sequence[Part], plot: Plot) -> Iterator[Mark]:
    """Yield what a trace draws.

    Args:
        trace: Of type ``scatter``.
        number: Its position in the figure.
        before: The traces drawn before it, for areas that reach to the last of them.
        plot: Where the axes stand.
    """
    box = plot.box(trace)
    places = placed(trace, plot)
    yield from _area(trace, number, before, plot, box)
    yield from error_bars(trace, number, places, plot)
    if "lines" in _mode(trace):
        stroke = stroke_of(trace.get("line", {}))
        for run in runs(stepped(places, get(trace, "line.shape", "linear"))):
            if stroke.width:
                yield Line(tuple(run), stroke, clip=box, trace=number)
    clip = None if trace.get("cliponaxis") is False else box
    yield from symbols_and_texts(trace, number, places, clip)


def _mode(trace: Part) -> str:
    return str(trace.get("mode", "lines+markers"))


def placed(trace: Part, plot: Plot) -> list[Place]:
    """Return where each point stands; None where it has no value."""
    x_axis, y_axis = str(trace.get("xaxis", "x")), str(trace.get("yaxis", "y"))
    pairs = zip(values(trace["x"]), values(trace["y"]), strict=True)
    return [
        None if x is None or y is None else (plot.place(x_axis, x), plot.place(y_axis, y))
        for x, y in pairs
    ]


def stroke_of(part: Part) -> Stroke:
    """Return colour, width and dash of a line."""
    width = float(part.get("width", _LINE))
    colour = str(part.get("color", theme.NEUTRAL))
    return Stroke(colour, width, dashes(str(part.get("dash", "solid")), width))


def dashes(text: str, width: float) -> tuple[float, ...]:
    """Return the lengths of a line's strokes and gaps in pixels."""
    if text in _NAMED_DASHES:
        return tuple(part * max(width, 3.0) for part in _NAMED_DASHES[text])
    if not text.endswith("px"):
        raise UnknownPartError(f"dash {text}")
    return tuple(float(part.removesuffix("px")) for part in text.split(","))


def stepped(places: Sequence[Place], shape: str) -> list[Place]:
    """Return the corners of a line: with ``hv`` each value holds until the next one."""
    if shape != "hv":
        return list(places)
    found: list[Place] = []
    for position, place in enumerate(places):
        last = places[position - 1] if position else None
        if place is not None and last is not None:
            found.append((place[0], last[1]))
        found.append(place)
    return found


def runs(places: Sequence[Place]) -> list[list[Point]]:
    """Return the unbroken parts of a line."""
    found: list[list[Point]] = [[]]
    for place in places:
        if place is not None:
            found[-1].append(place)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def _area(trace: Part, number: int, before: Sequence[Part], plot: Plot, box: Box) -> Iterator[Area]:
    kind = trace.get("fill")
    if kind is None:
        return
    shape = get(trace, "line.shape", "linear")
    own = [place for place in stepped(placed(trace, plot), shape) if place is not None]
    if kind == "tonexty":
        lower = before[-1]
        there = stepped(placed(lower, plot), get(lower, "line.shape", "linear"))
        own += [place for place in reversed(there) if place is not None]
    if len(own) > 2:
        yield Area((tuple(own),), str(trace["fillcolor"]), clip=box, trace=number)


def error_bars(trace: Part, number: int, places: Sequence[Place], plot: Plot) -> Iterator[Line]:
    """Yield the intervals of a trace's points, with caps where they have a width."""
    for way in "xy":
        part = trace.get(f"error_{way}")
        if part is None:
            continue
        axis = str(trace.get(f"{way}axis", way))
        above, below = values(part["array"]), values(part["arrayminus"])
        for value, place, more, less in zip(values(trace[way]), places, above, below, strict=True):
            if place is None or more is None or less is None:
                continue
            middle = plot.axes[axis].number(value)
            ends = [plot.at(axis, middle - less), plot.at(axis, middle + more)]
            yield from _error_bar(part, number, place, ends, is_across=way == "x")


def _error_bar(
    part: Part, number: int, place: Point, ends: Sequence[float], *, is_across: bool
) -> Iterator[Line]:
    stroke = Stroke(str(part["color"]), float(part.get("thickness", 2)))
    points = tuple((end, place[1]) if is_across else (place[0], end) for end in ends)
    yield Line(points, stroke, trace=number)
    if half := float(part.get("width", 0)):
        for x, y in points:
            cap = ((x, y - half), (x, y + half)) if is_across else ((x - half, y), (x + half, y))
            yield Line(cap, stroke, trace=number)


def symbols_and_texts(
    trace: Part, number: int, places: Sequence[Place], clip: Box | None
) -> Iterator[Mark]:
    """Yield the symbol and the text of each point."""
    mode = _mode(trace)
    texts = trace.get("text")
    for position, place in enumerate(places):
        if place is None:
            continue
        if "markers" in mode:
            look = symbol_look(trace.get("marker", {}), position)
            yield Symbol(place, **look, clip=clip, trace=number)
        if "text" in mode and (text := each(texts, position)):
            yield _text(trace, position, place, str(text))


def symbol_look(marker: Part, position: int) -> dict[str, Any]:
    """Return shape, size and colours of the symbol at one point."""
    shape = str(each(marker.get("symbol", "circle"), position))
    colour = str(each(marker.get("color", theme.NEUTRAL), position))
    is_open = shape.endswith("-open")
    edge = str(each(get(marker, "line.color", colour), position))
    is_seen = each(marker.get("opacity", 1), position) != 0
    return {
        "shape": shape.removesuffix("-open"),
        "size": float(each(marker.get("size", SYMBOL), position)) if is_seen else 0.0,
        "fill": "" if is_open or shape in _THIN else colour,
        "edge": colour if is_open else edge,
        "edge_width": float(each(get(marker, "line.width", 0), position)),
    }


def _text(trace: Part, position: int, place: Point, text: str) -> Words:
    up, across = str(each(trace.get("textposition", "middle center"), position)).split()
    size = float(get(trace, "textfont.size", theme.TEXT_SIZE))
    marker = trace.get("marker", {}) if "markers" in _mode(trace) else {}
    apart = float(each(marker.get("size", 0), position)) / 2 + (3.0 if marker else 0.0)
    sides: dict[str, Across] = {"right": "left", "left": "right", "center": "center"}
    ups: dict[str, Up] = {"middle": "middle", "top": "bottom", "bottom": "top"}
    shift = {"right": apart, "left": -apart, "center": 0.0}[across]
    lift = {"middle": 0.0, "top": -apart, "bottom": apart}[up]
    italic = get(trace, "textfont.style") == "italic"
    colour = str(each(get(trace, "textfont.color", theme.INK), position))
    return Words(
        (place[0] + shift, place[1] + lift), lines_of(text, italic=italic), size, colour,
        sides[across], ups[up],
    )  # fmt: skip
