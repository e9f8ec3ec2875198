"""How alike observations of one cluster are, and what that costs in precision.

Needs of one case are dealt with by the same people on the same days. Counted as independent they
make intervals too narrow, by the design effect of Kish (1965, Survey Sampling, section 5.4).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.counts import Floats, as_vector, freeze, same_length


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """The intraclass correlation of clusters within groups, and each group's design effect.

    Attributes:
        correlation: Of two observations of one cluster, from 0 to 1, shared by all groups.
        design_effects: By how much clustering multiplies the variance of each group's mean, from 1
            on, shape (G,); 1 for a group without observations.
        together: The same for all groups together.
    """

    correlation: float
    design_effects: Floats
    together: float

    def __post_init__(self) -> None:
        freeze(self.design_effects)


def likeness(
    clusters: ArrayLike,
    observations: ArrayLike,
    observations_squares: ArrayLike,
    total: ArrayLike,
    squares: ArrayLike,
    between_squares: ArrayLike,
) -> Likeness:
    """Return how alike observations of one cluster are, from sums by group.

    The correlation is the analysis of variance estimator within groups (Donner & Klar 2000, Design
    and Analysis of Cluster Randomization Trials, section 6.2), one for all groups because a small
    group hardly tells its own; a negative one counts as none. The design effect is
    ``1 + (Σm²/Σm - 1) · correlation`` with cluster sizes m, as in Rao & Scott (1992),
    doi:10.2307/2532311.

    Args:
        clusters: Clusters of each group, shape (G,).
        observations: Observations: sum of cluster sizes m.
        observations_squares: Sum of m².
        total: Sum of the outcomes.
        squares: Sum of their squares.
        between_squares: Sum over clusters of (sum of outcomes)² / m.

    Raises:
        ValueError: On missing numbers or unequal lengths.
    """
    k = as_vector(clusters, "clusters")
    n = as_vector(observations, "observations")
    sizes = as_vector(observations_squares, "observations_squares")
    sums = as_vector(total, "total")
    within_sum = as_vector(squares, "squares")
    between_sum = as_vector(between_squares, "between_squares")
    for name, vector in (
        ("observations", n),
        ("observations_squares", sizes),
        ("total", sums),
        ("squares", within_sum),
        ("between_squares", between_sum),
    ):
        same_length(vector, name, k.size)
    some = n > 0
    safe = np.where(some, n, 1.0)
    rho = _correlation(
        float((within_sum - between_sum).sum()),
        float(n.sum() - k.sum()),
        float((between_sum - np.where(some, sums**2 / safe, 0.0)).sum()),
        float(k.sum() - some.sum()),
        float(n.sum() - np.where(some, sizes / safe, 0.0).sum()),
    )
    effects = np.where(some, 1 + (sizes / safe - 1) * rho, 1.0)
    together = 1 + (float(sizes.sum() / n.sum()) - 1) * rho if n.sum() > 0 else 1.0
    return Likeness(rho, effects, together)


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
