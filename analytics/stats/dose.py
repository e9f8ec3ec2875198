"""Whether units that got more of a programme show larger effects."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.stats.did import NoComparisonError
from analytics.stats.panel_input import check_clusters, check_confidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LEAST_CLUSTERS = 6


@dataclass(frozen=True, slots=True)
class DoseResponse:
    """A straight line through the units' effects by dose.

    Attributes:
        slope, error, low, high: Effect per unit of dose.
        level: Effect at the mean dose.
        dose: Mean dose.
        units: Number of units.
    """

    slope: float
    error: float
    low: float
    high: float
    level: float
    dose: float
    units: int


def dose_response(
    effects: Floats, doses: Floats, clusters: Ints, *, confidence: float = 0.95
) -> DoseResponse:
    """Regress units' effects on their doses; units without either are left out.

    Who got more is not random, so the slope is an association: a unit that was quick to fill posts
    may be quick in other things.

    Args:
        effects: Of each unit, shape (U,), NaN where unknown.
        doses: Of each unit, shape (U,), NaN where unknown.
        clusters: Number of each unit's cluster, shape (U,); errors leave out one at a time.
        confidence: Of the interval.

    Raises:
        NoComparisonError: With fewer than six clusters, or doses that are all the same.
        ValueError: On shapes that do not fit or numbers out of range.
    """
    if effects.shape != doses.shape or effects.ndim != 1:
        raise ValueError(f"effects have shape {effects.shape}, doses have {doses.shape}")
    check_clusters(clusters, len(effects))
    check_confidence(confidence)
    known = np.isfinite(effects) & np.isfinite(doses)
    y, x, group = effects[known], doses[known], clusters[known]
    names = np.unique(group)
    if len(names) < _LEAST_CLUSTERS or np.ptp(x) == 0:
        raise NoComparisonError("too few units with an effect and a dose")
    slope = _slope(x, y)
    without = np.array([_slope(x[group != name], y[group != name]) for name in names])
    count = len(names)
    error = float(np.sqrt((count - 1) / count * ((without - without.mean()) ** 2).sum()))
    margin = float(stats.t.ppf(0.5 + confidence / 2, count - 2)) * error
    return DoseResponse(
        slope, error, slope - margin, slope + margin, float(y.mean()), float(x.mean()), len(y)
    )


def _slope(x: Floats, y: Floats) -> float:
    centred = x - x.mean()
    return float(centred @ y / (centred @ centred))
