"""Why needs end: competing causes counted, told as the edition allows, and estimated by day.

Places, law and reach are three different repairs. Open needs are censored, whatever ends a need
takes it away from all other causes (Aalen & Johansen 1978); districts are what varies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import told_clock
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension
from analytics.domain.release import Release
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.refusal import refuse_unreleased
from analytics.reports.indicators.clock_parts import noise_in
from analytics.stats.clusters import error_of, jackknife, t_quantile
from analytics.stats.counts import Floats, Ints
from analytics.stats.curves import IncidenceCurve, pointwise_band
from analytics.stats.survival import cumulative_incidence
from analytics.stats.unit_table import UnitTable, freedom_of

REACHED: Final = "reached"
OPEN: Final = "open"
REPAIRS: Final = {
    "places": ("no_place",),
    "law": ("not_entitled",),
    "reach": ("declined", "broken_off", "contact_lost", "moved_away"),
    "unknown": ("unknown",),
}
"""Reasons by what would have to be mended."""

REASONS: Final = tuple(reason for reasons in REPAIRS.values() for reason in reasons)
CAUSES: Final = (REACHED, *REASONS)
LAST: Final = 365
ANY: Final = "any"
"""All reasons together: whatever ends a need without what it waits for."""
_OTHER: Final = 2
_UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Causes:
    """Needs of one key by day and cause, and how they vary between districts.

    Attributes:
        days: Days to the end or up to which a need was open, shape (k,).
        cause: Names of causes, shape (k,).
        needs: How many, shape (k,).
        of_units: The same by district, ``unit`` being their numbers, for errors alone: where
            figures are released these are counts of their own, which do not add up to the others.
        noise: Variance that protection has added to each count.
    """

    days: Ints
    cause: NDArray[np.object_]
    needs: Ints
    of_units: pd.DataFrame
    noise: float

    @property
    def n(self) -> int:
        """Return the number of needs, open ones included."""
        return int(self.needs.sum())

    def count(self, cause: str, day: int = LAST) -> int:
        """Return how many had ended for a cause by a day; of open ones, how many had not."""
        if cause == OPEN:
            return int(self.needs[(self.cause == OPEN) | (self.days > day)].sum())
        return int(self.needs[(self.cause == cause) & (self.days <= day)].sum())

    def curve(self, cause: str) -> IncidenceCurve:
        """Return the share ended for a cause by day, or for any reason but what is waited for."""
        return cumulative_incidence(self.days, _codes(self.cause, cause), self.needs)

    def band(self, cause: str, days: Floats, values: Floats) -> tuple[Floats, Floats]:
        """Return the bounds of a curve's values on some days; NaN where districts give none.

        Args:
            cause: As of ``curve``.
            days: Shape (d,).
            values: The curve's, shape (d,).
        """
        frame = self.of_units
        units = int(frame["unit"].max()) + 1
        codes = _codes(frame["cause"].to_numpy(object), cause)
        table = UnitTable.of(frame["days"], codes, frame["needs"], frame["unit"], units)
        rest = table.without().incidence()
        place = np.searchsorted(table.days, days, side="right") - 1
        # What is not followed so long without some district has no interval.
        error = error_of(jackknife(rest[:, place]))
        added = self.noise * (1 + values**2) / max(self.n, 1) ** 2
        error = np.sqrt(error**2 + added)
        error[(values <= 0) | (values >= 1)] = np.nan
        sizes = np.bincount(frame["unit"], frame["needs"], units)
        return pointwise_band(values, error, t_quantile(freedom_of(sizes)), "log-log")


def causes_by(
    store: ParquetStore, clock: str, by: Dimension, needs: NeedFilter
) -> tuple[dict[str, Causes], ExecutedQuery]:
    """Return the causes by key, and their query; needs whose ends nobody records are left out.

    Args:
        store: The snapshot.
        clock: ``referral``, ``start`` or ``start_after_referral``.
        by: The dimension of keys.
        needs: Which needs count.

    Raises:
        UnreleasedError: Where figures are released and this question is not.
    """
    refuse_unreleased(store, needs, by)
    # Released counts are those of whole curves, whatever part of them is asked for.
    until = None if store.release is Release.RELEASED else LAST
    params = needs.params() | {"by": by, "clock": clock, "until": until}
    counts = store.fetch("end_counts", params)
    found = dict(_parts(counts, store.release))
    return found, store.executed("end_counts", params)


def _parts(counts: pd.DataFrame, release: Release) -> Iterator[tuple[str, Causes]]:
    """Yield the causes of each key.

    A cause is told as a part of all needs of its key, so that all causes add up to what other
    figures tell of them. How districts vary is told cause by cause.
    """
    event = counts["cause"].map({OPEN: 0, REACHED: 1}).fillna(_OTHER).astype(np.int64)
    whole = told_clock(counts.assign(series="", unit=counts["cause"], event=event), release)
    ended = (event > 0).astype(np.int64)
    split = told_clock(counts.assign(series=counts["cause"], event=ended), release)
    # What noise has left of a cause without an end is open.
    ended_or_open = split["series"].mask(split["event"] == 0, OPEN)
    of_units, whole = _until(split.assign(cause=ended_or_open)), _until(whole.assign(cause=_whole))
    for key, part in whole.groupby("key", sort=True):
        units = of_units[of_units["key"] == key]
        numbers = pd.factorize(units["unit"], sort=True)[0]
        yield (
            str(key),
            Causes(
                part["days"].to_numpy(np.int64),
                part["cause"].to_numpy(object),
                part["needs"].to_numpy(np.int64),
                units.assign(unit=numbers)[["days", "cause", "needs", "unit"]],
                float(noise_in(part).max(initial=0)),
            ),
        )


def _whole(told: pd.DataFrame) -> "pd.Series[str]":
    """Return the cause of each row of a key's needs, told by event, with causes as units.

    Where noise has left no reason any need, whatever ended has a reason that is not recorded.
    """
    reason = told["unit"].where(told["unit"].isin(REASONS), _UNKNOWN)
    return reason.mask(told["event"] == 1, REACHED).mask(told["event"] == 0, OPEN)


def _until(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts as they stand on the last day: what comes later is open."""
    is_later = counts["days"] > LAST
    return counts.assign(
        days=counts["days"].mask(is_later, LAST), cause=counts["cause"].mask(is_later, OPEN)
    )


def _codes(causes: NDArray[np.object_], cause: str) -> Ints:
    """Return 1 for the cause, 2 for other ends, 0 for open."""
    chosen = np.isin(causes, REASONS) if cause == ANY else causes == cause
    return np.where(causes == OPEN, 0, np.where(chosen, 1, _OTHER))
