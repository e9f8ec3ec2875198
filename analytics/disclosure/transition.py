"""How the perturbation table of the cell-key method is made.

A count is shown with a small random change. Each row of the table says how likely each change is
for one true count: no change beyond a largest one, no expected change, a given variance, nothing
shown below a smallest figure but zero; and among all rows that keep this, the one of largest
entropy (Fraser & Wooton 2005; Giessing 2016, doi:10.1007/978-3-319-45381-1_18). The dashboard does
not compute the table but reads the one in ``data/reference``, so that every machine shows the same.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root
from scipy.special import softmax

from analytics.stats.counts import freeze

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DEVIATION: Final = 3
"""No count is changed by more."""

VARIANCE: Final = 2.0
"""Of the change, for every count from 1 on. It is the smallest at which counts of 1 and of 2 can
be changed without bias: any less, and their rows would vary more than all others."""

SMALLEST: Final = 3
"""The smallest figure shown above zero."""

KEY_RANGE: Final = 2**32
"""Keys lie in 0 to this, exclusive."""

# Far below a step of the thresholds, which is 2.3e-10.
_TOLERANCE = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class TransitionRow:
    """How one true count is changed.

    Attributes:
        changes: Possible changes, ascending, int, shape (m,).
        probabilities: Of these changes, adding up to 1, float, shape (m,).
    """

    changes: Ints
    probabilities: Floats

    def __post_init__(self) -> None:
        freeze(self.changes, self.probabilities)


def transition_row(
    count: int,
    deviation: int = DEVIATION,
    variance: float = VARIANCE,
    smallest: int = SMALLEST,
) -> TransitionRow:
    """Return how likely each change of ``count`` is.

    A row of given mean and variance has the largest entropy where the logarithms of its
    probabilities are a quadratic function of the change; its two coefficients are solved for. At
    the smallest variance that the allowed changes leave, only the two next to 0 are possible, at
    the largest only the two outermost. A variance below or above these is replaced by them.

    Args:
        count: The true count, at least 0. Zero stays zero.
        deviation: Largest change.
        variance: Wanted variance of the change.
        smallest: Smallest figure shown above zero.

    Raises:
        ValueError: On numbers out of range, or if no unbiased change is possible.
    """
    if count < 0 or deviation < 1 or variance < 0 or smallest < 1:
        raise ValueError("count and variance must not be negative, the other two at least 1")
    changes = _allowed(count, deviation, smallest)
    down, up = changes[changes < 0], changes[changes > 0]
    if not (down.size and up.size):
        if 0 in changes:
            return _unchanged()
        raise ValueError(f"{count} cannot be changed without bias")
    # The variance of two changes with mean 0 is the product of their sizes.
    least = 0 if 0 in changes else -down[-1] * up[0]
    if variance <= least:
        return _pair(down[-1], up[0]) if least else _unchanged()
    if variance >= -down[0] * up[-1]:
        return _pair(down[0], up[-1])
    return TransitionRow(changes, _widest(changes, variance))


def stationary_from(deviation: int = DEVIATION, smallest: int = SMALLEST) -> int:
    """Return the count from which on all rows are equal: nothing they reach is forbidden."""
    return deviation + (smallest if smallest > 1 else 0)


def table_lines() -> list[str]:
    """Return the table as lines of CSV: count, change, probability, and the threshold of keys.

    A cell with this count (the last one stands for all larger) is changed by ``change`` if its key
    lies below ``below`` and not below that of the line before. The changes ascend along the keys,
    as in the literature: any order gives the same probabilities, but with this one a figure never
    falls when only its key rises, which makes a table easy to check by eye and against others.
    """
    lines = ["count,change,below,probability"]
    for count in range(stationary_from() + 1):
        row = transition_row(count)
        below = np.rint(np.cumsum(row.probabilities) * KEY_RANGE).astype(np.int64)
        below[-1] = KEY_RANGE  # whatever the sum is rounded to, every key has a change
        for change, limit, chance in zip(row.changes, below, row.probabilities, strict=True):
            lines.append(f"{count},{change},{limit},{chance:.12f}")
    return lines


def _allowed(count: int, deviation: int, smallest: int) -> Ints:
    targets = np.arange(max(count - deviation, 0), count + deviation + 1, dtype=np.int64)
    shown = (targets == 0) | (targets >= smallest)
    return targets[shown] - count if count else targets[:1]


def _widest(changes: Ints, variance: float) -> Floats:
    """Return the probabilities of largest entropy with mean 0 and this variance, shape (m,)."""
    powers = np.stack([changes, changes**2]).astype(np.float64)
    wanted = np.array([0.0, variance])

    def missed(slopes: Floats) -> tuple[Floats, Floats]:
        chances = softmax(slopes @ powers)
        means = powers @ chances
        return means - wanted, (powers * chances) @ powers.T - np.outer(means, means)

    found = root(missed, np.zeros(2), jac=True, tol=_TOLERANCE)
    chances = np.asarray(softmax(found.x @ powers), dtype=np.float64)
    if np.abs(powers @ chances - wanted).max() > 1e-10:
        raise ValueError(f"no row of variance {variance} was found for changes {changes}")
    return chances


def _unchanged() -> TransitionRow:
    return TransitionRow(np.zeros(1, dtype=np.int64), np.ones(1))


def _pair(down: np.int64, up: np.int64) -> TransitionRow:
    changes = np.array([down, up], dtype=np.int64)
    return TransitionRow(changes, np.abs(changes[::-1]) / (up - down))
