"""Primary and complementary suppression of counts, shares and durations."""

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure.limits import MIN_COUNT, MIN_DURATION_N
from analytics.domain.estimates import Estimate, Status


def release_counts(counts: NDArray[np.int64], *, total_shown: bool = True) -> NDArray[np.bool_]:
    """Return which of the parts of one total may be shown.

    Counts of 1 to 4 are hidden. Where the total is shown too and the hidden parts together could
    be told by subtraction (a single hidden part, or hidden parts that add up to less than 5), the
    smallest further parts are hidden with them. Zeros are shown and never help to hide.

    Args:
        counts: Shape (k,), the parts, at least 0.
        total_shown: Whether the sum of the parts is shown or known from elsewhere.

    Returns:
        Shape (k,), True where the part may be shown.
    """
    counts = np.asarray(counts)
    shown = ~((counts > 0) & (counts < MIN_COUNT))
    if shown.all() or not total_shown:
        return shown
    candidates = [int(i) for i in np.argsort(counts, kind="stable") if shown[i] and counts[i] > 0]
    for part in candidates:
        if (~shown).sum() >= 2 and counts[~shown].sum() >= MIN_COUNT:
            break
        shown[part] = False
    return shown


def release_count(count: int) -> Estimate:
    """Return a single count, hidden when it is 1 to 4."""
    if 0 < count < MIN_COUNT:
        return Estimate(None, None, None, None, Status.SUPPRESSED)
    return Estimate(float(count), None, None, count)


def release_share(events: int, trials: int, low: float, high: float) -> Estimate:
    """Return ``events / trials`` with its interval, or why it is not shown.

    Hidden when events or non-events number 1 to 4: with the number of trials beside it, the share
    gives either away. A share of exactly 0 or 1 reveals that nobody or everybody is concerned and
    is shown from 5 trials on.
    """
    if trials == 0:
        return Estimate(None, None, None, 0, Status.NO_DATA)
    if trials < MIN_COUNT:
        return Estimate(None, None, None, None, Status.SUPPRESSED)
    if 0 < events < MIN_COUNT or 0 < trials - events < MIN_COUNT:
        return Estimate(None, None, None, trials, Status.SUPPRESSED)
    return Estimate(events / trials, low, high, trials)


def release_duration(estimate: Estimate) -> Estimate:
    """Return a duration or another estimate of a distribution, if enough observations are behind it.

    Args:
        estimate: With ``n`` the number of observations, open ones included.
    """
    if not estimate.n:
        return Estimate(None, None, None, 0, Status.NO_DATA)
    if estimate.n < MIN_COUNT:
        return Estimate(None, None, None, None, Status.SUPPRESSED)
    if estimate.n < MIN_DURATION_N:
        return Estimate(None, None, None, estimate.n, Status.SUPPRESSED)
    return estimate
