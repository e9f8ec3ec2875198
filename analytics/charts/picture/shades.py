"""What is coloured by a value: grids and areas of maps."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from analytics.charts import theme
from analytics.charts.contrast import channels
from analytics.charts.picture.described import Part, get, values
from analytics.charts.picture.marks import Area, Box, Line, Mark, Point, Words
from analytics.charts.picture.markup import lines_of
from analytics.charts.picture.plot import Plot
from analytics.charts.picture.points import runs, stroke_of, symbols_and_texts
from analytics.geography.plane import rings


def heatmap(trace: Part, number: int, plot: Plot) -> Iterator[Mark]:
    """Yield the cells of a grid that have a value, and the texts written into them."""
    x_axis, y_axis = str(trace.get("xaxis", "x")), str(trace.get("yaxis", "y"))
    aside, apart = float(trace.get("xgap", 0)) / 2, float(trace.get("ygap", 0)) / 2
    size = float(get(trace, "textfont.size", theme.TEXT_SIZE))
    ink = str(get(trace, "textfont.color", theme.INK))
    for row, cells in enumerate(trace["z"]):
        top, bottom = sorted(plot.at(y_axis, row + step) for step in (-0.5, 0.5))
        for across, value in enumerate(values(cells)):
            if value is None:
                continue
            left, right = sorted(plot.at(x_axis, across + step) for step in (-0.5, 0.5))
            box = Box(left + aside, top + apart, right - aside, bottom - apart)
            yield Area((box.corners(),), shade(trace, value), trace=number)
            if text := trace.get("text", {}) and trace["text"][row][across]:
                at = ((left + right) / 2, (top + bottom) / 2)
                yield Words(at, lines_of(str(text)), size, ink, "center", "middle")


def shade(trace: Part, value: float) -> str:
    """Return the colour of a value on the trace's scale."""
    low, high = trace.get("zmin", value), trace.get("zmax", value)
    share = min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.0
    stops = [(float(at), str(colour)) for at, colour in trace["colorscale"]]
    for (first, below), (last, above) in pairwise(stops):
        if first <= share <= last and last > first:
            return _between(below, above, (share - first) / (last - first))
    return stops[-1][1]


def _between(one: str, other: str, share: float) -> str:
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02X}" for a, b in pairs)


_ROOM: Final = 4.0
"""Pixels around the map that lines may need."""


class Globe:
    """Longitude and latitude in a box: Mercator's projection, as large as all that is drawn."""

    def __init__(self, traces: Sequence[Part], box: Box) -> None:
        """Fit what the traces draw into the box."""
        points = [_mercator(point) for trace in traces for point in _points(trace)]
        self._left, self._right = min(x for x, _ in points), max(x for x, _ in points)
        self._low, self._high = min(y for _, y in points), max(y for _, y in points)
        wide, high = box.width - 2 * _ROOM, box.height - 2 * _ROOM
        self._scale = min(wide / (self._right - self._left), high / (self._high - self._low))
        self._middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)

    def place(self, lon: float, lat: float) -> Point:
        """Return where a point of the earth stands."""
        x, y = _mercator((lon, lat))
        return (
            self._middle[0] + (x - (self._left + self._right) / 2) * self._scale,
            self._middle[1] - (y - (self._low + self._high) / 2) * self._scale,
        )


def _mercator(point: Sequence[float]) -> Point:
    lon, lat = point[0], point[1]
    return lon, math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def _features(trace: Part) -> list[Any]:
    known = {feature["id"]: feature for feature in trace["geojson"]["features"]}
    return [known[key] for key in trace["locations"]]


def _points(trace: Part) -> Iterator[Sequence[float]]:
    if "geojson" in trace:
        for feature in _features(trace):
            for ring in rings(feature):
                yield from ring
    else:
        for lon, lat in zip(values(trace["lon"]), values(trace["lat"]), strict=True):
            if lon is not None and lat is not None:
                yield lon, lat


def choropleth(trace: Part, number: int, globe: Globe) -> Iterator[Area]:
    """Yield an area for each place of a map."""
    edge, width = str(get(trace, "marker.line.color")), float(get(trace, "marker.line.width"))
    for feature, value in zip(_features(trace), values(trace["z"]), strict=True):
        outlines = tuple(
            tuple(globe.place(point[0], point[1]) for point in ring) for ring in rings(feature)
        )
        if value is not None:
            yield Area(outlines, shade(trace, value), edge, width, trace=number)


def scattergeo(trace: Part, number: int, globe: Globe) -> Iterator[Mark]:
    """Yield lines, symbols and texts on a map."""
    pairs = zip(values(trace["lon"]), values(trace["lat"]), strict=True)
    places = [None if None in pair else globe.place(*pair) for pair in pairs]
    if trace.get("mode") == "lines":
        for run in runs(places):
            yield Line(tuple(run), stroke_of(trace["line"]), trace=number)
    yield from symbols_and_texts(trace, number, places, None)
