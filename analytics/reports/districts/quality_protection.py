"""What of a table of districts by quarters may be shown beside the sums of both."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure import (
    Mask,
    release_counts,
    release_durations,
    release_nested,
    release_shares,
)
from analytics.domain.areas import registry


def shares_shown(counted: pd.DataFrame, events: ArrayLike, trials: ArrayLike) -> Mask:
    """Return which rows of ``district, quarter`` may show their share of events."""
    happened, total = np.asarray(events), np.asarray(trials)
    shown = release_nested(
        release_shares, counted["district"], happened, total, group_of=registry().group_of
    )
    return _both_ways(counted, shown, happened, total - happened, total) & (total > 0)


def durations_shown(counted: pd.DataFrame, n: ArrayLike) -> Mask:
    """Return which rows of ``district, quarter`` may show a duration of ``n`` observations."""
    size = np.asarray(n)
    shown = release_nested(
        release_durations, counted["district"], size, group_of=registry().group_of
    )
    return _both_ways(counted, shown, size)


def _both_ways(counted: pd.DataFrame, shown: Mask, *counts: NDArray[np.int64]) -> Mask:
    """Hide further rows until what one direction hides is not told in the other."""
    hidden = ~shown
    lines = [
        rows for by in ("district", "quarter") for rows in counted.groupby(by).indices.values()
    ]
    before = -1
    while before != hidden.sum():  # each round hides more or ends
        before = hidden.sum()
        for rows in lines:
            for count in counts:
                hidden[rows] |= ~release_counts(count[rows], hidden=hidden[rows])
    return ~hidden
