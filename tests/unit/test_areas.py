"""The registry: which areas there are, and which evaluation unit a case belongs to."""

from pathlib import Path

import pytest

from analytics.domain.areas import (
    REFERENCE,
    Assignment,
    UnitKind,
    UnknownAreaError,
    read_registry,
    registry,
)
from analytics.domain.vocabulary import Group

SPLIT_DISTRICTS = ("05162", "05170", "05566")


def test_numbers_of_areas_follow_from_the_reference_data() -> None:
    areas = registry()
    counts = (
        len(areas.districts),
        len(areas.municipalities),
        len(areas.evaluation_units),
        len(areas.kim_units),
        len(areas.model_units),
    )
    assert counts == (53, 396, 56, 54, 12)
    assert areas.split_districts == SPLIT_DISTRICTS


def test_keys_are_unique_and_consistent() -> None:
    areas = registry()
    assert len({area.ags for area in areas.districts}) == 53
    assert len({area.ags for area in areas.municipalities}) == 396
    assert len({area.nuts3 for area in areas.districts}) == 53
    assert len({(area.tile_row, area.tile_col) for area in areas.districts}) == 53
    assert {a.district for a in areas.municipalities} == {a.ags for a in areas.districts}
    assert all(area.ags.startswith(area.district) for area in areas.municipalities)


def test_regierungsbezirk_is_the_third_digit_of_the_key() -> None:
    names = {"1": "Düsseldorf", "3": "Köln", "5": "Münster", "7": "Detmold", "9": "Arnsberg"}
    assert registry().regierungsbezirke == tuple(names.values())
    assert all(names[a.ags[2]] == a.regierungsbezirk for a in registry().districts)


def test_model_units_are_nine_districts_and_three_towns() -> None:
    kinds = [unit.kind for unit in registry().model_units]
    assert kinds.count(UnitKind.DISTRICT) == 9
    assert kinds.count(UnitKind.TOWN) == 3
    assert {unit.name for unit in registry().model_units} >= {"Moers", "Rheine", "Dormagen"}


@pytest.mark.parametrize(
    ("district", "municipality", "unit", "group"),
    [
        ("05315", None, "05315", Group.MODEL),
        ("05315", "05315000", "05315", Group.MODEL),
        ("05111", None, "05111", Group.COMPARISON),
        ("05766", "05766020", "05766", Group.MODEL),
        ("05170", "05170024", "05170024", Group.MODEL),
        ("05170", "05170008", "05170R", Group.COMPARISON),
        ("05170", None, "05170", Group.UNASSIGNED),
        ("05334", "05334002", "05334", Group.COMPARISON),
        ("05334002", None, "05334", Group.COMPARISON),
        ("05334002", "05334002", "05334", Group.COMPARISON),
    ],
)
def test_unit_of_a_case(district: str, municipality: str | None, unit: str, group: Group) -> None:
    assert registry().unit_of(district, municipality) == unit
    assert registry().group_of(unit) is group


@pytest.mark.parametrize(
    ("district", "municipality"),
    [("05999", None), ("5315", None), ("05111", "05170024"), ("05170", "05170999"), ("", None)],
)
def test_unknown_keys_are_refused(district: str, municipality: str | None) -> None:
    with pytest.raises(UnknownAreaError):
        registry().unit_of(district, municipality)


def test_assignments_name_every_district_and_municipality_once() -> None:
    rows = registry().assignments()
    assert len(rows) == 53 + 396
    assert Assignment("05566", "05566076", "05566076", Group.MODEL) in rows
    unassigned = [row for row in rows if row.group is Group.UNASSIGNED]
    assert [(row.district, row.municipality) for row in unassigned] == [
        (district, None) for district in SPLIT_DISTRICTS
    ]
    codes = {row.unit for row in rows if row.group is not Group.UNASSIGNED}
    assert codes == {unit.code for unit in registry().evaluation_units}


def test_look_ups() -> None:
    areas = registry()
    assert areas.district("05170").full_name == "Kreis Wesel"
    assert areas.district("05162").full_name == "Rhein-Kreis Neuss"
    assert areas.district("05315").full_name == "Köln"
    assert areas.municipality("05170024").name == "Moers"
    assert areas.unit("05170R").name == "Kreis Wesel ohne Moers"
    assert areas.kim_unit("05334002").name == "Stadt Aachen"
    assert areas.kim_unit("05334").name == "Städteregion Aachen"
    assert "05170024" in {a.ags for a in areas.municipalities_of("05170")}
    assert areas.district_of_delivery("05334002") == "05334"
    with pytest.raises(UnknownAreaError):
        areas.unit("05170")
    with pytest.raises(UnknownAreaError):
        areas.district_of_delivery("05170024")


@pytest.mark.parametrize("key", ["05315", "05315000", "05170R", "05334002", "05170024"])
def test_known_keys(key: str) -> None:
    assert registry().is_known(key)


@pytest.mark.parametrize("key", ["05", "05354", "05315R", "9", "", "05334002R"])
def test_keys_that_are_not_known(key: str) -> None:
    assert not registry().is_known(key)


def _copy_reference(folder: Path) -> None:
    for name in ("districts.csv", "municipalities.csv", "programme.toml"):
        (folder / name).write_bytes((REFERENCE / name).read_bytes())


@pytest.mark.parametrize(("old", "new"), [("05170024", "05170999"), ("05334002", "05999002")])
def test_programme_that_names_no_area_is_refused(tmp_path: Path, old: str, new: str) -> None:
    _copy_reference(tmp_path)
    programme = tmp_path / "programme.toml"
    programme.write_text(programme.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(UnknownAreaError):
        read_registry(tmp_path)
