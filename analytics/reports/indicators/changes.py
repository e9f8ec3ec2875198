"""How far a value of the whole state has moved between two periods, for certain or not.

Districts are alike in both periods, so they are left out of both at once: what is estimated is how
the change varies between districts, not how the needs of all of them would.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Estimate
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator
from analytics.queries.store import ParquetStore
from analytics.reports.indicators.clock_parts import REFERRED, ClockCounts
from analytics.reports.indicators.indicator_estimates import state_counts
from analytics.stats.clusters import (
    incidence_influence,
    jackknife,
    means_without,
    median_influence,
    shares_without,
)
from analytics.stats.counts import Floats, Ints
from analytics.stats.difference import Difference, paired_difference
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
    first, second = (value.value for value in values)
    if first is None or second is None:
        return None, 0
    districts = [each["unit"].str[:_DISTRICT_LENGTH].to_numpy() for each in counts]
    known = np.unique(np.concatenate(districts))
    places = [np.searchsorted(known, each).astype(np.int64) for each in districts]
    influence = _INFLUENCES[chosen.method]
    one, other = (
        influence(chosen, each, place, known.size)
        for each, place in zip(counts, places, strict=True)
    )
    sizes = sum(
        np.bincount(place, weights=each[_sized(chosen)], minlength=known.size)
        for each, place in zip(counts, places, strict=True)
    )
    change = paired_difference(first, second, one - other, freedom_of(np.asarray(sizes)))
    return change, known.size


def _sized(chosen: Indicator) -> str:
    """Return the column of counts that says how much a district weighs."""
    return "trials" if chosen.method == "proportion" else "needs"


def _part(counts: pd.DataFrame, place: Ints) -> ClockCounts:
    days, event, needs = (counts[name].to_numpy(np.int64) for name in ("days", "event", "needs"))
    return ClockCounts(days, event, needs, place)


def _table(part: ClockCounts, districts: int) -> UnitTable:
    return part.table(np.arange(districts))


def _median(chosen: Indicator, counts: pd.DataFrame, place: Ints, districts: int) -> Floats:
    part = _part(counts, place)
    return median_influence(part.waiting(), _table(part, districts))


def _incidence(chosen: Indicator, counts: pd.DataFrame, place: Ints, districts: int) -> Floats:
    part = _part(counts, place).until(chosen.day)
    return incidence_influence(_table(part, districts), chosen.day)


def _mean_wait(chosen: Indicator, counts: pd.DataFrame, place: Ints, districts: int) -> Floats:
    return jackknife(means_without(_table(_part(counts, place), districts), chosen.day))


def _share(_: Indicator, counts: pd.DataFrame, place: Ints, districts: int) -> Floats:
    events, trials = (
        np.bincount(place, weights=counts[name], minlength=districts)
        for name in ("events", "trials")
    )
    return jackknife(shares_without(events, trials))


def _lag(chosen: Indicator, counts: pd.DataFrame, place: Ints, districts: int) -> Floats:
    return _median(chosen, counts.assign(event=REFERRED), place, districts)


_INFLUENCES: Final[Mapping[str, Callable[[Indicator, pd.DataFrame, Ints, int], Floats]]] = {
    "survival_median": _median,
    "cumulative_incidence": _incidence,
    "restricted_mean": _mean_wait,
    "proportion": _share,
    "median": _lag,
}
