"""Two arms of observations compared with their like: how many reach the event, and how soon.

Each stratum that has both arms counts as often as it has observations, so both arms are weighted
to one mix: that of all observations of these strata (direct standardisation; one weighted curve an
arm as in Xie & Liu 2005, doi:10.1002/sim.2174). Strata lie within units, so whatever sets units
apart, known or not, is alike on both sides. Uncertainty is that between units, each being left out
once (delete-a-group jackknife), or where a single place is asked for that between observations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from analytics.stats.clusters import error_of, jackknife, mean_waits, p_value, t_quantile
from analytics.stats.counts import Floats, Ints, freeze
from analytics.stats.multiple import holm
from analytics.stats.panel_input import check_rows
from analytics.stats.unit_table import UnitTable, freedom_of

LEVEL: Final = 0.05
"""How often chance alone may make anything of both differences clear."""

_ARMS: Final = 2
_KINDS: Final = 3
_AT_ONCE: Final = 2_000
"""Observations left out together; bounds the memory, not the result."""
_ROUNDING: Final = 1e-9

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ArmCounts:
    """Observations that were all followed to one limit; whole numbers, shape (k,) each.

    Attributes:
        stratum: What is alike, from 0; a stratum lies within one unit.
        unit: Number of the unit, from 0.
        arm: 1 for what is compared, 0 for what it is compared with.
        days: Days to the event or another end, at most the limit.
        event: 1 the event, 2 another end, 0 neither until the limit.
        counts: How many.
    """

    stratum: Ints
    unit: Ints
    arm: Ints
    days: Ints
    event: Ints
    counts: Ints

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit; raises ValueError."""
        strata = int(self.stratum.max(initial=-1)) + 1
        columns = {"unit": self.unit, "arm": self.arm, "event": self.event}
        check_rows(self.stratum, strata, days=self.days, counts=self.counts, **columns)
        freeze(self.stratum, self.unit, self.arm, self.days, self.event, self.counts)

    def of(self, chosen: Mask) -> Self:
        """Return the observations for which ``chosen``, shape (k,), is true."""
        arrays = (self.stratum, self.unit, self.arm, self.days, self.event, self.counts)
        return type(self)(*(each[chosen] for each in arrays))

    def by_arm(self) -> Floats:
        """Return how many observations each stratum has in each arm, shape (S, 2)."""
        strata = int(self.stratum.max(initial=-1)) + 1
        place = self.stratum * _ARMS + self.arm
        sums = np.bincount(place, self.counts, strata * _ARMS)
        return sums.astype(np.float64).reshape(strata, _ARMS)

    def unstratified(self) -> Self:
        """Return the same as one stratum: what is compared is what was recorded."""
        nothing = np.zeros_like(self.stratum)
        rest = (self.unit, self.arm, self.days, self.event, self.counts)
        return type(self)(nothing, *rest)


@dataclass(frozen=True, slots=True)
class ArmDifference:
    """One difference of both arms.

    Attributes:
        first, second: Value of arm 1 and of arm 0.
        value: The first less the second.
        low, high: 95 % interval from Student's t; NaN of a single unit.
        p: How often chance alone gives as much; NaN without an error.
    """

    first: float
    second: float
    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class ArmsCompared:
    """Both differences of one comparison.

    Attributes:
        reached: Of the share that reaches the event by the limit, other ends competing.
        days: Of the restricted mean days to the event, other ends being censored.
        n: Observations in strata with both arms.
        known: Observations of all strata.
        freedom: Degrees of freedom of the units; endless where observations vary.
    """

    reached: ArmDifference
    days: ArmDifference
    n: int
    known: int
    freedom: float

    @property
    def clear(self) -> tuple[bool, bool]:
        """Say which of both may be told to differ, at one error rate for the pair (Holm)."""
        p = [1.0 if np.isnan(each.p) else each.p for each in (self.reached, self.days)]
        first, second = (each <= LEVEL for each in holm(p))
        return first, second


def compare_arms(counts: ArmCounts, limit: int, *, by_unit: bool) -> ArmsCompared | None:
    """Return how both arms differ among their like; None where no stratum has both.

    Args:
        counts: Observations, all followed to ``limit``.
        limit: Last day that counts.
        by_unit: Whether units vary; else the observations do.
    """
    sizes = counts.by_arm()
    shared: Mask = np.asarray((sizes > 0).all(1))
    if not shared.any():
        return None
    used = counts.of(shared[counts.stratum])
    weights = sizes.sum(1, keepdims=True) / np.maximum(sizes, 1)
    grid = np.unique(np.concatenate([[0, limit], used.days]))
    of_units = np.bincount(used.unit, used.counts)
    if by_unit:
        left_out = _without_units(used, weights, grid)
        parts = [_values(left_out, grid, limit)]
        freedom = freedom_of(of_units[of_units > 0])
    else:
        parts = [_values(each, grid, limit) for each in _without_each(used, weights, sizes, grid)]
        freedom = np.inf
    whole, without = parts[0][0], np.concatenate([parts[0][1:], *parts[1:]])
    repeats = None if by_unit else used.counts
    reached, days = (
        _difference(whole[:, place], without[:, :, place], repeats, freedom) for place in (0, 1)
    )
    total, known = int(used.counts.sum()), int(counts.counts.sum())
    return ArmsCompared(reached, days, total, known, freedom)


def _difference(
    whole: Floats, without: Floats, repeats: Ints | None, freedom: float
) -> ArmDifference:
    value = float(whole[1] - whole[0])
    error = _error(without[:, 1] - without[:, 0], repeats)
    margin = t_quantile(freedom) * error
    p = p_value(value, error, freedom)
    return ArmDifference(float(whole[1]), float(whole[0]), value, value - margin, value + margin, p)


def _error(without: Floats, repeats: Ints | None) -> float:
    """Return the jackknife's error; ``repeats``: how many observations each value stands for."""
    if repeats is None:
        return float(error_of(jackknife(without)))
    n = int(repeats.sum())
    mean = float(without @ repeats) / n
    return float(np.sqrt((n - 1) / n * (repeats @ (without - mean) ** 2)))


def _without_units(used: ArmCounts, weights: Floats, grid: Ints) -> Floats:
    """Return weighted counts of all units, then without each, shape (1 + U, 2, D, 3)."""
    unit = np.unique(used.unit, return_inverse=True)[1].ravel()
    units = int(unit.max()) + 1
    shape = (units, _ARMS, grid.size, _KINDS)
    place = np.ravel_multi_index(
        (unit, used.arm, np.searchsorted(grid, used.days), np.minimum(used.event, 2)), shape
    )
    mass = used.counts * weights[used.stratum, used.arm]
    by_unit = np.bincount(place, mass, int(np.prod(shape))).reshape(shape)
    whole = by_unit.sum(0)
    return np.concatenate([whole[None], whole - by_unit])


def _without_each(used: ArmCounts, weights: Floats, sizes: Floats, grid: Ints) -> Iterator[Floats]:
    """Give weighted counts of all, then those without one observation of each row, in blocks.

    Without it its stratum weighs one less on both sides, and nothing where its arm is then empty.
    Shapes (1, 2, D, 3), then (B, 2, D, 3).
    """
    column = np.searchsorted(grid, used.days) * _KINDS + np.minimum(used.event, 2)
    width = grid.size * _KINDS
    stratum = np.unique(used.stratum, return_inverse=True)[1].ravel()
    strata = np.unique(used.stratum)
    place = (stratum * _ARMS + used.arm) * width + column
    plain = np.bincount(place, used.counts, len(strata) * _ARMS * width)
    by_stratum = plain.reshape(len(strata), _ARMS, width)
    whole = (by_stratum * weights[strata][:, :, None]).sum(0)
    shape = (-1, _ARMS, grid.size, _KINDS)
    yield whole.reshape(shape)
    for first in range(0, len(column), _AT_ONCE):
        rows = slice(first, first + _AT_ONCE)
        own, arm = stratum[rows], used.arm[rows]
        size = sizes[strata[own]].copy()
        before = size.sum(1, keepdims=True) / size
        here = np.arange(len(own))
        size[here, arm] -= 1
        left = size.min(1, keepdims=True) > 0
        after = np.where(left, size.sum(1, keepdims=True) / np.maximum(size, 1), 0.0)
        change = by_stratum[own] * (after - before)[:, :, None]
        change[here, arm, column[rows]] -= after[here, arm]
        yield (whole + change).reshape(shape)


def _values(weighted: Floats, grid: Ints, limit: int) -> Floats:
    """Return share and restricted mean of each arm, shape (R, 2, 2), from (R, 2, D, 3)."""
    kept = np.where(weighted < _ROUNDING, 0.0, weighted)
    mass = kept.sum((2, 3))
    reached = kept[:, :, :, 1].sum(2)
    share = np.divide(reached, mass, out=np.full_like(mass, np.nan), where=mass > 0)
    days = np.column_stack([mean_waits(_table(kept[:, arm], grid), limit) for arm in (0, 1)])
    return np.stack([share, days], axis=2)


def _table(by_day: Floats, grid: Ints) -> UnitTable:
    at_risk = np.cumsum(by_day.sum(2)[:, ::-1], axis=1)[:, ::-1]
    return UnitTable(grid.astype(np.float64), at_risk, by_day[..., 1:].sum(2), by_day[..., 1])
