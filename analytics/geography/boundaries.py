"""Boundaries as GeoJSON for maps, and the points where an area's label is placed.

Source: © GeoBasis-DE / BKG 2016 (Daten verändert), see ``data/README.md``.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, TypedDict

from analytics.domain.areas import UnitKind, registry
from analytics.geography.files import LONGITUDE_LATITUDE, METRES, geometries

ATTRIBUTION: Final = "© GeoBasis-DE / BKG 2016 (Daten verändert)"
"""The licence asks for this line, in German, wherever the boundaries are shown."""

_LABEL_TOLERANCE_M: Final = 200


class Feature(TypedDict):
    """A GeoJSON feature; ``id`` is the AGS, ``properties`` hold the ``name``."""

    type: str
    id: str
    properties: dict[str, str]
    geometry: dict[str, Any]


class FeatureCollection(TypedDict):
    """A GeoJSON feature collection in degrees of longitude and latitude."""

    type: str
    features: list[Feature]


@cache
def district_boundaries() -> FeatureCollection:
    """Return all districts, sorted by AGS. One shared value: not to be changed.

    Exterior rings run clockwise and holes counterclockwise, as d3-geo (and so Plotly) reads them;
    RFC 7946 prescribes the opposite, and d3 would then fill the rest of the globe.
    """
    return _collection({area.ags: area.full_name for area in registry().districts})


@cache
def town_boundaries() -> FeatureCollection:
    """Return the model towns inside districts, sorted by AGS, wound as the districts are."""
    towns = (unit for unit in registry().model_units if unit.kind is UnitKind.TOWN)
    return _collection({town.code: town.name for town in towns})


@cache
def kim_boundaries() -> FeatureCollection:
    """Return the KIM units, sorted by key, wound as the districts are.

    A town that is a KIM unit of its own is cut out of its district: Stadt Aachen lies beside the
    rest of the Städteregion here, not inside it.
    """
    import shapely

    names = {unit.ags: unit.name for unit in registry().kim_units}
    hosts = {unit.ags: unit.district for unit in registry().kim_units if unit.ags != unit.district}
    shapes = dict(zip(names, geometries(tuple(names)).array, strict=True))
    for town, district in hosts.items():
        shapes[district] = shapely.difference(shapes[district], shapes[town])
    return _features(names, list(shapes.values()))


@cache
def label_points() -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of the label of each district and each model town, by AGS.

    The point is the centre of the largest circle inside the area, so it never lies outside or at
    an edge. One shared value: not to be changed.
    """
    import geopandas
    import shapely

    features = district_boundaries()["features"] + town_boundaries()["features"]
    keys = tuple(feature["id"] for feature in features)
    shapes = geometries(keys).to_crs(METRES)
    radii = shapely.maximum_inscribed_circle(shapes.array, _LABEL_TOLERANCE_M)
    centres = geopandas.GeoSeries(shapely.get_point(radii, 0), crs=METRES)
    degrees = centres.to_crs(LONGITUDE_LATITUDE)
    places = zip(degrees.x.round(4).tolist(), degrees.y.round(4).tolist(), strict=True)
    return dict(zip(keys, places, strict=True))


def _collection(names: dict[str, str]) -> FeatureCollection:
    return _features(names, geometries(tuple(names)).array)


def _features(names: dict[str, str], geometry: Sequence[Any]) -> FeatureCollection:
    import shapely

    shapes = shapely.orient_polygons(list(geometry), exterior_cw=True)
    features: list[Feature] = [
        {
            "type": "Feature",
            "id": ags,
            "properties": {"name": name},
            "geometry": shapely.geometry.mapping(shape),
        }
        for (ags, name), shape in zip(names.items(), shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
