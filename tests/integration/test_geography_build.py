"""Building layers from boundaries: one coverage, exact neighbours, bad input refused."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from analytics.domain.area_types import District, DistrictKind, Municipality, MunicipalityKind
from analytics.domain.areas import AreaRegistry
from analytics.extracts.errors import UnusableInputError
from analytics.geography import build
from analytics.geography.files import METRES, read_layer

WEST, SOUTH, SIDE = 7.0, 51.0, 0.1


def _district(ags: str) -> District:
    return District(ags, ags, DistrictKind.DISTRICT, "Köln", f"DE{ags}", 78.0, "X", 0, 0)


def _registry(*municipalities: str) -> AreaRegistry:
    return AreaRegistry(
        tuple(_district(ags) for ags in sorted({key[:5] for key in municipalities})),
        tuple(Municipality(a, a, MunicipalityKind.TOWN, a[:5]) for a in municipalities),
        (),
        (),
    )


def _square(ags: str, column: float, row: float = 0) -> dict[str, Any]:
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    box = shapely.box(west, south, west + SIDE, south + SIDE)
    return {"properties": {"AGS": ags}, "geometry": shapely.geometry.mapping(box)}


TOWNS = ("05001001", "05001002", "05002001")
FEATURES = [_square(ags, column) for column, ags in enumerate(TOWNS)]


def test_districts_are_the_union_of_their_municipalities() -> None:
    areas = _registry(*TOWNS)
    towns = build.municipality_layer(FEATURES, areas)
    districts = build.district_layer(towns, areas)
    assert list(districts["ags"]) == ["05001", "05002"]
    parts = towns.to_crs(METRES).area.groupby(towns["district"]).sum()
    assert districts.to_crs(METRES).area.to_numpy() == pytest.approx(parts.to_numpy())
    assert shapely.coverage_is_valid(districts.geometry.array)


def test_written_layer_is_read_back_and_has_the_same_bytes_twice(tmp_path: Path) -> None:
    towns = build.municipality_layer(FEATURES, _registry(*TOWNS))
    for name in ("one", "two"):
        build.write_layer(towns, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    again = read_layer(tmp_path / "one")
    assert again.geometry.to_list() == towns.geometry.to_list()


def test_areas_that_meet_in_a_point_are_no_neighbours() -> None:
    keys = ("05001", "05002", "05003")
    features = [_square("05001", 0), _square("05002", 1), _square("05003", 2, 1)]
    rows = build.neighbour_rows(features, _registry(*(f"{key}001" for key in keys)))
    assert [row[:2] for row in rows] == [("05001", "05002")]
    assert rows[0][2] == pytest.approx(11.1, abs=0.1)


def test_overlapping_areas_are_refused() -> None:
    features = [_square("05001001", 0), _square("05001002", 0.5)]
    with pytest.raises(UnusableInputError, match=r"source\.gaps"):
        build.municipality_layer(features, _registry("05001001", "05001002"))


def test_boundaries_of_other_areas_are_refused() -> None:
    with pytest.raises(UnusableInputError, match="05001002") as raised:
        build.municipality_layer(FEATURES[:1], _registry("05001001", "05001002"))
    assert raised.value.message == "source.other_areas"
