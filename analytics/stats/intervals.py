"""Intervals for shares, counts and medians that need no model of time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, bdtrik, gammainccinv, gammaincinv

from analytics.domain.estimates import Status
from analytics.stats.counts import Floats, as_counts, as_vector, as_whole, freeze, normal_quantile

# From this count on the bounds of Byar's approximation are within 2 % of the exact ones.
_BYAR_FROM = 10


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Estimates with bounds; arrays of the broadcast input's shape, NaN where no data.

    Scalars in give zero-dimensional arrays out, which ``float`` takes.
    """

    estimate: Floats
    low: Floats
    high: Floats
    confidence: float

    def __post_init__(self) -> None:
        freeze(self.estimate, self.low, self.high)


@dataclass(frozen=True, slots=True)
class MedianEstimate:
    """A sample median with its interval.

    ``estimate`` is None without data (``NO_DATA``); ``low`` and ``high`` are None when there are
    too few values for the level asked for.
    """

    estimate: float | None
    low: float | None
    high: float | None
    n: int
    status: Status


def wilson(events: ArrayLike, trials: ArrayLike, confidence: float = 0.95) -> Intervals:
    """Return the share of ``events`` among ``trials`` with Wilson's score interval.

    Wilson (1927), doi:10.1080/01621459.1927.10502953, without continuity correction. No trials
    give NaN: no data, not zero.

    Args:
        events: Whole numbers from 0 on, any shape.
        trials: Whole numbers from 0 on, not below ``events``, broadcast against them.
        confidence: Level of the interval.

    Raises:
        ValueError: On missing, negative or fractional numbers, shapes that do not fit, events
            above trials, or a ``confidence`` outside (0, 1).
    """
    z = normal_quantile(confidence)
    hits, n = _whole_pair(events, trials)
    if (hits > n).any():
        raise ValueError("events must not exceed trials")
    n = np.where(n > 0, n, np.nan)
    share = np.asarray(hits / n)
    scale = 1 + z**2 / n
    centre = (share + z**2 / (2 * n)) / scale
    margin = z / scale * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At the ends the bound is exact; rounding would leave it a hair beside 0 or 1.
    low = np.where(share == 0, 0.0, centre - margin)
    high = np.where(share == 1, 1.0, centre + margin)
    return Intervals(share, low, high, confidence)


def poisson(events: ArrayLike, confidence: float = 0.95) -> Intervals:
    """Return the interval for the expected number behind a count of independent events.

    Exact below 10 (Garwood 1936, doi:10.1093/biomet/28.3-4.437), Byar's approximation from 10
    on (Breslow & Day 1987, Statistical Methods in Cancer Research II, p. 69). Divide all three
    by the population for a rate.

    Args:
        events: Whole numbers from 0 on, any shape.
        confidence: Level of the interval.

    Raises:
        ValueError: On missing, negative or fractional numbers, or a ``confidence`` outside
            (0, 1).
    """
    z = normal_quantile(confidence)
    count = _whole(events, "events")
    tail = (1 - confidence) / 2
    few = count < _BYAR_FROM
    some = np.maximum(count, 1)  # keeps the formulas defined; zero has its own lower bound
    exact_low = np.where(count > 0, gammaincinv(some, tail), 0.0)
    exact_high = gammainccinv(count + 1, tail)
    low = np.where(few, exact_low, _byar(some, -z))
    high = np.where(few, exact_high, _byar(count + 1, z))
    return Intervals(count, low, high, confidence)


def median_of_counts(
    values: ArrayLike, counts: ArrayLike | None = None, confidence: float = 0.95
) -> MedianEstimate:
    """Return the median of fully observed values, with the interval from order statistics.

    The interval runs from the r-th smallest to the r-th largest value, r the largest rank for
    which a fair coin's tail stays within the level (Thompson 1936; Conover 1999, section 3.2);
    it assumes no distribution and, with ties, covers at least the level.

    Args:
        values: Numbers, shape (N,).
        counts: Rows each entry stands for, whole numbers, shape (N,); None for one each.
        confidence: Level of the interval.

    Raises:
        ValueError: On unequal lengths, missing values, negative or fractional counts, or a
            ``confidence`` outside (0, 1).
    """
    normal_quantile(confidence)  # refuses a level outside (0, 1)
    numbers = as_vector(values, "values")
    weights = as_counts(counts, numbers.size)
    order = np.argsort(numbers, kind="stable")
    numbers, upto = numbers[order], np.cumsum(weights[order])
    n = int(upto[-1]) if upto.size else 0
    if n == 0:
        return MedianEstimate(None, None, None, 0, Status.NO_DATA)

    def ranked(rank: int) -> float:
        return float(numbers[np.searchsorted(upto, rank, side="left")])

    middle = (ranked((n + 1) // 2) + ranked(n // 2 + 1)) / 2
    rank = _binomial_quantile((1 - confidence) / 2, n)
    if rank == 0:
        return MedianEstimate(middle, None, None, n, Status.SHOWN)
    return MedianEstimate(middle, ranked(rank), ranked(n + 1 - rank), n, Status.SHOWN)


def _binomial_quantile(probability: float, trials: int) -> int:
    """Return the smallest number of heads in fair tosses with at least this cumulative share."""
    heads = max(int(np.ceil(bdtrik(probability, trials, 0.5))), 0)
    # The inverse is rounded: it may come out one too high.
    return heads - 1 if heads > 0 and bdtr(heads - 1, trials, 0.5) >= probability else heads


def _byar(count: Floats, z: float) -> Floats:
    return count * (1 - 1 / (9 * count) + z / (3 * np.sqrt(count))) ** 3


def _whole(values: ArrayLike, name: str) -> Floats:
    """Return ``values`` of any shape as checked whole numbers."""
    shape = np.shape(values)
    return as_whole(as_vector(np.ravel(values), name), name).reshape(shape).copy()


def _whole_pair(events: ArrayLike, trials: ArrayLike) -> tuple[Floats, Floats]:
    hits, n = _whole(events, "events"), _whole(trials, "trials")
    try:
        hits, n = np.broadcast_arrays(hits, n)
    except ValueError as error:
        raise ValueError(f"events {hits.shape} and trials {n.shape} do not fit") from error
    return hits, n
