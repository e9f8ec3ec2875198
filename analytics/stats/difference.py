"""The difference of two estimates: from their own intervals, or from units that both share."""

import math
from dataclasses import dataclass

from analytics.stats.clusters import error_of, t_quantile
from analytics.stats.counts import Floats

Bounded = tuple[float, float, float]
"""An estimate, its lower and its upper bound."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference in the unit of the two estimates, with its interval."""

    estimate: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Return whether the interval lies wholly on one side of zero."""
        return self.low > 0 or self.high < 0


def difference(
    first: Bounded, second: Bounded, freedom: tuple[float, float] = (math.inf, math.inf)
) -> Difference:
    """Return ``first - second`` with an interval of the same confidence as theirs, 95 %.

    Method of variance estimates recovery, Zou & Donner (2008), doi:10.1002/sim.3095; for two
    Wilson intervals it is method 10 of Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)
    17:8<873::AID-SIM779>3.0.CO;2-I. It keeps the asymmetry of the two intervals.

    Intervals from few units, as of ``stats.clusters``, are wider by Student's quantiles. The
    difference has the degrees of freedom of both together: those of Welch (1947,
    doi:10.1093/biomet/34.1-2.28) and Satterthwaite, on either side from the errors that the bounds
    of this side stand for. For symmetric intervals it is Welch's interval.

    Args:
        first: Estimate, lower and upper bound.
        second: The same of an independent estimate.
        freedom: Degrees of freedom of both intervals; endless where they are the normal's.

    Raises:
        ValueError: If a number is missing, an estimate lies outside its bounds, or there are no
            degrees of freedom.
    """
    for name, (estimate, low, high) in (("first", first), ("second", second)):
        if not low <= estimate <= high:
            raise ValueError(f"{name} must be an estimate within its bounds")
    if min(freedom) <= 0:
        raise ValueError(f"intervals need degrees of freedom, not {freedom}")
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    below = _welch((a - a_low, b_high - b), freedom)
    above = _welch((a_high - a, b - b_low), freedom)
    return Difference(a - b, a - b - below, a - b + above)


def paired_difference(
    first: float, second: float, influence: Floats, freedom: float
) -> Difference | None:
    """Return ``first - second`` of the same units, None with fewer than two or without an error.

    Args:
        first: An estimate over all units.
        second: The same at another time.
        influence: What each unit adds to the error of the difference, shape (U,), as
            ``clusters.jackknife`` returns it.
        freedom: Degrees of freedom of the units.
    """
    margin = t_quantile(freedom) * float(error_of(influence))
    if not math.isfinite(margin):
        return None
    return Difference(first - second, first - second - margin, first - second + margin)


def _welch(halves: tuple[float, float], freedom: tuple[float, float]) -> float:
    """Return half the width of a difference from those of its parts, each at its own quantile."""
    pairs = list(zip(halves, freedom, strict=True))
    variances = [(half / t_quantile(each)) ** 2 for half, each in pairs]
    total = sum(variances)
    if total == 0:
        return 0.0
    shares = [(part / total) ** 2 / each for part, each in zip(variances, freedom, strict=True)]
    together = 1 / sum(shares) if sum(shares) > 0 else math.inf
    return t_quantile(together) * math.sqrt(total)
