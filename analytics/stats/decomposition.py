"""What parts of a whole contribute to the difference between two means; the parts add up.

Kitagawa (1955), doi:10.1080/01621459.1955.10501299: a mean differs because the same kind of need
takes longer (*within*) and because there are more needs of kinds that take long anyway (*mix*).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.counts import Floats, as_vector, as_whole, freeze, normal_quantile


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """What a sample of measured observations holds, by part: shape (K,) each.

    Attributes:
        n: Observations of the part; a part may have none.
        total: Sum of their values.
        squares: Sum of the squares of their values.
    """

    n: Floats
    total: Floats
    squares: Floats

    def __post_init__(self) -> None:
        freeze(self.n, self.total, self.squares)

    @property
    def size(self) -> float:
        """Return the number of observations of all parts."""
        return float(self.n.sum())

    @property
    def mean(self) -> float:
        """Return the mean of all observations."""
        return float(self.total.sum() / self.n.sum())

    @property
    def means(self) -> Floats:
        """Return the mean of each part, shape (K,); NaN where it has no observations."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.total / np.where(self.n > 0, self.n, np.nan))


def moments(n: ArrayLike, total: ArrayLike, squares: ArrayLike) -> Moments:
    """Return the moments of a sample by part.

    Raises:
        ValueError: On missing or fractional counts, unequal lengths, a sample without
            observations, or squares that no values with these sums can have.
    """
    counts = as_whole(as_vector(n, "n"), "n")
    sums, second = as_vector(total, "total"), as_vector(squares, "squares")
    if not counts.size == sums.size == second.size:
        raise ValueError("n, total and squares must have the same length")
    if (counts < 0).any() or not counts.sum():
        raise ValueError("a sample must have observations, and no part fewer than none")
    if (sums**2 > counts * second * (1 + 1e-9) + 1e-9).any():
        raise ValueError("squares are too small for these sums")
    return Moments(counts, sums, second)


@dataclass(frozen=True, slots=True, eq=False)
class Decomposition:
    """The difference of two means and what each part contributes to it.

    Attributes:
        total: First mean minus the second.
        total_low: Lower bound of its interval.
        total_high: Upper bound.
        value: Contribution of each part, shape (K,); they sum to ``total``.
        low: Lower bounds, shape (K,).
        high: Upper bounds, shape (K,).
        within: Of each contribution, what comes from another mean in the part, shape (K,).
        mix: Of each contribution, what comes from another share of the part, shape (K,).
    """

    total: float
    total_low: float
    total_high: float
    value: Floats
    low: Floats
    high: Floats
    within: Floats
    mix: Floats

    def __post_init__(self) -> None:
        freeze(self.value, self.low, self.high, self.within, self.mix)


def decompose(first: Moments, second: Moments, *, confidence: float = 0.95) -> Decomposition:
    """Return what each part contributes to the difference of the two means.

    A part's contribution is its needs' excess over the middle of both means, per need of all parts,
    in the first sample minus the same in the second. *Within* is the difference of the part's means
    at the mean of its shares; *mix* the difference of its shares, valued at how far the part's mean
    lies from the middle of both means. A part that one sample lacks has no difference within.
    Intervals are normal (delta method), with observations independent.

    Args:
        first: The sample that is explained, K parts.
        second: What it is compared with, the same K parts.
        confidence: Of the intervals.

    Raises:
        ValueError: If the samples have different numbers of parts.
    """
    if first.n.size != second.n.size:
        raise ValueError("both samples must have the same parts")
    z = normal_quantile(confidence)
    middle = (first.mean + second.mean) / 2
    value = _excess(first, middle) - _excess(second, middle)
    shares = first.n / first.size, second.n / second.size
    tilt = (shares[0] - shares[1]) / 2
    error = np.sqrt(_variance(first, middle, -tilt) + _variance(second, middle, tilt))
    gap = first.means - second.means
    within = np.where(np.isnan(gap), 0.0, gap) * (shares[0] + shares[1]) / 2
    total = first.mean - second.mean
    reach = z * float(np.sqrt(_variance_of_mean(first) + _variance_of_mean(second)))
    return Decomposition(
        total=total,
        total_low=total - reach,
        total_high=total + reach,
        value=value,
        low=value - z * error,
        high=value + z * error,
        within=within,
        mix=value - within,
    )


def _excess(sample: Moments, middle: float) -> Floats:
    """Return per part the mean over all observations of the excess that is the part's."""
    return np.asarray((sample.total - middle * sample.n) / sample.size)


def _variance(sample: Moments, middle: float, tilt: Floats) -> Floats:
    """Return the variance of the mean of ``(y - middle) 1[part] + tilt y``, shape (K,).

    The second term is how the middle of both means, estimated from the same data, moves along.
    """
    second = (
        sample.squares - 2 * middle * sample.total + middle**2 * sample.n
        + 2 * tilt * (sample.squares - middle * sample.total)
        + tilt**2 * sample.squares.sum()
    )  # fmt: skip
    spread = second / sample.size - (_excess(sample, middle) + tilt * sample.mean) ** 2
    return np.asarray(np.maximum(spread, 0.0) / sample.size)


def _variance_of_mean(sample: Moments) -> float:
    spread = sample.squares.sum() / sample.size - sample.mean**2
    return float(max(spread, 0.0) / sample.size)
