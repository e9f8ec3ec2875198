"""Means over units, each weighing the same, and how far two groups of units lie apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LEAST_UNITS = 2


@dataclass(frozen=True, slots=True, eq=False)
class UnitMeans:
    """The mean over units of each column, shape (Q,), NaN with fewer than two units.

    Attributes:
        mean, low, high: With the interval from the t distribution over units.
        units: How many have a value.
    """

    mean: Floats
    low: Floats
    high: Floats
    units: Ints


def unit_means(values: Floats, *, confidence: float = 0.95) -> UnitMeans:
    """Return the mean over units with its interval.

    The units are what varies, not the people in them: for a mean, the t interval over units is the
    one that leaving out one unit at a time gives.

    Args:
        values: One row a unit, shape (U, Q), NaN where missing.
        confidence: Level of the interval.
    """
    seen = np.isfinite(values)
    units = seen.sum(0)
    filled = np.where(seen, values, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(units >= _LEAST_UNITS, filled.sum(0) / units, np.nan)
        squares = (np.where(seen, values - mean, 0.0) ** 2).sum(0)
        error = np.sqrt(squares / (units - 1) / units)
    freedom = np.maximum(units - 1, 1)
    margin = stats.t.ppf(0.5 + confidence / 2, freedom) * error
    return UnitMeans(mean, mean - margin, mean + margin, units.astype(np.int64))


def pooled_spread(treated: Floats, others: Floats) -> float:
    """Return the root of the two groups' mean variance; NaN with fewer than two values in one."""
    if min(np.isfinite(treated).sum(), np.isfinite(others).sum()) < _LEAST_UNITS:
        return float("nan")
    variances = [np.nanvar(treated, ddof=1), np.nanvar(others, ddof=1)]
    return float(np.sqrt(np.mean(variances)))


def standardised_difference(treated: Floats, others: Floats, spread: float) -> float:
    """Return the difference of two means in units of ``spread``; NaN where there is none.

    The spread must be that of the groups before any matching, or a matched group would look worse
    for being more alike (Stuart 2010, doi:10.1214/09-STS313).

    Args:
        treated: One value a unit, NaN where missing.
        others: The same of the units compared with.
        spread: From ``pooled_spread``.
    """
    known = np.isfinite(treated).any() and np.isfinite(others).any()
    if not known or not spread > 0:
        return float("nan")
    return float((np.nanmean(treated) - np.nanmean(others)) / spread)
