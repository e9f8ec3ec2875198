"""Where names stand beside their points without covering each other."""

from collections.abc import Mapping, Sequence
from typing import Final

Point = tuple[float, float]
Box = tuple[float, float, float, float]

# A phone shows the state's 3.6 degrees of longitude on some 330 pixels; a degree of latitude is
# drawn 1.6 times as long there. Wider screens only leave more room.
_PX_PER_DEGREE: Final = (92.0, 148.0)
_LETTER: Final = 6.6
_HEIGHT: Final = 15.0
_GAP: Final = 7.0
_POSITIONS: Final = (
    "middle right",
    "middle left",
    "top center",
    "bottom center",
    "top right",
    "bottom right",
    "top left",
    "bottom left",
)


def place_labels(
    points: Sequence[Point], names: Sequence[str], edges: tuple[float, float] | None = None
) -> list[str]:
    """Return a Plotly text position for each name; the same for the same input.

    Each name takes the first position that covers no point and no name placed before it, or else
    the one that covers least.

    Args:
        points: Longitude and latitude.
        names: One a point.
        edges: Longitudes where the picture ends in the west and in the east, if it matters.
    """
    pixels = [(lon * _PX_PER_DEGREE[0], -lat * _PX_PER_DEGREE[1]) for lon, lat in points]
    ends = edges and (edges[0] * _PX_PER_DEGREE[0], edges[1] * _PX_PER_DEGREE[0])
    return _placed(pixels, names, ends)


def place_points(points: Sequence[Point], names: Sequence[str], width: float) -> list[str]:
    """Return the same for points of a plot, whose first ones have names.

    Args:
        points: Pixels to the right and downwards.
        names: One each of the first points; the others are only not to be covered.
        width: Of the plot.
    """
    return _placed(points, names, (0.0, width))


def _placed(
    pixels: Sequence[Point], names: Sequence[str], ends: tuple[float, float] | None
) -> list[str]:
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in pixels]
    chosen: list[str] = []
    for i, (point, name) in enumerate(zip(pixels, names, strict=False)):
        others = taken[:i] + taken[i + 1 :]
        boxes = {position: _box(point, name, position) for position in _POSITIONS}
        costs: Mapping[str, float] = {
            position: sum(_overlap(box, other) for other in others) + _beyond(box, ends)
            for position, box in boxes.items()
        }
        best = min(_POSITIONS, key=lambda position: costs[position])
        chosen.append(best)
        taken.append(boxes[best])
    return chosen


def _box(point: Point, name: str, position: str) -> Box:
    width = _LETTER * len(name)
    vertical, horizontal = position.split()
    left = {"left": -width - _GAP, "center": -width / 2, "right": _GAP}[horizontal]
    top = {"top": -_HEIGHT - _GAP, "middle": -_HEIGHT / 2, "bottom": _GAP}[vertical]
    x, y = point[0] + left, point[1] + top
    return x, y, x + width, y + _HEIGHT


def _beyond(box: Box, ends: tuple[float, float] | None) -> float:
    """Return how much of a box the ends of the picture cut off."""
    if ends is None:
        return 0.0
    west, east = ends
    return (max(0.0, west - box[0]) + max(0.0, box[2] - east)) * _HEIGHT


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)
