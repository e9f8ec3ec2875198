"""Going through all cells of needs for what stands out, with an error rate for the whole search.

Families of comparisons are made (``stats/comparisons.py``). Each has a part of the 5 % with which
anything at all may be named wrongly, and divides it among its comparisons (Bonferroni): whatever
depends on whatever, the probability of a false finding stays below the sum, and the interval of a
finding is the one it was judged by. What is named must clear zero with its whole interval. Findings
are ranked by how far it clears it, changes before levels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.stats.comparisons import Comparisons, Family, Part, Table, comparisons_of
from analytics.stats.moderation import Usual, usual_of

LEVEL: Final = 0.05
"""Probability with which anything at all may be named wrongly."""

FAMILIES: Final[Mapping[Family, float]] = {
    "change": 0.001,
    "change_of_code": 0.009,
    "change_of_pair": 0.008,
    "change_of_district": 0.003,
    "level_of_code": 0.009,
    "level_of_pair": 0.008,
    "level_of_district": 0.003,
    "quarter": 0.004,
}
"""The part of the error rate that each family has: together 4.5 of the five per cent. The rest
is left for what errors of few needs and districts are only nearly."""

CHANGES: Final[tuple[Family, ...]] = (
    "change", "change_of_code", "change_of_pair", "change_of_district",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A comparison that stands out, in shares (0.1 are ten points).

    Attributes:
        family: What was compared.
        part: Fields of the table.
        cell: Number of the cell.
        value: By how much the present share differs from the usual one.
        low, high: Interval that holds for the whole search.
        now: Present share.
        usual: What it is compared with.
    """

    family: Family
    part: Part
    cell: int
    value: float
    low: float
    high: float
    now: float
    usual: float

    @property
    def beyond(self) -> float:
        """Return by how much it is certain to differ."""
        return max(self.low, -self.high)


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched and found.

    Attributes:
        findings: Changes before levels, each by how far they are beyond noise.
        compared: Comparisons by family.
        skipped: Comparisons that rest on too few needs, districts or may not be shown.
    """

    findings: tuple[Finding, ...]
    compared: Mapping[Family, int]
    skipped: int


def search(tables: Mapping[Part, Table], families: Mapping[Family, float] = FAMILIES) -> Search:
    """Return what stands out in tables of no field, one and two; ``district``, ``quarter`` apart.

    Args:
        tables: By the fields that tell their cells apart. Those of one field have all needs of the
            table of none; those of two are row by row.
        families: Level of each family that is searched.
    """
    made: dict[Family, list[Comparisons]] = {family: [] for family in families}
    for part, table in tables.items():
        for family, compare in comparisons_of(part).items():
            if family in made:
                made[family].append(compare(tables, part, table))
    findings: list[Finding] = []
    compared: dict[Family, int] = {}
    for family, parts in made.items():
        compared[family] = sum(int(each.searched.sum()) for each in parts)
        level = families[family] / max(compared[family], 1)
        usual = usual_of([(each.found, each.searched) for each in parts if each.is_alike])
        findings.extend(each for one in parts for each in _findings(family, one, level, usual))
    skipped = sum(each.searched.size for parts in made.values() for each in parts)
    ranked = sorted(findings, key=lambda each: (each.family not in CHANGES, -each.beyond))
    return Search(tuple(ranked), compared, skipped - sum(compared.values()))


def _findings(family: Family, made: Comparisons, level: float, usual: Usual) -> list[Finding]:
    found = []
    for cell, each in made.confirmed(level, usual):
        now, value, margin = made.now[cell], each.value[cell], each.margin(level)[cell]
        at, high, low = each.usual(now, value + np.array([0, margin, -margin])).tolist()
        bounds = (float(now) - low, float(now) - high)
        found.append(Finding(family, made.part, cell, float(now) - at, *bounds, float(now), at))
    return found
