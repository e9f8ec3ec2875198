"""Whether two groups of units drift apart: one straight line for each unit."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.stats.did import NoComparisonError
from analytics.stats.panel_input import check_clusters, check_confidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_LEAST_POINTS: Final = 4
_LEAST_CLUSTERS: Final = 3


@dataclass(frozen=True, slots=True)
class SlopeDifference:
    """How much faster one group of units rises than the other.

    Attributes:
        estimate, error, low, high: In the outcome's unit per column of the panel.
        freedom: Degrees of freedom, Welch.
        p: That the groups rise alike, two-sided, one degree of freedom.
    """

    estimate: float
    error: float
    low: float
    high: float
    freedom: float
    p: float


def slope_difference(
    values: Floats, is_in: Mask, clusters: Ints, *, confidence: float = 0.95
) -> SlopeDifference:
    """Compare the mean slopes of two groups of units, one least-squares line a unit.

    A test of all periods before a start at once spreads its power over every shape a difference may
    have; a drift has one shape, and one degree of freedom finds it more often (Roth 2022,
    doi:10.1257/aeri.20210236).

    Args:
        values: Outcome by unit and period, shape (U, Q), NaN where missing. A unit with fewer than
            four values has no slope.
        is_in: Units of the first group, shape (U,).
        clusters: Number of each unit's cluster, shape (U,); slopes are averaged within it.
        confidence: Of the interval.

    Raises:
        NoComparisonError: With fewer than three clusters with a slope in a group, or slopes that
            are all the same.
        ValueError: On shapes that do not fit or numbers out of range.
    """
    if values.ndim != 2 or is_in.shape != (len(values),):
        raise ValueError(f"values have shape {values.shape}, is_in has {is_in.shape}")
    check_clusters(clusters, len(values))
    check_confidence(confidence)
    slopes = _slopes(values)
    first = _by_cluster(slopes, is_in, clusters)
    second = _by_cluster(slopes, ~is_in, clusters)
    if min(len(first), len(second)) < _LEAST_CLUSTERS:
        raise NoComparisonError("a slope needs three clusters with four periods in each group")
    if not (np.ptp(first) > 0 or np.ptp(second) > 0):
        raise NoComparisonError("the slopes do not vary")
    found = stats.ttest_ind(first, second, equal_var=False)
    interval = found.confidence_interval(confidence)
    estimate = float(first.mean() - second.mean())
    return SlopeDifference(
        estimate=estimate,
        error=_error(first, second),
        low=float(interval.low),
        high=float(interval.high),
        freedom=float(found.df),
        p=float(found.pvalue),
    )


def _slopes(values: Floats) -> Floats:
    """Return each unit's least-squares slope over its known periods, NaN with fewer than four."""
    seen = np.isfinite(values)
    count = seen.sum(1)
    time = np.where(seen, np.arange(values.shape[1])[None, :], 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        centred = np.where(seen, time - (time.sum(1) / count)[:, None], 0.0)
        filled = np.where(seen, values, 0.0)
        slopes = (centred * filled).sum(1) / (centred**2).sum(1)
    return np.where(count >= _LEAST_POINTS, slopes, np.nan)


def _by_cluster(slopes: Floats, is_in: Mask, clusters: Ints) -> Floats:
    known = is_in & np.isfinite(slopes)
    size = int(clusters.max()) + 1
    counts = np.bincount(clusters[known], minlength=size)
    sums = np.bincount(clusters[known], slopes[known], size)
    return np.asarray(sums[counts > 0] / counts[counts > 0], dtype=np.float64)


def _error(first: Floats, second: Floats) -> float:
    variances = (group.var(ddof=1) / len(group) for group in (first, second))
    return float(np.sqrt(sum(variances)))
