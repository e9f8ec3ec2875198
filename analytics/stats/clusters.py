"""Estimates whose uncertainty is that between units: districts and towns, not the people in them.

A programme is given to places, and needs of one place are alike. What is pooled over the needs of
several units varies as the units do: each is left out once, and the estimates without it say how
far the pooled one may lie off (delete-a-group jackknife; Quenouille 1956, doi:10.1093/biomet/
43.3-4.353; for clusters Lipsitz, Dear & Zhao 1994, doi:10.2307/2533447). Quantiles are Student's.
Units of one size have as many degrees of freedom as there are units, less one; where a few large
ones decide, as many as the units of one size that would tell as much (Kish 1965, Survey Sampling,
section 11.7). All is made of counts per unit, so no need is read twice.
"""

from dataclasses import dataclass, replace
from typing import Final, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from analytics.stats.counts import Floats, Ints, as_counts, as_vector, as_whole, normal_quantile
from analytics.stats.curves import IncidenceCurve, SurvivalCurve, pointwise_band

_LEAST_UNITS: Final = 2
_USUAL: Final = 0.95
_ROUNDING: Final = 1e-9
_LARGEST_QUANTILE: Final = 1e6
"""Beyond it an interval is as wide as the scale; larger numbers would only overflow."""

Mask = NDArray[np.bool_]
_Curve = TypeVar("_Curve", SurvivalCurve, IncidenceCurve)


@dataclass(frozen=True, slots=True, eq=False)
class UnitTable:
    """Observations per unit and distinct day, day 0 always being the first.

    Attributes:
        days: Distinct days, float, shape (D,).
        at_risk: Rows observed up to this day or longer, shape (U, D).
        ends: Rows that end on this day for any reason, shape (U, D).
        events: Rows that end on this day for the reason of interest, shape (U, D).
    """

    days: Floats
    at_risk: Floats
    ends: Floats
    events: Floats

    @classmethod
    def of(
        cls, days: ArrayLike, codes: ArrayLike, counts: ArrayLike, units: ArrayLike, size: int
    ) -> Self:
        """Count rows of each unit by day.

        Args:
            days: Whole days to the end or to the data cut, shape (N,), from 0 on.
            codes: 0 for still open, 1 for the event of interest, more for other ends, shape (N,).
            counts: Rows each entry stands for, shape (N,).
            units: Number of the unit of each entry, from 0 to ``size`` - 1, shape (N,).
            size: How many units there are, those without rows included.

        Raises:
            ValueError: On unequal lengths, missing, negative or fractional numbers, or a unit
                beyond ``size``.
        """
        durations = as_whole(as_vector(days, "days"), "days").astype(np.int64)
        kinds = as_whole(as_vector(codes, "codes"), "codes")
        places = as_whole(as_vector(units, "units"), "units").astype(np.int64)
        if not kinds.size == places.size == durations.size:
            raise ValueError(f"{durations.size} days, {kinds.size} codes and {places.size} units")
        if places.max(initial=-1) >= size:
            raise ValueError(f"units must be below {size}")
        weights = as_counts(counts, durations.size)
        present = weights > 0
        durations, kinds, weights = durations[present], kinds[present], weights[present]
        places = places[present]
        # Day 0 joins with no rows of its own, so that every curve starts where the clock starts.
        is_there = np.bincount(durations, minlength=1) > 0
        is_there[0] = True
        grid, position = np.flatnonzero(is_there), np.cumsum(is_there) - 1
        shape = (size, grid.size)
        cells = places * grid.size + position[durations]

        def sums(chosen: Floats) -> Floats:
            flat = np.bincount(cells, weights=chosen, minlength=shape[0] * shape[1])
            return flat.astype(np.float64).reshape(shape)

        rows = sums(weights)
        return cls(
            days=grid.astype(np.float64),
            at_risk=np.cumsum(rows[:, ::-1], axis=1)[:, ::-1],
            ends=sums(weights * (kinds > 0)),
            events=sums(weights * (kinds == 1)),
        )

    @property
    def units(self) -> int:
        """Return how many units there are."""
        return len(self.at_risk)

    @property
    def freedom(self) -> float:
        """Return the degrees of freedom that the units give."""
        return freedom_of(self.at_risk[:, 0])

    def without(self) -> Self:
        """Return the pooled table without each unit in turn, shapes (U, D)."""
        arrays = (self.at_risk, self.ends, self.events)
        return type(self)(self.days, *(array.sum(0) - array for array in arrays))

    def is_followed(self, day: float) -> Mask:
        """Return which rows hold anybody who is observed up to ``day`` or longer, shape (U,)."""
        place = int(np.searchsorted(self.days, day, side="left"))
        if place == self.days.size:
            return np.zeros(self.units, dtype=np.bool_)
        return np.asarray(self.at_risk[:, place] > 0)

    def has_ended(self) -> Mask:
        """Return in which rows nobody is left at the end, so that the last values hold, (U,)."""
        return np.asarray(self._staying(self.ends)[:, -1] <= 0)

    def survival(self) -> Floats:
        """Return each row's share without any event, shape (U, D), NaN beyond its last day."""
        waiting = self._staying(self.events)
        return self._known(waiting, waiting)

    def incidence(self) -> Floats:
        """Return each row's share that has ended for the cause, shape (U, D), NaN likewise."""
        left = self._staying(self.ends)
        before = np.hstack([np.ones((len(left), 1)), left[:, :-1]])
        return self._known(np.cumsum(before * self._rate(self.events), axis=1), left)

    def _rate(self, counts: Floats) -> Floats:
        return np.divide(counts, self.at_risk, out=np.zeros_like(counts), where=self.at_risk > 0)

    def _staying(self, counts: Floats) -> Floats:
        return np.asarray(np.cumprod(1 - self._rate(counts), axis=1), dtype=np.float64)

    def _known(self, values: Floats, left: Floats) -> Floats:
        """Blank what lies beyond the last day, unless nobody was left then."""
        return np.where((self.at_risk > 0) | (left <= 0), values, np.nan)


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


def freedom_of(sizes: Floats | Ints) -> float:
    """Return the degrees of freedom of what is pooled over units: units - 1 if all weigh the same.

    Args:
        sizes: What each unit weighs in the pooled estimate, shape (U,).
    """
    squares = float((np.asarray(sizes, dtype=np.float64) ** 2).sum())
    return float(sizes.sum()) ** 2 / squares - 1 if squares > 0 else 0.0


def error_of(influence: Floats) -> Floats:
    """Return the standard error from ``jackknife``, shape (...)."""
    return np.asarray(np.sqrt((influence**2).sum(0)), dtype=np.float64)


def t_quantile(freedom: float, confidence: float = _USUAL) -> float:
    """Return t with a share ``confidence`` of Student's distribution between -t and t.

    Without degrees of freedom there is none (NaN); with infinitely many it is the normal's.
    """
    if not freedom > _ROUNDING:
        return np.nan
    if freedom == np.inf:
        return normal_quantile(confidence)
    return min(float(stdtrit(freedom, (1 + confidence) / 2)), _LARGEST_QUANTILE)


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


def _banded(curve: _Curve, error: Floats, freedom: float) -> _Curve:
    quantile = t_quantile(freedom, curve.confidence)
    low, high = pointwise_band(curve.estimate, error, quantile, curve.transform)
    return replace(curve, std_error=error, low=low, high=high)


def means_without(table: UnitTable, limit: float) -> Floats:
    """Return the mean days until the event, at most ``limit``, without each unit, shape (U,).

    NaN where the curve without the unit ends before ``limit``.
    """
    rest = table.without()
    inside = table.days <= limit
    widths = np.diff(np.append(table.days[inside], limit))
    survival = rest.survival()
    known = rest.is_followed(limit) | (survival[:, -1] <= 0)
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
    rest = table.without()
    place = int(np.searchsorted(table.days, day, side="right")) - 1
    known = rest.is_followed(day) | rest.has_ended()
    return jackknife(np.where(known, rest.incidence()[:, place], np.nan))


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


def share_bounds(events: Ints, trials: Ints) -> tuple[float, float]:
    """Return the bounds of the pooled share, symmetric in log(-log); NaN of a single unit.

    Args:
        events: By unit, shape (U,).
        trials: By unit, each at least 1, shape (U,).
    """
    known, freedom = int(trials.sum()), freedom_of(trials)
    share = float(events.sum() / known)
    if share in (0, 1):
        return end_bounds(share, known, freedom)
    error = error_of(jackknife(shares_without(events, trials)))
    quantile = t_quantile(freedom)
    low, high = pointwise_band(np.array([share]), np.array([error]), quantile, "log-log")
    return float(low[0]), float(high[0])


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
