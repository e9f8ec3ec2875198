"""Bars and boxes."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analytics.charts import theme
from analytics.charts.picture.described import Part, each, get, values
from analytics.charts.picture.marks import Area, Box, Line, Mark, Symbol, Words
from analytics.charts.picture.markup import lines_of
from analytics.charts.picture.plot import Plot
from analytics.charts.picture.points import error_bars, stroke_of, symbol_look

Span = tuple[float, float]

_GAP: Final = 0.2
_APART: Final = 3.0
_GOLDEN: Final = 0.618034
_FENCE: Final = 1.5


def bars(traces: Mapping[int, Part], layout: Part, plot: Plot) -> Iterator[Mark]:
    """Yield the bars of a figure, those of one place beside or on each other.

    Args:
        traces: Those of type ``bar`` by their positions in the figure.
        layout: Of the figure.
        plot: Where the axes stand.
    """
    drawn = {number: trace for number, trace in traces.items() if _is_drawn(trace)}
    mode = layout.get("barmode", "group")
    unit = _unit(drawn.values(), plot)
    tops: dict[float, float] = {}
    for order, (number, trace) in enumerate(drawn.items()):
        share = (1 - layout.get("bargap", _GAP)) * unit
        shift = 0.0
        if mode == "group":
            share /= len(drawn)
            shift = (order - (len(drawn) - 1) / 2) * share
        for position, (place, value) in enumerate(_bars_of(trace, plot)):
            if value is None:
                continue
            base = tops.get(place, 0.0) if mode == "stack" else 0.0
            tops[place] = base + value
            half = float(each(trace.get("width"), position) or share) / 2
            across = (place + shift - half, place + shift + half)
            yield from _bar(trace, number, position, across, (base, base + value), plot)
        if "error_x" in trace:
            yield from error_bars(trace, number, _ends(trace, plot), plot)


def _is_drawn(trace: Part) -> bool:
    """Say whether a trace has bars; those for the legend have none."""
    return any(value is not None for value in values(trace["x"]))


def _along(trace: Part) -> tuple[str, str]:
    """Return the axis along which bars run, and the one along which they stand."""
    x, y = str(trace.get("xaxis", "x")), str(trace.get("yaxis", "y"))
    return (x, y) if trace.get("orientation") == "h" else (y, x)


def _bars_of(trace: Part, plot: Plot) -> list[tuple[float, float | None]]:
    along, across = _along(trace)
    places = [plot.axes[across].number(each) for each in values(trace[across[0]])]
    return list(zip(places, values(trace[along[0]]), strict=True))


def _unit(traces: Any, plot: Plot) -> float:
    """Return the smallest distance between two places of bars."""
    places = {place for trace in traces for place, _ in _bars_of(trace, plot)}
    return min((b - a for a, b in pairwise(sorted(places))), default=1.0)


def _ends(trace: Part, plot: Plot) -> list[tuple[float, float] | None]:
    x, y = str(trace.get("xaxis", "x")), str(trace.get("yaxis", "y"))
    pairs = zip(values(trace["x"]), values(trace["y"]), strict=True)
    return [
        None if None in pair else (plot.place(x, pair[0]), plot.place(y, pair[1])) for pair in pairs
    ]


def _bar(
    trace: Part, number: int, position: int, across: Span, reach: Span, plot: Plot
) -> Iterator[Mark]:
    along, other = _along(trace)
    ends = sorted(plot.at(along, value) for value in reach)
    sides = sorted(plot.at(other, value) for value in across)
    is_flat = along[0] == "x"
    box = (
        Box(ends[0], sides[0], ends[1], sides[1])
        if is_flat
        else Box(sides[0], ends[0], sides[1], ends[1])
    )
    clip = None if trace.get("cliponaxis") is False else plot.box(trace)
    yield Area(
        (box.corners(),), **bar_look(trace.get("marker", {}), position), clip=clip, trace=number
    )
    if text := each(trace.get("text"), position):
        yield _text(trace, str(text), box)


def bar_look(marker: Part, position: int) -> dict[str, Any]:
    """Return fill, outline and pattern of one bar."""
    pattern = marker.get("pattern", {})
    shape = each(pattern.get("shape", ""), position)
    ink = each(pattern.get("fgcolor", theme.INK), position) if shape else ""
    return {
        "fill": str(each(marker.get("color", theme.NEUTRAL), position)),
        "edge": str(each(get(marker, "line.color", ""), position)),
        "edge_width": float(each(get(marker, "line.width", 0), position)),
        "pattern": str(shape),
        "ink": str(ink),
    }


def _text(trace: Part, text: str, box: Box) -> Words:
    size = float(get(trace, "textfont.size", theme.TEXT_SIZE))
    colour = str(get(trace, "textfont.color", theme.INK))
    at = (box.right + _APART, (box.top + box.bottom) / 2)
    return Words(at, lines_of(text), size, colour, "left", "middle")


def box(trace: Part, number: int, plot: Plot) -> Iterator[Mark]:
    """Yield a box: the middle half, median, whiskers, and every value as a dot."""
    x_axis, y_axis = str(trace.get("xaxis", "x")), str(trace.get("yaxis", "y"))
    found = np.sort(np.array([v for v in values(trace["x"]) if v is not None], dtype=np.float64))
    if not len(found):
        return
    # As Plotly: Langford's method 10, whiskers to the last value within the fences.
    low, middle, high = np.quantile(found, (0.25, 0.5, 0.75), method="hazen")
    reach = _FENCE * (high - low)
    first = found[found >= low - reach][0]
    last = found[found <= high + reach][-1]
    place, half = plot.axes[y_axis].number(str(trace["name"])), float(trace["width"]) / 2
    top, centre, bottom = (plot.at(y_axis, place + step) for step in (-half, 0, half))
    x = {value: plot.at(x_axis, value) for value in (low, middle, high, first, last)}
    stroke = stroke_of(trace["line"])
    outline = Box(x[low], min(top, bottom), x[high], max(top, bottom))
    yield Area(
        (outline.corners(),), str(trace["fillcolor"]), stroke.colour, stroke.width, trace=number
    )
    yield Line(((x[middle], top), (x[middle], bottom)), stroke, trace=number)
    yield Line(((x[first], centre), (x[low], centre)), stroke, trace=number)
    yield Line(((x[high], centre), (x[last], centre)), stroke, trace=number)
    yield from _dots(trace, number, found, centre, abs(bottom - top) / 2, plot)


def _dots(
    trace: Part, number: int, found: NDArray[np.float64], centre: float, half: float, plot: Plot
) -> Iterator[Symbol]:
    spread = half * float(trace.get("jitter", 0))
    for position, value in enumerate(found):
        aside = 2 * ((position * _GOLDEN) % 1) - 1
        at = (plot.at(str(trace.get("xaxis", "x")), float(value)), centre + aside * spread)
        yield Symbol(at, **symbol_look(trace.get("marker", {}), position), trace=number)
