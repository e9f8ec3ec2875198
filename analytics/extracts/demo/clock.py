"""The latent referral clock: a log-normal baseline, everything else multiplies its hazard.

A need with log hazard ``eta`` is still waiting after ``t`` days with probability
``S0(t) ** exp(eta)``, ``S0`` the survival function of a log-normal time (median ``MEDIAN_DAYS``,
sigma ``SIGMA``). Days are whole: a referral after ``t`` days falls on day ``floor(t)``. Another end
comes at a constant rate for every need, whatever its ``eta``: so censoring at other ends tells
nothing about the referral time, and the Kaplan-Meier curve of any mixture of needs estimates the
mixture of their latent curves.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr, ndtri_exp

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

MEDIAN_DAYS: Final = 45.0
SIGMA: Final = 1.0
OTHER_END_RATE: Final = 0.0023
"""Other ends per day and need; the same for all needs, before and after a referral."""

LONGEST_DAYS: Final = 100_000.0
"""A cap beyond every data cut that keeps days within 32 bits."""

_MEAN_GRID_DAYS: Final = np.geomspace(0.05, 50_000.0, 4_000)


def latent_days(generator: np.random.Generator, eta: Floats) -> Floats:
    """Draw one referral time in days for each log hazard ``eta``, shape ``(n,)``."""
    log_survival = -generator.exponential(size=eta.shape) * np.exp(-eta)
    days = MEDIAN_DAYS * np.exp(-SIGMA * ndtri_exp(log_survival))
    return np.asarray(np.minimum(days, LONGEST_DAYS), dtype=np.float64)


def same_place(days: Ints, eta: Floats, other: Floats) -> Floats:
    """Return when needs would be referred with another log hazard, at the same place of its curve.

    ``days`` are whole; the middle of the day stands for the time that was rounded down.
    """
    log_survival = log_ndtr(-np.log((days + 0.5) / MEDIAN_DAYS) / SIGMA) * np.exp(eta - other)
    moved = MEDIAN_DAYS * np.exp(-SIGMA * ndtri_exp(log_survival))
    return np.asarray(np.minimum(moved, LONGEST_DAYS), dtype=np.float64)


def other_end_days(generator: np.random.Generator, size: int) -> Floats:
    """Draw the time until another end in days, shape ``(size,)``."""
    return np.minimum(generator.exponential(1 / OTHER_END_RATE, size), LONGEST_DAYS)


def survival(days: Floats, eta: Floats) -> Floats:
    """Return the probability of waiting longer than ``days``, shapes broadcast together."""
    with np.errstate(divide="ignore"):
        z = -np.log(days / MEDIAN_DAYS) / SIGMA
    return np.asarray(np.exp(log_ndtr(z) * np.exp(eta)), dtype=np.float64)


def other_end_survival(days: Floats) -> Floats:
    """Return the probability that no other end has come before day ``days``."""
    return np.asarray(np.exp(-OTHER_END_RATE * days), dtype=np.float64)


def log_hazard_of_median(days: float) -> float:
    """Return the log hazard whose median referral time is ``days``."""
    cumulative = -float(log_ndtr(-np.log(days / MEDIAN_DAYS) / SIGMA))
    return float(np.log(np.log(2) / cumulative))


def mean_days(eta: float) -> float:
    """Return the mean referral time of a need with log hazard ``eta``."""
    curve = survival(_MEAN_GRID_DAYS, np.array(eta))
    return float(np.trapezoid(curve, _MEAN_GRID_DAYS) + _MEAN_GRID_DAYS[0])


@cache
def log_hazard_of_mean(days: float) -> float:
    """Return the log hazard whose mean referral time is ``days``, by bisection."""
    low, high = -2.0, 4.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if mean_days(middle) > days else (low, middle)
    return low


@dataclass(frozen=True, slots=True)
class WaitingTable:
    """Functions of the waiting curve on a fine grid of log hazards, for interpolation.

    Attributes:
        eta: The grid, shape ``(g,)``, equally spaced.
        still_waiting: Probability of waiting beyond day d, d = 0 … ``days - 1``, shape
            ``(days, g)``.
    """

    eta: Floats
    still_waiting: Floats

    @classmethod
    def build(cls, *, days: int = 1_000, low: float = -4.0, high: float = 5.0) -> "WaitingTable":
        """Tabulate the curve for whole days and log hazards from ``low`` to ``high``."""
        eta = np.arange(low, high, 0.01)
        ends = np.arange(1, days + 1, dtype=np.float64)
        return cls(eta, survival(ends[:, None], eta[None, :]))

    def incidence(self, day: int) -> Floats:
        """Return the probability of referral up to ``day`` before any other end, shape ``(g,)``."""
        before = np.vstack([np.ones_like(self.eta), self.still_waiting[:day]])
        referred = before - self.still_waiting[: day + 1]
        days = np.arange(day + 1, dtype=np.float64)
        return np.asarray(other_end_survival(days) @ referred, dtype=np.float64)

    def restricted_mean(self, limit: int) -> Floats:
        """Return the mean days of waiting within the first ``limit`` days, shape ``(g,)``."""
        return np.asarray(self.still_waiting[:limit].sum(axis=0), dtype=np.float64)

    def at(self, values: Floats, eta: Floats) -> Floats:
        """Interpolate grid ``values`` at log hazards ``eta``."""
        return np.asarray(np.interp(eta, self.eta, values), dtype=np.float64)
