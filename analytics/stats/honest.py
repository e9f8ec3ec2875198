"""How much the parallel trends may be violated before an effect is lost.

Rambachan & Roth (2023), doi:10.1093/restud/rdad018: differences between the groups may move from
one period to the next by at most ``m_bar`` times the largest such move before the treatment. The
interval holds all effects that the test of ``conditional_test`` does not reject.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.conditional_test import Case, SupposedEffect, accepted, cases
from analytics.stats.counts import Floats, as_vector, freeze, normal_quantile

# Values of the effect tried before the ends are refined.
_GRID = 1000
_REFINEMENTS = 30
# A violation this many times the largest one seen is no longer a question of the data.
LARGEST_MOVE: Final = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class HonestCurve:
    """Robust intervals of one effect by how much violation is allowed.

    Attributes:
        m_bars: Allowed move after the treatment, in largest moves before it, shape (M,).
        low: Lower bounds in the unit of the estimates, shape (M,).
        high: Upper bounds, shape (M,).
        breakdown: Smallest ``m_bar`` from which on the interval contains zero; 0 if it does so
            without any violation, infinite if it does not up to 20 times the largest move.
        confidence: Level of the intervals.
    """

    m_bars: Floats
    low: Floats
    high: Floats
    breakdown: float
    confidence: float

    def __post_init__(self) -> None:
        freeze(self.m_bars, self.low, self.high)


def relative_magnitudes(
    estimates: ArrayLike,
    covariance: ArrayLike,
    *,
    n_pre: int,
    weights: ArrayLike | None = None,
    m_bars: Sequence[float] = (0.5, 1.0, 1.5, 2.0),
    confidence: float = 0.95,
    grid: ArrayLike | None = None,
) -> HonestCurve:
    """Return the robust interval for each allowed violation, and the breakdown value.

    Args:
        estimates: Event-study coefficients in order of time, without the reference period,
            shape (n_pre + n_post,).
        covariance: Their covariance, shape (n_pre + n_post, n_pre + n_post).
        n_pre: How many of them lie before the treatment; at least 1. The reference period is the
            one between.
        weights: Weights of the coefficients after the treatment, shape (n_post,); None for the
            first one alone.
        m_bars: Allowed moves, in largest moves before the treatment, from 0 on.
        confidence: Level of the intervals.
        grid: Values of the effect to try, ascending, shape (G,); the ends are then two of them, as
            in the R package. None finds the ends exactly.

    Raises:
        ValueError: On shapes that do not fit, missing values, a covariance that is none, or
            numbers out of range; NoSpreadError, where the estimates move together without error.
    """
    normal_quantile(confidence)  # refuses a level outside (0, 1)
    allowed = as_vector(np.asarray(m_bars, dtype=float), "m_bars")
    if (allowed < 0).any():
        raise ValueError("m_bars must not be negative")
    effect = _checked(estimates, covariance, n_pre, weights, 1 - confidence)
    tried = None if grid is None else as_vector(grid, "grid")
    ends = [_interval(effect, float(m_bar), tried) for m_bar in allowed]
    low, high = (np.array([pair[side] for pair in ends]) for side in (0, 1))
    return HonestCurve(allowed, low, high, _breakdown(effect), confidence)


def _checked(
    estimates: ArrayLike, covariance: ArrayLike, n_pre: int, weights: ArrayLike | None, size: float
) -> SupposedEffect:
    beta = as_vector(estimates, "estimates")
    sigma = np.asarray(covariance, dtype=float)
    n_post = beta.size - n_pre
    if n_pre < 1 or n_post < 1:
        raise ValueError("there must be coefficients before and after the treatment")
    if sigma.shape != (beta.size, beta.size) or not np.isfinite(sigma).all():
        raise ValueError(f"covariance must be a full {beta.size} by {beta.size} matrix")
    if not np.allclose(sigma, sigma.T) or (np.diag(sigma) <= 0).any():
        raise ValueError("covariance must be symmetric with positive variances")
    first = np.eye(n_post)[0]
    wanted = first if weights is None else as_vector(weights, "weights")
    if wanted.size != n_post or not wanted.any():
        raise ValueError(f"weights must be {n_post} numbers that are not all zero")
    return SupposedEffect(beta, sigma, n_pre, wanted, size)


def _interval(effect: SupposedEffect, m_bar: float, tried: Floats | None) -> tuple[float, float]:
    """Return the ends of all effects that are not rejected; NaN if all are."""
    tests = tuple(cases(effect, m_bar))
    grid = _values(effect, tests) if tried is None else tried
    kept = np.flatnonzero(accepted(tests, effect.value - grid, effect.size))
    if not kept.size:
        return float("nan"), float("nan")
    first, last = int(kept[0]), int(kept[-1])
    if tried is not None:
        return float(grid[first]), float(grid[last])

    def is_kept(value: float) -> bool:
        return bool(accepted(tests, np.array([effect.value - value]), effect.size)[0])

    # The grid reaches beyond any effect that is kept, so each end has a rejected neighbour.
    return _border(is_kept, grid[first], grid[first - 1]), _border(
        is_kept, grid[last], grid[last + 1]
    )


def _values(effect: SupposedEffect, tests: Sequence[Case]) -> Floats:
    """Return the values of the effect to try first: all that may be kept, and a little more."""
    half = 1.01 * max(test.reach for test in tests)
    return np.linspace(effect.value - half, effect.value + half, _GRID)


def _border(is_kept: Callable[[float], bool], inside: float, outside: float) -> float:
    """Return the last kept value on the way from a kept to a rejected one."""
    for _ in range(_REFINEMENTS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if is_kept(middle) else (inside, middle)
    return float(inside)


def _breakdown(effect: SupposedEffect) -> float:
    """Return the smallest violation under which an effect of zero is not rejected."""

    def keeps_zero(m_bar: float) -> bool:
        tests = tuple(cases(effect, m_bar))
        return bool(accepted(tests, np.array([effect.value]), effect.size)[0])

    if keeps_zero(0.0):
        return 0.0
    outside, inside = 0.0, 0.25
    while not keeps_zero(inside):
        if inside >= LARGEST_MOVE:
            return float("inf")
        # What is kept under a violation is kept under a larger one, so the steps may grow.
        outside, inside = inside, min(2 * inside, LARGEST_MOVE)
    return _border(keeps_zero, inside, outside)
