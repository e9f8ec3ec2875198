"""The conditional test of an effect under bounded moves of the trend, in closed form.

Andrews, Roth & Pakes (2023), Review of Economic Studies 90, 2763-2791, with the least favourable
first stage of a tenth of the size, as in R's HonestDiD, ``method = "C-LF"``. Only the moves after
the treatment enter, as there.

The test solves a linear programme for every supposed effect. With bounds on each move it has a
closed solution: each move after the treatment has one pair of bounds, the effect fixes one
weighted sum of the moves, so the smallest violation is the largest of a few numbers that depend on
two sums of the estimates alone. No solver and no simulated critical value are needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import log_ndtr, ndtri_exp

from analytics.stats.counts import Floats
from analytics.stats.did import NoSpreadError

# Directions over which the first stage averages; the error of its critical value is below 1e-6.
_DIRECTIONS = 256
# Share of the size that the first stage spends.
_FIRST = 0.1
# Of the estimates' own errors: what is smaller stems from rounding.
_NO_ERROR = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class SupposedEffect:
    """An event study and the weighted sum of its later coefficients that is asked for.

    Attributes:
        estimates: Coefficients in order of time without the reference period, shape (N,).
        covariance: Their covariance, shape (N, N).
        n_pre: How many lie before the treatment.
        weights: Weights of the others, shape (N - n_pre,).
        size: How often the test may reject a true effect.
    """

    estimates: Floats
    covariance: Floats
    n_pre: int
    weights: Floats
    size: float

    @property
    def of_all(self) -> Floats:
        """Return the weights of all coefficients, shape (N,)."""
        return np.append(np.zeros(self.n_pre), self.weights)

    @property
    def value(self) -> float:
        """Return the estimate of the effect."""
        return float(self.of_all @ self.estimates)

    @property
    def std_error(self) -> float:
        """Return its standard error."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Case:
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
    def reach(self) -> float:
        """Return how large a gap can be without being rejected by the first stage alone."""
        above, below = 1 / self.by_gap[-2], -1 / self.by_gap[-1]
        gaps = (
            above * (self.critical - self.by_move[-2] * self.move),
            below * (self.critical - self.by_move[-1] * self.move),
        )
        return float(max(*gaps, 0.0))

    @property
    def spread(self) -> Floats:
        """Return the covariance of the statistics, shape (K, K)."""
        load = np.column_stack([self.by_move, self.by_gap])
        return np.asarray(load @ self.covariance @ load.T)


def cases(effect: SupposedEffect, m_bar: float) -> Iterator[Case]:
    """Return a case for each move before the treatment, in either direction.

    Raises:
        NoSpreadError: If a move has no standard error.
    """
    share = np.abs(np.cumsum(effect.weights[::-1])[::-1])
    sign = np.sign(np.cumsum(effect.weights[::-1])[::-1])
    least = _NO_ERROR * np.sqrt(np.trace(effect.covariance))
    for row in np.vstack([effect.moves_before, -effect.moves_before]):
        allowed = m_bar * row
        up, down = (
            _std_errors(direction * effect.moves_after - allowed, effect.covariance)
            for direction in (1, -1)
        )
        if not min(up.min(), down.min()) > least:
            raise NoSpreadError("a move has no standard error")
        # The effect must not be above, and not be below, what moves within the bounds can add.
        above = float(share @ np.where(sign >= 0, up, down))
        below = float(share @ np.where(sign >= 0, down, up))
        by_move = np.append(-2 / (up + down), [-share.sum() / above, -share.sum() / below])
        by_gap = np.append(np.zeros(up.size), [1 / above, -1 / below])
        loads = np.vstack([allowed, effect.of_all])
        covariance = loads @ effect.covariance @ loads.T
        critical = _first_stage(by_move, by_gap, covariance, _FIRST * effect.size)
        yield Case(float(allowed @ effect.estimates), by_move, by_gap, covariance, critical)


def _std_errors(rows: Floats, covariance: Floats) -> Floats:
    """Return the standard error of each weighted sum, shape (R,) for weights of shape (R, N)."""
    # A sum without error may come out below zero by rounding.
    variances = np.maximum(np.einsum("ij,jk,ik->i", rows, covariance, rows), 0.0)
    return np.asarray(np.sqrt(variances))


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


def accepted(cases: Sequence[Case], gaps: Floats, size: float) -> NDArray[np.bool_]:
    """Return for each gap between estimated and supposed effect whether any case keeps it."""
    kept = np.zeros(gaps.size, dtype=bool)
    for case in cases:
        kept |= ~_rejected(case, gaps, size)
    return kept


def _rejected(case: Case, gaps: Floats, size: float) -> NDArray[np.bool_]:
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
    second = (1 - _FIRST) * size / (1 - _FIRST * size)
    bound = np.maximum(_truncated_quantile(low / error, high / error, second), 0)
    return np.asarray((largest > case.critical) | (fixed & (largest / error > bound)))


def _truncated_quantile(low: Floats, high: Floats, size: float) -> Floats:
    """Return what a standard normal number between the bounds exceeds with ``size``."""
    upper_tail, rest = log_ndtr(-low), log_ndtr(-high)
    with np.errstate(over="ignore", invalid="ignore"):
        inside = np.log1p(-(1 - size) * -np.expm1(np.minimum(rest - upper_tail, 0)))
    return np.asarray(-ndtri_exp(upper_tail + inside))
