"""Worlds for the search: people as in the demonstration data, outcomes drawn anew.

Needs keep their district, day, status, office and whatever else may tell them apart, in all its
correlation. Whether each was referred in time is drawn: by its district, its district in its
period, its case and chance. In a null world nothing else matters. In others one comparison differs
by twice what a single question would detect, or an assumption is violated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit
from scipy.stats import t as student

from analytics.coverage.population import Population, population
from analytics.coverage.study import Row
from analytics.reports.exploring.tables import FIELDS
from analytics.stats.comparisons import Family, Part, Table, comparisons_of
from analytics.stats.counts import Floats
from analytics.stats.search import FAMILIES, Finding, search

SIZES: Final = (20_000, 60_000)

LEVEL: Final = 0.8
"""Log odds of a referral in time: about 69 %, as in the demonstration data."""
OF_DISTRICTS: Final = 0.35
OF_PERIODS: Final = 0.12
OF_CASES: Final = 0.5
"""Standard deviations of the log odds of districts, of a district's periods, and of cases."""

TWICE: Final = 2.0
_POWER: Final = 0.80
_TWO_SIDED: Final = 0.975
_ROOM: Final = 0.02
_ATTEMPTS: Final = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """Worlds that differ by their seed only.

    Attributes:
        name: Stable.
        planted: The comparison that differs; None where none does.
        sizes: Numbers of cases.
        worlds: How many of each size.
        level: Log odds.
        heavy: Whether a few districts lie far from the others (Student's with two degrees).
        uneven: Standard deviation of the log odds of each code in each district: what a code means
            depends on the place, though on average over places nothing.
        districts: How many there are, the largest; None for all.
    """

    name: str
    planted: Family | None = None
    sizes: tuple[int, ...] = (60_000,)
    worlds: int = 60
    level: float = LEVEL
    heavy: bool = False
    uneven: float = 0.0
    districts: int | None = None


KINDS: Final = (
    Kind("null", sizes=SIZES, worlds=200),
    Kind("rare", level=-2.9),
    Kind("uneven", uneven=0.5),
    Kind("few_districts", districts=10),
    Kind("heavy_tails", heavy=True),
    *(Kind(family, planted=family) for family in FAMILIES if family != "change"),
)


def simulated(kind: str, cases: int, seed: int) -> list[Row]:
    """Return the row of one world."""
    return [world(_KINDS[kind], population(cases), seed)]


def world(kind: Kind, people: Population, seed: int) -> dict[str, object]:
    """Draw a world and search it.

    Returns:
        ``world, cases, seed``, what was planted (``part``, ``cell``, ``size`` in shares and what is
        ``detectable``; empty and NaN where nothing was), ``found``, and how many ``findings`` there
        were, ``pairs`` of them being of two fields, out of how many ``compared``.
    """
    rng = np.random.default_rng([seed, people.cases])
    if kind.districts:
        people = people.of_largest(kind.districts)
    chance, draw = _chances(kind, people, rng), rng.random(people.size)
    planted = _planted(kind, people, chance, draw, rng) if kind.planted else None
    if planted:
        chance = chance + planted.size * planted.touched
    tables = people.tables(draw < chance)
    found = search(tables)
    return {
        "world": kind.name,
        "cases": people.cases,
        "seed": seed,
        "part": "+".join(planted.part) if planted else "",
        "cell": planted.cell if planted else -1,
        "size": planted.size if planted else np.nan,
        "detectable": planted.detectable if planted else np.nan,
        "found": bool(planted and any(planted.is_named(each, tables) for each in found.findings)),
        "findings": len(found.findings),
        "pairs": sum(len(each.part) == 2 for each in found.findings),
        "compared": sum(found.compared.values()),
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Planted:
    family: Family
    part: Part
    cell: int
    size: float
    detectable: float
    touched: Floats

    def is_named(self, found: Finding, tables: Mapping[Part, Table]) -> bool:
        """Say whether a finding is the difference planted, or says the same the other way round.

        Where a line of a table has two cells, one above what both fields give is the other below.
        """
        if (found.family, found.part) != (self.family, self.part):
            return False
        if found.cell == self.cell:
            return found.value * self.size > 0
        return found.value * self.size < 0 and self._is_mirrored(found.cell, tables[self.part])

    def _is_mirrored(self, cell: int, table: Table) -> bool:
        if len(self.part) < 2:
            return False
        periods = slice(None) if "change" in self.family else slice(1)
        grid = np.asarray(table.is_searched[periods].all(0)).reshape(table.shape)
        own, other = (np.unravel_index(each, table.shape) for each in (self.cell, cell))
        in_row = own[0] == other[0] and grid[own[0]].sum() == 2
        in_column = own[1] == other[1] and grid[:, own[1]].sum() == 2
        return bool(in_row or in_column)


def _chances(kind: Kind, people: Population, rng: np.random.Generator) -> Floats:
    places = len(people.districts)
    of_places = rng.standard_normal(places)
    if kind.heavy:
        # As wide as usual in the middle, with a few far out.
        of_places = student.rvs(2, size=places, random_state=rng) * 0.8
    odds = kind.level + OF_DISTRICTS * of_places[people.district]
    odds += OF_PERIODS * rng.standard_normal((2, places))[people.period, people.district]
    odds += OF_CASES * rng.standard_normal(people.of_cases)[people.case]
    if kind.uneven:
        for name in FIELDS:
            if name in people.codes:
                slopes = rng.standard_normal((places, len(people.codes[name])))
                odds += kind.uneven * slopes[people.district, people.code[name]]
    return np.asarray(expit(odds))


def _planted(
    kind: Kind, people: Population, chance: Floats, draw: Floats, rng: np.random.Generator
) -> _Planted:
    """Choose a comparison of the family by chance, and how large a difference to plant there."""
    family = kind.planted
    assert family is not None
    tables = people.tables(draw < chance)
    made = [
        (part, comparisons_of(part)[family](tables, part, table))
        for part, table in tables.items()
        if family in comparisons_of(part)
    ]
    possible = [(each, int(c)) for each in made for c in np.flatnonzero(each[1].searched)]
    for _ in range(_ATTEMPTS):
        (part, compared), cell = possible[int(rng.integers(len(possible)))]
        error = float(compared.found.error[cell])
        freedom = float(compared.found.freedom[cell])
        single = student.ppf(_TWO_SIDED, freedom) + student.ppf(_POWER, freedom)
        touched = people.members(part, cell)
        if "change" in family:
            touched = touched & (people.period == 0)
        share = float(chance[touched].mean())
        sign = rng.choice([-1.0, 1.0])
        shifted = float(compared.found.usual(np.array(share), -sign * single * error))
        detectable = abs(shifted - share)
        size = TWICE * detectable * sign
        if _ROOM < share + size < 1 - _ROOM:
            weights = touched.astype(np.float64)
            return _Planted(family, part, cell, float(size), detectable, weights)
    raise ValueError(f"no room for a difference of {family}")


_KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}
