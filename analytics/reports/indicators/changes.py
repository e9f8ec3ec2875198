"""How far a value of the whole state has moved between two periods, for certain or not.

Districts are alike in both periods, so they are left out of both at once: what is estimated is how
the change varies between districts, not how the needs of all of them would.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pandas as pd

from analytics.domain.estimates import Estimate
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator
from analytics.queries.store import ParquetStore
from analytics.reports.indicators.clock_parts import REFERRED
from analytics.reports.indicators.group_comparison import difference_of as by_own_intervals
from analytics.reports.indicators.indicator_estimates import state_counts
from analytics.stats.clusters import (
    are_alike,
    clustered_survival,
    incidence_influence,
    jackknife,
    means_without,
    median_influence,
    shares_without,
)
from analytics.stats.counts import Floats, Ints
from analytics.stats.difference import Difference, paired_difference, welch_freedom
from analytics.stats.survival import kaplan_meier
from analytics.stats.unit_table import UnitTable, freedom_of

_DISTRICT_LENGTH: Final = 5


def change_of(
    store: ParquetStore,
    chosen: Indicator,
    values: tuple[Estimate, Estimate],
    filters: tuple[NeedFilter, NeedFilter],
) -> tuple[Difference | None, int]:
    """Return the change with its interval, None where there is none, and how many districts.

    Args:
        store: The snapshot.
        chosen: An indicator that counts needs.
        values: The protected values of the state, now and before.
        filters: Which needs they count.
    """
    counts = [state_counts(store, chosen, needs) for needs in filters]
    return difference_of(chosen, values, (counts[0], counts[1]))


def difference_of(
    chosen: Indicator,
    values: tuple[Estimate, Estimate],
    counts: tuple[pd.DataFrame, pd.DataFrame],
) -> tuple[Difference | None, int]:
    """Return the first value minus the second with its interval, and how many districts vary.

    Whichever needs are compared, a district's own ones stand in both: it is left out of both.

    Args:
        chosen: An indicator that counts needs.
        values: The protected values of both.
        counts: What each is estimated from, with ``unit``.
    """
    if any(value.value is None for value in values):
        return None, 0
    both, districts = numbered(pd.concat(counts, ignore_index=True))
    first = np.arange(len(both)) < len(counts[0])
    sides = tuple(sides_of(chosen, part, districts)[0] for part in (both[first], both[~first]))
    freedom = freedom_of(sizes_of(sides[0]) + sizes_of(sides[1]))
    return gap_between(chosen, values, (sides[0], sides[1]), freedom), districts


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Events and trials of a cell by district, shape (U,) each."""

    events: Floats
    trials: Floats

    def less(self, part: Self) -> Self:
        """Return what is left without a part of it."""
        return type(self)(self.events - part.events, self.trials - part.trials)


Side = UnitTable | Shares


def numbered(counts: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return counts with the number of each row's district as ``place``, and how many there are."""
    # Units are few and rows are many: each unit's text is read once.
    codes, units = pd.factorize(counts["unit"])
    of_units, districts = pd.factorize(
        np.array([str(unit)[:_DISTRICT_LENGTH] for unit in units], dtype=object), sort=True
    )
    return counts.assign(place=of_units.astype(np.int64)[codes]), len(districts)


def sides_of(
    chosen: Indicator, counts: pd.DataFrame, districts: int, cells: Ints | None = None
) -> list[Side]:
    """Return what each cell's estimate is made of, district by district.

    Args:
        chosen: The indicator.
        counts: With ``place``.
        districts: How many there are.
        cells: Number of each row's cell, from 0 on; None for a single one.
    """
    place = counts["place"].to_numpy(np.int64)
    cell = np.zeros_like(place) if cells is None else cells
    shape = (int(cell.max(initial=0)) + 1, districts)
    if chosen.method == "proportion":
        events, trials = (
            np.bincount(
                cell * districts + place, weights=counts[name], minlength=shape[0] * districts
            )
            .astype(np.float64)
            .reshape(shape)
            for name in ("events", "trials")
        )
        return [Shares(*pair) for pair in zip(events, trials, strict=True)]
    days, needs = (counts[name].to_numpy(np.int64) for name in ("days", "needs"))
    is_lag = chosen.method == "median"
    event = np.full_like(days, REFERRED) if is_lag else counts["event"].to_numpy(np.int64)
    if chosen.method == "cumulative_incidence":
        is_later = days > chosen.day
        days, event = np.where(is_later, chosen.day, days), np.where(is_later, 0, event)
    return [*UnitTable.stacked(days, event, needs, place, cell, shape)]


def sizes_of(side: Side) -> Floats:
    """Return how many needs of each district a side counts, shape (U,)."""
    return side.trials if isinstance(side, Shares) else side.at_risk[:, 0]


def gap_between(
    chosen: Indicator,
    values: tuple[Estimate, Estimate],
    sides: tuple[Side, Side],
    freedom: float,
) -> Difference | None:
    """Return the first value minus the second with its interval; None where there is none.

    A side whose districts are all alike, as where nobody or everybody did, tells nothing of how
    they vary: both are then held against each other by their own intervals. Only where the other
    side counts the same districts, its own show how shares vary. Where few districts make one
    side's error, they are what the quantile goes by, however many the other side has.

    Args:
        chosen: The indicator.
        values: The protected values.
        sides: What they are made of, the same districts in the same places.
        freedom: Degrees of freedom that the districts of both sides give.
    """
    first, second = (value.value for value in values)
    if first is None or second is None:
        return None
    one, other = (_influence(chosen, side) for side in sides)
    are_same = bool(((sizes_of(sides[0]) > 0) & (sizes_of(sides[1]) > 0)).any())
    for value, influence in ((first, one), (second, other)):
        is_between = chosen.unit == "share" and 0 < value < 1
        if are_alike(influence) and not (is_between and are_same):
            return by_own_intervals(*values)
    variances = [float((each**2).sum()) for each in (one, other)]
    apart = welch_freedom(variances, [freedom_of(sizes_of(side)) for side in sides])
    return paired_difference(first, second, one - other, min(freedom, apart))


def _influence(chosen: Indicator, side: Side) -> Floats:
    """Return what each district adds to the error of a value, shape (U,)."""
    if isinstance(side, Shares):
        return jackknife(shares_without(side.events, side.trials))
    match chosen.method:
        case "cumulative_incidence":
            return incidence_influence(side, chosen.day)
        case "restricted_mean":
            return jackknife(means_without(side, chosen.day))
        case _:
            table = side.on_own_days()
            curve = clustered_survival(kaplan_meier(*table.pooled()), table.known())
            return median_influence(curve, table)
