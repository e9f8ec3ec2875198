"""The difference of two estimates: from their own intervals, or from units that both share."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import stdtr

from analytics.stats.clusters import error_of, t_quantile
from analytics.stats.counts import Floats
from analytics.stats.curves import pointwise_band

_USUAL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Bounded:
    """An estimate with its 95 % interval.

    Attributes:
        estimate, low, high: In the unit of the estimate.
        freedom: Degrees of freedom of the interval; endless where it is the normal's.
        error: Standard error of a share between 0 and 1 whose interval is symmetric in log(-log),
            else None: such an interval saturates, so its width no longer tells the error.
    """

    estimate: float
    low: float
    high: float
    freedom: float = math.inf
    error: float | None = None

    @property
    def spread(self) -> float:
        """Return the standard error, or what stands for it in the interval."""
        if self.error is not None:
            return self.error
        return (self.high - self.low) / (2 * t_quantile(self.freedom))

    def reach(self, quantile: float) -> tuple[float, float]:
        """Return how far the interval would go down and up with another quantile."""
        if self.error is not None:
            value, error = np.array([self.estimate]), np.array([self.error])
            low, high = pointwise_band(value, error, quantile, "log-log")
            return self.estimate - float(low[0]), float(high[0]) - self.estimate
        factor = quantile / t_quantile(self.freedom)
        return factor * (self.estimate - self.low), factor * (self.high - self.estimate)


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference in the unit of the two estimates, with its interval and degrees of freedom."""

    estimate: float
    low: float
    high: float
    freedom: float = math.inf

    @property
    def p_value(self) -> float:
        """Return how often a difference as large would be found where there is none.

        That of Student's t for the error that the interval tells, on the side of zero.
        """
        reach = self.estimate - self.low if self.estimate > 0 else self.high - self.estimate
        if not reach > 0:
            return 0.0 if self.estimate else 1.0
        steps = abs(self.estimate) / reach * t_quantile(self.freedom)
        return float(2 * stdtr(self.freedom, -steps))

    def among(self, comparisons: int) -> "Difference":
        """Return it with the interval that holds where so many are judged together (Bonferroni).

        All of them cover with 95 %, however they depend on each other.

        Args:
            comparisons: How many there are, this one included; at least 1.
        """
        level = 1 - (1 - _USUAL) / comparisons
        wider = t_quantile(self.freedom, level) / t_quantile(self.freedom)
        below, above = self.estimate - self.low, self.high - self.estimate
        return replace(self, low=self.estimate - wider * below, high=self.estimate + wider * above)

    @property
    def excludes_zero(self) -> bool:
        """Return whether the interval lies wholly on one side of zero."""
        return self.low > 0 or self.high < 0


def difference(first: Bounded, second: Bounded) -> Difference:
    """Return ``first - second`` of two independent estimates with its 95 % interval.

    Method of variance estimates recovery, Zou & Donner (2008), doi:10.1002/sim.3095; for two
    Wilson intervals it is method 10 of Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)
    17:8<873::AID-SIM779>3.0.CO;2-I. It keeps the asymmetry of the two intervals.

    Where intervals come from few units, as of ``stats.clusters``, both are taken at the quantile of
    Student's distribution with the degrees of freedom that they have together: those of Welch
    (1947, doi:10.1093/biomet/34.1-2.28) and Satterthwaite. For symmetric intervals the result is
    Welch's.

    Raises:
        ValueError: If a number is missing, an estimate lies outside its bounds, or there are no
            degrees of freedom.
    """
    for name, each in (("first", first), ("second", second)):
        if not each.low <= each.estimate <= each.high:
            raise ValueError(f"{name} must be an estimate within its bounds")
        if not t_quantile(each.freedom) > 0:
            raise ValueError(f"{name} needs degrees of freedom, not {each.freedom}")
    both = (first, second)
    freedom = welch_freedom([e.spread**2 for e in both], [e.freedom for e in both])
    quantile = t_quantile(freedom)
    (below, above), (under, over) = first.reach(quantile), second.reach(quantile)
    gap = first.estimate - second.estimate
    low, high = gap - math.hypot(below, over), gap + math.hypot(above, under)
    return Difference(gap, low, high, freedom)


def welch_freedom(variances: Sequence[float], freedoms: Sequence[float]) -> float:
    """Return the degrees of freedom of a sum of independent errors, Welch-Satterthwaite."""
    total = sum(variances)
    if total == 0 or min(freedoms) <= 0:
        return min(freedoms)
    parts = zip(variances, freedoms, strict=True)
    shares = sum((part / total) ** 2 / each for part, each in parts)
    return 1 / shares if shares > 0 else math.inf


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
    gap = first - second
    return Difference(gap, gap - margin, gap + margin, freedom)


def widened(estimate: Bounded, design_effect: float) -> Bounded:
    """Return an estimate with its bounds as many times further away as clustering asks for.

    Args:
        estimate: Of independent observations.
        design_effect: By how much clustering multiplies the variance, from 1 on.

    Raises:
        ValueError: If the design effect is below 1.
    """
    if not design_effect >= 1:
        raise ValueError(f"design_effect must be a number from 1 on, not {design_effect}")
    value, wider = estimate.estimate, math.sqrt(design_effect)
    low, high = value - wider * (value - estimate.low), value + wider * (estimate.high - value)
    return Bounded(value, low, high, estimate.freedom)
