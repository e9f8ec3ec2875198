"""The areas of the evaluation: districts, municipalities, evaluation units and KIM units.

Official statistics know districts, the model programme was granted to districts and to towns
inside districts, and KIM counts Stadt Aachen beside the Städteregion. All numbers of areas follow
from ``data/reference``: ``districts.csv``, ``municipalities.csv`` and, for the model sites and the
additional KIM unit, ``programme.toml``. None of them is written in code.
"""

import csv
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from analytics.domain.area_types import (
    Assignment,
    District,
    DistrictKind,
    EvaluationUnit,
    KimUnit,
    Municipality,
    MunicipalityKind,
    UnitKind,
)
from analytics.domain.vocabulary import Group

__all__ = [
    "REFERENCE",
    "AreaRegistry",
    "Assignment",
    "District",
    "DistrictKind",
    "EvaluationUnit",
    "KimUnit",
    "Municipality",
    "MunicipalityKind",
    "UnitKind",
    "UnknownAreaError",
    "read_registry",
    "registry",
]

REFERENCE: Final = Path(__file__).parents[2] / "data" / "reference"

_DISTRICT_KEY_LENGTH: Final = 5
_REST_SUFFIX: Final = "R"

_Area = TypeVar("_Area")


class UnknownAreaError(LookupError):
    """A key that names no area of the registry, or a municipality outside its district."""


@dataclass(frozen=True)
class AreaRegistry:
    """All areas, each tuple sorted by key, with look-ups.

    Every look-up raises ``UnknownAreaError`` for a key that it does not hold.
    """

    districts: tuple[District, ...]
    municipalities: tuple[Municipality, ...]
    evaluation_units: tuple[EvaluationUnit, ...]
    kim_units: tuple[KimUnit, ...]
    _districts: dict[str, District] = field(init=False, repr=False, compare=False)
    _municipalities: dict[str, Municipality] = field(init=False, repr=False, compare=False)
    _units: dict[str, EvaluationUnit] = field(init=False, repr=False, compare=False)
    _kim_units: dict[str, KimUnit] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_districts", {area.ags: area for area in self.districts})
        object.__setattr__(self, "_municipalities", {a.ags: a for a in self.municipalities})
        object.__setattr__(self, "_units", {unit.code: unit for unit in self.evaluation_units})
        object.__setattr__(self, "_kim_units", {unit.ags: unit for unit in self.kim_units})

    @property
    def model_units(self) -> tuple[EvaluationUnit, ...]:
        """Return the units of the model programme."""
        return tuple(unit for unit in self.evaluation_units if unit.group is Group.MODEL)

    @property
    def split_districts(self) -> tuple[str, ...]:
        """Return the AGS of the districts that are split into a model town and the rest."""
        rests = (unit for unit in self.evaluation_units if unit.kind is UnitKind.REST)
        return tuple(unit.district for unit in rests)

    @property
    def regierungsbezirke(self) -> tuple[str, ...]:
        """Return the names of the Regierungsbezirke in the order of the official key."""
        return tuple(dict.fromkeys(area.regierungsbezirk for area in self.districts))

    def district(self, ags: str) -> District:
        """Return the district with this AGS-5."""
        return _found(self._districts, ags)

    def municipality(self, ags: str) -> Municipality:
        """Return the municipality with this AGS-8."""
        return _found(self._municipalities, ags)

    def unit(self, code: str) -> EvaluationUnit:
        """Return the evaluation unit with this code."""
        return _found(self._units, code)

    def kim_unit(self, ags: str) -> KimUnit:
        """Return the KIM unit with this key, AGS-5 or the AGS-8 of an additional unit."""
        return _found(self._kim_units, ags)

    def municipalities_of(self, district: str) -> tuple[Municipality, ...]:
        """Return the municipalities of a district, sorted by key."""
        ags = self.district(district).ags
        return tuple(area for area in self.municipalities if area.district == ags)

    def is_known(self, key: str) -> bool:
        """Say whether the key names a district, municipality, evaluation unit or KIM unit."""
        known = (self._districts, self._municipalities, self._units, self._kim_units)
        return any(key in areas for areas in known)

    def district_of_delivery(self, key: str) -> str:
        """Return the district of the key that a delivery gives as its district.

        Besides the districts' own keys, an additional KIM unit may deliver under its own:
        ``05334002`` belongs to ``05334``.
        """
        return key if key in self._districts else self.kim_unit(key).district

    def unit_of(self, district: str, municipality: str | None = None) -> str:
        """Return the code of the evaluation unit of a case.

        A case in a split district without a municipality gets the district's AGS: it may lie in
        the town or in the rest, so it belongs to none of the evaluation units.
        """
        ags = self.district_of_delivery(district)
        if municipality is not None and self.municipality(municipality).district != ags:
            raise UnknownAreaError(f"{municipality} is not in district {ags}")
        if ags in self._units or municipality is None:
            return ags
        return municipality if municipality in self._units else ags + _REST_SUFFIX

    def group_of(self, unit: str) -> Group:
        """Return the group of a code that ``unit_of`` returned."""
        return Group.UNASSIGNED if unit in self.split_districts else self.unit(unit).group

    def assignments(self) -> tuple[Assignment, ...]:
        """Return the evaluation unit of every district and municipality, districts first."""
        pairs: list[tuple[str, str | None]] = [(area.ags, None) for area in self.districts]
        pairs += [(area.district, area.ags) for area in self.municipalities]
        units = [self.unit_of(*pair) for pair in pairs]
        return tuple(
            Assignment(*pair, unit, self.group_of(unit))
            for pair, unit in zip(pairs, units, strict=True)
        )


@cache
def registry() -> AreaRegistry:
    """Return the registry of ``data/reference``, read once."""
    return read_registry(REFERENCE)


def read_registry(folder: Path) -> AreaRegistry:
    """Read the three files of the registry from ``folder``.

    Raises:
        UnknownAreaError: If a municipality, model site or KIM unit has no district.
    """
    districts = tuple(_district(row) for row in _rows(folder / "districts.csv"))
    municipalities = tuple(_municipality(row) for row in _rows(folder / "municipalities.csv"))
    programme = tomllib.loads((folder / "programme.toml").read_text("utf-8"))
    sites = [str(site["ags"]) for site in programme["sites"]]
    additional = [(str(unit["ags"]), str(unit["name"])) for unit in programme["kim"]["units"]]
    return AreaRegistry(
        districts=districts,
        municipalities=municipalities,
        evaluation_units=_evaluation_units(districts, municipalities, sites),
        kim_units=_kim_units(districts, additional),
    )


def _evaluation_units(
    districts: tuple[District, ...], municipalities: tuple[Municipality, ...], sites: list[str]
) -> tuple[EvaluationUnit, ...]:
    known = {area.ags for area in districts} | {area.ags for area in municipalities}
    if unknown := set(sites) - known:
        raise UnknownAreaError(f"model sites without an area: {sorted(unknown)}")
    units: list[EvaluationUnit] = []
    for district in districts:
        towns = [a for a in municipalities if a.ags in sites and a.district == district.ags]
        units += _units_of(district, towns, is_model=district.ags in sites)
    return tuple(sorted(units, key=lambda unit: unit.code))


def _units_of(
    district: District, model_towns: list[Municipality], *, is_model: bool
) -> list[EvaluationUnit]:
    ags = district.ags
    if not model_towns:
        group = Group.MODEL if is_model else Group.COMPARISON
        return [EvaluationUnit(ags, district.full_name, UnitKind.DISTRICT, ags, group)]
    towns = [EvaluationUnit(t.ags, t.name, UnitKind.TOWN, ags, Group.MODEL) for t in model_towns]
    without = ", ".join(town.name for town in model_towns)
    name = f"{district.full_name} ohne {without}"
    rest = EvaluationUnit(ags + _REST_SUFFIX, name, UnitKind.REST, ags, Group.COMPARISON)
    return [*towns, rest]


def _kim_units(
    districts: tuple[District, ...], additional: list[tuple[str, str]]
) -> tuple[KimUnit, ...]:
    known = {area.ags for area in districts}
    units = [KimUnit(area.ags, area.full_name, area.ags) for area in districts]
    for ags, name in additional:
        district = ags[:_DISTRICT_KEY_LENGTH]
        if district not in known:
            raise UnknownAreaError(f"KIM unit without a district: {ags}")
        units.append(KimUnit(ags, name, district))
    return tuple(sorted(units, key=lambda unit: unit.ags))


def _district(row: dict[str, str]) -> District:
    return District(
        ags=row["ags"],
        name=row["name"],
        kind=DistrictKind(row["kind"]),
        regierungsbezirk=row["regierungsbezirk"],
        nuts3=row["nuts3"],
        area_km2=float(row["area_km2"]),
        plate=row["plate"],
        tile_row=int(row["tile_row"]),
        tile_col=int(row["tile_col"]),
    )


def _municipality(row: dict[str, str]) -> Municipality:
    kind = MunicipalityKind(row["kind"])
    return Municipality(row["ags"], row["name"], kind, row["district"])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["ags"])


def _found(areas: dict[str, _Area], key: str) -> _Area:
    try:
        return areas[key]
    except KeyError:
        raise UnknownAreaError(key) from None
