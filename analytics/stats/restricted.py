"""The area under a curve up to a limit: mean days until the event, or mean days lost to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.domain.estimates import Status
from analytics.stats.counts import Floats, normal_quantile
from analytics.stats.curves import IncidenceCurve, SurvivalCurve

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RestrictedMean:
    """Mean days within a window.

    Attributes:
        limit: End of the window in days.
        estimate: Mean days; None when the curve ends before ``limit``.
        std_error: Its standard error.
        low: Lower bound, not below 0.
        high: Upper bound, not above ``limit``.
        status: ``SHOWN`` or ``NO_DATA``.
    """

    limit: float
    estimate: float | None
    std_error: float | None
    low: float | None
    high: float | None
    status: Status


def restricted_mean(curve: SurvivalCurve | IncidenceCurve, limit: float) -> RestrictedMean:
    """Return the area under ``curve`` from day 0 to ``limit``, with a normal interval.

    For a survival curve: mean days until the event, at most ``limit`` (Irwin 1949; Royston &
    Parmar 2013, doi:10.1186/1471-2288-13-152), with the variance of R's ``print.survfit``.
    For an incidence curve: mean days of the window spent after the event of that cause
    (Andersen 2013, doi:10.1002/sim.5903), with the delta method's variance.

    Raises:
        ValueError: If ``limit`` is not a positive number.
    """
    if not (np.isfinite(limit) and limit > 0):
        raise ValueError(f"limit must be a positive number of days, not {limit}")
    last = curve.last_day
    if last is None or (limit > last and not curve.complete):
        return RestrictedMean(limit, None, None, None, None, Status.NO_DATA)
    inside = curve.days <= limit
    areas = curve.estimate[inside] * np.diff(np.append(curve.days[inside], limit))
    remaining = np.cumsum(areas[::-1])[::-1]  # area from each day to the limit
    if isinstance(curve, SurvivalCurve):
        variance = _survival_variance(curve, inside, remaining)
    else:
        variance = _incidence_variance(curve, inside, remaining, limit)
    mean, error = float(remaining[0]), float(np.sqrt(variance))
    margin = normal_quantile(curve.confidence) * error
    return RestrictedMean(
        limit, mean, error, max(mean - margin, 0.0), min(mean + margin, limit), Status.SHOWN
    )


def _survival_variance(curve: SurvivalCurve, inside: Mask, remaining: Floats) -> float:
    at_risk, events = curve.at_risk[inside].astype(np.float64), curve.events[inside]
    left = at_risk - events
    # Where all who were left have the event, no area remains and nothing is added.
    terms = np.zeros_like(left)
    np.divide(remaining**2 * events, at_risk * left, out=terms, where=left > 0)
    return float(terms.sum())


def _incidence_variance(
    curve: IncidenceCurve, inside: Mask, remaining: Floats, limit: float
) -> float:
    """Return the variance of the area by multinomial ends per day.

    An end for the cause on a day adds the rest of the window (``gain``); any end takes away what
    the row would still have contributed (``loss``).
    """
    at_risk = curve.at_risk[inside].astype(np.float64)
    cause, any_end = curve.events[inside] / at_risk, curve.ends[inside] / at_risk
    before = np.append(1.0, np.cumprod(1 - any_end))[:-1]
    window = limit - curve.days[inside]
    gain = before * window
    loss = remaining - curve.estimate[inside] * window
    terms = cause * (1 - cause) * gain**2 - 2 * cause * gain * loss
    left = any_end < 1
    terms[left] += any_end[left] / (1 - any_end[left]) * loss[left] ** 2
    return max(float((terms / at_risk).sum()), 0.0)
