"""How alike observations of one cluster are, and what that costs in precision.

Needs of one case are dealt with by the same people on the same days. Counted as independent they
make intervals too narrow, by the design effect of Kish (1965, Survey Sampling, section 5.4).
"""

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.counts import Floats, as_vector, same_length


def intraclass_correlation(
    clusters: ArrayLike,
    observations: ArrayLike,
    observations_squares: ArrayLike,
    total: ArrayLike,
    squares: ArrayLike,
    between_squares: ArrayLike,
) -> float:
    """Return how alike two observations of one cluster are within their group, from 0 to 1.

    The analysis of variance estimator within groups (Donner & Klar 2000, Design and Analysis of
    Cluster Randomization Trials, section 6.2), from sums by group and one for all groups, because a
    small group hardly tells its own. A negative one counts as none.

    Args:
        clusters: Clusters of each group, shape (G,).
        observations: Observations: the sum of cluster sizes m.
        observations_squares: The sum of m².
        total: The sum of the outcomes.
        squares: The sum of their squares.
        between_squares: The sum over clusters of (sum of outcomes)² / m.

    Raises:
        ValueError: On missing numbers or unequal lengths.
    """
    k = as_vector(clusters, "clusters")
    n, sizes, sums, square, between = (
        _like(k, vector, name)
        for vector, name in (
            (observations, "observations"),
            (observations_squares, "observations_squares"),
            (total, "total"),
            (squares, "squares"),
            (between_squares, "between_squares"),
        )
    )
    some = n > 0
    safe = np.where(some, n, 1.0)
    return _correlation(
        float((square - between).sum()),
        float(n.sum() - k.sum()),
        float((between - sums**2 / safe)[some].sum()),
        float(k.sum() - some.sum()),
        float(n.sum() - (sizes / safe)[some].sum()),
    )


def design_effects(
    correlation: float, observations: ArrayLike, observations_squares: ArrayLike
) -> Floats:
    """Return by how much clustering multiplies the variance of each group's figure, shape (G,).

    ``1 + (Σm²/Σm - 1) · correlation`` with cluster sizes m, as in Rao & Scott (1992),
    doi:10.2307/2532311; 1 for a group without observations.

    Args:
        correlation: Of two observations of one cluster, from 0 to 1.
        observations: Observations that each group's figure rests on, shape (G,).
        observations_squares: The sum of m².

    Raises:
        ValueError: On missing numbers, unequal lengths or a correlation out of range.
    """
    if not 0 <= correlation <= 1:
        raise ValueError(f"correlation must lie from 0 to 1, not {correlation}")
    n = as_vector(observations, "observations")
    sizes = _like(n, observations_squares, "observations_squares")
    mean = np.where(n > 0, sizes / np.where(n > 0, n, 1.0), 1.0)
    return np.asarray(1 + (mean - 1) * correlation)


def _like(first: Floats, values: ArrayLike, name: str) -> Floats:
    vector = as_vector(values, name)
    same_length(vector, name, first.size)
    return vector


def _correlation(
    within: float, within_freedom: float, between: float, between_freedom: float, spread: float
) -> float:
    """Return the correlation from sums of squares; 0 where nothing varies or nobody has two."""
    if within_freedom <= 0 or between_freedom <= 0:
        return 0.0
    mean_within, mean_between = within / within_freedom, between / between_freedom
    size = spread / between_freedom
    whole = mean_between + (size - 1) * mean_within
    if whole <= 0:
        return 0.0
    return float(np.clip((mean_between - mean_within) / whole, 0.0, 1.0))
