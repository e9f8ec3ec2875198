"""Primary and complementary suppression of counts, shares and durations.

All functions take the parts of one total, such as the districts of the state, and say which of
them may be shown. They know arrays, not tables; ``ReleasedTable`` checks what comes out.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure.limits import MIN_COUNT, MIN_DURATION_N

Mask = NDArray[np.bool_]


def release_counts(counts: ArrayLike, *, hidden: Mask | None = None) -> Mask:
    """Return which of the parts of one total may be shown, the total being shown too.

    Counts of 1 to 4 are hidden. Where the hidden parts could be told by subtraction (a single
    one, or several that add up to less than 5), the smallest further parts are hidden with them.
    Zeros are shown: nobody stands behind them, so they neither need nor give protection.

    Args:
        counts: Shape (k,), at least 0.
        hidden: Shape (k,), parts that are hidden for another reason already.

    Returns:
        Shape (k,), True where the part may be shown.
    """
    parts = np.asarray(counts, dtype=np.int64)
    shown = ~_small(parts)
    if hidden is not None:
        shown &= ~hidden
    if not (~shown & (parts > 0)).any():
        return shown
    for part in np.argsort(parts, kind="stable"):
        concealed = parts[~shown & (parts > 0)]
        if concealed.size >= 2 and concealed.sum() >= MIN_COUNT:
            break
        if parts[part] > 0:
            shown[part] = False
    return shown


def release_shares(events: ArrayLike, trials: ArrayLike) -> Mask:
    """Return which shares ``events / trials`` of the parts of one total may be shown.

    A share beside its number of trials gives away events and non-events, so neither may be 1 to 4
    nor be told by subtraction. A share of exactly 0 or 1 is shown from 5 trials on.

    Args:
        events: Shape (k,).
        trials: Shape (k,), at least ``events``.
    """
    happened = np.asarray(events, dtype=np.int64)
    total = np.asarray(trials, dtype=np.int64)
    hidden = _small(total)
    while True:  # each round hides more or ends
        shown = (
            release_counts(happened, hidden=hidden)
            & release_counts(total - happened, hidden=hidden)
            & release_counts(total, hidden=hidden)
        )
        if (shown == ~hidden).all():
            return shown & (total > 0)
        hidden = ~shown


def release_durations(n: ArrayLike) -> Mask:
    """Return which durations or other figures of a distribution have enough people behind them.

    Args:
        n: Shape (k,), observations behind each, open ones included.
    """
    size = np.asarray(n, dtype=np.int64)
    return (size >= MIN_DURATION_N) & release_counts(size)


def _small(counts: NDArray[np.int64]) -> Mask:
    return (counts > 0) & (counts < MIN_COUNT)
