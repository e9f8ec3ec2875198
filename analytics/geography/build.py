"""Building ``data/geography`` from the official boundaries VG250 (BKG, 2016).

The municipalities are simplified as one coverage, rounded, and united to districts. So two
neighbours share each point of their border, and a town's outline lies on that of its district.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analytics.domain.areas import AreaRegistry
from analytics.extracts.errors import UnusableInputError
from analytics.geography.files import LONGITUDE_LATITUDE, METRES

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

TOLERANCE_M: Final = 250
"""Distance below which detail is dropped: about the width of a line on a map of the state."""
DECIMALS: Final = 4
"""Of degrees: 7 to 11 metres, finer than the simplification."""
_SHORTEST_BORDER_KM: Final = 0.05
"""Areas that meet in a point are no neighbours."""

Features = Sequence[Mapping[str, Any]]


def municipality_layer(features: Features, areas: AreaRegistry) -> "GeoDataFrame":
    """Return the simplified municipalities in degrees.

    Columns: ags, name, kind, district, regierungsbezirk, nuts3, polygon_km2 (area of the original
    polygon; official areas of municipalities are not among the sources), geometry.

    Args:
        features: GeoJSON features with the property ``AGS``, exactly those of the registry.
        areas: The registry.

    Raises:
        UnusableInputError: If areas are missing, unknown, or do not form a coverage.
    """
    import geopandas

    original = _in_metres(features, [area.ags for area in areas.municipalities])
    districts = [areas.district(area.district) for area in areas.municipalities]
    columns = {
        "ags": [area.ags for area in areas.municipalities],
        "name": [area.name for area in areas.municipalities],
        "kind": [area.kind.value for area in areas.municipalities],
        "district": [area.district for area in areas.municipalities],
        "regierungsbezirk": [district.regierungsbezirk for district in districts],
        "nuts3": [district.nuts3 for district in districts],
        "polygon_km2": (original.area / 1e6).round(3).to_numpy(),
    }
    return geopandas.GeoDataFrame(columns, geometry=_simplified(original), crs=LONGITUDE_LATITUDE)


def district_layer(municipalities: "GeoDataFrame", areas: AreaRegistry) -> "GeoDataFrame":
    """Unite the municipalities' layer to districts.

    Columns: ags, name, kind, regierungsbezirk, nuts3, area_km2 (official), geometry.

    Raises:
        UnusableInputError: If the districts do not form a coverage.
    """
    import geopandas
    import shapely

    shapes = municipalities.groupby("district").geometry.agg(
        lambda parts: shapely.coverage_union_all(parts.array)
    )
    columns = {
        "ags": [area.ags for area in areas.districts],
        "name": [area.name for area in areas.districts],
        "kind": [area.kind.value for area in areas.districts],
        "regierungsbezirk": [area.regierungsbezirk for area in areas.districts],
        "nuts3": [area.nuts3 for area in areas.districts],
        "area_km2": [area.area_km2 for area in areas.districts],
    }
    united = shapes.loc[columns["ags"]].to_numpy()
    _refuse_gaps(united)
    return geopandas.GeoDataFrame(columns, geometry=united, crs=LONGITUDE_LATITUDE)


def neighbour_rows(features: Features, areas: AreaRegistry) -> list[tuple[str, str, float]]:
    """Return each pair of neighbouring districts once: AGS, AGS and shared border in km.

    Lengths are those of the original boundaries, not of the simplified ones.
    """
    import shapely

    keys = [area.ags for area in areas.districts]
    shapes = _in_metres(features, keys).array
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.length(shapely.intersection(shapes[first], shapes[second])) / 1000
    rows = [
        (keys[one], keys[other], round(float(length), 1))
        for one, other, length in zip(first, second, shared, strict=True)
        if length >= _SHORTEST_BORDER_KM
    ]
    return sorted(rows)


def write_layer(layer: "GeoDataFrame", path: Path) -> None:
    """Write GeoParquet; the same layer and library versions give the same bytes."""
    layer.to_parquet(path, index=False, compression="zstd", schema_version="1.1.0")


def _in_metres(features: Features, keys: Sequence[str]) -> "GeoSeries":
    import geopandas
    from shapely.geometry import shape

    shapes = {str(feature["properties"]["AGS"]): shape(feature["geometry"]) for feature in features}
    if set(shapes) != set(keys):
        difference = ", ".join(sorted(set(shapes) ^ set(keys)))
        raise UnusableInputError("source.other_areas", areas=difference)
    series = geopandas.GeoSeries([shapes[key] for key in keys], crs=LONGITUDE_LATITUDE)
    return series.to_crs(METRES)


def _simplified(original: "GeoSeries") -> Any:
    """Return the simplified, rounded shapes in degrees, as an array in the series' order."""
    import geopandas
    import shapely

    _refuse_gaps(original.array)
    simple = shapely.coverage_simplify(original.array, TOLERANCE_M)
    degrees = geopandas.GeoSeries(simple, crs=METRES).to_crs(LONGITUDE_LATITUDE)
    rounded = shapely.transform(degrees.array, lambda points: points.round(DECIMALS))
    shapes = shapely.normalize(rounded)
    _refuse_gaps(shapes)
    return shapes


def _refuse_gaps(shapes: Any) -> None:
    import shapely

    if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)):
        raise UnusableInputError("source.gaps")
