"""Where a district and its peers lie, as a small map for paper."""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

from analytics.charts import theme
from analytics.geography.boundaries import district_boundaries
from analytics.reports.exhibit import Exhibit

_WIDTH: Final = 400
"""Of the drawing in its own units: fine enough for paper, few enough digits for a small file."""

_FILLS: Final = {"own": theme.OWN, "peers": theme.STAGES[0], "others": theme.PAPER}
_ORDER: Final = ("others", "peers", "own")

Ring = Sequence[Sequence[float]]


def printed_locator(exhibit: Exhibit) -> str:
    """Return the districts of the state as SVG, the own one and its peers filled.

    Args:
        exhibit: RING MAP rows ``key, role``.
    """
    paths, height = _outlines()
    frame = exhibit.table.frame
    roles = dict(zip(frame["key"], frame["role"], strict=True))
    drawn = sorted(paths, key=lambda key: _ORDER.index(roles.get(key, "others")))
    body = "".join(
        f'<path d="{paths[key]}" fill="{_FILLS[roles.get(key, "others")]}"/>' for key in drawn
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}"><g stroke="{theme.OUTLINE}" stroke-width="0.8" '
        f'stroke-linejoin="round" fill-rule="evenodd">{body}</g></svg>'
    )


def locator_fill(role: str) -> str:
    """Return the fill of a role, for the legend beside the map."""
    return _FILLS[role]


@cache
def _outlines() -> tuple[dict[str, str], int]:
    """Return the path of each district, and the height of the drawing.

    Latitude and longitude become plane by stretching alone: over one state that is no worse than
    the width of a line.
    """
    shapes = {
        feature["id"]: list(_rings(feature["geometry"]))
        for feature in district_boundaries()["features"]
    }
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    margin = 1
    scale = (_WIDTH - 2 * margin) / (east - west)
    stretch = scale / math.cos(math.radians((south + north) / 2))

    def place(point: Sequence[float]) -> tuple[int, int]:
        return (
            round(margin + (point[0] - west) * scale),
            round(margin + (north - point[1]) * stretch),
        )

    paths = {
        key: "".join(_path([place(point) for point in ring]) for ring in rings)
        for key, rings in shapes.items()
    }
    return paths, round((north - south) * stretch) + 2 * margin


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    coordinates = geometry["coordinates"]
    for polygon in [coordinates] if geometry["type"] == "Polygon" else coordinates:
        yield from polygon


def _path(points: Sequence[tuple[int, int]]) -> str:
    """Return a closed path without the points that fall together; nothing for a speck."""
    kept = [point for i, point in enumerate(points) if not i or point != points[i - 1]]
    if len(set(kept)) < 3:
        return ""
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z"
