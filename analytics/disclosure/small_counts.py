"""Primary and complementary suppression of counts, shares and durations.

All functions take the parts of one total, such as the districts of the state, and say which of
them may be shown. They know arrays, not tables; ``ReleasedTable`` checks what comes out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure.limits import MIN_COUNT, MIN_DURATION_N

Mask = NDArray[np.bool_]


def release_counts(
    counts: ArrayLike, *, hidden: Mask | None = None, groups: Sequence[str] | None = None
) -> Mask:
    """Return which of the parts of one total may be shown, the total being shown too.

    Counts of 1 to 4 are hidden. Where the hidden parts could be told by subtraction, the smallest
    further parts are hidden with them: where there is a single one, where several add up to less
    than 5, and where all are equal, because then each is their mean. Parts of the same size are
    treated alike, so that a reader who knows this rule learns nothing from the choice. Zeros are
    shown, as nobody stands behind them, and help to hide only when nothing else is left.

    If all parts are 1, not even that helps: the total of such parts must not be shown.

    Args:
        counts: Shape (k,), at least 0.
        hidden: Shape (k,), parts that are hidden for another reason already.
        groups: Shape (k,), the group of each part, where sums of groups are shown as well: within
            each, the hidden parts are protected against its sum.

    Returns:
        Shape (k,), True where the part may be shown.
    """
    parts = np.asarray(counts, dtype=np.int64)
    shown = ~_small(parts)
    if hidden is not None:
        shown &= ~hidden
    totals = [*([] if groups is None else _members(groups)), np.arange(parts.size)]
    before = -1
    while before != shown.sum():  # each round hides more or ends
        before = shown.sum()
        for members in totals:
            shown[members] = _beside_total(parts[members], shown[members])
    return shown


def _members(groups: Sequence[str]) -> list[NDArray[np.intp]]:
    _, index = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    return [np.flatnonzero(index == group) for group in range(index.max(initial=-1) + 1)]


def _beside_total(parts: NDArray[np.int64], shown: Mask) -> Mask:
    """Hide further parts until none of the hidden can be told from the sum of all."""
    shown = shown.copy()
    if not (~shown & (parts > 0)).any():
        return shown
    sizes = np.unique(parts[shown])
    for size in (*sizes[sizes > 0], 0):
        if is_ambiguous(parts[~shown]):
            break
        shown &= parts != size
    return shown


def release_shares(
    events: ArrayLike, trials: ArrayLike, *, groups: Sequence[str] | None = None
) -> Mask:
    """Return which shares ``events / trials`` of the parts of one total may be shown.

    A share beside its number of trials gives away events and non-events, so neither may be 1 to 4
    nor be told by subtraction. A share of exactly 0 or 1 is shown from 5 trials on.

    Args:
        events: Shape (k,).
        trials: Shape (k,), at least ``events``.
        groups: As of ``release_counts``.
    """
    happened = np.asarray(events, dtype=np.int64)
    total = np.asarray(trials, dtype=np.int64)
    hidden = _small(total)
    while True:  # each round hides more or ends
        shown = (
            release_counts(happened, hidden=hidden, groups=groups)
            & release_counts(total - happened, hidden=hidden, groups=groups)
            & release_counts(total, hidden=hidden, groups=groups)
        )
        if (shown == ~hidden).all():
            return shown & (total > 0)
        hidden = ~shown


def release_durations(n: ArrayLike, *, groups: Sequence[str] | None = None) -> Mask:
    """Return which durations or other figures of a distribution have enough people behind them.

    Args:
        n: Shape (k,), observations behind each, open ones included.
        groups: As of ``release_counts``.
    """
    size = np.asarray(n, dtype=np.int64)
    return (size >= MIN_DURATION_N) & release_counts(size, groups=groups)


def is_ambiguous(concealed: NDArray[np.int64]) -> bool:
    """Say whether none of the hidden parts can be told from their sum."""
    people = concealed[concealed > 0]
    if people.size < 2 or people.sum() < MIN_COUNT:
        return False
    return bool(concealed.min() < concealed.max())


def _small(counts: NDArray[np.int64]) -> Mask:
    return (counts > 0) & (counts < MIN_COUNT)
