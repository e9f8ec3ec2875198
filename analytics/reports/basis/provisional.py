"""Which of the newest quarters are provisional, going by how late needs are entered."""

from collections.abc import Sequence
from datetime import date

from analytics.domain.periods import Month
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.stats.reporting_delay import COMPLETE_FROM, delay_distribution, expected_share


def provisional_quarters(
    store: ParquetStore, quarters: Sequence[date]
) -> tuple[tuple[bool, ...], ExecutedQuery]:
    """Return for each quarter whether less than 95 % of its needs are expected to have arrived.

    The distribution of delays comes from needs of the years before the last, for which late
    entries had a full year to arrive. Without any observed delay nothing can be called complete.

    Args:
        store: The snapshot.
        quarters: First days of quarters.
    """
    params = {"as_of": store.manifest.as_of}
    lags = store.fetch("arrival_lags", params)
    delay = delay_distribution(lags["days"].to_numpy(), lags["needs"].to_numpy())
    shares = (
        expected_share(delay, start, Month.of(start).plus(3).first_day, store.manifest.as_of)
        for start in quarters
    )
    flags = tuple(share is None or share < COMPLETE_FROM for share in shares)
    return flags, store.executed("arrival_lags", params)
