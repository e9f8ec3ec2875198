"""The log-rank test: do several groups reach the event at the same pace?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from analytics.stats.counts import EventTable, Floats, binary_table, freeze

Sample = tuple[ArrayLike, ArrayLike] | tuple[ArrayLike, ArrayLike, ArrayLike | None]
"""Days, events (1 event, 0 open) and, optionally, how many rows each entry stands for."""

# A direction of the covariance matrix with less than this part of all variance is rounding error;
# two rows among ten millions still have a thousand times as much.
_EMPTY_DIRECTION = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class LogrankTest:
    """Result of the log-rank test.

    Attributes:
        statistic: Chi-squared statistic; NaN when the groups cannot be compared.
        degrees_of_freedom: Comparable groups minus one; 0 when they cannot be compared.
        p_value: Its upper tail probability; NaN when the groups cannot be compared.
        observed: Events per group, shape (K,).
        expected: Events expected if all groups had the same pace, shape (K,).
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float
    observed: Floats
    expected: Floats


def logrank(samples: Sequence[Sample]) -> LogrankTest:
    """Test whether all samples share one curve.

    Mantel (1966) and Peto & Peto (1972), doi:10.2307/2344317: observed minus expected events
    with the hypergeometric variance at every day with events, all days weighted equally. A
    group without rows takes no part; with fewer than two groups at risk on any day with events
    there is nothing to compare and the result is NaN with 0 degrees of freedom.

    Args:
        samples: Two or more tuples (days, events) or (days, events, counts), as for
            ``kaplan_meier``.

    Raises:
        ValueError: With fewer than two samples, or as ``kaplan_meier`` does.
    """
    if len(samples) < 2:
        raise ValueError(f"samples must hold at least two groups, not {len(samples)}")
    tables = [_table(*sample) for sample in samples]
    days = np.unique(np.concatenate([table.days[table.events > 0] for table in tables]))
    at_risk = np.stack([_at_risk(table, days) for table in tables])
    events = np.stack([_events(table, days) for table in tables])
    total, happened = at_risk.sum(axis=0), events.sum(axis=0)
    share = at_risk / total
    observed, expected = events.sum(axis=1), (share * happened).sum(axis=1)
    freeze(observed, expected)
    # With one row left at risk the day is certain and adds no variance.
    spread = happened * (total - happened) / np.maximum(total - 1, 1)
    covariance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    statistic, freedom = _quadratic_form(
        observed - expected, covariance, _EMPTY_DIRECTION * float(spread.sum())
    )
    p_value = float(chdtrc(freedom, statistic)) if freedom else float("nan")
    return LogrankTest(statistic, freedom, p_value, observed, expected)


def _table(days: ArrayLike, events: ArrayLike, counts: ArrayLike | None = None) -> EventTable:
    return binary_table(days, events, counts)


def _at_risk(table: EventTable, days: Floats) -> Floats:
    """Return the rows under observation just before each of ``days``."""
    following = np.searchsorted(table.days, days, side="left")
    return np.append(table.at_risk, 0)[following].astype(np.float64)


def _events(table: EventTable, days: Floats) -> Floats:
    """Return the events on each of ``days``, which contain every day with events."""
    events = np.zeros(days.size)
    own = table.events > 0
    events[np.searchsorted(days, table.days[own])] = table.events[own]
    return events


def _quadratic_form(difference: Floats, covariance: Floats, floor: float) -> tuple[float, int]:
    """Return the squared distance along directions of variance above ``floor``, and their number.

    Differences sum to zero, so the covariance of K groups has at most K - 1 such directions.
    """
    values, directions = np.linalg.eigh(covariance)
    kept = values > floor
    if not kept.any():
        return float("nan"), 0
    projected = directions[:, kept].T @ difference
    return float((projected**2 / values[kept]).sum()), int(kept.sum())
