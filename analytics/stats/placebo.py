"""Inference by assigning the treatment to other units: placebo rank and detectable effect.

Under the hypothesis that the programme changed nothing, any twelve units might have carried the
label. The share of random assignments whose statistic is at least as large as the true one is the
p value (1 + k) / (B + 1), which is never 0 (Phipson & Smyth 2010, doi:10.2202/1544-6115.1585). The
statistic is the estimate divided by its own standard error, so that assignments to large and to
small units compare (MacKinnon & Webb 2020, doi:10.1016/j.jeconom.2020.04.024).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Statistics = Callable[[Ints], Floats]
"""Assignments, shape (B, U), to statistics, shape (B,)."""

_POWER: Final = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Placebo:
    """The true statistic among those of random assignments.

    Attributes:
        statistic: Of the true assignment.
        draws: Of the random ones, shape (B,); NaN where one allows no estimate.
        p: Two-sided p value.
    """

    statistic: float
    draws: Floats
    p: float

    @property
    def critical(self) -> float:
        """Return the absolute statistic that 5 % of the random assignments exceed."""
        return float(np.nanquantile(np.abs(self.draws), 0.95))


def permutations(starts: Ints, draws: int, seed: int) -> Ints:
    """Return ``draws`` random assignments of the same starts to units, shape (draws, U)."""
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    if seed < 0:
        raise ValueError(f"the seed must not be negative, but is {seed}")
    generator = np.random.default_rng(seed)
    return generator.permuted(np.tile(starts, (draws, 1)), axis=1)


def placebo_rank(statistic: float, draws: Floats) -> Placebo:
    """Return the rank of ``statistic`` among the absolute ``draws``, shape (B,).

    Raises:
        ValueError: If the statistic is missing.
    """
    if not np.isfinite(statistic):
        raise ValueError("a missing statistic has no rank")
    known = np.abs(draws[np.isfinite(draws)])
    # Equal up to rounding counts as equal: the true assignment may be among the draws.
    beyond = int((known >= abs(statistic) * (1 - 1e-9)).sum())
    return Placebo(statistic, draws, (1 + beyond) / (1 + len(known)))


def detectable_effect(
    null: Floats, error: float, critical: float, *, power: float = _POWER
) -> float:
    """Return the smallest effect found with probability ``power``, in the outcome's unit.

    Args:
        null: Statistics without an effect under the estimated error structure, shape (B,).
        error: Standard error of the estimate.
        critical: What the absolute statistic must exceed to be called found.
        power: Probability of finding it.

    An effect d shifts each statistic by d / error. Bloom (1995,
    doi:10.1177/0193841X9501900504) takes quantiles of a t distribution instead of ``null``.

    Raises:
        ValueError: If the power is not between 0 and 1, or the error is not positive.
    """
    if not 0 < power < 1 or not error > 0:
        raise ValueError(f"no detectable effect for power {power} and error {error}")
    return float((critical - np.quantile(null[np.isfinite(null)], 1 - power)) * error)
