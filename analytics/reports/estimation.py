"""From counts to protected estimates: one row a key and series, for every indicator.

This is the only place where an indicator's method is chosen. Each function returns a frame with
``key, series, value, low, high, n, status``; what the gate hides is missing, and ``status`` says
why.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure import (
    MIN_AT_RISK,
    Mask,
    release_counts,
    release_durations,
    release_nested,
    release_shares,
)
from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator
from analytics.stats.intervals import median_of_counts, poisson, wilson
from analytics.stats.restricted import restricted_mean
from analytics.stats.survival import cumulative_incidence, kaplan_meier

REFERRED: Final = 1
"""Event code of the clocks for what the clock waits for; 2 is another end, 0 still open."""


@dataclass(frozen=True, slots=True)
class ClockCounts:
    """Counts of one key and series: shape (d,) each."""

    days: NDArray[np.int64]
    event: NDArray[np.int64]
    needs: NDArray[np.int64]

    @property
    def n(self) -> int:
        """Return the number of needs, open ones included."""
        return int(self.needs.sum())

    def events_by(self, day: int) -> int:
        """Return how many had the event up to ``day``."""
        return int(self.needs[(self.event == REFERRED) & (self.days <= day)].sum())

    def known_by(self, day: int) -> int:
        """Return of how many it is known whether they had the event up to ``day``."""
        return int(self.needs[(self.event > 0) | (self.days >= day)].sum())


def split(counts: pd.DataFrame) -> Iterator[tuple[str, str, ClockCounts]]:
    """Yield key, series and counts of a frame ``key, series, days, event, needs``."""
    for (key, series), part in counts.groupby(["key", "series"], sort=True):
        columns = (part[name].to_numpy(dtype=np.int64) for name in ("days", "event", "needs"))
        yield str(key), str(series), ClockCounts(*columns)


def clock_estimates(indicator: Indicator, counts: pd.DataFrame) -> pd.DataFrame:
    """Estimate an indicator of a clock.

    Args:
        indicator: With a clock and one of the survival methods.
        counts: ``key, series, days, event, needs``.
    """
    rows = [
        (key, series, *_CLOCK_METHODS[indicator.method](indicator, part), part.n,
         part.events_by(indicator.parameter or 0))
        for key, series, part in split(counts)
    ]  # fmt: skip
    columns = ["key", "series", "value", "low", "high", "reached", "n", "events"]
    frame = pd.DataFrame(rows, columns=columns)
    if indicator.method == "cumulative_incidence":
        return _protected(frame, _released(frame, release_shares, "events", "n"))
    return _protected(frame, _released(frame, release_durations, "n"))


def proportion_estimates(counts: pd.DataFrame) -> pd.DataFrame:
    """Estimate shares with Wilson intervals from ``key, events, trials``."""
    interval = wilson(counts["events"].to_numpy(), counts["trials"].to_numpy())
    frame = pd.DataFrame(
        {
            "key": counts["key"],
            "series": "",
            "value": interval.estimate,
            "low": interval.low,
            "high": interval.high,
            "reached": True,
            "events": counts["events"],
            "n": counts["trials"],
        }
    )
    return _protected(frame, _released(frame, release_shares, "events", "n"))


def median_estimates(counts: pd.DataFrame) -> pd.DataFrame:
    """Estimate plain medians from ``key, days, needs``."""
    rows = []
    for key, part in counts.groupby("key", sort=True):
        median = median_of_counts(part["days"].to_numpy(), part["needs"].to_numpy())
        rows.append((key, "", median.estimate, median.low, median.high, True, median.n))
    columns = ["key", "series", "value", "low", "high", "reached", "n"]
    frame = pd.DataFrame(rows, columns=columns)
    return _protected(frame, _released(frame, release_durations, "n"))


def ratio_estimates(indicator: Indicator, ratios: pd.DataFrame) -> pd.DataFrame:
    """Estimate ratios from ``key, numerator, denominator``.

    Where the numerator counts cases it is protected, has a Poisson interval and is the ``n``;
    posts, money and official figures are complete counts of things that are not people.
    """
    frame = ratios.assign(
        series="",
        value=_ratio(ratios["numerator"], ratios["denominator"], indicator.per),
        low=np.nan,
        high=np.nan,
        reached=True,
        n=np.nan,
    )
    known = frame["value"].notna().to_numpy()
    if indicator.interval == "none":
        return _protected(frame, known)
    count = ratios["numerator"].fillna(0).astype(np.int64)
    interval = poisson(count.to_numpy())
    frame["low"] = _ratio(interval.low, ratios["denominator"], indicator.per)
    frame["high"] = _ratio(interval.high, ratios["denominator"], indicator.per)
    frame["n"] = count.where(known)
    return _protected(frame, release_counts(count) & known)


def _ratio(numerator: ArrayLike, denominator: ArrayLike, per: int) -> NDArray[np.float64]:
    below = np.asarray(denominator, dtype=np.float64)
    return per * np.asarray(numerator, np.float64) / np.where(below > 0, below, np.nan)


def _median(indicator: Indicator, part: ClockCounts) -> tuple[float, float, float, bool]:
    curve = kaplan_meier(part.days, part.event == REFERRED, part.needs)
    median = curve.median()
    if median.estimate is None:
        # What can be said: it takes longer than the band's bound, or than the curve that may be
        # shown. The very last day is that of a single need.
        followed = curve.days[curve.at_risk >= MIN_AT_RISK]
        last_day = float(followed[-1]) if followed.size else None
        return np.nan, _number(median.low if median.low is not None else last_day), np.nan, False
    return median.estimate, _number(median.low), _number(median.high), True


def _incidence(indicator: Indicator, part: ClockCounts) -> tuple[float, float, float, bool]:
    day = indicator.parameter or 0
    point = cumulative_incidence(part.days, part.event, part.needs).at(day)
    if point.estimate in (0, 1):
        # The curve's variance is 0 there, which is no certainty. Wilson's interval for those whose
        # event by the day is known says how far the share may lie from 0 or 1.
        known = part.known_by(day)
        interval = wilson(known * point.estimate, known)
        return point.estimate, float(interval.low), float(interval.high), True
    return _number(point.estimate), _number(point.low), _number(point.high), True


def _restricted(indicator: Indicator, part: ClockCounts) -> tuple[float, float, float, bool]:
    curve = kaplan_meier(part.days, part.event == REFERRED, part.needs)
    mean = restricted_mean(curve, indicator.parameter or 0)
    return _number(mean.estimate), _number(mean.low), _number(mean.high), True


_CLOCK_METHODS: Final = {
    "survival_median": _median,
    "cumulative_incidence": _incidence,
    "restricted_mean": _restricted,
}


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _released(frame: pd.DataFrame, release: Callable[..., Mask], *counts: str) -> Mask:
    """Apply a rule to the parts of each total: the keys of one series, the series of one key.

    Units are parts of districts, which are shown elsewhere with the same filter.
    """
    shown = np.ones(len(frame), dtype=np.bool_)
    for positions in frame.groupby("series").indices.values():
        part = frame.iloc[positions]
        arrays = (part[name].to_numpy(dtype=np.int64) for name in counts)
        shown[positions] &= release_nested(release, _wholes(part["key"]), *arrays)
    for positions in frame.groupby("key").indices.values():
        if len(positions) > 1:
            part = frame.iloc[positions]
            shown[positions] &= release(*(part[name].to_numpy(dtype=np.int64) for name in counts))
    return shown


def _wholes(keys: pd.Series) -> pd.Series:
    """Return the district of an area's key, and any other key as it is."""
    return keys.where(~keys.str.match(r"\d{5}"), keys.str[:5])


def _protected(frame: pd.DataFrame, shown: NDArray[np.bool_]) -> pd.DataFrame:
    """Blank what may not or cannot be shown and say why."""
    known = frame["value"].notna()
    n = frame["n"].astype(float)
    status = np.select(
        [~shown & (known | (n > 0)), ~frame["reached"].astype(bool), ~known],
        [Status.SUPPRESSED, Status.NOT_REACHED, Status.NO_DATA],
        default=Status.SHOWN,
    )
    hidden = np.isin(status, [Status.SUPPRESSED, Status.NO_DATA])
    told = _released(frame.assign(n=n.fillna(0)), release_counts, "n")
    count = n.where(told & n.notna())
    result = frame[["key", "series"]].copy()
    for name in ("value", "low", "high"):
        result[name] = frame[name].astype(float).mask(hidden)
    return result.assign(n=count, status=status)
