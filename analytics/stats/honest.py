"""How much the parallel trends may be violated before an effect is lost.

Rambachan & Roth (2023), doi:10.1093/restud/rdad018: differences between the groups may move from
one period to the next by at most ``m_bar`` times the largest such move before the treatment. The
interval is that of the conditional test with least favourable first stage (Andrews, Roth & Pakes
2023, doi:10.1093/restud/rdac079), as in R's HonestDiD, ``method = "C-LF"``.

That test solves a linear programme for every value of the effect. Under this restriction the
programme has a closed solution: each move after the treatment has one pair of bounds, the effect
fixes one weighted sum of the moves, so the smallest violation is the largest of a few numbers
that depend on two sums of the estimates alone. No solver and no simulated critical value are
needed, and a curve takes milliseconds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import log_ndtr, ndtri_exp

from analytics.stats.counts import Floats, as_vector, freeze, normal_quantile

# Values of the effect tried before the ends are refined.
_GRID = 1000
# How far the grid reaches: standard errors of the effect beyond what the restriction allows.
_REACH = 20
# Directions over which the first stage averages; the error of its critical value is below 1e-6.
_DIRECTIONS = 256
_REFINEMENTS = 30


# A violation this many times the largest one seen is no longer a question of the data.
_MOST = 20.0


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


@dataclass(frozen=True, slots=True, eq=False)
class _Effect:
    """The event study and the weighted sum of its later coefficients that is asked for."""

    estimates: Floats
    covariance: Floats
    n_pre: int
    weights: Floats
    size: float

    @property
    def of_all(self) -> Floats:
        return np.append(np.zeros(self.n_pre), self.weights)

    @property
    def value(self) -> float:
        return float(self.of_all @ self.estimates)

    @property
    def std_error(self) -> float:
        return float(np.sqrt(self.of_all @ self.covariance @ self.of_all))

    @property
    def moves_before(self) -> Floats:
        """Return a row for each move before the treatment, as weights of the estimates."""
        last = np.eye(self.n_pre, len(self.estimates))
        following = np.vstack([last[1:], np.zeros(len(self.estimates))])
        return np.asarray(following - last)

    @property
    def moves_after(self) -> Floats:
        """Return a row for each move after it, the first one from the reference period."""
        period = np.eye(len(self.estimates))[self.n_pre :]
        before = np.vstack([np.zeros(len(self.estimates)), period[:-1]])
        return np.asarray(period - before)


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
            numbers out of range.
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
) -> _Effect:
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
    return _Effect(beta, sigma, n_pre, wanted, size)


def _interval(effect: _Effect, m_bar: float, tried: Floats | None) -> tuple[float, float]:
    """Return the ends of all effects that are not rejected; NaN if all are."""
    cases = tuple(_cases(effect, m_bar))
    grid = _values(effect, m_bar) if tried is None else tried
    accepted = np.flatnonzero(_accepted(cases, effect.value - grid, effect.size))
    if not accepted.size:
        return float("nan"), float("nan")
    first, last = int(accepted[0]), int(accepted[-1])
    if tried is not None:
        return float(grid[first]), float(grid[last])

    def is_kept(value: float) -> bool:
        return bool(_accepted(cases, np.array([effect.value - value]), effect.size)[0])

    # The grid reaches far beyond any effect that is kept, so each end has a rejected neighbour.
    return _border(is_kept, grid[first], grid[first - 1]), _border(
        is_kept, grid[last], grid[last + 1]
    )


def _values(effect: _Effect, m_bar: float) -> Floats:
    """Return the values of the effect to try first."""
    largest = float(np.abs(effect.moves_before @ effect.estimates).max())
    periods = np.arange(1, effect.weights.size + 1)
    half = m_bar * float(periods @ np.abs(effect.weights)) * largest + _REACH * effect.std_error
    # Noise in the moves before the treatment widens the interval too.
    noise = float(_std_errors(effect.moves_before, effect.covariance).max())
    half += _REACH * m_bar * noise * float(periods @ np.abs(effect.weights))
    return np.linspace(effect.value - half, effect.value + half, _GRID)


def _border(is_kept: Callable[[float], bool], inside: float, outside: float) -> float:
    """Return the last kept value on the way from a kept to a rejected one."""
    for _ in range(_REFINEMENTS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if is_kept(middle) else (inside, middle)
    return float(inside)


def _breakdown(effect: _Effect) -> float:
    """Return the smallest violation under which an effect of zero is not rejected."""

    def keeps_zero(m_bar: float) -> bool:
        cases = tuple(_cases(effect, m_bar))
        return bool(_accepted(cases, np.array([effect.value]), effect.size)[0])

    if keeps_zero(0.0):
        return 0.0
    outside, inside = 0.0, 0.25
    while not keeps_zero(inside):
        if inside >= _MOST:
            return float("inf")
        # What is kept under a violation is kept under a larger one, so the steps may grow.
        outside, inside = inside, min(2 * inside, _MOST)
    return _border(keeps_zero, inside, outside)


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One choice of which move before the treatment was the largest, and in which direction.

    With ``x`` the allowed move as estimated and ``c`` the estimated minus the supposed effect,
    the statistics are ``by_move * x + by_gap * c``; the test rejects if their largest is too
    large. ``covariance`` is that of (x, c).
    """

    move: float
    by_move: Floats
    by_gap: Floats
    covariance: Floats
    critical: float

    @property
    def spread(self) -> Floats:
        """Return the covariance of the statistics, shape (K, K)."""
        load = np.column_stack([self.by_move, self.by_gap])
        return np.asarray(load @ self.covariance @ load.T)


def _cases(effect: _Effect, m_bar: float) -> Iterator[_Case]:
    share = np.abs(np.cumsum(effect.weights[::-1])[::-1])
    sign = np.sign(np.cumsum(effect.weights[::-1])[::-1])
    for row in np.vstack([effect.moves_before, -effect.moves_before]):
        allowed = m_bar * row
        up, down = (
            _std_errors(direction * effect.moves_after - allowed, effect.covariance)
            for direction in (1, -1)
        )
        # The effect must not be above, and not be below, what moves within the bounds can add.
        above = float(share @ np.where(sign >= 0, up, down))
        below = float(share @ np.where(sign >= 0, down, up))
        by_move = np.append(-2 / (up + down), [-share.sum() / above, -share.sum() / below])
        by_gap = np.append(np.zeros(up.size), [1 / above, -1 / below])
        loads = np.vstack([allowed, effect.of_all])
        covariance = loads @ effect.covariance @ loads.T
        critical = _first_stage(by_move, by_gap, covariance, effect.size / 10)
        yield _Case(float(allowed @ effect.estimates), by_move, by_gap, covariance, critical)


def _std_errors(rows: Floats, covariance: Floats) -> Floats:
    return np.asarray(np.sqrt(np.einsum("ij,jk,ik->i", rows, covariance, rows)))


def _first_stage(by_move: Floats, by_gap: Floats, covariance: Floats, size: float) -> float:
    """Return what the largest statistic exceeds with probability ``size`` if all means are 0.

    The statistics are linear in two normal numbers. In polar form the radius is independent of
    the direction and Rayleigh distributed, so only the direction is left to average over.
    """
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    angle = (np.arange(_DIRECTIONS) + 0.5) * (2 * np.pi / _DIRECTIONS)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    largest = (np.column_stack([by_move, by_gap]) @ root @ circle.T).max(axis=0)
    height = largest[largest > 0]

    def excess(bound: float) -> float:
        return float(np.exp(-0.5 * (bound / height) ** 2).sum() / _DIRECTIONS - size)

    return float(brentq(excess, 0.0, 10 * height.max()))


def _accepted(cases: Sequence[_Case], gaps: Floats, size: float) -> np.ndarray:
    """Return for each gap between estimated and supposed effect whether any case keeps it."""
    kept = np.zeros(gaps.size, dtype=bool)
    for case in cases:
        kept |= ~_rejected(case, gaps, size)
    return kept


def _rejected(case: _Case, gaps: Floats, size: float) -> np.ndarray:
    """Return whether the conditional test rejects, for each gap.

    Given which statistic is largest, it is normal between bounds set by the others.
    """
    statistics = np.outer(gaps, case.by_gap) + case.by_move * case.move
    winner = statistics.argmax(axis=1)
    largest = statistics[np.arange(gaps.size), winner]
    spread = case.spread
    variance = np.diag(spread)[winner]
    fixed = variance > 1e-14 * np.diag(spread).max()
    scale = np.where(fixed, variance, 1.0)
    slope = spread[winner] / scale[:, None]
    rest = statistics - slope * largest[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        turning = rest / (1 - slope)
    low = np.where(slope < 1 - 1e-12, turning, -np.inf).max(axis=1)
    high = np.where(slope > 1 + 1e-12, turning, np.inf).min(axis=1)
    high = np.minimum(high, case.critical)
    error = np.sqrt(scale)
    second = (size - size / 10) / (1 - size / 10)
    bound = np.maximum(_truncated_quantile(low / error, high / error, second), 0)
    return np.asarray((largest > case.critical) | (fixed & (largest / error > bound)))


def _truncated_quantile(low: Floats, high: Floats, size: float) -> Floats:
    """Return what a standard normal number between the bounds exceeds with ``size``."""
    upper_tail, rest = log_ndtr(-low), log_ndtr(-high)
    with np.errstate(over="ignore", invalid="ignore"):
        inside = np.log1p(-(1 - size) * -np.expm1(np.minimum(rest - upper_tail, 0)))
    return np.asarray(-ndtri_exp(upper_tail + inside))
