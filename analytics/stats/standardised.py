"""What a group's needs would show if each were met as its like among all others.

All others are weighted until their mix is the group's: a need of a stratum counts as often as the
group has needs there for each of the others'. One curve of the weighted others is what would be
expected of the group (adjusted Kaplan-Meier, Xie & Liu 2005, doi:10.1002/sim.2174; weights of the
group's own mix as in indirect standardisation). Where fewer than ``least`` others are alike, the
stratum is compared with a coarser one, the last field left out first, at the end with anybody.
Whatever is estimated is estimated again without each unit, weights and fallbacks included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analytics.stats.counts import Floats, Ints, freeze
from analytics.stats.unit_table import UnitTable

LEAST: Final = 10
"""Others that a stratum needs: as many as a curve needs at risk."""

Mask = NDArray[np.bool_]

_KINDS: Final = 3
_ROUNDING: Final = 1e-9
"""Weighted counts below are what subtraction leaves of nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Needs by group, stratum, unit, day and event; whole numbers, shape (k,) each.

    Attributes:
        group: Number of the group, from 0.
        stratum: Row of the ladder.
        unit: Number of the unit, from 0.
        days: Days to the event or up to which the need was open.
        event: 0 open, 1 the event, 2 another end.
        needs: How many.
    """

    group: Ints
    stratum: Ints
    unit: Ints
    days: Ints
    event: Ints
    needs: Ints

    def __post_init__(self) -> None:
        freeze(self.group, self.stratum, self.unit, self.days, self.event, self.needs)


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """Strata and the coarser ones that they fall back to.

    Attributes:
        starts: By level, from the strata themselves to all together: where its cells begin.
        strata: How many there are.
    """

    starts: tuple[Ints, ...]
    strata: int

    @classmethod
    def of(cls, codes: Sequence[Ints]) -> tuple[Self, Ints]:
        """Return the ladder of rows that differ in fields, and the stratum of each row.

        Args:
            codes: Numbers of each field's codes, the field that is left out last first, shape (k,)
                each; at least one field.
        """
        rows = np.column_stack(codes)
        distinct, stratum = np.unique(rows, axis=0, return_inverse=True)
        changed = np.ones((len(distinct), rows.shape[1]), dtype=np.bool_)
        changed[1:] = np.logical_or.accumulate(distinct[1:] != distinct[:-1], axis=1)
        starts = [np.flatnonzero(changed[:, level]) for level in reversed(range(rows.shape[1]))]
        nothing = np.zeros(min(len(distinct), 1), dtype=np.int64)
        return cls((*starts, nothing), len(distinct)), np.asarray(stratum, np.int64).ravel()

    def weights(self, own: Floats, others: Floats, least: int = LEAST) -> tuple[Floats, Floats]:
        """Return how often each of the others counts, and how much is compared on each level.

        Args:
            own: The group's needs by stratum, shape (R, S).
            others: All other needs, shape (R, S).
            least: Others that a cell needs to be compared with; on the last level one is enough.

        Returns:
            Weights by stratum, shape (R, S); the share of the group's needs that is compared on
            each level, the finest first, shape (R, L). Of a group without others nothing is.
        """
        mass, alike = own.astype(np.float64), others
        total = np.maximum(own.sum(1), 1)
        factors, compared = [], []
        steps = self._steps()
        for level, starts in enumerate(steps):
            if level:
                mass, alike = (np.add.reduceat(each, starts, axis=1) for each in (mass, alike))
            enough = alike >= (least if level < len(steps) - 1 else 1)
            factors.append(np.divide(mass, alike, out=np.zeros_like(mass), where=enough))
            compared.append((mass * enough).sum(1) / total)
            mass = mass * ~enough
        weights = factors.pop()
        for factor, starts in zip(reversed(factors), reversed(steps), strict=False):
            lengths = np.diff(np.append(starts, factor.shape[1]))
            weights = factor + np.repeat(weights, lengths, axis=1)
        return weights, np.column_stack(compared)

    def _steps(self) -> list[Ints]:
        """Return where each level's cells begin, counted in cells of the level before."""
        before = (np.arange(self.strata), *self.starts[:-1])
        return [np.searchsorted(*pair) for pair in zip(before, self.starts, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What is expected of a group.

    Attributes:
        table: The weighted others; the first row of all units, then without each unit.
        compared: Share of the group's needs compared on each level of the ladder, shape (L,).
        squares: Sum over cells of squared weights, plus one each: how noise of counts adds up.
        sizes: What each unit weighs among the others, shape (U,).
    """

    table: UnitTable
    compared: Floats
    squares: float
    sizes: Floats


def expected_of(group: int, cells: Cells, ladder: Ladder, units: int) -> Expected:
    """Return the others weighted to the mix of a group, of all units and without each.

    Args:
        group: Number of the group.
        cells: Needs of all groups.
        ladder: The strata.
        units: How many units there are.
    """
    is_own = cells.group == group
    own, others = (_without(cells, chosen, ladder.strata, units) for chosen in (is_own, ~is_own))
    weights, compared = ladder.weights(own, others)
    grid = np.unique(np.append(0, cells.days))
    rest = np.flatnonzero(~is_own)
    stratum, unit, needs = cells.stratum[rest], cells.unit[rest], cells.needs[rest]
    column = np.searchsorted(grid, cells.days[rest]) * _KINDS + np.minimum(cells.event[rest], 2)
    width = grid.size * _KINDS
    counts = csr_array((needs, (stratum, column)), shape=(ladder.strata, width))
    summed = np.asarray((counts.T @ weights.T).T)
    # Without a unit its own needs do not count, whatever the others weigh then.
    place = (unit + 1) * width + column
    summed -= np.bincount(place, weights[unit + 1, stratum] * needs, summed.size).reshape(
        summed.shape
    )
    squares = float((weights[0, others[0] > 0] ** 2).sum() + (own[0] > 0).sum())
    sizes = np.bincount(unit, weights[0, stratum] * needs, units).astype(np.float64)
    return Expected(_table(grid, summed), compared[0], squares, sizes)


def replicates(days: Ints, event: Ints, needs: Ints, unit: Ints, units: int) -> UnitTable:
    """Return plain counts as a table: the first row of all units, then without each.

    Args:
        days: Days to the event or up to which a need was open, shape (k,).
        event: 0 open, 1 the event, 2 another end, shape (k,).
        needs: How many, shape (k,).
        unit: Number of the unit, shape (k,).
        units: How many units there are.
    """
    grid = np.unique(np.append(0, days))
    width = grid.size * _KINDS
    column = np.searchsorted(grid, days) * _KINDS + np.minimum(event, 2)
    by_unit = np.bincount(unit * width + column, needs, units * width).reshape(units, width)
    whole = by_unit.sum(0)
    return _table(grid, np.vstack([whole, whole - by_unit]))


def _without(cells: Cells, chosen: Mask, strata: int, units: int) -> Floats:
    """Return needs by stratum of all units and without each, shape (1 + U, S)."""
    place = cells.unit[chosen] * strata + cells.stratum[chosen]
    by_unit = np.bincount(place, cells.needs[chosen], units * strata).reshape(units, strata)
    whole = by_unit.sum(0)
    return np.vstack([whole, whole - by_unit])


def _table(grid: Ints, summed: Floats) -> UnitTable:
    by_day = summed.reshape(len(summed), grid.size, _KINDS)
    by_day = np.where(by_day < _ROUNDING, 0, by_day)
    at_risk = np.cumsum(by_day.sum(2)[:, ::-1], axis=1)[:, ::-1]
    return UnitTable(grid.astype(np.float64), at_risk, by_day[..., 1:].sum(2), by_day[..., 1])
