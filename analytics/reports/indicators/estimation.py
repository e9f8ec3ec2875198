"""From counts to protected estimates: one row a key and series, for every indicator.

This is the only place where an indicator's method is chosen. Each function returns a frame with
``key, series, value, low, high, n, status``; what the gate hides is missing, and ``status`` says
why. Counts with a column ``unit`` are of groups of units: then bounds say how far the units make
the value vary, and columns ``units``, ``freedom`` and ``error`` how many there are, the degrees of
freedom they give, and the error of a share; a single one gives no bounds.
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analytics.disclosure import (
    MIN_AT_RISK,
    release_counts,
    release_durations,
    release_shares,
)
from analytics.domain.indicators import Indicator
from analytics.reports.indicators.clock_parts import ClockCounts, noise_in, split
from analytics.reports.indicators.protection import Estimated, protected, released
from analytics.stats.clusters import end_bounds, share_bounds, share_error
from analytics.stats.counts import Floats, Ints, normal_quantile
from analytics.stats.intervals import Intervals, median_of_counts, poisson, wilson
from analytics.stats.unit_table import freedom_of

_Row = tuple[float, float, float, bool, float]
"""Value, lower and upper bound, whether it is reached, the error of a share of units."""


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
    estimated = Estimated(
        keys=[key for key, *_ in parts],
        series=[series for _, series, _ in parts],
        value=found[:, 0],
        low=found[:, 1],
        high=found[:, 2],
        n=n.astype(np.float64),
        reached=found[:, 3] > 0,
        units=_units([(p.units, p.freedom) for *_, p in parts], found[:, 4], counts),
        noise=np.array([part.noise for *_, part in parts]),
        is_share=indicator.method == "cumulative_incidence",
    )
    if indicator.method != "cumulative_incidence":
        return protected(estimated, released(estimated, release_durations, n))
    by = indicator.day
    events = np.array([part.events_by(by) for *_, part in parts], dtype=np.int64)
    return protected(estimated, released(estimated, release_shares, events, n))


def proportion_estimates(counts: pd.DataFrame) -> pd.DataFrame:
    """Estimate shares with Wilson intervals from ``key, series, events, trials``, or between units.

    Without ``series`` there is a single one.
    """
    if "unit" in counts:
        return _proportions_of_groups(counts)
    events, trials = (counts[name].to_numpy(np.int64) for name in ("events", "trials"))
    found, noise = wilson(events, trials), noise_in(counts)
    low, high = _widened(found, trials, noise)
    plain = Estimated.of_keys(counts, found.estimate, low, high, trials)
    estimated = replace(plain, noise=noise, is_share=True)
    return protected(estimated, released(estimated, release_shares, events, trials))


def _proportions_of_groups(counts: pd.DataFrame) -> pd.DataFrame:
    keys, rows = [], []
    for key, part in counts.groupby(_parts_of(counts), sort=True):
        had_any = part[part["trials"] > 0]
        events, trials = (had_any[name].to_numpy(np.int64) for name in ("events", "trials"))
        n, happened = int(trials.sum()), int(events.sum())
        noise = float(noise_in(part)[0])
        bounds = share_bounds(events, trials, noise) if n else (np.nan, np.nan)
        keys.append(key)
        share = happened / n if n else np.nan
        units = (len(had_any), freedom_of(trials), share_error(events, trials, noise))
        rows.append((share, *bounds, n, *units, happened, noise))
    found = np.array(rows, dtype=np.float64).reshape(-1, 9)
    plain = Estimated.of_keys(_labelled(keys, counts), *found[:, :4].T)
    estimated = replace(plain, units=found[:, 4:7], noise=found[:, 8], is_share=True)
    shown = released(estimated, release_shares, found[:, 7], found[:, 3])
    return protected(estimated, shown)


def _parts_of(counts: pd.DataFrame) -> list[str]:
    return [name for name in ("key", "series") if name in counts]


def _labelled(keys: Sequence[Hashable], counts: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(keys, columns=_parts_of(counts), dtype=object)


def median_estimates(counts: pd.DataFrame) -> pd.DataFrame:
    """Estimate plain medians from ``key, series, days, needs``, of groups of units also ``unit``.

    Without ``series`` there is a single one.
    """
    keys, rows, units = [], [], []
    for key, part in counts.groupby(_parts_of(counts), sort=True):
        days, needs = part["days"].to_numpy(), part["needs"].to_numpy()
        median = median_of_counts(days, needs)
        low, high = median.low, median.high
        noise = float(noise_in(part)[0])
        if "unit" in part or noise:
            unit = pd.factorize(part["unit"])[0].astype(np.int64) if "unit" in part else None
            all_known = ClockCounts(days, np.ones_like(days), needs, unit, noise)
            band = all_known.waiting().median()
            low, high = band.low, band.high
            units.append((all_known.units, all_known.freedom))
        keys.append(key)
        rows.append([_number(v) for v in (median.estimate, low, high, median.n, noise)])
    found = np.array(rows, dtype=np.float64).reshape(-1, 5)
    plain = Estimated.of_keys(_labelled(keys, counts), *found[:, :4].T)
    of_units = _units(units, np.full(len(keys), np.nan), counts)
    estimated = replace(plain, units=of_units, noise=found[:, 4])
    return protected(estimated, released(estimated, release_durations, found[:, 3]))


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
        return protected(Estimated.of_keys(ratios, value, *[missing] * 3), known)
    count = ratios["numerator"].fillna(0).to_numpy(np.int64)
    bounds = _widened_counts(poisson(count), noise_in(ratios))
    low, high = (_ratio(bound, denominator, indicator.per) for bound in bounds)
    n = np.where(known, count, np.nan)
    estimated = Estimated.of_keys(ratios, value, low, high, n)
    return protected(estimated, release_counts(count) & known)


def _widened(found: Intervals, trials: Ints, noise: Floats) -> tuple[Floats, Floats]:
    """Return bounds of shares that hold the noise of events and trials as well."""
    added = noise * (1 + found.estimate**2) / np.where(trials > 0, trials, np.nan) ** 2
    reach = normal_quantile(found.confidence) * np.sqrt(added)
    low = found.estimate - np.hypot(found.estimate - found.low, reach)
    high = found.estimate + np.hypot(found.high - found.estimate, reach)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def _widened_counts(found: Intervals, noise: Floats) -> tuple[Floats, Floats]:
    """Return bounds of counts that hold their noise as well."""
    reach = normal_quantile(found.confidence) * noise**0.5
    low = found.estimate - np.hypot(found.estimate - found.low, reach)
    return np.maximum(low, 0), found.estimate + np.hypot(found.high - found.estimate, reach)


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
