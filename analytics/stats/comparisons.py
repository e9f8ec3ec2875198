"""The comparisons that a search makes, family by family.

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
- A quarter is held against the mean of the one before and the one after, so that a trend is none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from analytics.stats.additive import deleted_residual
from analytics.stats.cell_contrasts import BEFORE, NOW, Cells, Contrasts, Mask, contrasts
from analytics.stats.counts import Floats
from analytics.stats.moderation import Usual, steadied
from analytics.stats.spread import apart_from_rest

Family = Literal[
    "change", "change_of_code", "change_of_pair", "change_of_district",
    "level_of_code", "level_of_pair", "level_of_district", "quarter",
]  # fmt: skip
Part = tuple[str, ...]
"""Fields that tell the cells of a table apart: none, one or two."""

_LEAST: Final = 1e-9


Named = list[tuple[int, Contrasts]]
"""Cells, each with the comparisons that its numbers are told from."""

Rule = Callable[[float, Usual], Named]
"""Level of one comparison, and how large errors usually are, to what is named."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """The comparisons of one table in one family.

    Attributes:
        part: Fields of the table.
        found: One a cell.
        searched: Which count, shape (K,).
        now: Present shares.
        confirmed: Which are named.
        is_alike: Whether errors of its kind tell of each other's.
    """

    part: Part
    found: Contrasts
    searched: Mask
    now: Floats
    confirmed: Rule
    is_alike: bool = True


_Compare = Callable[[Mapping[Part, Table], Part, Table], Comparisons]


def comparisons_of(part: Part) -> Mapping[Family, _Compare]:
    """Return what a table is compared in, by family."""
    if part == ("district",):
        return {"change_of_district": _district_changes, "level_of_district": _district_levels}
    if part == ("quarter",):
        return {"quarter": _quarters}
    if not part:
        return {"change": _change}
    if len(part) == 1:
        return {"change_of_code": _code_changes, "level_of_code": _code_levels}
    return {"change_of_pair": _pair_changes, "level_of_pair": _pair_levels}


def _plain(found: Contrasts, searched: Mask) -> Rule:
    """Return a rule that keeps what clears zero."""

    def confirmed(level: float, usual: Usual) -> Named:
        steady = steadied(found, usual)
        clear = np.flatnonzero(searched & (steady.beyond(level) != 0))
        return [(int(cell), steady) for cell in clear]

    return confirmed


def _one_by_one(
    first: Contrasts,
    searched: Mask,
    again: Callable[[list[int]], Contrasts],
) -> Rule:
    """Return a rule that names the clearest first, and others if clear without those named.

    Args:
        first: Comparisons with all cells.
        searched: Which count.
        again: Comparisons without the cells named.
    """

    def confirmed(level: float, usual: Usual) -> Named:
        found, side = steadied(first, usual), np.sign(first.value)
        left = searched & (found.beyond(level) != 0)
        named: Named = []
        while left.any():
            clear = np.where(left, np.abs(found.beyond(level)), -1.0)
            cell = int(clear.argmax())
            left[cell] = False
            named.append((cell, found))
            found = steadied(again([each for each, _ in named]), usual)
            left &= (found.beyond(level) != 0) & (np.sign(found.value) == side)
        return named

    return confirmed


def _identity(cells: int, now: float, before: float) -> Floats:
    one = np.eye(cells)
    return np.stack([now * one, before * one])


def _change(_: Mapping[Part, Table], part: Part, table: Table) -> Comparisons:
    found = contrasts(table.cells, _identity(table.cells.size, 1, -1))
    searched = table.is_searched.all(0) & found.is_sound
    return Comparisons(part, found, searched, table.cells.share[NOW], _plain(found, searched))


def _code_changes(tables: Mapping[Part, Table], part: Part, table: Table) -> Comparisons:
    cells, size = table.cells, table.cells.size
    rest = tables[()].cells.less(cells)
    change = contrasts(cells, _identity(size, 1, -1))
    weights = np.concatenate([_identity(size, 1, -1), _identity(size, -1, 1)], axis=2)
    excess = contrasts(cells.beside(rest), weights)
    is_large = rest.is_large.all(0)
    searched = table.is_searched.all(0) & change.is_sound & excess.is_sound & is_large

    def confirmed(level: float, usual: Usual) -> Named:
        own, other = steadied(change, usual), steadied(excess, usual)
        clear = searched & (own.beyond(level) * other.beyond(level) > 0)
        return [(int(cell), own) for cell in np.flatnonzero(clear)]

    return Comparisons(part, change, searched, cells.share[NOW], confirmed)


def _code_levels(tables: Mapping[Part, Table], part: Part, table: Table) -> Comparisons:
    cells, size = table.cells, table.cells.size

    def beside_rest(named: list[int]) -> Contrasts:
        rest = tables[()].cells.less(cells)
        for one in named:
            rest = rest.less(cells.beside_itself(one))
        weights = np.concatenate([_identity(size, 1, 0), _identity(size, -1, 0)], axis=2)
        found = contrasts(cells.beside(rest), weights)
        is_sound = found.is_sound & rest.is_large[NOW]
        return replace(found, is_sound=np.asarray(is_sound))

    first = beside_rest([])
    searched = table.is_searched[NOW] & first.is_sound
    rule = _one_by_one(first, searched, beside_rest)

    def confirmed(level: float, usual: Usual) -> Named:
        # What is told is the difference from all others, not only from those not named.
        steady = steadied(first, usual)
        return [(cell, steady) for cell, _ in rule(level, usual)]

    return Comparisons(part, first, searched, cells.share[NOW], confirmed)


def _pair_changes(_: Mapping[Part, Table], part: Part, table: Table) -> Comparisons:
    of = table.cells.all_trials
    sizes = 1 / (1 / np.maximum(of[NOW], _LEAST) + 1 / np.maximum(of[BEFORE], _LEAST))
    is_fitted = table.cells.is_large.all(0)
    return _pairs(
        part, table, np.where(is_fitted, sizes, 0), np.asarray(table.is_searched.all(0)), -1.0
    )


def _pair_levels(_: Mapping[Part, Table], part: Part, table: Table) -> Comparisons:
    sizes = np.where(table.cells.is_large[NOW], table.cells.all_trials[NOW], 0)
    return _pairs(part, table, sizes, table.is_searched[NOW], 0.0)


def _pairs(part: Part, table: Table, sizes: Floats, searched: Mask, before: float) -> Comparisons:
    def beyond_fit(named: list[int]) -> Contrasts:
        fitted = sizes.copy()
        fitted[named] = 0
        residual, is_told = deleted_residual(table.shape, fitted)
        found = contrasts(table.cells, np.stack([residual, before * residual]))
        is_sound = found.is_sound & is_told
        return replace(found, is_sound=np.asarray(is_sound))

    first = beyond_fit([])
    searched = searched & first.is_sound
    rule = _one_by_one(first, searched, beyond_fit)
    return Comparisons(part, first, searched, table.cells.share[NOW], rule)


def _quarters(_: Mapping[Part, Table], part: Part, table: Table) -> Comparisons:
    size = table.cells.size
    weights = np.zeros((2, size, size))
    for middle in range(1, size - 1):
        weights[NOW, middle, [middle - 1, middle, middle + 1]] = -0.5, 1, -0.5
    found = contrasts(table.cells, weights)
    large = table.is_searched[NOW]
    inner = np.zeros(size, dtype=np.bool_)
    inner[1:-1] = large[1:-1] & large[:-2] & large[2:]
    searched = np.asarray(inner & found.is_sound)
    return Comparisons(part, found, searched, table.cells.share[NOW], _plain(found, searched))


def _district_changes(_: Mapping[Part, Table], part: Part, table: Table) -> Comparisons:
    return _districts(part, table, np.asarray(table.is_searched.all(0)), with_before=True)


def _district_levels(_: Mapping[Part, Table], part: Part, table: Table) -> Comparisons:
    return _districts(part, table, table.is_searched[NOW], with_before=False)


def _districts(part: Part, table: Table, searched: Mask, *, with_before: bool) -> Comparisons:
    cells = table.cells
    found = apart_from_rest(cells, searched, with_before=with_before)
    searched = np.asarray(searched & found.is_sound)
    return Comparisons(part, found, searched, cells.share[NOW], _plain(found, searched), False)
