"""The committed reference data against what the official sources publish."""

import csv
from datetime import date
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest
import shapely

from analytics.domain.areas import REFERENCE, registry
from analytics.extracts.contract import POPULATION
from analytics.extracts.readers.genesis import read_genesis
from analytics.geography.boundaries import ATTRIBUTION
from analytics.geography.files import GEOGRAPHY, METRES

AREA_TOLERANCE = 0.015
"""Simplified polygon against official area; the original polygons differ by up to 0.8 %."""

OFFICIAL = Path(__file__).parents[1] / "fixtures" / "official"
EXPECTED = Path(__file__).parent / "expected" / "districts_2019.csv"


@pytest.fixture(scope="module")
def districts() -> gpd.GeoDataFrame:
    return gpd.read_parquet(GEOGRAPHY / "districts.parquet")


@pytest.fixture(scope="module")
def municipalities() -> gpd.GeoDataFrame:
    return gpd.read_parquet(GEOGRAPHY / "municipalities.parquet")


@pytest.fixture(scope="module")
def population() -> list[dict[str, object]]:
    return pq.read_table(REFERENCE / "population.parquet").to_pylist()


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return {row["ags"]: row for row in csv.DictReader(file)}


def test_layers_hold_the_areas_of_the_registry(
    districts: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame
) -> None:
    assert (len(districts), len(municipalities)) == (53, 396)
    assert list(districts["ags"]) == [area.ags for area in registry().districts]
    assert list(municipalities["ags"]) == [area.ags for area in registry().municipalities]
    assert list(districts["area_km2"]) == [area.area_km2 for area in registry().districts]
    assert list(districts["nuts3"]) == [area.nuts3 for area in registry().districts]


@pytest.mark.parametrize("layer", ["districts", "municipalities"])
def test_layers_are_valid_coverages_in_degrees(layer: str) -> None:
    frame = gpd.read_parquet(GEOGRAPHY / f"{layer}.parquet")
    assert frame.crs.to_epsg() == 4326
    assert frame.is_valid.all()
    assert shapely.coverage_is_valid(frame.geometry.array)


def test_areas_of_districts_are_close_to_the_official_ones(districts: gpd.GeoDataFrame) -> None:
    polygon_km2 = districts.to_crs(METRES).area / 1e6
    assert (polygon_km2 / districts["area_km2"] - 1).abs().max() < AREA_TOLERANCE


def test_simplification_keeps_the_areas_of_municipalities(
    municipalities: gpd.GeoDataFrame,
) -> None:
    polygon_km2 = municipalities.to_crs(METRES).area / 1e6
    assert (polygon_km2 / municipalities["polygon_km2"] - 1).abs().max() < AREA_TOLERANCE


def test_geoparquet_files_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in GEOGRAPHY.glob("*.parquet")}
    assert sizes["districts.parquet"] < 100_000
    assert sizes["municipalities.parquet"] < 250_000


def test_population_has_the_contract_schema_and_every_year(
    population: list[dict[str, object]],
) -> None:
    schema = pq.read_schema(REFERENCE / "population.parquet")
    assert schema.equals(POPULATION.schema)
    keys = {(row["district"], row["reference_date"]) for row in population}
    years = [date(year, 12, 31) for year in range(2008, 2020)]
    assert keys == {(area.ags, day) for area in registry().districts for day in years}
    assert {row["series"] for row in population} == {"population_update"}


def test_population_of_2019_is_the_published_one(
    population: list[dict[str, object]], expected: dict[str, dict[str, str]]
) -> None:
    rows = [row for row in population if row["reference_date"] == date(2019, 12, 31)]
    assert sum(int(str(row["population"])) for row in rows) == 17_947_221
    for row in rows:
        published = expected[str(row["district"])]
        assert row["population"] == int(published["population_2019"])
        percent = float(published["foreign_share_2019_pct"])
        assert row["foreign_share"] == pytest.approx(percent / 100, abs=1e-12)


def test_population_of_2018_is_the_published_one_up_to_rounding(
    population: list[dict[str, object]], expected: dict[str, dict[str, str]]
) -> None:
    """Means are rounded to whole persons, so a year end one step away is off by at most one."""
    for row in population:
        if row["reference_date"] == date(2018, 12, 31):
            published = int(expected[str(row["district"])]["population_2018"])
            assert abs(int(str(row["population"])) - published) <= 1


def test_earlier_sums_agree_with_the_mean_population_of_the_state(
    population: list[dict[str, object]],
) -> None:
    """The mean of two year ends is the state's published mean, up to one person per district."""
    export = read_genesis(OFFICIAL / "12411-05-01-4.csv").to_pylist()
    means = {row["year"]: row["mean_population"] for row in export if row["ags"] == "05"}
    ends = {year: 0 for year in range(2011, 2020)}
    for row in population:
        year = row["reference_date"].year
        if year in ends:
            ends[year] += int(str(row["population"]))
    for year in range(2012, 2020):
        assert abs((ends[year] + ends[year - 1]) / 2 - means[year]) <= 53


def test_only_the_city_region_of_2008_is_missing(population: list[dict[str, object]]) -> None:
    """The Städteregion Aachen was founded in 2009."""
    missing = [row for row in population if row["population"] is None]
    assert [(row["district"], row["reference_date"]) for row in missing] == [
        ("05334", date(2008, 12, 31))
    ]
    without_share = [row for row in population if row["foreign_share"] is None]
    assert without_share == missing


def test_foreign_population_sums_to_the_documented_total(
    population: list[dict[str, object]],
) -> None:
    rows = [row for row in population if row["reference_date"] == date(2019, 12, 31)]
    assert sum(int(str(row["foreign_population"])) for row in rows) == 2_444_100


def test_neighbours_file_names_each_pair_once() -> None:
    with (GEOGRAPHY / "neighbours.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(row["ags"], row["neighbour"]) for row in csv.DictReader(file)]
    assert pairs == sorted(set(pairs))
    assert all(first < second for first, second in pairs)


def test_readme_names_every_file_and_the_attribution() -> None:
    readme = (REFERENCE.parent / "README.md").read_text("utf-8")
    assert ATTRIBUTION in readme
    for path in (*REFERENCE.iterdir(), *GEOGRAPHY.iterdir()):
        assert f"`{path.parent.name}/{path.name}`" in readme
