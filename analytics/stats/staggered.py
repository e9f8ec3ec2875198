"""Staggered adoption: group-time effects against units not yet treated, and their averages.

The effect on the units that start in quarter g, in quarter t, is their change since before g minus
the same change of all units that have started neither by t nor before g (Callaway & Sant'Anna 2021,
doi:10.1016/j.jeconom.2020.12.001, no covariates). Each is refused where fewer than a stated number
of units has not started yet: then it would say more about those few than about the programme.

"Before g" is the mean of the last ``base`` quarters before g. One quarter is the textbook's choice;
a whole year takes out the season and three quarters of that noise, for the same assumption of
parallel trends, held over that year. Where a unit lacks one of these quarters, what the others of
them differ from the whole year is taken out, so that no season enters.

Standard errors leave out one cluster at a time, with all that depends on it.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.stats.did import NoComparisonError
from analytics.stats.group_times import Cohorts, GroupTimes, effects, group_times, weighted
from analytics.stats.imputation import NEVER
from analytics.stats.panel_input import check_clusters, check_confidence, check_least, check_panel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

LEAST_POOL: Final = 5
_BASE_QUARTERS: Final = 4
_AT_ONCE: Final = 32

Reason = Literal["", "small_pool", "no_base", "no_units"]


@dataclass(frozen=True, slots=True)
class GroupTimeEffect:
    """The effect on the units that started in ``start``, in ``quarter``.

    Attributes:
        start, quarter: Columns of the panel.
        estimate: NaN when refused.
        error: Jackknife standard error; NaN when refused or when it rests on a single unit.
        units: Treated units with a value.
        pool: Units with a value that are treated neither by then nor before the start.
        refused: Why there is no estimate; empty when there is one.
    """

    start: int
    quarter: int
    estimate: float
    error: float
    units: int
    pool: int
    refused: Reason


@dataclass(frozen=True, slots=True)
class Average:
    """An average of group-time effects, each weighing its number of units.

    Attributes:
        event: Quarters since the start that are averaged; None for all from the start on.
        estimate, error, low, high: In the outcome's unit.
        freedom: Degrees of freedom, clusters less one.
        cells: Treated unit-quarters behind it.
    """

    event: int | None
    estimate: float
    error: float
    low: float
    high: float
    freedom: float
    cells: int


@dataclass(frozen=True, slots=True)
class Staggered:
    """All that is known of a staggered programme from one panel.

    Attributes:
        effects: By start and quarter, those before the start included (they show the trends).
        average: Over all effects from the start on.
        before: Over the effects of as many quarters as the base has, right before the base: 0 where
            the units moved alike. None where there are none.
        events: Averages by quarters since the start, from the earliest to the latest.
        influence: Of each cluster on the average: the squares sum to its error squared, shape (C,).
        unit_effects: Each unit's own average from the start on; NaN where it has none, shape (U,).
        pool: Units not yet treated in each quarter, shape (Q,).
        treated, clusters: Numbers of units that start within the panel and of clusters.
    """

    effects: tuple[GroupTimeEffect, ...]
    average: Average
    before: Average | None
    events: tuple[Average, ...]
    influence: Floats
    unit_effects: Floats
    pool: Ints
    treated: int
    clusters: int


def staggered_effects(
    values: Floats,
    starts: Ints,
    clusters: Ints,
    *,
    base: int = _BASE_QUARTERS,
    least_pool: int = LEAST_POOL,
    confidence: float = 0.95,
) -> Staggered:
    """Estimate group-time effects and their averages.

    Args:
        values: Outcome by unit and quarter, shape (U, Q), NaN where missing.
        starts: First treated quarter of each unit, shape (U,); ``NEVER`` if later than the panel.
        clusters: Number of each unit's cluster, 0 …, shape (U,): what is decided and errs together.
        base: Quarters before the start that are the reference.
        least_pool: Units not yet treated that an effect needs.
        confidence: Of the intervals.

    Raises:
        NoComparisonError: If no effect can be estimated.
        ValueError: On shapes that do not fit or numbers out of range.
    """
    _check(values, starts, clusters, base, least_pool)
    check_confidence(confidence)
    cohort = Cohorts.of(values, starts, base)
    if not len(cohort.starts):
        raise NoComparisonError("no unit starts within the panel")
    table = group_times(cohort, starts[None, :], clusters)
    usable = table.usable(least_pool)[0]
    distance = np.arange(values.shape[1])[None, :] - cohort.starts[:, None]
    averaging = _Averaging(table, usable, clusters=int(clusters.max()) + 1, confidence=confidence)
    events = [averaging.over(distance == event, event) for event in range(distance.max() + 1)]
    earlier = [averaging.over(distance == event, event) for event in range(distance.min(), 0)]
    _, without = weighted(table, usable[None] & cohort.is_after)
    overall = averaging.over(cohort.is_after)
    if overall is None:
        raise NoComparisonError("no quarter after a start has enough units not yet started")
    return Staggered(
        effects=_listed(table, cohort, usable),
        average=overall,
        before=averaging.over((distance >= -2 * base) & (distance < -base)),
        events=tuple(event for event in (*earlier, *events) if event is not None),
        influence=_influence(without)[0],
        unit_effects=_unit_effects(table, cohort, usable, starts),
        pool=(starts[:, None] > np.arange(values.shape[1])[None, :]).sum(0),
        treated=int((starts != NEVER).sum()),
        clusters=averaging.clusters,
    )


def assigned_averages(
    values: Floats,
    starts: Ints,
    clusters: Ints,
    *,
    base: int = _BASE_QUARTERS,
    least_pool: int = LEAST_POOL,
) -> tuple[Floats, Floats]:
    """Return overall average and its error for each row of ``starts``, shape (B, U).

    Each row must hold the same starts in another order; a row that allows no estimate gives NaN.
    """
    _check(values, starts, clusters, base, least_pool)
    cohort = Cohorts.of(values, starts[0], base).since_first_start()
    estimates, errors = [], []
    for first in range(0, len(starts), _AT_ONCE):
        table = group_times(cohort, starts[first : first + _AT_ONCE], clusters)
        chosen = table.usable(least_pool) & cohort.is_after
        estimate, without = weighted(table, chosen)
        estimates.append(estimate)
        errors.append(_jackknife_error(without))
    return np.concatenate(estimates), np.concatenate(errors)


def _check(values: Floats, starts: Ints, clusters: Ints, base: int, least_pool: int) -> None:
    check_panel(values, starts)
    check_clusters(clusters, len(values))
    check_least(base=base, least_pool=least_pool)


def _jackknife_error(without: Floats) -> Floats:
    """Return the delete-one-cluster standard error; NaN where a deletion leaves nothing."""
    return np.asarray(np.sqrt((_influence(without) ** 2).sum(-1)), dtype=np.float64)


def _influence(without: Floats) -> Floats:
    """Return what each cluster adds to the error, shape of ``without``: (…, C)."""
    count = without.shape[-1]
    scale = np.sqrt((count - 1) / count)
    return np.asarray(scale * (without.mean(-1, keepdims=True) - without), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Averaging:
    """Averages of the usable effects of one panel."""

    table: GroupTimes
    usable: Mask
    clusters: int
    confidence: float

    def over(self, chosen: Mask, event: int | None = None) -> Average | None:
        """Return the average over the chosen effects that are usable, or None without any."""
        used = self.usable & chosen
        if not used.any():
            return None
        estimate, without = weighted(self.table, used[None])
        value, error = float(estimate[0]), float(_jackknife_error(without)[0])
        freedom = self.clusters - 1.0
        margin = float(stats.t.ppf(0.5 + self.confidence / 2, freedom)) * error
        cells = int(np.where(used, self.table.treated[0], 0).sum())
        return Average(event, value, error, value - margin, value + margin, freedom, cells)


def _unit_effects(table: GroupTimes, cohort: Cohorts, usable: Mask, starts: Ints) -> Floats:
    """Return each treated unit's mean departure from the pool, over the usable quarters, (U,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        pool = table.pool_sum[0] / table.pool[0]
        own = (starts[None, None, :] == cohort.starts[:, None, None]) & cohort.seen
        used = own & (usable & cohort.is_after)[:, :, None]
        change = cohort.change + table.base_shift[0][:, None, :]
        departure = np.where(used, change - np.nan_to_num(pool)[:, :, None], 0.0)
        return np.asarray(departure.sum((0, 1)) / used.sum((0, 1)), dtype=np.float64)


def _listed(table: GroupTimes, cohort: Cohorts, usable: Mask) -> tuple[GroupTimeEffect, ...]:
    whole, without = effects(table)
    errors = _jackknife_error(without)[0]
    return tuple(
        GroupTimeEffect(
            start=int(start),
            quarter=quarter,
            estimate=float(whole[0, row, quarter]) if usable[row, quarter] else float("nan"),
            error=float(errors[row, quarter]) if usable[row, quarter] else float("nan"),
            units=int(table.treated[0, row, quarter]),
            pool=int(table.pool[0, row, quarter]),
            refused=_reason(table, cohort, row, quarter) if not usable[row, quarter] else "",
        )
        for row, start in enumerate(cohort.starts)
        for quarter in range(cohort.change.shape[1])
    )


def _reason(table: GroupTimes, cohort: Cohorts, row: int, quarter: int) -> Reason:
    if not cohort.has_base[row]:
        return "no_base"
    return "no_units" if table.treated[0, row, quarter] == 0 else "small_pool"
