"""Sankey diagrams of two stages: bars, streams between them, and a name beside each bar."""

from collections.abc import Iterator
from typing import Final

from analytics.charts import theme
from analytics.charts.flow_places import Node, Stream, places
from analytics.charts.picture.described import Part, get, values
from analytics.charts.picture.marks import Area, Box, Mark, Point, Words
from analytics.charts.picture.markup import lines_of

_STEPS: Final = 24
_BESIDE: Final = 5.0
"""Pixels between a bar and its name."""


def sankey(trace: Part, number: int, room: Box) -> Iterator[Mark]:
    """Yield streams, then bars, then names.

    Args:
        trace: Of type ``sankey``, nodes of the left side first, as ``charts/flow.py`` makes it.
        number: Its position in the figure.
        room: Where it stands.
    """
    node, link = trace["node"], trace["link"]
    across = [float(x) for x in values(node["x"])]
    left = sum(x < 1 / 2 for x in across)
    ends = [[int(each) for each in values(link[name])] for name in ("source", "target")]
    counts = [float(each) for each in values(link["value"])]
    nodes, streams = places(ends[0], ends[1], counts, left, len(across))
    half = float(node["thickness"]) / 2
    lefts = [room.left + x * room.width - half for x in across]
    for stream in streams:
        begin, end = lefts[stream.source] + 2 * half, lefts[stream.target]
        outline = ribbon(stream, begin, end, room)
        yield Area((outline,), str(link["color"]), trace=number)
    size = float(get(trace, "textfont.size", theme.TEXT_SIZE))
    ink = str(get(trace, "textfont.color", theme.INK))
    for place, name, x in zip(nodes, values(node["label"]), lefts, strict=True):
        box = bar(place, x, 2 * half, room)
        yield Area((box.corners(),), str(node["color"]), trace=number)
        middle = (box.top + box.bottom) / 2
        if place.side:
            at, side = (box.left - _BESIDE, middle), "right"
        else:
            at, side = (box.right + _BESIDE, middle), "left"
        yield Words(at, lines_of(str(name)), size, ink, side, "middle")  # type: ignore[arg-type]


def bar(node: Node, left: float, width: float, room: Box) -> Box:
    """Return where a node stands in the room."""
    top = room.top + node.top * room.height
    return Box(left, top, left + width, top + node.height * room.height)


def ribbon(stream: Stream, begin: float, end: float, room: Box) -> tuple[Point, ...]:
    """Return the outline of a stream: two curves that leave and arrive level."""
    top, bottom = [], []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        # A cubic Bézier curve whose two inner points lie half-way across, as Plotly draws it.
        x = begin + (end - begin) * (1.5 * t * (1 - t) + t**3)
        share = stream.begin + (stream.end - stream.begin) * (3 * t**2 - 2 * t**3)
        y = room.top + share * room.height
        top.append((x, y))
        bottom.append((x, y + stream.height * room.height))
    return (*top, *reversed(bottom))
