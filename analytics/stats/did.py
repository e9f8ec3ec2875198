"""Difference in differences with few treated units: estimate, interval, every placebo assignment.

Untreated outcomes are a unit's level plus a quarter's level. The quarters' levels come from units
that are never treated; what a treated unit departs from its own earlier level, after they are taken
out, is its effect: imputation as in Borusyak, Jaravel & Spiess (2024, doi:10.1093/restud/rdae007),
with each treated cell weighing the same. Cells may be missing.

Errors are independent between units, not within. The standard error leaves out one unit at a time,
treated and comparison units as two samples (for a plain difference of means it is Welch's), and the
degrees of freedom are Satterthwaite's. Cluster-robust formulas reject far too often with twelve
treated units; the jackknife does not (MacKinnon, Nielsen & Webb 2023, doi:10.1002/jae.2969).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.stats.imputation import NEVER, Parts, has_levels, parts_of, solve
from analytics.stats.panel_input import check_confidence, check_exposure, check_least, check_panel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

LEAST_BEFORE: Final = 4
"""Quarters a treated unit needs before its start: fewer do not tell its level."""

_AT_ONCE: Final = 64
"""Assignments estimated together; bounds the memory, not the result."""


class NoComparisonError(ValueError):
    """The panel does not allow an estimate: too few treated or comparison units."""


class NoSpreadError(NoComparisonError):
    """The units vary so little that nothing can be told from chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """An average effect on the treated cells.

    Attributes:
        estimate: In the outcome's unit.
        error: Jackknife standard error.
        freedom: Degrees of freedom, Satterthwaite.
        low, high: Interval from the t distribution.
        units: Rows of the panel that are treated and estimated, shape (T,).
        unit_effects: Their own average effects, shape (T,).
        weights: Their shares of the treated cells, sum 1, shape (T,).
        without: The estimate without each unit, shape (U,); NaN for one that has no part in it.
        influence: What each unit adds to the error, shape (U,): squares sum to ``error`` squared.
        controls: Number of comparison units.
        cells: Number of treated cells.
    """

    estimate: float
    error: float
    freedom: float
    low: float
    high: float
    units: Ints
    unit_effects: Floats
    weights: Floats
    without: Floats
    influence: Floats
    controls: int
    cells: int

    @property
    def statistic(self) -> float:
        """Return the estimate divided by its standard error."""
        return self.estimate / self.error


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """Estimates for many assignments of starts to units, shape (B,) each."""

    estimates: Floats
    errors: Floats
    freedom: Floats


def average_effect(
    values: Floats,
    starts: Ints,
    *,
    exposure: Floats | None = None,
    least_before: int = LEAST_BEFORE,
    confidence: float = 0.95,
) -> Effect:
    """Estimate the average effect on the treated cells.

    Args:
        values: Outcome by unit and quarter, shape (U, Q), NaN where missing.
        starts: First treated quarter of each unit, shape (U,); ``NEVER`` for comparison units.
        exposure: Share of each unit that is treated from its start on, shape (U,), all of it if
            None. The effect is that of full exposure: a regression through the origin of the units'
            effects on their exposure.
        least_before: Quarters that a treated unit needs before its start.
        confidence: Of the interval.

    Raises:
        NoComparisonError: With fewer than two treated units that have ``least_before`` quarters
            before their start and one after, or fewer than two comparison units in any quarter.
        ValueError: On shapes that do not fit or numbers out of range.
    """
    shares = np.ones(len(starts)) if exposure is None else exposure
    _check(values, starts, shares, least_before)
    check_confidence(confidence)
    parts = parts_of(values, starts[None, :], shares[None, :], least_before)
    treated = np.flatnonzero(parts.weights[0] > 0)
    controls = int(parts.is_control[0].sum())
    _require(values, parts.is_control, len(treated))
    left_out = _leave_out(parts)
    result = _summary(left_out)
    weights = parts.weights[0, treated]
    estimate, error = float(result.estimates[0]), float(result.errors[0])
    freedom = float(result.freedom[0])
    margin = stats.t.ppf(0.5 + confidence / 2, freedom) * error
    without, influence = left_out.by_unit()
    return Effect(
        estimate=estimate,
        error=error,
        freedom=freedom,
        low=estimate - margin,
        high=estimate + margin,
        units=treated,
        unit_effects=parts.own()[0, treated],
        weights=weights / weights.sum(),
        without=without,
        influence=influence,
        controls=controls,
        cells=int(weights.sum()),
    )


def assigned_effects(
    values: Floats,
    starts: Ints,
    *,
    exposure: Floats | None = None,
    least_before: int = LEAST_BEFORE,
) -> Assigned:
    """Estimate the effect for each row of ``starts``, shape (B, U), as ``average_effect`` does.

    ``exposure`` has the shape of ``starts``: it goes with the label. A row without two treated and
    two comparison units in every quarter gives NaN.
    """
    shares = np.ones(starts.shape) if exposure is None else exposure
    _check(values, starts, shares, least_before)
    batches = [
        _summary(_leave_out(parts_of(values, starts[rows], shares[rows], least_before)))
        for rows in (slice(first, first + _AT_ONCE) for first in range(0, len(starts), _AT_ONCE))
    ]
    errors = np.concatenate([batch.errors for batch in batches])
    known = has_levels(values, starts == NEVER) & np.isfinite(errors)
    return Assigned(
        estimates=np.where(known, np.concatenate([batch.estimates for batch in batches]), np.nan),
        errors=np.where(known, errors, np.nan),
        freedom=np.where(known, np.concatenate([batch.freedom for batch in batches]), np.nan),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _LeftOut:
    """The estimates of B assignments and those without each unit, shape (B,) and (B, U)."""

    estimates: Floats
    without: Floats
    is_treated: Mask
    is_control: Mask

    def by_unit(self) -> tuple[Floats, Floats]:
        """Return, for the first assignment, the estimate without each unit and its influence."""
        without = np.where(self.is_treated | self.is_control, self.without, np.nan)[0]
        influence = np.zeros(len(without))
        for sample in (self.is_treated[0], self.is_control[0]):
            scale = np.sqrt((sample.sum() - 1) / sample.sum())
            influence[sample] = scale * (without[sample].mean() - without[sample])
        return without, influence


def _leave_out(parts: Parts) -> _LeftOut:
    """Estimate each assignment with all units and without each one."""
    own = parts.own()
    lift = parts.weights * parts.exposure
    scale = lift * parts.exposure
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = lift / scale.sum(1, keepdims=True)
        direction = np.einsum("bu,buq->bq", shares, parts.change)
        plain = np.einsum("bu,bu->b", shares, parts.contrast)
        estimates = plain - np.einsum("bq,bq->b", direction, parts.quarters)
        total = (lift * own).sum(1, keepdims=True) - lift * own
        without_treated = total / (scale.sum(1, keepdims=True) - scale)
    without_control = plain[:, None] - _without_controls(parts, direction)
    is_treated = parts.weights > 0
    without = np.where(is_treated, without_treated, without_control)
    return _LeftOut(estimates, without, is_treated, parts.is_control)


def _summary(left_out: _LeftOut) -> Assigned:
    treated = _spread(left_out.without, left_out.is_treated)
    control = _spread(left_out.without, left_out.is_control)
    variance = treated.variance + control.variance
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = variance**2 / (
            treated.variance**2 / treated.freedom + control.variance**2 / control.freedom
        )
    return Assigned(left_out.estimates, np.sqrt(variance), freedom)


def _without_controls(parts: Parts, direction: Floats) -> Floats:
    """Return the part of the estimate that the quarters' levels make, without each control, (B, U).

    Only comparison units' columns mean anything.
    """
    result = np.zeros_like(parts.weights)
    for unit in range(len(parts.unit_right)):
        rows = np.flatnonzero(parts.is_control[:, unit])
        if len(rows):
            levels = solve(
                parts.system[rows] - parts.unit_system[unit],
                parts.right[rows] - parts.unit_right[unit],
            )
            result[rows, unit] = np.einsum("bq,bq->b", direction[rows], levels)
    return result


@dataclass(frozen=True, slots=True, eq=False)
class _Spread:
    variance: Floats
    freedom: Floats


def _spread(without: Floats, is_in: Mask) -> _Spread:
    """Return the jackknife variance of one sample, shape (B,)."""
    count = is_in.sum(1)
    mean = np.where(is_in, without, 0.0).sum(1) / np.maximum(count, 1)
    squares = np.where(is_in, (without - mean[:, None]) ** 2, 0.0).sum(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(count > 1, (count - 1) / count * squares, np.nan)
    return _Spread(variance, np.maximum(count - 1.0, 1.0))


def _check(values: Floats, starts: Ints, exposure: Floats, least_before: int) -> None:
    check_panel(values, starts)
    check_exposure(exposure, starts)
    check_least(least_before=least_before)


def _require(values: Floats, is_control: Mask, treated: int) -> None:
    if treated < 2:
        raise NoComparisonError("fewer than two treated units have enough quarters")
    if not has_levels(values, is_control)[0]:
        raise NoComparisonError("a quarter has fewer than two comparison units, or none in common")
