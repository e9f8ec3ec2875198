"""The effect by quarters since the start, and whether the units moved alike before it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.stats.did import NoComparisonError, NoSpreadError
from analytics.stats.imputation import NEVER, has_levels, quarter_levels
from analytics.stats.panel_input import check_confidence, check_least, check_panel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_REFERENCE: Final = -1

_LEAST_UNITS: Final = 3

_MOST: Final = 0.8
"""Share of the treated units that must have a distance in full."""


@dataclass(frozen=True, slots=True, eq=False)
class EventStudy:
    """Differences from the period before the start, beyond the comparison units.

    Attributes:
        events: Periods since the start, ascending, without the reference -1, shape (E,).
        width: Quarters of a period.
        estimates, low, high: Shape (E,).
        covariance: Of the estimates, jackknife, shape (E, E).
        freedom: Degrees of freedom of the intervals.
        pretrend_p: That all estimates before the start are 0.
    """

    events: Ints
    width: int
    estimates: Floats
    low: Floats
    high: Floats
    covariance: Floats
    freedom: float
    pretrend_p: float

    @property
    def before(self) -> int:
        """Return how many of the estimates lie before the start."""
        return int((self.events < 0).sum())

    def from_mean_before(self, confidence: float = 0.95) -> "Course":
        """Return the same differences, measured from the mean of all periods before the start.

        A linear map of the estimates and of the reference's 0: the period before the start is one
        noisy period, and measured from it alone all points share its chance.

        Raises:
            ValueError: If ``confidence`` is no probability.
        """
        check_confidence(confidence)
        place, count = self.before, len(self.events) + 1
        from_reference = np.delete(np.eye(count), place, axis=1)
        mean_before = np.where(np.arange(count) <= place, 1 / (place + 1), 0.0)
        rebased = (np.eye(count) - mean_before[None, :]) @ from_reference
        estimates = rebased @ self.estimates
        spread = np.sqrt(np.einsum("ij,jk,ik->i", rebased, self.covariance, rebased))
        margin = stats.t.ppf(0.5 + confidence / 2, self.freedom) * spread
        return Course(
            events=np.insert(self.events, place, _REFERENCE),
            estimates=estimates,
            low=estimates - margin,
            high=estimates + margin,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Differences from the mean of all periods before the start, beyond the comparison units.

    Attributes:
        events: Periods since the start, ascending, all of them, shape (E + 1,).
        estimates, low, high: Shape (E + 1,); those before the start have the mean 0.
    """

    events: Ints
    estimates: Floats
    low: Floats
    high: Floats


def event_study(
    values: Floats, starts: Ints, *, width: int = 1, confidence: float = 0.95
) -> EventStudy:
    """Estimate the effect by periods since the start, with one reference: the period before.

    Only distances that most treated units can have in full are estimated, so that all estimates
    speak of nearly the same units. Comparison units give the quarters' levels; treated units keep
    a level of their own.

    Args:
        values: Outcome by unit and quarter, shape (U, Q), NaN where missing.
        starts: First treated quarter of each unit, shape (U,); ``NEVER`` for comparison units.
        width: Quarters of a period: longer ones are less noisy and say less about when.
        confidence: Of the intervals, each on its own.

    Raises:
        NoComparisonError: Without a quarter before the reference, or with too few units.
        NoSpreadError: If the units do not vary.
        ValueError: On shapes that do not fit or numbers out of range.
    """
    check_panel(values, starts)
    check_least(width=width)
    check_confidence(confidence)
    treated = np.flatnonzero((starts != NEVER) & np.isfinite(values).any(1))
    controls = np.flatnonzero(starts == NEVER)
    if len(treated) < _LEAST_UNITS or len(controls) < _LEAST_UNITS:
        raise NoComparisonError("an event study needs three treated and three comparison units")
    if not has_levels(values, (starts == NEVER)[None, :])[0]:
        raise NoComparisonError("a quarter has fewer than two comparison units, or none in common")
    events = _events(values[treated], starts[treated], width)
    window = _Window(values[treated], starts[treated], events, width)
    levels = quarter_levels(values, controls)
    estimates = window.coefficients(levels, np.arange(len(treated)))
    covariance, freedom = _jackknife(window, values, controls, levels)
    margin = stats.t.ppf(0.5 + confidence / 2, freedom) * np.sqrt(np.diag(covariance))
    kept = events[events != _REFERENCE]
    return EventStudy(
        events=kept,
        width=width,
        estimates=estimates,
        low=estimates - margin,
        high=estimates + margin,
        covariance=covariance,
        freedom=freedom,
        pretrend_p=_joint_p(estimates[kept < 0], covariance[kept < 0][:, kept < 0], freedom),
    )


def _events(values: Floats, starts: Ints, width: int) -> Ints:
    """Return the distances around the start that most of the units have in full, and some seen."""
    quarters = values.shape[1]
    tried = np.arange(-(quarters // width), quarters // width + 1)
    begins = starts[:, None] + tried[None, :] * width
    share = ((begins >= 0) & (begins + width <= quarters)).mean(0)
    distance = (np.arange(quarters)[None, :] - starts[:, None]) // width
    seen = np.isfinite(values)[None] & (distance[None] == tried[:, None, None])
    events = tried[(share >= _MOST) & (seen.any(2).sum(1) >= _LEAST_UNITS)]
    if not {_REFERENCE - 1, _REFERENCE, 0} <= set(events.tolist()):
        raise NoComparisonError("no period before the reference, or none after the start")
    return np.asarray(events, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """The treated units' outcomes, shape (T, Q), and the distances to estimate."""

    values: Floats
    starts: Ints
    events: Ints
    width: int

    def coefficients(self, levels: Floats, rows: Ints) -> Floats:
        """Return the estimates of the units in ``rows``, each with a level of its own, (E,)."""
        quarters = np.arange(self.values.shape[1])[None, :] - self.starts[rows][:, None]
        distance = quarters // self.width
        used = np.isfinite(self.values[rows]) & np.isin(distance, self.events)
        unit, quarter = np.nonzero(used)
        outcome = self.values[rows][used] - levels[quarter]
        kept = self.events[self.events != _REFERENCE]
        events = (distance[used][:, None] == kept[None, :]).astype(np.float64)
        # A unit's own level is taken out of both sides (Frisch-Waugh-Lovell).
        member = (unit[:, None] == np.arange(len(rows))[None, :]).astype(np.float64)
        share = member / np.maximum(member.sum(0), 1)
        events -= member @ (share.T @ events)
        outcome = outcome - member @ (share.T @ outcome)
        solution, *_ = np.linalg.lstsq(events, outcome, rcond=None)
        return np.asarray(solution, dtype=np.float64)


def _jackknife(
    window: _Window, values: Floats, controls: Ints, levels: Floats
) -> tuple[Floats, float]:
    """Return the covariance of the estimates, leaving out one unit at a time, and its freedom."""
    rows = np.arange(len(window.values))
    without_treated = np.array([window.coefficients(levels, np.delete(rows, row)) for row in rows])
    without_control = np.array(
        [
            window.coefficients(quarter_levels(values, np.delete(controls, place)), rows)
            for place in range(len(controls))
        ]
    )
    parts = [_covariance(without_treated), _covariance(without_control)]
    total = parts[0] + parts[1]
    # Satterthwaite's degrees of freedom on the average of the variances.
    sizes = [len(without_treated) - 1, len(without_control) - 1]
    shares = [np.trace(part) ** 2 / size for part, size in zip(parts, sizes, strict=True)]
    return total, float(np.trace(total) ** 2 / sum(shares))


def _covariance(without: Floats) -> Floats:
    centred = without - without.mean(0)
    return np.asarray((len(without) - 1) / len(without) * centred.T @ centred, dtype=np.float64)


def _joint_p(estimates: Floats, covariance: Floats, freedom: float) -> float:
    """Return the p value that all are 0, by Hotelling's statistic with an estimated covariance."""
    count = len(estimates)
    try:
        wald = float(estimates @ np.linalg.solve(covariance, estimates))
    except np.linalg.LinAlgError:
        raise NoSpreadError("estimates before the start move together without error") from None
    left = max(freedom - count + 1, 1.0)
    return float(stats.f.sf(wald * left / (count * freedom), count, left))
