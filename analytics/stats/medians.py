"""Medians of many clocks at once: what a loop over curves gives, in one pass over dense arrays.

A matrix of hand-overs has more than a hundred clocks, each in dozens of districts. The medians are
those of the exact days; how much districts vary is measured on days that were gathered to weeks,
since an error moves slowly along a curve and a jackknife of exact days would cost most of a second.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.stats.clusters import t_quantile
from analytics.stats.counts import Floats, Ints, freeze
from analytics.stats.unit_table import freedom_of

EVENT: Final = 1
_HALF: Final = 0.5
_TOLERANCE: Final = float(np.sqrt(np.finfo(np.float64).eps))
"""As of ``curves``: probabilities closer than this are the same."""
_LEAST_UNITS: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class DayCounts:
    """Rows by part, unit, day and event; whole numbers, shape (k,) each.

    Attributes:
        part: Number of the clock, from 0 on.
        unit: Number of the unit, from 0 on; all 0 where units are not told apart.
        days: To the event, another end or the data cut, from 0 on.
        event: 1 what the clock waits for; all else is censored.
        counts: Rows each entry stands for.
    """

    part: Ints
    unit: Ints
    days: Ints
    event: Ints
    counts: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Medians:
    """One row a clock, shape (p,) each; NaN where there is none.

    Attributes:
        estimate: Day by which half have had the event (Kaplan-Meier); NaN where not reached.
        low, high: Days at which the band crosses one half (Brookmeyer & Crowley 1982).
        n: Rows, open ones included.
        units: Units with rows; 0 where units are not told apart.
        freedom: Degrees of freedom of the band.
        last_day: Last observed day.
    """

    estimate: Floats
    low: Floats
    high: Floats
    n: Ints
    units: Ints
    freedom: Floats
    last_day: Floats

    def __post_init__(self) -> None:
        freeze(self.estimate, self.low, self.high, self.n, self.units, self.freedom)


def medians(
    exact: DayCounts, size: int, of_units: DayCounts | None = None, noise: float = 0.0
) -> Medians:
    """Return the median of each clock with its 95 % interval.

    Args:
        exact: Of all units together, by exact day.
        size: How many clocks there are, those without rows included.
        of_units: The same rows by unit, days perhaps gathered: then bands are those between units,
            of a single one none; without it rows vary, by Greenwood's formula.
        noise: Variance of what was added to each count.
    """
    days = int(exact.days.max(initial=0)) + 1
    rows, events = _dense(exact, exact.part * days + exact.days, (size, days))
    at_risk = _at_risk(rows)
    survival = _staying(events, at_risk)
    n = at_risk[:, 0].astype(np.int64)
    if of_units is None:
        error = survival * np.sqrt(_greenwood(events, at_risk))
        units, freedom = np.zeros(size, np.int64), np.full(size, np.inf)
    else:
        error, units, freedom = _between_units(of_units, size, days)
    low, high = _band(survival, error, freedom, noise / np.maximum(n, 1)[:, None] ** 2)
    observed = at_risk > 0
    last = np.where(n > 0, days - 1 - np.argmax(observed[:, ::-1], axis=1), np.nan)
    estimate, first, latest = (
        _crossing(1 - curve, observed & (rows > 0)) for curve in (survival, low, high)
    )
    return Medians(estimate, first, latest, n, units, freedom, last)


def _dense(counts: DayCounts, cells: Ints, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Return rows and events by cell."""
    size = int(np.prod(shape))
    weights = counts.counts.astype(np.float64)
    return tuple(  # type: ignore[return-value]
        np.bincount(cells, each, minlength=size).astype(np.float64).reshape(shape)
        for each in (weights, weights * (counts.event == EVENT))
    )


def _band(survival: Floats, error: Floats, freedom: Floats, noise: Floats) -> tuple[Floats, Floats]:
    """Return the pointwise band, symmetric in the logarithm, as ``curves.pointwise_band``."""
    inside = (survival > 0) & (survival < 1)
    wide = np.sqrt(error**2 + noise * (1 + survival**2))
    error = np.where(inside, wide, np.where(survival > 0, 0, np.nan))
    quantile = np.array([t_quantile(each) for each in freedom])[:, None]
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        factor = np.exp(quantile * error / survival)
        return survival / factor, np.minimum(survival * factor, 1)


def _at_risk(rows: Floats) -> Floats:
    return np.asarray(np.cumsum(rows[..., ::-1], axis=-1)[..., ::-1], dtype=np.float64)


def _staying(events: Floats, at_risk: Floats) -> Floats:
    rate = np.divide(events, at_risk, out=np.zeros_like(events), where=at_risk > 0)
    return np.asarray(np.cumprod(1 - rate, axis=-1), dtype=np.float64)


def _greenwood(events: Floats, at_risk: Floats) -> Floats:
    below = at_risk * (at_risk - events)
    return np.cumsum(np.divide(events, below, out=np.zeros_like(events), where=below > 0), axis=-1)


def _between_units(counts: DayCounts, size: int, days: int) -> tuple[Floats, Ints, Floats]:
    """Return the errors of the curves by exact day, how many units there are, and freedom.

    Delete-a-group jackknife as ``clusters.clustered_survival``; between gathered days the error
    goes straight from one to the next.
    """
    grid, place = np.unique(np.append(0, counts.days), return_inverse=True)
    units = int(counts.unit.max(initial=0)) + 1
    cells = (counts.part * units + counts.unit) * grid.size + place[1:]
    rows, events = _dense(counts, cells, (size, units, grid.size))
    at_risk = _at_risk(rows)
    sizes = at_risk[:, :, 0]
    has_rows = sizes > 0
    left = at_risk.sum(1, keepdims=True) - at_risk
    without = _staying(events.sum(1, keepdims=True) - events, left)
    without = np.where((left > 0) & has_rows[:, :, None], without, np.nan)
    many = has_rows.sum(1)
    with np.errstate(invalid="ignore"):
        middle = _sum(without, has_rows) / np.maximum(many, 1)[:, None]
        squares = _sum((without - middle[:, None, :]) ** 2, has_rows)
    scale = np.where(many >= _LEAST_UNITS, (many - 1) / np.maximum(many, 1), np.nan)
    error = np.sqrt(scale[:, None] * squares)
    freedom = np.array([freedom_of(part[part > 0]) if (part > 0).any() else 0 for part in sizes])
    return _along(error, grid, days), many.astype(np.int64), freedom.astype(np.float64)


def _sum(values: Floats, has_rows: NDArray[np.bool_]) -> Floats:
    """Return the sum over units that have rows; NaN where it is not known without one of them."""
    return np.asarray(np.where(has_rows[:, :, None], values, 0.0).sum(1), dtype=np.float64)


def _along(error: Floats, grid: Ints, days: int) -> Floats:
    every = np.arange(days)
    after = np.minimum(np.searchsorted(grid, every), grid.size - 1)
    before = np.maximum(after - 1, 0)
    width = np.maximum(grid[after] - grid[before], 1)
    share = np.clip((every - grid[before]) / width, 0, 1)
    return np.asarray(error[:, before] * (1 - share) + error[:, after] * share, dtype=np.float64)


def _crossing(rising: Floats, is_day: NDArray[np.bool_]) -> Floats:
    """Return the first day on which each row reaches one half; on a flat step there its middle."""
    with np.errstate(invalid="ignore"):
        reached = (rising >= _HALF - _TOLERANCE) & is_day
    first = np.argmax(reached, axis=1)
    found = np.where(reached.any(1), first.astype(np.float64), np.nan)
    at = rising[np.arange(len(rising)), first]
    for row in np.flatnonzero(reached.any(1) & (np.abs(at - _HALF) < _TOLERANCE)):
        beyond = np.flatnonzero(reached[row] & (rising[row] > at[row] + _TOLERANCE))
        if beyond.size:
            found[row] = (first[row] + beyond[0]) / 2
    return found
