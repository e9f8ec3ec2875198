"""Asking for the counts of a clock: one scan of the needs, whatever is estimated from it."""

import pandas as pd

from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension
from analytics.queries.store import ExecutedQuery, ParquetStore


def clock_counts(
    store: ParquetStore,
    by: Dimension,
    need_filter: NeedFilter,
    clock: str = "referral",
    *,
    split_by_group: bool = False,
    split_by_unit: bool = False,
    until: int | None = None,
    needs_ends: bool = False,
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return unprotected ``key, series, days, event, needs``, perhaps ``unit``, and the query.

    Args:
        store: The snapshot.
        by: The dimension of ``key``.
        need_filter: Which needs count.
        clock: ``referral``, ``start``, ``start_after_referral`` or ``contact_to_need``.
        split_by_group: Whether ``series`` tells the groups apart.
        split_by_unit: Whether ``unit`` tells evaluation units apart, so that estimates vary between
            them and not between needs: for groups of units.
        until: The last day that matters; what happens later need not be told apart.
        needs_ends: Whether needs that ended otherwise must be known as such: where ends are not
            recorded, they would seem to wait on.
    """
    params = need_filter.params() | {
        "by": by,
        "clock": clock,
        "split_by_group": split_by_group,
        "split_by_unit": split_by_unit,
        "until": until,
        "needs_ends": needs_ends,
    }
    frame = store.fetch("clock_counts", params)
    counts = frame if split_by_unit else frame.drop(columns="unit")
    return counts, store.executed("clock_counts", params)
