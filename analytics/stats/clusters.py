"""Estimates whose uncertainty is that between units: districts and towns, not the people in them.

A programme is given to places, and needs of one place are alike. What is pooled over the needs of
several units varies as the units do: each is left out once, and the estimates without it say how
far the pooled one may lie off (delete-a-group jackknife; Quenouille 1956, doi:10.1093/biomet/
43.3-4.353; for clusters Lipsitz, Dear & Zhao 1994, doi:10.2307/2533447). Quantiles are Student's.
Units of one size have as many degrees of freedom as there are units, less one; where a few large
ones decide, as many as the units of one size that would tell as much (Kish 1965, Survey Sampling,
section 11.7). All is made of counts per unit, so no need is read twice.
"""

from dataclasses import replace
from typing import Final, TypeVar

import numpy as np
from scipy.special import stdtr, stdtrit

from analytics.stats.counts import Floats, Ints, normal_quantile
from analytics.stats.curves import IncidenceCurve, SurvivalCurve, pointwise_band
from analytics.stats.unit_table import UnitTable, freedom_of

_LEAST_UNITS: Final = 2
_USUAL: Final = 0.95
_ROUNDING: Final = 1e-9
_LARGEST_QUANTILE: Final = 1e6
"""Beyond it an interval is as wide as the scale; larger numbers would only overflow."""

_Curve = TypeVar("_Curve", SurvivalCurve, IncidenceCurve)


def jackknife(without: Floats) -> Floats:
    """Return what each unit adds to the error of an estimate: squares sum to its variance.

    Args:
        without: The estimate without each unit, shape (U, ...).

    Returns:
        Shape (U, ...), NaN where an estimate is missing or there are fewer than two units.
    """
    units = len(without)
    if units < _LEAST_UNITS:
        return np.full_like(without, np.nan)
    return np.asarray(np.sqrt((units - 1) / units) * (without.mean(0) - without), dtype=np.float64)


def error_of(influence: Floats) -> Floats:
    """Return the standard error from ``jackknife``, shape (...)."""
    return np.asarray(np.sqrt((influence**2).sum(0)), dtype=np.float64)


def are_alike(influence: Floats) -> bool:
    """Say whether units do not differ at all, so that they tell nothing of how they vary."""
    return bool(error_of(influence) < _ROUNDING)


def t_quantile(freedom: float, confidence: float = _USUAL) -> float:
    """Return t with a share ``confidence`` of Student's distribution between -t and t.

    Without degrees of freedom there is none (NaN); with infinitely many it is the normal's.
    """
    if not freedom > _ROUNDING:
        return np.nan
    if freedom == np.inf:
        return normal_quantile(confidence)
    return min(float(stdtrit(freedom, (1 + confidence) / 2)), _LARGEST_QUANTILE)


def p_value(value: float, error: float, freedom: float) -> float:
    """Return how often chance alone gives a value at least as far from zero; NaN without an error.

    Args:
        value: Of an estimate that is zero where there is nothing.
        error: Its standard error.
        freedom: Degrees of freedom of the units.
    """
    if not (np.isfinite(error) and freedom > _ROUNDING):
        return np.nan
    if value == 0 or error == 0:
        return 1.0 if value == 0 else 0.0
    return float(2 * stdtr(freedom, -abs(value) / error))


def clustered_survival(curve: SurvivalCurve, table: UnitTable) -> SurvivalCurve:
    """Return the curve of all units with the band that the units give; none of a single one."""
    error = error_of(jackknife(table.without().survival()))
    error[curve.estimate == 0] = np.nan
    return _banded(curve, error, table.freedom)


def clustered_incidence(curve: IncidenceCurve, table: UnitTable) -> IncidenceCurve:
    """Return the curve of all units with the band that the units give; none of a single one."""
    error = error_of(jackknife(table.without().incidence()))
    error[curve.estimate == 1] = np.nan
    return _banded(curve, error, table.freedom)


def with_noise(curve: _Curve, variance: float, freedom: float) -> _Curve:
    """Return the curve with the band that counts have to which noise was added.

    A share is one count by another, so its error is that of both: the noise of the events, and that
    of all rows as far as the share goes with it.

    Args:
        curve: Made of such counts.
        variance: Of the noise of each count; 0 leaves the curve as it is.
        freedom: Degrees of freedom of its units; endless where units are not what varies.
    """
    if not variance or not curve.n:
        return curve
    # At 0 and 1 the band is empty or unknown: what may be said there, the ends' own interval says.
    inside = (curve.estimate > 0) & (curve.estimate < 1)
    added = np.where(inside, variance * (1 + curve.estimate**2) / curve.n**2, 0)
    error = np.sqrt(curve.std_error**2 + added)
    return _banded(curve, np.asarray(error, dtype=np.float64), freedom)


def _banded(curve: _Curve, error: Floats, freedom: float) -> _Curve:
    quantile = t_quantile(freedom, curve.confidence)
    low, high = pointwise_band(curve.estimate, error, quantile, curve.transform)
    return replace(curve, std_error=error, low=low, high=high)


def means_without(table: UnitTable, limit: float) -> Floats:
    """Return the mean days until the event, at most ``limit``, without each unit, shape (U,).

    NaN where the curve without the unit ends before ``limit``.
    """
    return mean_waits(table.without(), limit)


def mean_waits(rows: UnitTable, limit: float) -> Floats:
    """Return each row's mean days until the event, at most ``limit``, shape (U,).

    NaN where a row's curve ends before ``limit``.
    """
    inside = rows.days <= limit
    widths = np.diff(np.append(rows.days[inside], limit))
    survival = rows.survival()
    known = rows.is_followed(limit) | (survival[:, -1] <= 0)
    return np.where(known, np.nan_to_num(survival[:, inside]) @ widths, np.nan)


def shares_without(events: Floats | Ints, trials: Floats | Ints) -> Floats:
    """Return the pooled share without each unit, shape (U,); NaN where no trial is left."""
    left = np.asarray(trials.sum() - trials, dtype=np.float64)
    nothing = np.full(len(left), np.nan)
    happened = np.asarray(events.sum() - events, dtype=np.float64)
    return np.asarray(np.divide(happened, left, out=nothing, where=left > 0))


def incidence_influence(table: UnitTable, day: float) -> Floats:
    """Return what each unit adds to the error of the pooled incidence on a day, shape (U,).

    NaN where the incidence without some unit is not known on that day.
    """
    return jackknife(incidences(table.without(), day))


def incidences(rows: UnitTable, day: float) -> Floats:
    """Return each row's incidence on a day, shape (U,), NaN where it is not known."""
    place = int(np.searchsorted(rows.days, day, side="right")) - 1
    known = rows.is_followed(day) | rows.has_ended()
    return np.where(known, rows.incidence()[:, place], np.nan)


def median_influence(curve: SurvivalCurve, table: UnitTable) -> Floats:
    """Return what each unit adds to the error of the median, in days, shape (U,).

    A median moves in whole days or not at all when a unit is left out, so it has no jackknife of
    its own: the share still waiting around that day has, and the band around the curve says how
    many days such a share is worth (Woodruff 1952, doi:10.1080/01621459.1952.10483443). The share
    is the mean over the days of the median's interval, as on a single day all units may be alike.

    Args:
        curve: From ``clustered_survival``.
        table: What it was made of.
    """
    median = curve.median()
    nothing = np.full(table.units, np.nan)
    if median.estimate is None or median.low is None or median.high is None:
        return nothing
    within = (table.days >= median.low) & (table.days <= median.high)
    influence = jackknife(table.without().survival()[:, within].mean(1))
    error = float(error_of(influence))
    quantile = t_quantile(table.freedom, curve.confidence)
    if not error > 0:
        return np.zeros(table.units) if median.low == median.high else nothing
    return np.asarray(influence * (median.high - median.low) / (2 * quantile * error))


def share_bounds(events: Ints, trials: Ints, noise: float = 0.0) -> tuple[float, float]:
    """Return the bounds of the pooled share, symmetric in log(-log); NaN of a single unit.

    Args:
        events: By unit, shape (U,).
        trials: By unit, each at least 1, shape (U,).
        noise: Variance of what was added to each of both sums.
    """
    known, freedom = int(trials.sum()), freedom_of(trials)
    share = float(events.sum() / known)
    if share in (0, 1):
        return end_bounds(share, known, freedom)
    error = np.array([share_error(events, trials, noise)])
    low, high = pointwise_band(np.array([share]), error, t_quantile(freedom), "log-log")
    return float(low[0]), float(high[0])


def share_error(events: Ints, trials: Ints, noise: float = 0.0) -> float:
    """Return the standard error of the pooled share, NaN of 0 and 1, and of a single unit.

    Args:
        events: By unit, shape (U,).
        trials: By unit, each at least 1, shape (U,).
        noise: Variance of what was added to each of both sums.
    """
    happened, known = float(events.sum()), float(trials.sum())
    if happened in (0, known):
        return np.nan
    share = happened / known
    added = noise * (1 + share**2) / known**2
    of_units = jackknife(shares_without(events, trials))
    # Few units are alike by mere chance; then how their needs vary is what is known.
    error = (share * (1 - share) / known) ** 0.5 if are_alike(of_units) else error_of(of_units)
    return float(np.hypot(error, added**0.5))


def end_bounds(share: float, known: int, freedom: float) -> tuple[float, float]:
    """Return how far a share of 0 or 1 may lie from there: Wilson's interval for its needs.

    Units that are all alike tell nothing of how they vary, so their needs do, at the quantile that
    so few units ask for; a single unit gives none (NaN).

    Args:
        share: 0 or 1.
        known: Rows behind it.
        freedom: Degrees of freedom of their units; endless where units are not what varies.
    """
    quantile = t_quantile(freedom)
    reach = quantile**2 / (known + quantile**2)
    if np.isnan(reach):
        return np.nan, np.nan
    return (0.0, reach) if share == 0 else (1 - reach, 1.0)
