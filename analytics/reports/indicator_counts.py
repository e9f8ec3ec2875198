"""What an indicator is estimated from: its counts by any dimension, before the gate."""

from datetime import timedelta

import pandas as pd

from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.clock import clock_counts
from analytics.reports.estimation import (
    clock_estimates,
    median_estimates,
    proportion_estimates,
    ratio_estimates,
)
from analytics.reports.ratios import parts_of


def counts_of(
    store: ParquetStore, chosen: Indicator, by: Dimension, need_filter: NeedFilter
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return the unprotected counts that an indicator is estimated from, and their query.

    Columns ``key`` and those of ``clock_estimates``, ``proportion_estimates``,
    ``median_estimates`` or ``ratio_estimates``, whichever estimates it.

    Raises:
        ValueError: If the indicator has no meaning for this dimension or filter.
    """
    if by not in chosen.dimensions:
        raise ValueError(f"{chosen.id} is not broken down by {by}")
    if not chosen.counts_needs and need_filter.is_narrowed:
        raise ValueError(f"{chosen.id} does not count needs: {need_filter}")
    params = need_filter.params() | {"by": by}
    match chosen.method:
        case "survival_median" | "cumulative_incidence" | "restricted_mean":
            return clock_counts(
                store, by, need_filter, chosen.timed_by, needs_ends=chosen.needs_ends
            )
        case "proportion":
            query = "proportion_counts"
            params |= {"indicator": chosen.id, "as_of": store.manifest.as_of}
        case "median":
            query = "lag_counts"
        case "ratio":
            query = "district_ratios"
            params = {
                "indicator": chosen.id,
                "start": need_filter.period.start,
                # A rate counts the time that the data cover, not what the period says beyond it.
                "end": min(need_filter.period.end, store.manifest.as_of + timedelta(days=1)),
                "districts": list(need_filter.districts) or None,
            }
            ratios = parts_of(store, chosen, by, store.fetch(query, params))
            return ratios, store.executed(query, params)
    return store.fetch(query, params), store.executed(query, params)


def estimated(chosen: Indicator, counts: pd.DataFrame) -> pd.DataFrame:
    """Return protected ``key, series, value, low, high, n, status`` from an indicator's counts."""
    match chosen.method:
        case "proportion":
            return proportion_estimates(counts)
        case "median":
            return median_estimates(counts)
        case "ratio":
            return ratio_estimates(chosen, counts)
        case _:
            return clock_estimates(chosen, counts)
