"""Areas as paths of an SVG."""

from collections.abc import Sequence

from analytics.geography.boundaries import Feature
from analytics.geography.plane import Plane, rings


def svg_path(feature: Feature, plane: Plane) -> str:
    """Return the outlines of an area as the path of an SVG."""
    return "".join(_path([plane.place(point) for point in ring]) for ring in rings(feature))


def _path(points: Sequence[tuple[int, int]]) -> str:
    """Return a closed path without the points that fall together; nothing for a speck."""
    kept = [point for i, point in enumerate(points) if not i or point != points[i - 1]]
    if len(set(kept)) < 3:
        return ""
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z"
