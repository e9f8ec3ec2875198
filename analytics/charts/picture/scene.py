"""A figure laid out in a given room: margins grow until every text fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.charts.picture import type as types
from analytics.charts.picture.axis import axes
from analytics.charts.picture.bars import bars, box
from analytics.charts.picture.described import Described
from analytics.charts.picture.flow import sankey
from analytics.charts.picture.legend import Legend, legend
from analytics.charts.picture.marks import Box, Mark, Words
from analytics.charts.picture.plot import Plot
from analytics.charts.picture.points import scatter
from analytics.charts.picture.scale import axis_marks, grid_lines, notes, shapes
from analytics.charts.picture.shades import Globe, choropleth, heatmap, scattergeo

_ROUNDS: Final = 8
_APART: Final = 8.0
"""Pixels between a legend and what stands next to it."""
_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Scene:
    """A figure as marks.

    Attributes:
        marks: In the order in which they are drawn.
        plot: Where its axes stand.
    """

    marks: tuple[Mark, ...]
    plot: Plot

    def words(self) -> list[Words]:
        """Return its texts."""
        return [mark for mark in self.marks if isinstance(mark, Words)]


def scene(figure: Described, limits: Box) -> Scene:
    """Return the figure within the limits."""
    known, names = axes(figure), legend(figure, limits.width)
    own, is_map = figure.layout["margin"], "geo" in figure.layout
    left, right, bottom = (0, 0, 0) if is_map else (own["l"], own["r"], own["b"])
    head = names.height + _APART if names and names.is_at_top else 0.0
    if names and names.is_beside:
        left, head = left + names.width + _APART, 0.0
    room = Box(limits.left + left, limits.top, limits.right - right, limits.bottom - bottom)
    inside = Box(limits.left, limits.top + head, limits.right, limits.bottom)
    for _ in range(_ROUNDS):
        found = _laid(figure, Plot(room, known))
        whole = _named(found, names, limits)
        grown = _grown(room, (found if head else whole).words(), inside)
        if grown == room:
            break
        room = grown
    return whole


def _named(found: Scene, names: Legend | None, limits: Box) -> Scene:
    """Return the scene with its legend, which begins where the finding above it does."""
    if names is None:
        return found
    room = found.plot.room
    top = room.bottom + _APART if names.is_below else room.top - _APART - names.height
    if names.is_at_top:
        top = limits.top
    beside = names.marks(limits.left, top)
    return Scene((*found.marks, *beside), found.plot)


def _laid(figure: Described, plot: Plot) -> Scene:
    marks = [
        *grid_lines(plot),
        *shapes(figure, plot, "below"),
        *_traces(figure, plot),
        *axis_marks(plot),
        *shapes(figure, plot, "above"),
        *notes(figure, plot),
    ]
    return Scene(tuple(marks), plot)


def _traces(figure: Described, plot: Plot) -> list[Mark]:
    on_map = [trace for trace in figure.traces if "lat" in trace or "geojson" in trace]
    globe = Globe(on_map, plot.room) if on_map else None
    of_bars = {i: trace for i, trace in enumerate(figure.traces) if trace["type"] == "bar"}
    marks: list[Mark] = [*bars(of_bars, figure.layout, plot)]
    for number, trace in enumerate(figure.traces):
        match trace["type"]:
            case "scatter":
                marks += scatter(trace, number, figure.traces[:number], plot)
            case "box":
                marks += box(trace, number, plot)
            case "heatmap":
                marks += heatmap(trace, number, plot)
            case "sankey":
                marks += sankey(trace, number, plot.room)
            case "choropleth" if globe:
                marks += choropleth(trace, number, globe)
            case "scattergeo" if globe:
                marks += scattergeo(trace, number, globe)
    return marks


def _grown(room: Box, found: Sequence[Words], limits: Box) -> Box:
    """Return the room of the plots, smaller by what its texts reach beyond the limits."""
    boxes = [types.extent(words) for words in found if words.lines]
    over = (
        limits.left - min((each.left for each in boxes), default=0.0),
        limits.top - min((each.top for each in boxes), default=limits.top),
        max((each.right for each in boxes), default=0.0) - limits.right,
        max((each.bottom for each in boxes), default=0.0) - limits.bottom,
    )
    left, top, right, bottom = (by if by > _ENOUGH else 0.0 for by in over)
    return Box(room.left + left, room.top + top, room.right - right, room.bottom - bottom)
