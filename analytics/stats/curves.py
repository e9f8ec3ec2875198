"""What a survival or incidence curve says: at a day, at a quantile, and where it stops."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analytics.domain.estimates import Status
from analytics.stats.counts import Floats, Ints, freeze

Transform = Literal["log", "log-log", "plain"]

# R's survival package compares probabilities to the square root of the machine precision.
_TOLERANCE = float(np.sqrt(np.finfo(np.float64).eps))


@dataclass(frozen=True, slots=True)
class PointEstimate:
    """A curve's value at one day.

    Attributes:
        day: The day asked for.
        estimate: The value; None when the curve is not defined there.
        low: Lower bound of the pointwise interval; None when there is none.
        high: Upper bound of the pointwise interval; None when there is none.
        at_risk: Rows still under observation just before this day.
        status: ``SHOWN``, or ``NO_DATA`` beyond the curve's support.
    """

    day: float
    estimate: float | None
    low: float | None
    high: float | None
    at_risk: int
    status: Status


@dataclass(frozen=True, slots=True)
class QuantileEstimate:
    """The day by which a share of all rows has had the event.

    Attributes:
        share: The share asked for, in (0, 1).
        estimate: The day; None when the curve does not reach the share.
        low: Lower bound in days; may exist although the estimate does not.
        high: Upper bound in days; None when the band does not reach the share.
        last_day: Last observed day; "more than ``last_day``" is all one may say of a share that
            is not reached. None without data.
        status: ``SHOWN``, ``NOT_REACHED`` or ``NO_DATA``.
    """

    share: float
    estimate: float | None
    low: float | None
    high: float | None
    last_day: float | None
    status: Status


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """What both kinds of curve share; arrays are read-only, shape (D,), days ascending.

    A step function that holds its value from each day to the next and is defined from day 0 to
    the last observed day. If nobody is left open then (``complete``), the last value holds for
    good. Without data all arrays are empty.
    """

    days: Floats
    """Day 0 and every distinct observed day."""
    estimate: Floats
    low: Floats
    """Lower pointwise bound; NaN where the variance formula gives none."""
    high: Floats
    """Upper pointwise bound; NaN where the variance formula gives none."""
    std_error: Floats
    """Standard error of ``estimate``, not of its transform."""
    at_risk: Ints
    """Rows under observation just before the day."""
    events: Ints
    """Rows with the event of interest on the day."""
    ends: Ints
    """Rows that end on the day for any reason, the event included."""
    confidence: float
    transform: Transform

    def __post_init__(self) -> None:
        freeze(self.days, self.estimate, self.low, self.high, self.std_error)
        freeze(self.at_risk, self.events, self.ends)

    @property
    def n(self) -> int:
        """Return the number of rows."""
        return int(self.at_risk[0]) if self.at_risk.size else 0

    @property
    def last_day(self) -> float | None:
        """Return the last observed day, None without data."""
        return float(self.days[-1]) if self.days.size else None

    @property
    def complete(self) -> bool:
        """Return whether everybody still at risk on the last day ended on it."""
        return bool(self.days.size) and bool(self.ends[-1] == self.at_risk[-1])

    def at(self, day: float) -> PointEstimate:
        """Return the value at ``day``; not defined (``NO_DATA``) beyond the curve's support.

        Raises:
            ValueError: If ``day`` is negative or not finite.
        """
        if not (np.isfinite(day) and day >= 0):
            raise ValueError(f"day must be a number from 0 on, not {day}")
        last = self.last_day
        if last is None or (day > last and not self.complete):
            return PointEstimate(day, None, None, None, 0, Status.NO_DATA)
        step = int(np.searchsorted(self.days, day, side="right")) - 1
        following = int(np.searchsorted(self.days, day, side="left"))
        return PointEstimate(
            day=day,
            estimate=float(self.estimate[step]),
            low=_number(self.low[step]),
            high=_number(self.high[step]),
            at_risk=int(self.at_risk[following]) if following < self.days.size else 0,
            status=Status.SHOWN,
        )

    def _crossings(
        self, share: float, earliest: Floats, middle: Floats, latest: Floats, *, midpoint: bool
    ) -> QuantileEstimate:
        """Return where three rising curves cross ``share``: low, estimate and high in days."""
        if not 0 < share < 1:
            raise ValueError(f"share must lie strictly between 0 and 1, not {share}")
        estimate = _first_day(self.days, middle, share, midpoint=midpoint)
        reached = Status.NOT_REACHED if estimate is None else Status.SHOWN
        return QuantileEstimate(
            share=share,
            estimate=estimate,
            low=_first_day(self.days, earliest, share, midpoint=midpoint),
            high=_first_day(self.days, latest, share, midpoint=midpoint),
            last_day=self.last_day,
            status=reached if self.days.size else Status.NO_DATA,
        )


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalCurve(_Curve):
    """A Kaplan-Meier curve: the share still without the event."""

    def quantile(self, q: float) -> QuantileEstimate:
        """Return the day by which a share ``q`` has had the event, with its interval.

        The bounds are the days at which the pointwise band crosses 1 - q (Brookmeyer & Crowley
        1982, doi:10.2307/2530286). Where a curve runs flat at exactly 1 - q the midpoint of that
        step counts, unless it is the last; both as R's ``print.survfit`` does.

        Raises:
            ValueError: If ``q`` is not strictly between 0 and 1.
        """
        return self._crossings(q, 1 - self.low, 1 - self.estimate, 1 - self.high, midpoint=True)

    def median(self) -> QuantileEstimate:
        """Return the day by which half have had the event; see ``quantile``."""
        return self.quantile(0.5)


@dataclass(frozen=True, slots=True, eq=False)
class IncidenceCurve(_Curve):
    """An Aalen-Johansen curve: the share that has ended for one cause, others competing."""

    cause: int

    def quantile(self, q: float) -> QuantileEstimate:
        """Return the first day on which the incidence reaches ``q``, with its interval.

        The bounds are the first days on which the upper and the lower band reach ``q``.
        A complete curve may stay below ``q`` for good: then so many ended otherwise.

        Raises:
            ValueError: If ``q`` is not strictly between 0 and 1.
        """
        return self._crossings(q, self.high, self.estimate, self.low, midpoint=False)

    def median(self) -> QuantileEstimate:
        """Return the first day on which half of all rows have ended for the cause."""
        return self.quantile(0.5)


def pointwise_band(
    estimate: Floats, std_error: Floats, quantile: float, transform: Transform
) -> tuple[Floats, Floats]:
    """Return the pointwise interval, symmetric on the transformed scale and cut to [0, 1].

    Args:
        estimate: Shares, shape (D,).
        std_error: Their standard errors, shape (D,); NaN where there is no interval.
        quantile: Standard errors on either side.
        transform: The scale.
    """
    low, high = estimate.copy(), estimate.copy()
    low[np.isnan(std_error)] = high[np.isnan(std_error)] = np.nan
    inner = std_error > 0
    value, margin = estimate[inner], quantile * std_error[inner]
    with np.errstate(over="ignore"):  # what is wider than any number is cut like the rest
        if transform == "plain":
            low[inner], high[inner] = value - margin, value + margin
        elif transform == "log":
            factor = np.exp(margin / value)
            low[inner], high[inner] = value / factor, value * factor
        else:
            spread = np.exp(margin / (value * -np.log(value)))
            low[inner], high[inner] = value**spread, value ** (1 / spread)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def _first_day(days: Floats, rising: Floats, share: float, *, midpoint: bool) -> float | None:
    """Return the first day on which ``rising`` reaches ``share``, None if it never does."""
    # A NaN never compares as reached, so days without a bound are passed over.
    reached = np.flatnonzero(rising >= share - _TOLERANCE)
    if reached.size == 0:
        return None
    first = reached[0]
    if midpoint and abs(rising[first] - share) < _TOLERANCE:
        beyond = reached[rising[reached] > rising[first] + _TOLERANCE]
        if beyond.size:
            return float(days[first] + days[beyond[0]]) / 2
    return float(days[first])


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
