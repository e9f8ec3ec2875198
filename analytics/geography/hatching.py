"""Hatching for maps: parallel lines clipped to areas, to be drawn as one line trace."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from analytics.geography.files import LONGITUDE_LATITUDE, METRES, geometries

if TYPE_CHECKING:
    from shapely import MultiLineString
    from shapely.geometry.base import BaseGeometry

_DECIMALS: Final = 4
_SHORTEST_M: Final = 300
"""Shorter pieces look like dust, not like hatching."""


@dataclass(frozen=True, slots=True)
class HatchLines:
    """Points of line segments in degrees; None separates one segment from the next.

    ``lon`` and ``lat`` have equal length and None at equal places.
    """

    lon: tuple[float | None, ...]
    lat: tuple[float | None, ...]


@lru_cache(maxsize=64)
def hatch_lines(
    keys: tuple[str, ...], *, spacing_km: float = 4.0, angle_degrees: float = 45.0
) -> HatchLines:
    """Return lines across the areas with these keys (AGS-5 or AGS-8).

    Lines of one spacing and angle continue from area to area.

    Args:
        keys: The areas to hatch; none gives no lines.
        spacing_km: Distance between lines.
        angle_degrees: Direction of the lines, counterclockwise from east.

    Raises:
        UnknownAreaError: If a key names no district or municipality.
        ValueError: If the spacing is not positive.
    """
    if spacing_km <= 0:
        raise ValueError(f"spacing must be positive: {spacing_km}")
    if not keys:
        return HatchLines((), ())
    import geopandas
    import shapely

    area = geometries(keys).to_crs(METRES).union_all()
    clipped = shapely.intersection(_grid(area, spacing_km * 1000, angle_degrees), area)
    pieces = geopandas.GeoSeries(shapely.get_parts(clipped), crs=METRES)
    pieces = pieces[(pieces.geom_type == "LineString") & (pieces.length >= _SHORTEST_M)]
    lon: list[float | None] = []
    lat: list[float | None] = []
    for piece in pieces.to_crs(LONGITUDE_LATITUDE):
        x, y = piece.coords.xy
        lon += [*(round(value, _DECIMALS) for value in x), None]
        lat += [*(round(value, _DECIMALS) for value in y), None]
    return HatchLines(tuple(lon[:-1]), tuple(lat[:-1]))


def _grid(area: "BaseGeometry", spacing: float, angle_degrees: float) -> "MultiLineString":
    """Return parallel lines that cover the bounding circle of ``area``.

    Their offsets are whole multiples of the spacing from the origin of the coordinates, so that
    the lines of neighbouring areas meet.
    """
    import shapely

    west, south, east, north = area.bounds
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    radius = math.hypot(east - west, north - south) / 2
    along_x, along_y = math.cos(math.radians(angle_degrees)), math.sin(math.radians(angle_degrees))
    middle_offset = -along_y * middle_x + along_x * middle_y
    first = math.ceil((middle_offset - radius) / spacing)
    last = math.floor((middle_offset + radius) / spacing)
    lines = []
    for step in range(first, last + 1):
        shift = step * spacing - middle_offset
        x, y = middle_x - along_y * shift, middle_y + along_x * shift
        start = (x - along_x * radius, y - along_y * radius)
        lines.append([start, (x + along_x * radius, y + along_y * radius)])
    return shapely.MultiLineString(lines)
