"""The kinds of areas as frozen values; ``analytics.domain.areas`` holds the registry of them."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.domain.vocabulary import Group


class DistrictKind(StrEnum):
    """The legal form of a district."""

    INDEPENDENT_CITY = "independent_city"
    DISTRICT = "district"
    CITY_REGION = "city_region"


class MunicipalityKind(StrEnum):
    """Whether a municipality bears the title of a town (Stadt)."""

    TOWN = "town"
    MUNICIPALITY = "municipality"


class UnitKind(StrEnum):
    """What an evaluation unit consists of."""

    DISTRICT = "district"
    TOWN = "town"
    REST = "rest"
    """A district without its model town."""


@dataclass(frozen=True, slots=True)
class District:
    """A kreisfreie Stadt, a Kreis or the Städteregion; ``ags`` has five digits.

    ``area_km2`` is the official area, ``tile_row`` and ``tile_col`` the place in the tile grid
    (counted from the north-west corner, starting at 0).
    """

    ags: str
    name: str
    kind: DistrictKind
    regierungsbezirk: str
    nuts3: str
    area_km2: float
    plate: str
    tile_row: int
    tile_col: int

    @property
    def full_name(self) -> str:
        """Return the name with its form where the bare name could be a town: ``Kreis Wesel``."""
        bare = self.kind is DistrictKind.DISTRICT and "kreis" not in self.name.casefold()
        return f"Kreis {self.name}" if bare else self.name


@dataclass(frozen=True, slots=True)
class Municipality:
    """A town or municipality; ``ags`` has eight digits, ``district`` five."""

    ags: str
    name: str
    kind: MunicipalityKind
    district: str


@dataclass(frozen=True, slots=True)
class EvaluationUnit:
    """A unit of the effect estimates: a district, a model town, or the rest of its district.

    ``code`` is the AGS of a district or town; the rest of a split district is ``05170R``.
    ``name`` is the German name; ``reports`` names units in the reader's language.
    """

    code: str
    name: str
    kind: UnitKind
    district: str
    group: Group


@dataclass(frozen=True, slots=True)
class KimUnit:
    """A unit that KIM is granted to; ``district`` is the district it counts in."""

    ags: str
    name: str
    district: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The evaluation unit of a case with this district and municipality (None: not recorded)."""

    district: str
    municipality: str | None
    unit: str
    group: Group
