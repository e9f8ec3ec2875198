"""Boundaries for maps, label points, hatching and neighbours."""

import json
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import shape

from analytics.domain.areas import UnknownAreaError, registry
from analytics.geography.boundaries import district_boundaries, label_points, town_boundaries
from analytics.geography.hatching import HatchLines, hatch_lines
from analytics.geography.neighbours import neighbours_of

TOWNS = ["05162004", "05170024", "05566076"]


def _rings(geometry: dict[str, Any]) -> list[tuple[bool, Any]]:
    """Return (is exterior, ring) of a polygon or multipolygon."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [(index == 0, ring) for polygon in polygons for index, ring in enumerate(polygon)]


@pytest.mark.parametrize("boundaries", [district_boundaries, town_boundaries])
def test_exterior_rings_run_clockwise_and_holes_do_not(boundaries: Any) -> None:
    for feature in boundaries()["features"]:
        for is_exterior, ring in _rings(feature["geometry"]):
            assert shapely.is_ccw(shapely.LinearRing(ring)) is not is_exterior, feature["id"]


def test_features_are_the_districts_with_their_names() -> None:
    features = district_boundaries()["features"]
    assert [feature["id"] for feature in features] == [a.ags for a in registry().districts]
    names = {feature["id"]: feature["properties"]["name"] for feature in features}
    assert names["05170"] == "Kreis Wesel"
    assert names["05315"] == "Köln"


def test_town_features_are_the_three_model_towns() -> None:
    features = town_boundaries()["features"]
    assert [feature["id"] for feature in features] == TOWNS
    assert [f["properties"]["name"] for f in features] == ["Dormagen", "Moers", "Rheine"]


def test_geojson_is_plain_and_small() -> None:
    text = json.dumps(district_boundaries(), separators=(",", ":"))
    assert len(text) < 180_000
    assert len(json.dumps(town_boundaries(), separators=(",", ":"))) < 5_000


def test_towns_lie_inside_their_districts() -> None:
    shapes = {f["id"]: shape(f["geometry"]) for f in district_boundaries()["features"]}
    for feature in town_boundaries()["features"]:
        town = shape(feature["geometry"])
        assert town.difference(shapes[feature["id"][:5]]).area < 1e-9


def test_label_points_lie_inside_their_areas() -> None:
    features = district_boundaries()["features"] + town_boundaries()["features"]
    points = label_points()
    assert list(points) == [feature["id"] for feature in features]
    for feature in features:
        assert shape(feature["geometry"]).contains(shapely.Point(points[feature["id"]]))


def _segments(lines: HatchLines) -> gpd.GeoSeries:
    points = list(zip(lines.lon, lines.lat, strict=True))
    segments: list[list[Any]] = [[]]
    for point in points:
        if point == (None, None):
            segments.append([])
        else:
            segments[-1].append(point)
    return gpd.GeoSeries([shapely.LineString(s) for s in segments], crs=4326)


def test_hatch_lines_stay_inside_and_cover_the_area() -> None:
    keys = ("05315", "05170024")
    segments = _segments(hatch_lines(keys, spacing_km=2)).to_crs(25832)
    features = district_boundaries()["features"] + town_boundaries()["features"]
    shapes = [shape(f["geometry"]) for f in features if f["id"] in keys]
    area = gpd.GeoSeries(shapes, crs=4326).to_crs(25832).union_all()
    assert segments.within(area.buffer(25)).all()
    covered = segments.union_all().buffer(1_001)
    assert area.difference(covered).area / area.area < 0.03


def test_hatch_lines_of_neighbours_continue_each_other() -> None:
    together = _segments(hatch_lines(("05315", "05362"))).to_crs(25832).length.sum()
    apart = sum(
        _segments(hatch_lines((key,))).to_crs(25832).length.sum() for key in ("05315", "05362")
    )
    assert together == pytest.approx(apart, rel=0.01)


def test_hatch_lines_of_nothing() -> None:
    assert hatch_lines(()) == HatchLines((), ())


def test_hatching_refuses_what_it_cannot_do() -> None:
    with pytest.raises(UnknownAreaError):
        hatch_lines(("05999",))
    with pytest.raises(ValueError, match="spacing"):
        hatch_lines(("05315",), spacing_km=0)


def test_neighbours_are_mutual_and_every_district_has_some() -> None:
    for area in registry().districts:
        found = neighbours_of(area.ags)
        assert found
        assert area.ags not in {other.ags for other in found}
        lengths = [other.border_km for other in found]
        assert lengths == sorted(lengths, reverse=True)
        for other in found:
            back = {one.ags: one.border_km for one in neighbours_of(other.ags)}
            assert back[area.ags] == other.border_km


def test_neighbours_of_bonn_and_of_an_unknown_district() -> None:
    assert {other.ags for other in neighbours_of("05314")} == {"05382"}
    with pytest.raises(UnknownAreaError):
        neighbours_of("05999")
