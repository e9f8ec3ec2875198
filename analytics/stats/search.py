"""Going through all cells of needs for what stands out, with an error rate for the whole search.

Six families of comparisons are made (``FAMILIES``). Each has a part of the 5 % with which anything
at all may be named wrongly, and divides it among its comparisons (Bonferroni): whatever depends on
whatever, the probability of a false finding stays below the sum, and the interval of a finding is
the one it was judged by. What is named must clear zero with its whole interval. Findings are ranked
by how far it clears it.

- A code that has changed is named if it also changed otherwise than the rest of its field: else the
  change of all needs says it already.
- A code at another level is named if it also differs from the rest of its field without the codes
  named before: else one low code would name all others as high.
- A pair of codes is held against what both fields give together: the table of the shares (or of
  their changes) is fitted by rows and columns, and the pair lies beyond the fit of all others
  (deleted residual). It must do so when pairs of this table named before are set aside, too. So
  what is true of a code in every combination is never named as one of a pair.
- A district is one cluster, so its error cannot come from others: it is held against the rest with
  the usual spread between the other districts as noise (``stats/spread.py``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from analytics.stats.cell_contrasts import BEFORE, NOW, Cells, Contrasts, Mask, contrasts
from analytics.stats.counts import Floats
from analytics.stats.spread import apart_from_rest

Family = Literal[
    "change", "change_of_code", "change_of_pair", "change_of_district",
    "level_of_code", "level_of_pair", "level_of_district", "quarter",
]  # fmt: skip
Part = tuple[str, ...]
"""Fields that tell the cells of a table apart: none, one or two."""

FAMILIES: Final[Mapping[Family, float]] = {
    "change": 0.001,
    "change_of_code": 0.010,
    "change_of_pair": 0.010,
    "change_of_district": 0.004,
    "level_of_code": 0.010,
    "level_of_pair": 0.008,
    "level_of_district": 0.004,
    "quarter": 0.003,
}
"""The part of the error rate that each family has; together 5 %."""

CHANGES: Final[tuple[Family, ...]] = (
    "change", "change_of_code", "change_of_pair", "change_of_district",
)  # fmt: skip

_SAME: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The cells of a table of one or two fields, or of none.

    Attributes:
        shape: Codes of each field; cells are numbered row by row.
        cells: Of both periods.
        is_told: Which cells may be shown, shape (2, K).
        is_named: Which have codes that can be named, shape (K,): not those of what is not known.
    """

    shape: tuple[int, ...]
    cells: Cells
    is_told: Mask
    is_named: Mask

    @property
    def is_searched(self) -> Mask:
        """Return which cells are large enough and may be shown, shape (2, K)."""
        return np.asarray(self.cells.is_large & self.is_told & self.is_named)


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


@dataclass(frozen=True, slots=True, eq=False)
class _Comparisons:
    """The comparisons of one table in one family; ``confirmed`` says which to keep, by level."""

    part: Part
    found: Contrasts
    searched: Mask
    now: Floats
    confirmed: Callable[[float], list[tuple[int, Contrasts]]]


def search(tables: Mapping[Part, Table], families: Mapping[Family, float] = FAMILIES) -> Search:
    """Return what stands out in tables of no field, one and two; ``district``, ``quarter`` apart.

    Args:
        tables: By the fields that tell their cells apart. Those of one field have all needs of the
            table of none; those of two are row by row.
        families: Level of each family that is searched.
    """
    made: dict[Family, list[_Comparisons]] = {family: [] for family in families}
    for part, table in tables.items():
        for family, compare in _compares(part).items():
            if family in made:
                made[family].append(compare(tables, part, table))
    findings: list[Finding] = []
    compared: dict[Family, int] = {}
    for family, parts in made.items():
        compared[family] = sum(int(each.searched.sum()) for each in parts)
        level = families[family] / max(compared[family], 1)
        findings.extend(each for one in parts for each in _findings(family, one, level))
    skipped = sum(each.searched.size for parts in made.values() for each in parts)
    ranked = sorted(findings, key=lambda each: (each.family not in CHANGES, -each.beyond))
    return Search(tuple(ranked), compared, skipped - sum(compared.values()))


_Compare = Callable[[Mapping[Part, Table], Part, Table], _Comparisons]


def _compares(part: Part) -> Mapping[Family, _Compare]:
    if part == ("district",):
        return {"change_of_district": _district_changes, "level_of_district": _district_levels}
    if part == ("quarter",):
        return {"quarter": _quarters}
    if not part:
        return {"change": _change}
    if len(part) == 1:
        return {"change_of_code": _code_changes, "level_of_code": _code_levels}
    return {"change_of_pair": _pair_changes, "level_of_pair": _pair_levels}


def _findings(family: Family, made: _Comparisons, level: float) -> list[Finding]:
    found = []
    for cell, each in made.confirmed(level):
        value, now = float(each.value[cell]), float(made.now[cell])
        margin = float(each.margin(level)[cell])
        bounds = (value - margin, value + margin)
        found.append(Finding(family, made.part, cell, value, *bounds, now, now - value))
    return found


def _plain(found: Contrasts, searched: Mask) -> Callable[[float], list[tuple[int, Contrasts]]]:
    """Return a rule that keeps what clears zero."""

    def confirmed(level: float) -> list[tuple[int, Contrasts]]:
        clear = np.flatnonzero(searched & (found.beyond(level) != 0))
        return [(int(cell), found) for cell in clear]

    return confirmed


def _one_by_one(
    first: Contrasts,
    searched: Mask,
    again: Callable[[list[int]], Contrasts],
) -> Callable[[float], list[tuple[int, Contrasts]]]:
    """Return a rule that names the clearest first, and others if they are clear without those named.

    Args:
        first: Comparisons with all cells.
        searched: Which count.
        again: Comparisons without the cells named.
    """

    def confirmed(level: float) -> list[tuple[int, Contrasts]]:
        left = searched & (first.beyond(level) != 0)
        named: list[tuple[int, Contrasts]] = []
        found, side = first, np.sign(first.value)
        while left.any():
            clear = np.where(left, np.abs(found.beyond(level)), -1.0)
            cell = int(clear.argmax())
            left[cell] = False
            named.append((cell, found))
            found = again([each for each, _ in named])
            left &= (found.beyond(level) != 0) & (np.sign(found.value) == side)
        return named

    return confirmed


def _identity(cells: int, now: float, before: float) -> Floats:
    one = np.eye(cells)
    return np.stack([now * one, before * one])


def _change(_: Mapping[Part, Table], part: Part, table: Table) -> _Comparisons:
    found = contrasts(table.cells, _identity(table.cells.size, 1, -1))
    searched = table.is_searched.all(0) & found.is_sound
    return _Comparisons(part, found, searched, table.cells.share[NOW], _plain(found, searched))


def _code_changes(tables: Mapping[Part, Table], part: Part, table: Table) -> _Comparisons:
    cells, size = table.cells, table.cells.size
    rest = tables[()].cells.less(cells)
    change = contrasts(cells, _identity(size, 1, -1))
    weights = np.concatenate([_identity(size, 1, -1), _identity(size, -1, 1)], axis=2)
    excess = contrasts(cells.beside(rest), weights)
    is_large = rest.is_large.all(0)
    searched = table.is_searched.all(0) & change.is_sound & excess.is_sound & is_large

    def confirmed(level: float) -> list[tuple[int, Contrasts]]:
        own, other = change.beyond(level), excess.beyond(level)
        clear = searched & (own * other > 0)
        return [(int(cell), change) for cell in np.flatnonzero(clear)]

    return _Comparisons(part, change, searched, cells.share[NOW], confirmed)


def _code_levels(tables: Mapping[Part, Table], part: Part, table: Table) -> _Comparisons:
    cells, size = table.cells, table.cells.size

    def beside_rest(named: list[int]) -> Contrasts:
        rest = tables[()].cells.less(cells)
        for one in named:
            rest = rest.less(cells.taken(np.full(size, one)))
        weights = np.concatenate([_identity(size, 1, 0), _identity(size, -1, 0)], axis=2)
        found = contrasts(cells.beside(rest), weights)
        is_sound = found.is_sound & rest.is_large[NOW]
        return Contrasts(found.value, found.error, found.freedom, np.asarray(is_sound))

    first = beside_rest([])
    searched = table.is_searched[NOW] & first.is_sound
    rule = _one_by_one(first, searched, beside_rest)

    def confirmed(level: float) -> list[tuple[int, Contrasts]]:
        # What is told is the difference from all others, not only from those not named.
        return [(cell, first) for cell, _ in rule(level)]

    return _Comparisons(part, first, searched, cells.share[NOW], confirmed)


def _pair_changes(_: Mapping[Part, Table], part: Part, table: Table) -> _Comparisons:
    of = table.cells.all_trials
    sizes = 1 / (1 / np.maximum(of[NOW], _SAME) + 1 / np.maximum(of[BEFORE], _SAME))
    is_fitted = table.cells.is_large.all(0)
    return _pairs(part, table, np.where(is_fitted, sizes, 0), table.is_searched.all(0), -1.0)


def _pair_levels(_: Mapping[Part, Table], part: Part, table: Table) -> _Comparisons:
    sizes = np.where(table.cells.is_large[NOW], table.cells.all_trials[NOW], 0)
    return _pairs(part, table, sizes, table.is_searched[NOW], 0.0)


def _pairs(part: Part, table: Table, sizes: Floats, searched: Mask, before: float) -> _Comparisons:
    def beyond_fit(named: list[int]) -> Contrasts:
        fitted = sizes.copy()
        fitted[named] = 0
        residual, is_told = deleted_residual(table.shape, fitted)
        found = contrasts(table.cells, np.stack([residual, before * residual]))
        is_sound = found.is_sound & is_told
        return Contrasts(found.value, found.error, found.freedom, np.asarray(is_sound))

    first = beyond_fit([])
    searched = searched & first.is_sound
    rule = _one_by_one(first, searched, beyond_fit)
    return _Comparisons(part, first, searched, table.cells.share[NOW], rule)


def deleted_residual(shape: tuple[int, ...], sizes: Floats) -> tuple[Floats, Mask]:
    """Return the weights that take each cell less what the others' rows and columns give for it.

    Least squares of an additive table, weighted by size; the residual of a cell that is left out of
    the fit is its residual in it, divided by one less its leverage.

    Args:
        shape: Rows and columns.
        sizes: Weight of each cell, row by row, shape (K,); 0 where it is not to be fitted.

    Returns:
        Weights, shape (K, K), and which cells the others tell anything about, shape (K,).
    """
    rows, columns = shape
    row, column = np.divmod(np.arange(rows * columns), columns)
    design = np.hstack([np.eye(rows)[row], np.eye(columns)[column]])
    weighted = design * sizes[:, None]
    normal = np.linalg.pinv(design.T @ weighted, hermitian=True)
    hat = design @ normal @ weighted.T
    left = 1 - np.diagonal(hat)
    # A row or column that no other cell is fitted in tells nothing.
    others = np.stack([_others(row, sizes > 0), _others(column, sizes > 0)])
    is_told = (others > 0).all(0) & (left > _SAME)
    scale = np.where(is_told, 1 / np.where(is_told, left, 1.0), 0.0)
    weights = scale[:, None] * (np.eye(len(sizes)) - hat)
    return np.where(np.abs(weights) > _SAME, weights, 0.0), np.asarray(is_told)


def _others(lines: NDArray[np.int64], fitted: Mask) -> NDArray[np.int64]:
    """Return how many other fitted cells lie in each cell's line."""
    return np.bincount(lines, weights=fitted)[lines].astype(np.int64) - fitted


def _quarters(_: Mapping[Part, Table], part: Part, table: Table) -> _Comparisons:
    size = table.cells.size
    weights = np.zeros((2, size, size))
    for middle in range(1, size - 1):
        weights[NOW, middle, [middle - 1, middle, middle + 1]] = -0.5, 1, -0.5
    found = contrasts(table.cells, weights)
    large = table.is_searched[NOW]
    inner = np.zeros(size, dtype=np.bool_)
    inner[1:-1] = large[1:-1] & large[:-2] & large[2:]
    searched = np.asarray(inner & found.is_sound)
    return _Comparisons(part, found, searched, table.cells.share[NOW], _plain(found, searched))


def _district_changes(_: Mapping[Part, Table], part: Part, table: Table) -> _Comparisons:
    return _districts(part, table, table.is_searched.all(0), with_before=True)


def _district_levels(_: Mapping[Part, Table], part: Part, table: Table) -> _Comparisons:
    return _districts(part, table, table.is_searched[NOW], with_before=False)


def _districts(part: Part, table: Table, searched: Mask, *, with_before: bool) -> _Comparisons:
    cells = table.cells
    found = apart_from_rest(cells, searched, with_before=with_before)
    searched = np.asarray(searched & found.is_sound)
    return _Comparisons(part, found, searched, cells.share[NOW], _plain(found, searched))
