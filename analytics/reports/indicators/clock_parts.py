"""The counts of a clock, part by part: what estimates and curves are made of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.stats.clusters import (
    clustered_incidence,
    clustered_survival,
    error_of,
    jackknife,
    means_without,
    t_quantile,
    with_noise,
)
from analytics.stats.curves import IncidenceCurve, SurvivalCurve
from analytics.stats.restricted import restricted_mean
from analytics.stats.survival import cumulative_incidence, kaplan_meier
from analytics.stats.unit_table import UnitTable, freedom_of

REFERRED: Final = 1
"""Event code of the clocks for what the clock waits for; 2 is another end, 0 still open."""


@dataclass(frozen=True, slots=True)
class ClockCounts:
    """Counts of one key and series: shape (d,) each.

    With ``unit``, the number of each row's unit, whatever is estimated varies between units; else
    between needs. ``noise`` is the variance that protection has added to each count.
    """

    days: NDArray[np.int64]
    event: NDArray[np.int64]
    needs: NDArray[np.int64]
    unit: NDArray[np.int64] | None = None
    noise: float = 0.0

    @property
    def n(self) -> int:
        """Return the number of needs, open ones included."""
        return int(self.needs.sum())

    @property
    def units(self) -> int | None:
        """Return how many units there are needs of, None where units are not told apart."""
        return None if self.unit is None else int(self._known().size)

    @property
    def freedom(self) -> float:
        """Return the degrees of freedom of what is estimated: endless where needs vary."""
        if self.unit is None:
            return np.inf
        return freedom_of(np.bincount(self.unit, self.needs)) if self.unit.size else 0.0

    def events_by(self, day: int) -> int:
        """Return how many had the event up to ``day``."""
        return int(self.needs[(self.event == REFERRED) & (self.days <= day)].sum())

    def known_by(self, day: int) -> int:
        """Return of how many it is known whether they had the event up to ``day``."""
        return int(self.needs[(self.event > 0) | (self.days >= day)].sum())

    def until(self, day: int) -> "ClockCounts":
        """Return the counts as far as they tell of the days up to ``day``: all else still waits."""
        is_later = self.days > day
        days, event = np.where(is_later, day, self.days), np.where(is_later, 0, self.event)
        return replace(self, days=days, event=event)

    def waiting(self) -> SurvivalCurve:
        """Return the share that still waits by day, other ends being censored."""
        curve = kaplan_meier(self.days, self.event == REFERRED, self.needs)
        curve = curve if self.unit is None else clustered_survival(curve, self.table())
        return with_noise(curve, self.noise, self.freedom)

    def referred(self) -> IncidenceCurve:
        """Return the share referred by day, other ends competing."""
        curve = cumulative_incidence(self.days, self.event, self.needs, cause=REFERRED)
        curve = curve if self.unit is None else clustered_incidence(curve, self.table())
        return with_noise(curve, self.noise, self.freedom)

    def mean_wait(self, limit: int) -> tuple[float, float, float]:
        """Return the mean days of waiting, at most ``limit``, and its bounds; NaN where none."""
        curve = kaplan_meier(self.days, self.event == REFERRED, self.needs)
        mean = restricted_mean(curve, limit)
        if mean.estimate is None:
            return np.nan, np.nan, np.nan
        if self.unit is None and not self.noise:
            return mean.estimate, *(np.nan if v is None else v for v in (mean.low, mean.high))  # type: ignore[return-value]
        # A count too many or too few at every day moves the mean by at most the days of one need.
        added = self.noise * (limit / max(self.n, 1)) ** 2
        if self.unit is None:
            error = float(np.hypot(mean.std_error or 0.0, added**0.5))
        else:
            of_units = float(error_of(jackknife(means_without(self.table(), limit))))
            error = float(np.hypot(of_units, added**0.5))
        margin = t_quantile(self.freedom) * error
        bounds = np.clip([mean.estimate - margin, mean.estimate + margin], 0, limit)
        return mean.estimate, float(bounds[0]), float(bounds[1])

    def table(self, units: NDArray[np.int64] | None = None) -> UnitTable:
        """Return the counts by unit and day.

        Args:
            units: Numbers of the units in ascending order, all of this part's among them; None for
                those that there are needs of.
        """
        if self.unit is None:
            raise ValueError("the counts do not tell units apart")
        known = self._known() if units is None else units
        place = np.searchsorted(known, self.unit)
        return UnitTable.of(self.days, self.event, self.needs, place, known.size)

    def _known(self) -> NDArray[np.intp]:
        """Return the numbers of the units that there are needs of, in ascending order."""
        if self.unit is None or not self.unit.size:
            return np.empty(0, np.intp)
        return np.flatnonzero(np.bincount(self.unit, self.needs))


def split(counts: pd.DataFrame) -> Iterator[tuple[str, str, ClockCounts]]:
    """Yield key, series and counts of a frame ``key, series, days, event, needs``.

    A column ``unit`` tells units apart, a column ``noise`` what protection has added.
    """
    key_codes, keys = pd.factorize(counts["key"], sort=True)
    series_codes, series = pd.factorize(counts["series"], sort=True)
    pairs = key_codes * max(len(series), 1) + series_codes
    order = np.argsort(pairs, kind="stable")
    columns = [counts[name].to_numpy(np.int64)[order] for name in ("days", "event", "needs")]
    if "unit" in counts:
        columns.append(pd.factorize(counts["unit"], sort=True)[0].astype(np.int64)[order])
    noise = noise_in(counts)[order]
    pairs = pairs[order]
    starts = np.flatnonzero(np.diff(pairs, prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(pairs)]):
        key, one = divmod(int(pairs[start]), len(series))
        days, event, needs, *rest = (column[start:end] for column in columns)
        unit = rest[0] if rest else None
        part = ClockCounts(days, event, needs, unit, float(noise[start]))
        yield str(keys[key]), str(series[one]), part


def noise_in(counts: pd.DataFrame) -> NDArray[np.float64]:
    """Return the variance that protection has added to the count of each row, 0 where none."""
    return counts["noise"].to_numpy(np.float64) if "noise" in counts else np.zeros(len(counts))
