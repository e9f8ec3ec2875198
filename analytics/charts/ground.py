"""What a map is drawn on: shapes by key, with inner points and hatching."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from analytics.domain.areas import registry
from analytics.geography.boundaries import (
    ATTRIBUTION,
    Feature,
    FeatureCollection,
    district_boundaries,
    kim_boundaries,
    label_points,
    town_boundaries,
)
from analytics.geography.hatching import HatchLines, hatch_lines

Point = tuple[float, float]

_TILE: Final = 0.1
"""Edge of a tile in degrees: small and on the equator, where a degree is the same both ways."""
_GAP: Final = 0.06
_HATCHES: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Shapes to colour.

    Attributes:
        areas: One feature a district; rings run clockwise, as d3-geo wants them.
        towns: Outlines of the model towns inside districts.
        points: Longitude and latitude inside each shape, by key: where its text is written.
        marks: Where a mark does not cover the text.
        hatch: Returns the hatching of shapes, by their keys.
        texts: Written into each area by its key; none on a map.
        credit: Attribution that the source of the shapes asks for.
    """

    areas: FeatureCollection
    towns: FeatureCollection
    points: Mapping[str, Point]
    marks: Mapping[str, Point]
    hatch: Callable[[tuple[str, ...]], HatchLines]
    texts: Mapping[str, str]
    credit: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the areas' keys in the order of the features."""
        return tuple(feature["id"] for feature in self.areas["features"])

    def outline(self, keys: Sequence[str]) -> HatchLines:
        """Return the outer boundaries of areas or towns as line segments."""
        lon: list[float | None] = []
        lat: list[float | None] = []
        for feature in [*self.areas["features"], *self.towns["features"]]:
            for ring in _outer_rings(feature) if feature["id"] in keys else ():
                lon += [*(float(x) for x, _ in ring), None]
                lat += [*(float(y) for _, y in ring), None]
        return HatchLines(tuple(lon[:-1]), tuple(lat[:-1]))


@cache
def boundaries() -> Ground:
    """Return the districts within their boundaries."""
    points = label_points()
    return Ground(
        district_boundaries(), town_boundaries(), points, points, hatch_lines, {}, ATTRIBUTION
    )


@cache
def kim_units() -> Ground:
    """Return the KIM units: the districts, and beside them the towns that count on their own."""
    points = label_points()
    none: FeatureCollection = {"type": "FeatureCollection", "features": []}
    return Ground(kim_boundaries(), none, points, points, hatch_lines, {}, ATTRIBUTION)


@cache
def tiles() -> Ground:
    """Return the districts as squares of equal size, placed about where they lie.

    A square gives a small city the same weight as a large district. A model town is a smaller
    square in the corner of its district's.
    """
    corners = {d.ags: (d.tile_col * _TILE, -d.tile_row * _TILE) for d in registry().districts}
    units = [unit for unit in registry().model_units if unit.code not in corners]
    inner = {u.code: corners[u.district] for u in units}
    names = {d.ags: d.full_name for d in registry().districts}
    areas = [_square(key, names[key], at, 0.0, 1 - _GAP) for key, at in corners.items()]
    towns = [_square(u.code, u.name, inner[u.code], 0.68, 0.26) for u in units]
    points = {key: (x + _TILE * (1 - _GAP) / 2, y - _TILE / 2) for key, (x, y) in corners.items()}
    return Ground(
        {"type": "FeatureCollection", "features": areas},
        {"type": "FeatureCollection", "features": towns},
        points,
        {key: (x + 0.8 * _TILE, y - 0.8 * _TILE) for key, (x, y) in corners.items()},
        lambda keys: _diagonals([corners[key] for key in keys]),
        {d.ags: d.plate for d in registry().districts},
        "",
    )


def _square(key: str, name: str, corner: Point, offset: float, edge: float) -> Feature:
    west, north = corner[0] + offset * _TILE, corner[1] - 0.06 * offset * _TILE
    east, south = west + edge * _TILE, north - edge * _TILE
    ring = [(west, north), (east, north), (east, south), (west, south), (west, north)]
    return {
        "type": "Feature",
        "id": key,
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _diagonals(corners: Sequence[Point]) -> HatchLines:
    edge = _TILE * (1 - _GAP)
    lon: list[float | None] = []
    lat: list[float | None] = []
    for west, north in corners:
        for step in range(1, 2 * _HATCHES):
            reach = edge * step / _HATCHES
            start = max(0.0, reach - edge)
            lon += [west + start, west + min(reach, edge), None]
            lat += [north - min(reach, edge), north - start, None]
    return HatchLines(tuple(lon[:-1]), tuple(lat[:-1]))


def _outer_rings(feature: Feature) -> list[Any]:
    geometry = feature["geometry"]
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]
