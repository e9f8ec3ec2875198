"""From counts to protected estimates: one row a key and series, for every indicator.

This is the only place where an indicator's method is chosen. Each function returns a frame with
``key, series, value, low, high, n, status``; what the gate hides is missing, and ``status`` says
why. Counts with a column ``unit`` are of groups of units: then bounds say how far the units make
the value vary, and columns ``units``, ``freedom`` and ``error`` how many there are, the degrees of
freedom they give, and the error of a share; a single one gives no bounds.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analytics.disclosure import (
    MIN_AT_RISK,
    Mask,
    release_counts,
    release_crossed,
    release_durations,
    release_nested,
    release_shares,
)
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator
from analytics.reports.indicators.clock_parts import ClockCounts, split
from analytics.stats.clusters import end_bounds, share_bounds, share_error
from analytics.stats.counts import Floats
from analytics.stats.intervals import median_of_counts, poisson, wilson
from analytics.stats.unit_table import freedom_of

_Row = tuple[float, float, float, bool, float]
"""Value, lower and upper bound, whether it is reached, the error of a share of units."""

_AREA: Final = re.compile(r"\d{5}")
_DISTRICT_LENGTH: Final = 5


def clock_estimates(indicator: Indicator, counts: pd.DataFrame) -> pd.DataFrame:
    """Estimate an indicator of a clock.

    Args:
        indicator: With a clock and one of the survival methods.
        counts: ``key, series, days, event, needs``, of groups of units also ``unit``.
    """
    parts = list(split(counts))
    method = _CLOCK_METHODS[indicator.method]
    found = np.array([method(indicator, part) for *_, part in parts]).reshape(-1, 5)
    n = np.array([part.n for *_, part in parts], dtype=np.int64)
    estimated = _Estimated(
        keys=[key for key, *_ in parts],
        series=[series for _, series, _ in parts],
        value=found[:, 0],
        low=found[:, 1],
        high=found[:, 2],
        n=n.astype(np.float64),
        reached=found[:, 3] > 0,
        units=_units([(p.units, p.freedom) for *_, p in parts], found[:, 4], counts),
    )
    if indicator.method != "cumulative_incidence":
        return _protected(estimated, _released(estimated, release_durations, n))
    by = indicator.day
    events = np.array([part.events_by(by) for *_, part in parts], dtype=np.int64)
    return _protected(estimated, _released(estimated, release_shares, events, n))


def proportion_estimates(counts: pd.DataFrame) -> pd.DataFrame:
    """Estimate shares with Wilson intervals from ``key, events, trials``, or between units."""
    if "unit" in counts:
        return _proportions_of_groups(counts)
    events, trials = (counts[name].to_numpy(np.int64) for name in ("events", "trials"))
    interval = wilson(events, trials)
    estimated = _Estimated.of_keys(
        counts["key"], interval.estimate, interval.low, interval.high, trials
    )
    return _protected(estimated, _released(estimated, release_shares, events, trials))


def _proportions_of_groups(counts: pd.DataFrame) -> pd.DataFrame:
    keys, rows = [], []
    for key, part in counts.groupby("key", sort=True):
        had_any = part[part["trials"] > 0]
        events, trials = (had_any[name].to_numpy(np.int64) for name in ("events", "trials"))
        n, happened = int(trials.sum()), int(events.sum())
        bounds = share_bounds(events, trials) if n else (np.nan, np.nan)
        keys.append(key)
        share = happened / n if n else np.nan
        units = (len(had_any), freedom_of(trials), share_error(events, trials))
        rows.append((share, *bounds, n, *units, happened))
    found = np.array(rows, dtype=np.float64).reshape(-1, 8)
    plain = _Estimated.of_keys(pd.Series(keys, dtype=object), *found[:, :4].T)
    estimated = replace(plain, units=found[:, 4:7])
    shown = _released(estimated, release_shares, found[:, 7], found[:, 3])
    return _protected(estimated, shown)


def median_estimates(counts: pd.DataFrame) -> pd.DataFrame:
    """Estimate plain medians from ``key, days, needs``, of groups of units also ``unit``."""
    keys, rows, units = [], [], []
    for key, part in counts.groupby("key", sort=True):
        days, needs = part["days"].to_numpy(), part["needs"].to_numpy()
        median = median_of_counts(days, needs)
        low, high = median.low, median.high
        if "unit" in part:
            unit = pd.factorize(part["unit"])[0].astype(np.int64)
            all_known = ClockCounts(days, np.ones_like(days), needs, unit)
            band = all_known.waiting().median()
            low, high = band.low, band.high
            units.append((all_known.units, all_known.freedom))
        keys.append(key)
        rows.append([_number(v) for v in (median.estimate, low, high, median.n)])
    found = np.array(rows, dtype=np.float64).reshape(-1, 4)
    plain = _Estimated.of_keys(pd.Series(keys, dtype=object), *found.T)
    estimated = replace(plain, units=_units(units, np.full(len(keys), np.nan), counts))
    return _protected(estimated, _released(estimated, release_durations, found[:, 3]))


def ratio_estimates(indicator: Indicator, ratios: pd.DataFrame) -> pd.DataFrame:
    """Estimate ratios from ``key, numerator, denominator``.

    Where the numerator counts cases it is protected, has a Poisson interval and is the ``n``;
    posts, money and official figures are complete counts of things that are not people.
    """
    denominator = ratios["denominator"]
    value = _ratio(ratios["numerator"], denominator, indicator.per)
    known = ~np.isnan(value)
    if indicator.interval == "none":
        missing = np.full(len(ratios), np.nan)
        return _protected(_Estimated.of_keys(ratios["key"], value, *[missing] * 3), known)
    count = ratios["numerator"].fillna(0).to_numpy(np.int64)
    interval = poisson(count)
    low, high = (_ratio(b, denominator, indicator.per) for b in (interval.low, interval.high))
    n = np.where(known, count, np.nan)
    estimated = _Estimated.of_keys(ratios["key"], value, low, high, n)
    return _protected(estimated, release_counts(count) & known)


@dataclass(frozen=True, slots=True)
class _Estimated:
    """Unprotected estimates, one a key and series: shape (k,) each, NaN where there is none.

    Plain arrays: a page makes dozens of these tables, and frames cost more than the estimates.
    """

    keys: list[str]
    series: list[str]
    value: Floats
    low: Floats
    high: Floats
    n: Floats
    reached: Mask
    units: Floats | None = None
    """Of groups of units: how many, their degrees of freedom, errors of shares; shape (k, 3)."""

    @classmethod
    def of_keys(
        cls, keys: "pd.Series[str]", value: Floats, low: Floats, high: Floats, n: ArrayLike
    ) -> Self:
        """Return estimates of a single series, all of them reached."""
        reached = np.ones(len(keys), dtype=np.bool_)
        count = np.asarray(n, dtype=np.float64)
        return cls(list(keys), [""] * len(keys), value, low, high, count, reached)


def _ratio(numerator: ArrayLike, denominator: ArrayLike, per: int) -> Floats:
    below = np.asarray(denominator, dtype=np.float64)
    return per * np.asarray(numerator, np.float64) / np.where(below > 0, below, np.nan)


def _units(
    found: Sequence[tuple[int | None, float]], errors: Floats, counts: pd.DataFrame
) -> Floats | None:
    if "unit" not in counts:
        return None
    return np.column_stack([np.array(found, dtype=np.float64).reshape(-1, 2), errors])


def _median(indicator: Indicator, part: ClockCounts) -> _Row:
    curve = part.waiting()
    median = curve.median()
    if median.estimate is None:
        # What can be said: it takes longer than the band's bound, or than the curve that may be
        # shown. The very last day is that of a single need.
        followed = curve.days[curve.at_risk >= MIN_AT_RISK]
        last_day = float(followed[-1]) if followed.size else None
        low = _number(median.low if median.low is not None else last_day)
        return np.nan, low, np.nan, False, np.nan
    return median.estimate, _number(median.low), _number(median.high), True, np.nan


def _incidence(indicator: Indicator, part: ClockCounts) -> _Row:
    day = indicator.day
    curve = part.until(day).referred()
    point = curve.at(day)
    if point.estimate in (0, 1):
        # The curve's variance is 0 there, which is no certainty. Wilson's interval for those whose
        # event by the day is known says how far the share may lie from 0 or 1.
        low, high = end_bounds(point.estimate, part.known_by(day), part.freedom)
        return point.estimate, low, high, True, np.nan
    error = float(curve.std_error[-1]) if part.unit is not None and curve.n else np.nan
    return _number(point.estimate), _number(point.low), _number(point.high), True, error


def _restricted(indicator: Indicator, part: ClockCounts) -> _Row:
    return *part.mean_wait(indicator.day), True, np.nan


_CLOCK_METHODS: Final = {
    "survival_median": _median,
    "cumulative_incidence": _incidence,
    "restricted_mean": _restricted,
}


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _released(estimated: _Estimated, release: Callable[..., Mask], *counts: ArrayLike) -> Mask:
    """Apply a rule to the parts of each total: the keys of one series, the series of one key.

    Units are parts of districts and of groups, districts of groups, all of which are shown
    elsewhere with the same filter.
    """
    parts = [np.asarray(count).astype(np.int64) for count in counts]
    wholes = np.array([_whole(key) for key in estimated.keys])
    shown = np.ones(len(wholes), dtype=np.bool_)
    for alike in _alike(estimated.series):
        kept = [part[alike] for part in parts]
        shown[alike] &= release_nested(release, wholes[alike], *kept, group_of=_group)
        if any(map(_is_part, estimated.keys)):
            units = [estimated.keys[place] for place in alike]
            groups = [registry().group_of(unit) for unit in units]
            alone = [_whole(unit) not in registry().split_districts for unit in units]
            told = [*kept, kept[1] - kept[0]] if len(kept) > 1 else kept
            shown[alike] = release_crossed(shown[alike], alone, groups, *told)
    for alike in _alike(estimated.keys):
        if len(alike) > 1:
            shown[alike] &= release(*(part[alike] for part in parts))
    return shown


def _alike(names: Sequence[str]) -> list[list[int]]:
    """Return the positions of each distinct name."""
    positions: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        positions.setdefault(name, []).append(position)
    return list(positions.values())


def _whole(key: str) -> str:
    """Return the district of an area's key, and any other key as it is."""
    return key[:5] if _AREA.match(key) else key


def _group(whole: str) -> str:
    """Return the group whose sum a district is a part of; all other keys have none."""
    return registry().group_of(whole) if _AREA.match(whole) else ""


def _is_part(key: str) -> bool:
    """Say whether a key is that of a town or the rest of a district, as only units have."""
    return bool(_AREA.match(key)) and len(key) > _DISTRICT_LENGTH


def _protected(estimated: _Estimated, shown: Mask) -> pd.DataFrame:
    """Blank what may not or cannot be shown and say why."""
    n, known = estimated.n, ~np.isnan(estimated.value)
    status = np.select(
        [~shown & (known | (n > 0)), ~estimated.reached, ~known],
        [Status.SUPPRESSED, Status.NOT_REACHED, Status.NO_DATA],
        default=Status.SHOWN,
    )
    hidden = np.isin(status, [Status.SUPPRESSED, Status.NO_DATA])
    told = _released(estimated, release_counts, np.nan_to_num(n)) & ~np.isnan(n)
    of_units = {}
    if estimated.units is not None:
        known_units = np.where(told[:, None], estimated.units, np.nan)
        of_units = dict(zip(("units", "freedom", "error"), known_units.T, strict=True))
    return pd.DataFrame(
        {
            "key": pd.array(estimated.keys, dtype="str"),
            "series": pd.array(estimated.series, dtype="str"),
            "value": np.where(hidden, np.nan, estimated.value),
            "low": np.where(hidden, np.nan, estimated.low),
            "high": np.where(hidden, np.nan, estimated.high),
            "n": np.where(told, n, np.nan),
            "status": pd.array(status, dtype="str"),
            **of_units,
        }
    )
