"""Funnel limits: how far a unit's figure may lie from the baseline by chance alone.

The limits are those of a unit that differs from the baseline in nothing but its size (Spiegelhalter
2005, doi:10.1002/sim.1970). They take the place of a rank list: whoever lies between them is not
shown to differ from the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, bdtrik, chdtrc, gammainccinv, gammaincinv, pdtr, pdtrik

from analytics.stats.counts import Floats, Ints, as_vector, as_whole, freeze, normal_quantile

# More variation than chance is only allowed for when it is this unlikely to be chance itself.
_SIGNIFICANT = 0.05
# Below this many expected events Garwood's lower limit leaves out counts that chance often gives:
# with 3 expected, none at all is likelier than the tail.
_FEW = 8


@dataclass(frozen=True, slots=True, eq=False)
class FunnelLimits:
    """Limits for each unit around a common baseline.

    Attributes:
        baseline: The figure of a unit that does not differ, in the unit of the limits.
        low: Lower limits, shape (N,); NaN for a unit without any observations.
        high: Upper limits, shape (N,).
        confidence: Share of units between the limits if only chance is at work.
    """

    baseline: float
    low: Floats
    high: Floats
    confidence: float

    def __post_init__(self) -> None:
        freeze(self.low, self.high)

    def side(self, values: ArrayLike) -> Ints:
        """Return -1 below, 1 above and 0 between the limits for each of ``values``, shape (N,).

        A missing value lies on no side: 0.
        """
        figures = np.asarray(values, dtype=float)
        if figures.shape != self.low.shape:
            raise ValueError(f"values have shape {figures.shape}, the limits {self.low.shape}")
        return (figures > self.high).astype(np.int64) - (figures < self.low).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How much more units vary than chance explains.

    Attributes:
        phi: Variance of the scores after drawing in the extremes; 1 if chance explains all.
        p_value: Probability of this or a larger ``phi`` by chance.
        n: Number of scores.
    """

    phi: float
    p_value: float
    n: int

    @property
    def factor(self) -> float:
        """Return what to multiply the limits' variance by: 1 unless ``phi`` is beyond chance."""
        return self.phi if self.phi > 1 and self.p_value < _SIGNIFICANT else 1.0


def proportion_limits(
    denominators: ArrayLike, baseline: float, confidence: float = 0.95, *, phi: float = 1.0
) -> FunnelLimits:
    """Return limits for shares of ``denominators``, exact from the binomial distribution.

    Spiegelhalter (2005), appendix A.1.1: the quantile of the number of events, drawn between whole
    numbers so that the limits do not jump. With few observations fewer units lie outside than the
    level says, because a share takes few values.

    Args:
        denominators: Observations of each unit, whole numbers from 0 on, shape (N,).
        baseline: Share of a unit that does not differ, strictly between 0 and 1.
        confidence: Share between the limits under chance.
        phi: Multiplier of the variance, from 1 on; see ``overdispersion``.

    Raises:
        ValueError: On missing or fractional numbers, or values out of range.
    """
    tail = _tail(confidence)
    n = as_whole(as_vector(denominators, "denominators"), "denominators")
    if not 0 < baseline < 1:
        raise ValueError(f"baseline must lie strictly between 0 and 1, not {baseline}")
    trials = np.maximum(n, 1)
    low = _binomial_limit(tail, trials, baseline) / trials
    # The upper limit is the lower one of the events that did not happen.
    high = 1 - _binomial_limit(tail, trials, 1 - baseline) / trials
    return _widened(n > 0, baseline, low, high, confidence, phi, ceiling=1.0)


def ratio_limits(
    expected: ArrayLike, confidence: float = 0.95, *, phi: float = 1.0
) -> FunnelLimits:
    """Return limits for observed over expected counts, exact from the Poisson distribution.

    The interval of Garwood (1936), doi:10.1093/biomet/28.3-4.437, for as many events as expected,
    divided by them: the definition of the R package FunnelPlotR, which also holds for expected
    numbers that are not whole. Below 8 expected events the lower limit is the Poisson quantile,
    drawn between whole numbers, so that chance does not put too many units below.

    Args:
        expected: Expected events of each unit, from 0 on, shape (N,).
        confidence: Share between the limits under chance.
        phi: Multiplier of the variance, from 1 on; see ``overdispersion``.

    Raises:
        ValueError: On missing or negative numbers, or values out of range.
    """
    tail = _tail(confidence)
    events = as_vector(expected, "expected")
    if (events < 0).any():
        raise ValueError("expected must not be negative")
    some = np.where(events > 0, events, 1.0)
    quantile = _quantile(tail, pdtrik(tail, some), lambda count: pdtr(count, some))
    garwood = gammaincinv(some, tail)
    low = np.where(some < _FEW, np.minimum(quantile, garwood), garwood) / some
    high = gammainccinv(some + 1, tail) / some
    return _widened(events > 0, 1.0, low, high, confidence, phi, ceiling=np.inf)


def proportion_scores(events: ArrayLike, denominators: ArrayLike, baseline: float) -> Floats:
    """Return how many standard errors each share lies from the baseline, shape (N,).

    Units without observations are left out.

    Raises:
        ValueError: On missing or fractional numbers, unequal lengths, or values out of range.
    """
    hits = as_whole(as_vector(events, "events"), "events")
    n = as_whole(as_vector(denominators, "denominators"), "denominators")
    if hits.size != n.size or (hits > n).any():
        raise ValueError("events must be as many as denominators and not exceed them")
    if not 0 < baseline < 1:
        raise ValueError(f"baseline must lie strictly between 0 and 1, not {baseline}")
    hits, n = hits[n > 0], n[n > 0]
    return np.asarray((hits - n * baseline) / np.sqrt(n * baseline * (1 - baseline)))


def ratio_scores(observed: ArrayLike, expected: ArrayLike) -> Floats:
    """Return how many standard errors each count lies from the expected one, shape (N,).

    Raises:
        ValueError: On missing numbers, unequal lengths, negative counts, or expected numbers that
            are not positive.
    """
    count = as_whole(as_vector(observed, "observed"), "observed")
    mean = as_vector(expected, "expected")
    if count.size != mean.size or (mean <= 0).any():
        raise ValueError("expected must be as many as observed, and positive")
    return np.asarray((count - mean) / np.sqrt(mean))


def overdispersion(
    scores: ArrayLike, *, winsorised: float = 0.1, parameters: int = 0
) -> Overdispersion:
    """Return how much more the scores vary than chance explains.

    Spiegelhalter (2005), section 4.4: the mean square of the scores, after the outermost share on
    either side has been drawn in to its border, so that a few units that do differ do not widen the
    limits for all. Without drawing in, and with the number of fitted ``parameters``, it is the
    usual dispersion of a Poisson or binomial model.

    Args:
        scores: Standard errors from the baseline, shape (N,).
        winsorised: Share drawn in on either side, from 0 to below 0.5.
        parameters: How many parameters were fitted to the same data.

    Raises:
        ValueError: On missing values, too few scores or values out of range.
    """
    z = as_vector(scores, "scores")
    if not 0 <= winsorised < 0.5:
        raise ValueError(f"winsorised must lie from 0 to below 0.5, not {winsorised}")
    freedom = z.size - parameters
    if parameters < 0 or freedom < 1:
        raise ValueError("there must be more scores than fitted parameters")
    border = np.quantile(z, [winsorised, 1 - winsorised])
    total = float((np.clip(z, *border) ** 2).sum())
    return Overdispersion(total / freedom, float(chdtrc(freedom, total)), z.size)


def _tail(confidence: float) -> float:
    normal_quantile(confidence)  # refuses a level outside (0, 1)
    return (1 - confidence) / 2


def _binomial_limit(tail: float, trials: Floats, share: float) -> Floats:
    """Return the lower quantile of the number of events, drawn between whole numbers."""
    whole = trials.astype(np.int64)
    return _quantile(tail, bdtrik(tail, trials, share), lambda count: bdtr(count, whole, share))


def _quantile(tail: float, rough: Floats, upto: Callable[[Floats], Floats]) -> Floats:
    """Return the quantile of a count, drawn between whole numbers.

    Args:
        tail: Its probability.
        rough: Where the continuous inverse puts it; missing where even 0 is likelier than the tail.
        upto: The probability of at most so many events.
    """
    count = np.where(np.isfinite(rough), np.maximum(np.ceil(rough), 0.0), 0.0)
    reached = upto(count)
    before = np.where(count > 0, upto(np.maximum(count - 1, 0)), 0.0)
    step = np.clip((reached - tail) / (reached - before), 0.0, 1.0)
    return np.asarray(np.maximum(count - step, 0.0))


def _widened(
    known: np.ndarray,
    baseline: float,
    low: Floats,
    high: Floats,
    confidence: float,
    phi: float,
    *,
    ceiling: float,
) -> FunnelLimits:
    """Return the limits with their distance from the baseline times the root of ``phi``."""
    if not phi >= 1 or not np.isfinite(phi):
        raise ValueError(f"phi must be a number from 1 on, not {phi}")
    wider = np.sqrt(phi)
    below = np.maximum(baseline - wider * (baseline - low), 0.0)
    above = np.minimum(baseline + wider * (high - baseline), ceiling)
    return FunnelLimits(
        baseline, np.where(known, below, np.nan), np.where(known, above, np.nan), confidence
    )
