"""Many differences looked at together: how far each is from zero, and from the others."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.stats import norm, t

from analytics.stats.counts import Floats, as_vector, freeze, normal_quantile

_DRAWN_IN: Final = 0.1
"""Share of units drawn in on either side before their spread is taken, as for the limits of a
funnel (``funnel.overdispersion``): so a few that do differ do not hide themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Differences of units from the rest of them, each with its standard error.

    Attributes:
        estimate: In the unit of the measure, shape (N,).
        error: Standard errors on the side where zero lies, shape (N,); endless where an interval is
            open towards zero, so that nothing can be told.
    """

    estimate: Floats
    error: Floats

    def __post_init__(self) -> None:
        freeze(self.estimate, self.error)

    @classmethod
    def of(cls, estimate: ArrayLike, low: ArrayLike, high: ArrayLike) -> "Differences":
        """Return the differences of which these are estimates and ends of 95 % intervals.

        An interval may reach further to one side; what counts is the side of zero. Then a score
        beyond 1.96 and an interval without zero are the same statement.

        Raises:
            ValueError: If an estimate is missing, lengths differ, or one lies outside its interval.
        """
        gap = as_vector(estimate, "estimate")
        ends = [np.asarray(each, dtype=np.float64) for each in (low, high)]
        if any(each.shape != gap.shape for each in ends):
            raise ValueError("low and high must be as many as the estimates")
        if not ((ends[0] <= gap) & (gap <= ends[1])).all():
            raise ValueError("an estimate must lie within its interval")
        reach = np.where(gap > 0, gap - ends[0], ends[1] - gap)
        return cls(gap, np.where(reach > 0, reach, np.inf) / normal_quantile(0.95))

    def on_scale(self, estimate: ArrayLike) -> "Differences":
        """Return the same differences on another scale, on which each keeps its score.

        True differences of waits and rates are more even as ratios, those of shares as odds ratios.

        Args:
            estimate: The differences on that scale, of the same signs, shape (N,).

        Raises:
            ValueError: If a sign or the number differs.
        """
        gap, score = as_vector(estimate, "estimate"), self.scores()
        if gap.shape != score.shape or (gap * score < 0).any():
            raise ValueError("the differences must have the same signs on both scales")
        known = (score != 0) & (gap != 0)
        error = np.where(known, gap, 1.0) / np.where(known, score, 1.0)
        return Differences(gap, np.where(known, error, np.inf))

    def scores(self, spread: float = 0.0) -> Floats:
        """Return how many standard errors each lies from zero, shape (N,).

        Args:
            spread: Standard deviation of true differences between units, which adds to the errors.
        """
        return np.asarray(self.estimate / np.hypot(self.error, spread))


def by_chance(found: Differences) -> Floats:
    """Return how likely each difference is by chance alone, two-sided, shape (N,)."""
    return np.asarray(2 * norm.sf(np.abs(found.scores())))


def among_others(found: Differences) -> Floats:
    """Return how likely each difference is where units differ as they usually do, shape (N,).

    Units mostly differ by more than chance; their true differences are taken for draws from one
    normal distribution around zero, added to each unit's own error (the additive model of
    Spiegelhalter 2005, doi:10.1136/qshc.2005.013755). As its spread is estimated from N units,
    Student's distribution with N - 1 degrees of freedom takes the place of the normal one.

    Returns:
        Two-sided p values, never below those of ``by_chance``.

    Raises:
        ValueError: With fewer than two units.
    """
    z = found.scores(usual_spread(found))
    return np.asarray(2 * t.sf(np.abs(z), z.size - 1))


def usual_spread(found: Differences) -> float:
    """Return the standard deviation of true differences between units, 0 where chance is enough.

    It is the one at which the scores vary as standard normal ones do: the moment estimator of
    Paule & Mandel (1982, doi:10.6028/jres.087.022), with the outermost tenths drawn in on both
    sides of the equation.

    Raises:
        ValueError: With fewer than two units.
    """
    if found.estimate.size < 2:
        raise ValueError("a spread takes two units")

    def beyond(spread: float) -> float:
        return _varying(found.scores(spread)) - _KEPT

    most = float(np.abs(found.estimate).max()) / np.sqrt(_KEPT)
    if most == 0 or beyond(0.0) <= 0:
        return 0.0
    return float(brentq(beyond, 0.0, most))


def _varying(z: Floats) -> float:
    """Return the mean square of scores whose outermost shares are drawn in."""
    border = np.quantile(z, [_DRAWN_IN, 1 - _DRAWN_IN])
    return float((np.clip(z, *border) ** 2).mean())


def _of_normal() -> float:
    """Return what ``_varying`` is of a standard normal distribution."""
    border = float(norm.ppf(1 - _DRAWN_IN))
    inside = 1 - 2 * (border * float(norm.pdf(border)) + _DRAWN_IN)
    return inside + 2 * _DRAWN_IN * border**2


_KEPT: Final = _of_normal()
"""0.68: a spread that took no heed of it would be too small by a sixth."""
