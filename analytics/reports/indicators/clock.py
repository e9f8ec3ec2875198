"""Asking for the counts of a clock: one scan of the needs, whatever is estimated from it."""

from datetime import timedelta
from typing import Final

import pandas as pd

from analytics.disclosure import told_clock
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension
from analytics.domain.release import Release
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.refusal import refuse_unreleased

_FROM_NEED: Final = ("referral", "start")
"""Clocks that begin when the need is recorded."""


def clock_counts(
    store: ParquetStore,
    by: Dimension,
    need_filter: NeedFilter,
    clock: str = "referral",
    *,
    across: Dimension = "state",
    split_by_unit: bool = False,
    until: int | None = None,
    settled: bool = False,
    needs_ends: bool = False,
) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return ``key, series, days, event, needs``, perhaps ``unit``, and the query.

    Where figures are confidential the counts are unprotected, else they are perturbed.

    Args:
        store: The snapshot.
        by: The dimension of ``key``.
        need_filter: Which needs count.
        clock: ``referral``, ``start``, ``start_after_referral`` or ``contact_to_need``.
        across: A second dimension, which ``series`` tells apart; ``state`` for none.
        split_by_unit: Whether ``unit`` tells evaluation units apart, so that estimates vary between
            them and not between needs: for groups of units.
        until: The last day that matters; what happens later need not be told apart.
        settled: Whether everything up to ``until`` may count on that day, as only what happened by
            then matters and it is known of everybody (``is_settled``).
        needs_ends: Whether needs that ended otherwise must be known as such: where ends are not
            recorded, they would seem to wait on.
    """
    refuse_unreleased(store, need_filter, by, across)
    is_released = store.release is Release.RELEASED
    params = need_filter.params() | {
        "by": by,
        "clock": clock,
        "across": across,
        "split_by_unit": split_by_unit,
        # Released counts are those of whole curves, whatever part of them is asked for.
        "until": None if is_released else until,
        "settled": settled and not is_released,
        "needs_ends": needs_ends,
        "last_day": last_day(store, need_filter, clock),
    }
    frame = told_clock(store.fetch("clock_counts", params), store.release)
    if is_released and until is not None:
        frame = counts_until(frame, until)
    counts = frame if split_by_unit else frame.drop(columns="unit")
    return counts, store.executed("clock_counts", params)


def last_day(store: ParquetStore, need_filter: NeedFilter, clock: str) -> int | None:
    """Return the last day of a clock up to which anybody can have been followed.

    None where it runs backwards from the need: nobody is still waiting there.
    """
    if clock not in (*_FROM_NEED, "start_after_referral"):
        return None
    return max((store.manifest.as_of - need_filter.period.start).days, 0)


def is_settled(store: ParquetStore, need_filter: NeedFilter, clock: str, day: int) -> bool:
    """Say whether every need of a filter was followed up to a day of a clock, or to its end."""
    last = need_filter.period.end + timedelta(days=day)
    return clock in _FROM_NEED and last <= store.manifest.as_of


def counts_until(counts: pd.DataFrame, day: int) -> pd.DataFrame:
    """Return the counts as the query gives them for the days up to ``day``."""
    is_later = counts["days"] > day
    cut = counts.assign(
        days=counts["days"].mask(is_later, day), event=counts["event"].mask(is_later, 0)
    )
    others = [name for name in cut if name != "needs"]
    return cut.groupby(others, as_index=False)[["needs"]].sum()
