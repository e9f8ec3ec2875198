"""Sums and counts behind group-time effects, for many assignments and without each cluster."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.stats.imputation import NEVER, anchor, solve, unit_equations

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Cohorts:
    """Changes since before each start, whoever started: G starts, Q quarters, U units, base W.

    Attributes:
        starts: The distinct starts, ascending, (G,).
        quarters: Numbers of the quarters, as starts count them, ascending, (Q,).
        change: Outcome minus the unit's base before the start, (G, Q, U); 0 where missing.
        seen: Where it is known, (G, Q, U).
        is_after: Quarter at or after the start, (G, Q).
        has_base: Whether the start has quarters before it, (G,).
        base_share: Share of each quarter in each unit's base, 0 where it is missing, (G, U, W).
        base_system, base_right: What each unit adds to the normal equations of the base quarters'
            levels, (G, U, W, W), (G, U, W).
    """

    starts: Ints
    quarters: Ints
    change: Floats
    seen: Mask
    is_after: Mask
    has_base: Mask
    base_share: Floats
    base_system: Floats
    base_right: Floats

    @classmethod
    def of(cls, values: Floats, starts: Ints, base: int) -> "Cohorts":
        """Return the changes for every start that occurs, with ``base`` quarters before it."""
        distinct = np.unique(starts[starts != NEVER])
        size = values.shape[1]
        quarter = np.arange(size)
        window = (quarter[None, :] < distinct[:, None]) & (
            quarter[None, :] >= distinct[:, None] - base
        )
        seen = np.isfinite(values)
        filled = np.where(seen, values, 0.0)
        counts = window.astype(np.float64) @ seen.T
        enough = counts >= max(1, base // 2)
        level = (window.astype(np.float64) @ filled.T) / np.maximum(counts, 1)
        known = enough[:, None, :] & seen.T[None]
        base_share, base_system, base_right = _bases(filled, seen, distinct, base)
        change = np.where(known, filled.T[None] - level[:, None, :], 0.0)
        return cls(
            starts=distinct,
            quarters=quarter,
            change=change,
            seen=known,
            is_after=quarter[None, :] >= distinct[:, None],
            has_base=distinct >= base,
            base_share=base_share,
            base_system=base_system,
            base_right=base_right,
        )

    def since_first_start(self) -> "Cohorts":
        """Return the same without the quarters before any start: no average has them in it."""
        later = self.is_after.any(axis=0)
        return replace(
            self,
            quarters=self.quarters[later],
            change=self.change[:, later],
            seen=self.seen[:, later],
            is_after=self.is_after[:, later],
        )

    def base_shift(self, starts: Ints) -> Floats:
        """Return by how much a unit's quarters in the base lie above all of the base, (B, G, U).

        Not 0 only where a unit lacks one of them: its base would else be that of another season.
        The levels come from all units that have not started in these quarters; errors take them as
        given.
        """
        waiting = (starts[:, None, :] >= self.starts[None, :, None]).astype(np.float64)
        system = np.einsum("bgu,guvw->bgvw", waiting, self.base_system)
        right = np.einsum("bgu,guw->bgw", waiting, self.base_right)
        levels = solve(system + anchor(right.shape[-1]), right)
        shift = np.einsum("bgw,guw->bgu", levels, self.base_share)
        return np.asarray(shift, dtype=np.float64)


def _bases(filled: Floats, seen: Mask, starts: Ints, base: int) -> tuple[Floats, Floats, Floats]:
    """Return share, system and right side of each start's base, as ``Cohorts`` holds them."""
    columns = starts[:, None] + np.arange(-base, 0)[None, :]
    inside = (columns >= 0) & (columns < seen.shape[1])
    places = np.clip(columns, 0, seen.shape[1] - 1)
    there = seen[:, places].transpose(1, 0, 2) & inside[:, None, :]
    values = np.where(there, filled[:, places].transpose(1, 0, 2), 0.0)
    share = there / np.maximum(there.sum(2), 1)[:, :, None]
    pairs = [unit_equations(values[row], there[row]) for row in range(len(starts))]
    return share, np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])


@dataclass(frozen=True, slots=True, eq=False)
class GroupTimes:
    """Sums and counts of treated units and pool: B assignments, G starts, Q quarters, C clusters.

    ``*_out`` are the same without each cluster, shape (B, G, Q, C).
    """

    treated_sum: Floats
    treated: Floats
    pool_sum: Floats
    pool: Floats
    treated_sum_out: Floats
    treated_out: Floats
    pool_sum_out: Floats
    pool_out: Floats
    base_shift: Floats
    has_base: Mask

    def usable(self, least_pool: int) -> Mask:
        """Say where an effect may be estimated, shape (B, G, Q)."""
        enough = (self.pool >= least_pool) & (self.treated > 0)
        return np.asarray(enough & self.has_base[None, :, None])


def group_times(cohort: Cohorts, starts: Ints, clusters: Ints) -> GroupTimes:
    """Return sums and counts for each row of ``starts``, shape (B, U)."""
    in_group = (starts[:, None, :] == cohort.starts[None, :, None]).astype(np.float64)
    # Started neither by t nor, for quarters before the start, in the base: a unit that has would
    # bring its own effect into the comparison. The group itself is never its own control.
    latest = np.maximum(cohort.quarters[None, :], cohort.starts[:, None] - 1)
    waiting = (starts[:, None, None, :] > latest[None, :, :, None]) & (in_group == 0)[:, :, None]
    seen = cohort.seen.astype(np.float64)
    treated = in_group[:, :, None, :] * seen[None]
    pool = waiting * seen[None]
    shift = cohort.base_shift(starts)
    change = cohort.change[None] + shift[:, :, None, :]
    treated_sum, pool_sum = treated * change, pool * change
    member = (clusters[:, None] == np.arange(clusters.max() + 1)[None, :]).astype(np.float64)

    def out(parts: Floats) -> tuple[Floats, Floats]:
        whole = parts.sum(-1)
        return whole, whole[..., None] - parts @ member

    sums, sums_out = out(treated_sum)
    counts, counts_out = out(treated)
    pool_sums, pool_sums_out = out(pool_sum)
    pools, pools_out = out(pool)
    return GroupTimes(
        sums, counts, pool_sums, pools, sums_out, counts_out, pool_sums_out, pools_out,
        shift, cohort.has_base,
    )  # fmt: skip


def effects(table: GroupTimes) -> tuple[Floats, Floats]:
    """Return the group-time effects, (B, G, Q), and without each cluster, (B, G, Q, C)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = table.treated_sum / table.treated - table.pool_sum / table.pool
        without = table.treated_sum_out / table.treated_out - table.pool_sum_out / table.pool_out
    return whole, without


def weighted(table: GroupTimes, chosen: Mask) -> tuple[Floats, Floats]:
    """Return the average of the chosen effects, (B,), and without each cluster, (B, C)."""
    whole, without = effects(table)
    weight = np.where(chosen, table.treated, 0.0)
    weight_out = np.where(chosen[..., None], table.treated_out, 0.0)
    weight_out = np.where(table.pool_out >= 0.5, weight_out, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = np.where(weight > 0, whole, 0.0) * weight
        estimate = estimate.sum((1, 2)) / weight.sum((1, 2))
        left = np.where(weight_out > 0, without, 0.0) * weight_out
        return estimate, left.sum((1, 2)) / weight_out.sum((1, 2))
