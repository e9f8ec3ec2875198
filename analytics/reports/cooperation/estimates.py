"""From counts of pairs to figures that may be shown: rows and columns protected together.

Keeping offices and receiving bodies have figures of their own elsewhere (``binding_handover_share``
by either), so the totals of both margins are known to every reader.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.disclosure import (
    release_counts,
    release_durations,
    release_margins,
    release_shares,
)
from analytics.disclosure.small_counts import Mask
from analytics.domain.estimates import Status
from analytics.reports.cooperation.handovers import APART, PairDays
from analytics.reports.indicators.clock_parts import noise_in
from analytics.reports.indicators.estimation import proportion_estimates
from analytics.reports.indicators.protection import Estimated, protected
from analytics.stats.counts import Ints
from analytics.stats.medians import DayCounts, Medians, medians

FIGURES = ("value", "low", "high")


def count_estimates(counts: pd.DataFrame) -> pd.DataFrame:
    """Return how many were handed over by pair: ``key, value, n, status``.

    Args:
        counts: ``key, trials``.
    """
    summed = _summed(counts)
    shown = _in_margins(summed["key"], summed["trials"].to_numpy(np.int64))
    value = summed["trials"].where(shown)
    status = np.where(shown, Status.SHOWN.value, Status.SUPPRESSED.value)
    return pd.DataFrame({"key": summed["key"], "value": value, "n": value, "status": status})


def share_estimates(counts: pd.DataFrame) -> pd.DataFrame:
    """Return shares by pair: ``key, value, low, high, n, status``, of units also ``units``.

    Args:
        counts: ``key, unit, events, trials``; a single unit "" where needs are what varies.
    """
    summed = _summed(counts)
    frame = proportion_estimates(_by_unit_or_not(counts, summed)).set_index("key")
    frame = frame.reindex(summed["key"]).reset_index()
    events, trials = (summed[name].to_numpy(np.int64) for name in ("events", "trials"))
    told = _in_margins(frame["key"], trials)
    of_line = ~release_shares(events, trials) & (trials > 0)
    # What the total of all pairs would tell is hidden first, then what a row or a column would.
    hidden = of_line | ~told
    shown = _in_margins(frame["key"], events, trials - events, trials, hidden=hidden)
    return _hidden(frame, shown, told)


def median_estimates(days: PairDays) -> pd.DataFrame:
    """Return medians by pair: ``key, value, low, high, n, status``, of units also ``units``."""
    keys = sorted(days.exact["key"].unique())
    found = medians(
        _day_counts(days.exact.assign(unit=""), keys),
        len(keys),
        None if days.of_units is None else _day_counts(days.of_units, keys),
        days.noise,
    )
    n = found.n
    told = _in_margins(keys, n)
    hidden = ~told | (~release_durations(n) & (n > 0))
    shown = _in_margins(keys, n, hidden=hidden)
    return _hidden(protected(_estimated(keys, found, days), shown), shown, told)


def _estimated(keys: Sequence[str], found: Medians, days: PairDays) -> Estimated:
    reached = ~np.isnan(found.estimate)
    # What can be said of a median that is not reached: it takes longer than the band's bound.
    low = np.where(~reached & np.isnan(found.low), found.last_day, found.low)
    units = np.column_stack([found.units, found.freedom, np.full(len(keys), np.nan)])
    return Estimated(
        list(keys), [""] * len(keys), found.estimate, low,
        np.where(reached, found.high, np.nan), found.n.astype(np.float64), reached,
        None if days.of_units is None else units.astype(np.float64),
        np.full(len(keys), days.noise),
    )  # fmt: skip


def _day_counts(frame: pd.DataFrame, keys: Sequence[str]) -> DayCounts:
    part = pd.Index(keys).get_indexer(pd.Index(frame["key"])).astype(np.int64)
    unit = pd.factorize(frame["unit"], sort=True)[0].astype(np.int64)
    rest = (frame[name].to_numpy(np.int64) for name in ("days", "event", "needs"))
    return DayCounts(part, unit, *rest)


def _summed(counts: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in ("events", "trials") if name in counts]
    return counts.groupby("key", as_index=False, sort=True)[names].sum()


def _by_unit_or_not(counts: pd.DataFrame, summed: pd.DataFrame) -> pd.DataFrame:
    if (counts["unit"] != "").any():
        return counts
    noise = noise_in(counts)
    return summed.assign(noise=float(noise.max())) if noise.any() else summed


def _in_margins(
    keys: "Sequence[str] | pd.Series[str]", *parts: Ints, hidden: Mask | None = None
) -> Mask:
    pairs = [str(key).split(APART) for key in keys]
    offices, bodies = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    together = ~release_counts(parts[-1]) & (parts[-1] > 0)
    hidden = together if hidden is None else hidden | together
    return release_margins(offices, bodies, *parts, hidden=hidden)


def _hidden(frame: pd.DataFrame, shown: Mask, told: Mask) -> pd.DataFrame:
    """Return the frame without what the totals of rows and columns would tell."""
    is_hidden = ~shown & (frame["status"] != Status.NO_DATA).to_numpy()
    frame.loc[is_hidden, list(FIGURES)] = np.nan
    frame.loc[is_hidden, "status"] = Status.SUPPRESSED.value
    frame.loc[~told, [name for name in ("n", "units") if name in frame]] = np.nan
    return frame
