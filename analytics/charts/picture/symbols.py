"""The shapes of symbols, in Plotly's own measures."""

from math import sqrt
from typing import Final

from analytics.charts.picture.marks import Point, Symbol

_T: Final = 2 / sqrt(3)
_CLOSED: Final[dict[str, tuple[Point, ...]]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((1.3, 0), (0, 1.3), (-1.3, 0), (0, -1.3)),
    "triangle-up": ((-_T, 0.5), (_T, 0.5), (0, -1)),
    "triangle-down": ((-_T, -0.5), (_T, -0.5), (0, 1)),
    "triangle-right": ((-0.5, -_T), (-0.5, _T), (1, 0)),
    "triangle-ne": ((-1.2, -0.6), (0.6, -0.6), (0.6, 1.2)),
    "triangle-se": ((0.6, -1.2), (0.6, 0.6), (-1.2, 0.6)),
}
_OPEN: Final[dict[str, tuple[tuple[Point, ...], ...]]] = {
    "x-thin": (((-1, -1), (1, 1)), ((-1, 1), (1, -1))),
    "line-ew": (((-1.4, 0), (1.4, 0)),),
    "line-ns": (((0, -1.4), (0, 1.4)),),
}
"""Those that are lines and no areas; in halves of the symbol's size, y downwards."""


def strokes(mark: Symbol) -> list[tuple[tuple[Point, ...], bool]]:
    """Return the outlines of a symbol, each with whether it is closed."""
    half, (x, y) = mark.size / 2, mark.at
    shapes = _OPEN.get(mark.shape) or (_CLOSED[mark.shape],)
    is_closed = mark.shape in _CLOSED
    return [(tuple((x + half * a, y + half * b) for a, b in each), is_closed) for each in shapes]
