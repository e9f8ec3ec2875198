"""How late rows arrive, and which months are therefore still provisional.

Only rows that have arrived by the data cut can be seen. A late report of a recent need is not
among them, so the plain distribution of lags looks too short: the lags are right-truncated.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from analytics.domain.periods import Month
from analytics.stats.counts import Floats, Ints, as_counts, as_durations, freeze, same_length

COMPLETE_FROM = 0.95
"""Share expected to have arrived from which a month no longer counts as provisional."""


@dataclass(frozen=True, slots=True, eq=False)
class DelayDistribution:
    """The share of rows that arrive within a number of days.

    It speaks of the rows that arrive within the longest lag given; later ones cannot be judged.

    Attributes:
        lags: Distinct lags in days, ascending, shape (D,).
        share: Share arrived within each lag, shape (D,); ends at 1.
        at_risk: Rows each step rests on, shape (D,).
        n: Rows the estimate uses; 0, with empty arrays, if they are too few.
    """

    lags: Floats
    share: Floats
    at_risk: Ints
    n: int

    def __post_init__(self) -> None:
        freeze(self.lags, self.share, self.at_risk)

    def arrived_within(self, days: ArrayLike) -> Floats:
        """Return the share arrived within ``days``, of their shape; NaN without data.

        Negative days stand for needs after the data cut: nothing has arrived.
        """
        if self.n == 0:
            return np.full(np.shape(days), np.nan)
        steps = np.searchsorted(self.lags, np.asarray(days, dtype=np.float64), side="right")
        return np.append(0.0, self.share)[steps]


@dataclass(frozen=True, slots=True)
class MonthCompleteness:
    """How complete a month is expected to be.

    ``expected_share`` is None without any observed delay; the month then counts as provisional,
    as its completeness cannot be shown.
    """

    month: Month
    expected_share: float | None
    provisional: bool


def delay_distribution(
    lags: ArrayLike,
    counts: ArrayLike | None = None,
    *,
    windows: ArrayLike | None = None,
    longest: float = 365,
    min_at_risk: int = 30,
) -> DelayDistribution:
    """Estimate how many rows arrive within how many days, allowing for the data cut.

    Reverse-time product-limit estimator for right-truncated data (Lagakos, Barraj & De Gruttola
    1988, doi:10.1093/biomet/75.3.515): at each lag, longest first, only rows whose window was
    long enough to show such a lag are compared. What takes longer than the longest window can
    never be seen, and a step that rests on a handful of old rows would upset all shorter lags;
    so the estimate starts at the longest lag, up to ``longest``, with ``min_at_risk`` rows.

    Args:
        lags: Days from the need to its record, shape (N,), from 0 on.
        counts: Rows each entry stands for, whole numbers, shape (N,); None for one each.
        windows: Days from the need to the data cut, shape (N,), not below ``lags``; None if
            every row had ``longest`` days to arrive.
        longest: Longer lags are left out.
        min_at_risk: Rows the longest lag must rest on.

    Raises:
        ValueError: On unequal lengths, missing values, negative days, a lag longer than its
            window, negative or fractional counts, a negative ``longest``, or ``min_at_risk``
            below 1.
    """
    if not longest >= 0:
        raise ValueError(f"longest must be a number of days from 0 on, not {longest}")
    if min_at_risk < 1:
        raise ValueError(f"min_at_risk must be at least 1, not {min_at_risk}")
    delays = as_durations(lags, "lags")
    weights = as_counts(counts, delays.size)
    if windows is None:
        limits = np.full(delays.size, np.inf)
    else:
        limits = as_durations(windows, "windows")
        same_length(limits, "windows", delays.size)
        if (delays > limits).any():
            raise ValueError("lags must not exceed windows: such rows lie after the data cut")
    used = (weights > 0) & (delays <= longest)
    return _product_limit(delays[used], limits[used], weights[used], min_at_risk)


def _product_limit(
    delays: Floats, limits: Floats, weights: Floats, min_at_risk: int
) -> DelayDistribution:
    grid, position = np.unique(delays, return_inverse=True)
    rows = np.bincount(position, weights=weights, minlength=grid.size)
    # Rows whose window closes before a lag could not have shown it.
    closing = np.searchsorted(grid, limits, side="right")
    closed = np.bincount(closing, weights=weights, minlength=grid.size + 1)[: grid.size]
    at_risk = np.cumsum(rows) - np.cumsum(closed)
    enough = np.flatnonzero(at_risk >= min_at_risk)
    size = int(enough[-1]) + 1 if enough.size else 0
    # Share within a lag: none of the longer lags happened, each given that it was not longer.
    shorter = np.append((1 - rows / at_risk)[1:size], 1.0)[:size]
    return DelayDistribution(
        lags=grid[:size].copy(),
        share=np.cumprod(shorter[::-1])[::-1],
        at_risk=at_risk[:size].astype(np.int64),
        n=int(rows[:size].sum()),
    )


def expected_share(delay: DelayDistribution, start: date, end: date, as_of: date) -> float | None:
    """Return the share of a period's rows expected to have arrived by ``as_of``.

    Needs are taken as spread evenly over the days in [start, end); days after ``as_of`` have
    delivered nothing yet. None without any observed delay.

    Raises:
        ValueError: If the period holds no day.
    """
    length = (end - start).days
    if length < 1:
        raise ValueError(f"end ({end}) must lie after start ({start})")
    if delay.n == 0:
        return None
    days_to_cut = (as_of - start).days - np.arange(length)
    return float(delay.arrived_within(days_to_cut).mean())
