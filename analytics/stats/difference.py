"""The difference of two independent estimates from their own intervals."""

import math
from dataclasses import dataclass


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


def difference(first: tuple[float, float, float], second: tuple[float, float, float]) -> Difference:
    """Return ``first - second`` with an interval of the same confidence as theirs.

    Method of variance estimates recovery, Zou & Donner (2008), doi:10.1002/sim.3095; for two
    Wilson intervals it is method 10 of Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)
    17:8<873::AID-SIM779>3.0.CO;2-I. It keeps the asymmetry of the two intervals.

    Args:
        first: Estimate, lower and upper bound.
        second: The same of an independent estimate.

    Raises:
        ValueError: If a number is missing or an estimate lies outside its bounds.
    """
    for name, (estimate, low, high) in (("first", first), ("second", second)):
        if not low <= estimate <= high:
            raise ValueError(f"{name} must be an estimate within its bounds")
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    below = math.hypot(a - a_low, b_high - b)
    above = math.hypot(a_high - a, b - b_low)
    return Difference(a - b, a - b - below, a - b + above)


def widened(
    estimate: tuple[float, float, float], design_effect: float
) -> tuple[float, float, float]:
    """Return an estimate with its bounds as many times further away as clustering asks for.

    Args:
        estimate: Estimate, lower and upper bound of independent observations.
        design_effect: By how much clustering multiplies the variance, from 1 on.

    Raises:
        ValueError: If the design effect is below 1.
    """
    if not design_effect >= 1:
        raise ValueError(f"design_effect must be a number from 1 on, not {design_effect}")
    value, low, high = estimate
    wider = math.sqrt(design_effect)
    return value, value - wider * (value - low), value + wider * (high - value)
