"""Times to an event with open cases: curves, restricted means and the log-rank test.

Rows still open at the data cut are right-censored. All functions take counts per (day, kind of
end), so their cost grows with distinct days and not with rows.
"""

from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from analytics.stats.counts import (
    EventTable,
    Floats,
    Ints,
    binary_table,
    event_table,
    normal_quantile,
)
from analytics.stats.curves import (
    IncidenceCurve,
    PointEstimate,
    QuantileEstimate,
    SurvivalCurve,
    Transform,
    pointwise_band,
)
from analytics.stats.logrank import LogrankTest, logrank
from analytics.stats.restricted import RestrictedMean, restricted_mean

__all__ = [
    "IncidenceCurve",
    "LogrankTest",
    "PointEstimate",
    "QuantileEstimate",
    "RestrictedMean",
    "SurvivalCurve",
    "Transform",
    "cumulative_incidence",
    "kaplan_meier",
    "logrank",
    "restricted_mean",
]


# A running sum may end this close to 1 when it is 1; one row in a billion is still further away.
_ROUNDING = 1e-12


def kaplan_meier(
    days: ArrayLike,
    events: ArrayLike,
    counts: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
    transform: Transform = "log",
) -> SurvivalCurve:
    """Estimate the share still without the event, by day.

    Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452, with Greenwood's variance. The
    pointwise interval is made on the scale of ``transform`` and cut to [0, 1], as by R's
    ``survfit``: "log" is its default, "log-log" is better behaved in small samples (Borgan &
    Liestøl 1990). Before the first event the bounds are 1; where the curve has come down to 0
    there is no standard error and no interval (NaN).

    Args:
        days: Days to the event or to the data cut, shape (N,), from 0 on.
        events: 1 for the event, 0 for open (censored), shape (N,).
        counts: Rows each entry stands for, whole numbers, shape (N,); None for one each.
        confidence: Level of the interval.
        transform: Scale on which the interval is symmetric.

    Returns:
        The curve; with empty arrays if there are no rows.

    Raises:
        ValueError: On unequal lengths, missing values, negative days, event codes other than 0
            and 1, negative or fractional counts, an unknown ``transform`` or ``confidence``.
    """
    z = normal_quantile(confidence)
    if transform not in get_args(Transform):
        raise ValueError(f"transform must be one of {get_args(Transform)}, not {transform!r}")
    table = binary_table(days, events, counts)
    survival = _survival(table)
    # The last step to zero has no finite term; the curve has no interval there.
    std_error = np.where(survival > 0, survival * np.sqrt(_greenwood(table)), np.nan)
    low, high = pointwise_band(survival, std_error, z, transform)
    return SurvivalCurve(
        days=table.days,
        estimate=survival,
        low=low,
        high=high,
        std_error=std_error,
        at_risk=table.at_risk,
        events=table.events,
        ends=table.ends,
        confidence=confidence,
        transform=transform,
    )


def cumulative_incidence(
    days: ArrayLike,
    causes: ArrayLike,
    counts: ArrayLike | None = None,
    *,
    cause: int = 1,
    confidence: float = 0.95,
) -> IncidenceCurve:
    """Estimate the share that has ended for ``cause`` by each day, other ends competing.

    Aalen & Johansen (1978), Scand. J. Statist. 5:141-150. The variance is the delta method's
    with multinomial ends per day (Marubini & Valsecchi 1995, section 10.3); it equals the
    infinitesimal jackknife of R's ``survfit``, and Greenwood's if nothing competes. The pointwise
    interval is symmetric on the scale log(-log F), so it stays within [0, 1]. As long as nobody has
    ended for ``cause`` the bounds are 0; at 1 there is no interval (NaN).

    Args:
        days: Days to the end or to the data cut, shape (N,), from 0 on.
        causes: 0 for open (censored), a whole number from 1 on for the cause, shape (N,).
        counts: Rows each entry stands for, whole numbers, shape (N,); None for one each.
        cause: The cause of interest.
        confidence: Level of the interval.

    Returns:
        The curve; with empty arrays if there are no rows, zero throughout if nobody has ended
        for ``cause``.

    Raises:
        ValueError: On unequal lengths, missing values, negative days, causes that are no whole
            numbers from 0 on, negative or fractional counts, ``cause`` below 1, or an unknown
            ``confidence``.
    """
    z = normal_quantile(confidence)
    if cause < 1 or cause != int(cause):
        raise ValueError(f"cause must be a whole number from 1 on, not {cause}")
    table = event_table(days, causes, counts, name="causes", cause=cause)
    before = _before(_survival(table), 1.0)
    incidence = np.cumsum(before * _hazard(table.events, table))
    incidence[incidence > 1 - _ROUNDING] = 1.0
    std_error = np.sqrt(_incidence_variance(table))
    std_error[incidence == 1] = np.nan
    low, high = pointwise_band(incidence, std_error, z, "log-log")
    return IncidenceCurve(
        days=table.days,
        estimate=incidence,
        low=low,
        high=high,
        std_error=std_error,
        at_risk=table.at_risk,
        events=table.events,
        ends=table.ends,
        confidence=confidence,
        transform="log-log",
        cause=cause,
    )


def _hazard(ends: Ints, table: EventTable) -> Floats:
    return np.asarray(ends / table.at_risk, dtype=np.float64)


def _survival(table: EventTable) -> Floats:
    """Return the product-limit estimate of remaining without any end."""
    staying = (table.at_risk - table.ends) / table.at_risk
    return np.cumprod(staying, dtype=np.float64)


def _greenwood(table: EventTable) -> Floats:
    """Return Greenwood's sum: the variance of log S. A last step to zero adds nothing."""
    left = (table.at_risk - table.ends).astype(np.float64)
    terms = np.zeros_like(left)
    np.divide(table.ends, table.at_risk * left, out=terms, where=left > 0)
    return np.cumsum(terms)


def _before(values: Floats, start: float) -> Floats:
    """Return the step function's value just before each day."""
    return np.append(start, values)[: values.size]


def _incidence_variance(table: EventTable) -> Floats:
    """Return the variance of the cumulative incidence by day.

    The Greenwood-type recursion for the covariance of (S, F) (Andersen, Borgan, Gill & Keiding
    1993, section IV.4.1.3), solved into running sums. It avoids the squared differences of the
    explicit formula, which cancel badly when F is close to 1 in millions of rows.
    """
    before = _before(_survival(table), 1.0)
    greenwood = _before(_greenwood(table), 0.0)
    hazard = _hazard(table.events, table)
    # cov(S, F) divided by S; a new day adds what earlier error in S passes on, minus the shared
    # error of the day's own hazard.
    covariance = _before(np.cumsum(before * hazard * (greenwood - 1 / table.at_risk)), 0.0)
    steps = (
        2 * hazard * before * covariance
        + (hazard * before) ** 2 * greenwood
        + before**2 * hazard * (1 - hazard) / table.at_risk
    )
    return np.maximum(np.cumsum(steps), 0.0)
