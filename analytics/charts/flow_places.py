"""Where the nodes and streams of a flow stand: in two stages, for screen, painter and slides alike.

Plotly scales the nodes of a Sankey diagram so that the fuller side fills the height, and keeps the
places that it is given. The same rule is written down here once, so that a picture and a slide show
what the screen does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

APART: Final = 0.025
"""Of the height, between two nodes of one side."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its side (0 left, 1 right), its place from the top and its height, in shares."""

    side: int
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Return the place of its middle."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its nodes, where it begins and ends from the top, and its height, in shares."""

    source: int
    target: int
    begin: float
    end: float
    height: float


def places(
    sources: Sequence[int], targets: Sequence[int], values: Sequence[float], left: int, size: int
) -> tuple[tuple[Node, ...], tuple[Stream, ...]]:
    """Return nodes and streams.

    Args:
        sources: Node at the left end of each stream, from 0 to ``left`` - 1.
        targets: Node at its right end, from ``left`` to ``size`` - 1.
        values: Width of each stream.
        left: How many nodes the left side has.
        size: How many nodes there are; each side stands in the order of its numbers.
    """
    totals = [0.0] * size
    for source, target, value in zip(sources, targets, values, strict=True):
        totals[source] += value
        totals[target] += value
    sides = (range(left), range(left, size))
    scale = min((1 - APART * (len(side) - 1)) / sum(totals[i] for i in side) for side in sides)
    nodes: list[Node] = []
    for number, side in enumerate(sides):
        used = scale * sum(totals[i] for i in side) + APART * (len(side) - 1)
        top = (1 - used) / 2
        for i in side:
            nodes.append(Node(number, top, scale * totals[i]))
            top += scale * totals[i] + APART
    begins, ends = [node.top for node in nodes], [node.top for node in nodes]
    order = sorted(range(len(values)), key=lambda i: (sources[i], targets[i]))
    found: dict[int, Stream] = {}
    for i in order:
        source, target, height = sources[i], targets[i], scale * values[i]
        found[i] = Stream(source, target, begins[source], ends[target], height)
        begins[source] += height
        ends[target] += height
    return tuple(nodes), tuple(found[i] for i in range(len(values)))
