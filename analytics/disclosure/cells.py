"""From counted cells to the counts that may leave the house, in frames of the same shape.

Queries bring each count with the key of its cell, in a column of the same name ending in ``_key``.
Where figures are confidential, keys are NULL and the counts stay as they are. Where they are
released, counts are perturbed, and a column ``noise`` says with what variance. A row without a key
is then the reader's own (``queries/own_beside.py``): it stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.clock_steps import released_steps
from analytics.disclosure.perturbation import noise_variance, perturbed
from analytics.disclosure.shares_of_units import Counted, shared_out
from analytics.domain.release import Release

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

_KEY: Final = "_key"
_PART: Final = ["key", "series"]
_MANY: Final = 1000
"""A count from which on the variance of its change no longer depends on it."""
_OPEN: Final = 0
_EVENT: Final = 1
_EVENTS: Final = 3

_WEEKS: Final = np.arange(0, 372, 7)
_MONTHS: Final = np.arange(390, 7320, 30)
GRID: Final = np.unique(np.concatenate([_WEEKS, [30, 90, 180, 365], _MONTHS]))
"""Days up to which needs are counted: weeks of the first year, then months; those of indicators.

Between them counts are spread evenly: on which day of a week one was referred is never told.
Queries count by these days already (`queries/macros/told_day.sql`)."""


def told_counts(counts: pd.DataFrame, release: Release, *names: str) -> pd.DataFrame:
    """Return counts of cells that are told one by one.

    Args:
        counts: Columns ``names``, whole numbers or NaN where nothing is known, and their keys.
        release: Confidential counts stay as they are, without their keys.
        names: Columns that hold counts.
    """
    keys = [f"{name}{_KEY}" for name in names]
    if release is Release.CONFIDENTIAL:
        return counts.drop(columns=keys)
    told = {
        name: _perturbed(counts[name], counts[key]) for name, key in zip(names, keys, strict=True)
    }
    is_own = counts[keys].isna().all(axis=1) & counts[[*names]].gt(0).any(axis=1)
    return counts.drop(columns=keys).assign(**told, noise=np.where(is_own, 0, _noise()))


def told_shares(counts: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Return ``events`` and ``trials`` by ``key, series`` and ``unit``, at most one event a trial.

    Units of one key and series are told together: their counts add up to those of both.
    """
    if release is Release.CONFIDENTIAL:
        return told_counts(counts, release, "events", "trials")
    own = counts["trials_key"].isna() & counts["trials"].gt(0)
    if own.any():
        kept = counts[own].drop(columns=["events_key", "trials_key"]).assign(noise=0.0)
        return pd.concat([kept, told_shares(counts[~own], release)])
    units = _at_most_all(told_counts(counts, release, "events", "trials"))
    if _is_one_unit(counts):
        # A row of nobody would tell that somebody is there: else there would be none.
        return units[units["trials"] > 0]
    of_keys = _summed(counts, _PART, ("events", "trials"))
    whole = _at_most_all(told_counts(of_keys, release, "events", "trials"))
    key, unit = _Labels.of(counts, _PART), _Labels.of(counts, ["unit"])
    shared = shared_out(
        _outcomes(whole, np.arange(len(whole)), np.zeros(len(whole), np.int64)),
        _outcomes(units, key.codes, unit.codes),
    )
    place = (shared.line // 2) * unit.size + shared.unit
    sums = [
        np.bincount(place, shared.needs * kept, minlength=key.size * unit.size).astype(np.int64)
        for kept in (shared.line % 2 == 1, np.ones_like(shared.line))
    ]
    some = np.flatnonzero(sums[1])
    labels = pd.concat([key.taken(some // unit.size), unit.taken(some % unit.size)], axis=1)
    return labels.assign(events=sums[0][some], trials=sums[1][some], noise=_noise())


def told_clock(counts: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Return ``needs`` by ``key, series, unit, days`` and ``event``.

    Units of one key and series are told together: on each day they add up to those of both.

    Args:
        counts: With ``needs_key``.
        release: As of ``told_counts``.
    """
    if release is Release.CONFIDENTIAL:
        return told_counts(counts, release, "needs")
    if counts.empty:
        return counts.drop(columns="needs_key").assign(noise=_noise())
    own = counts["needs_key"].isna()
    if own.any():
        others = told_clock(counts[~own], release)
        return pd.concat([counts[own].drop(columns="needs_key").assign(noise=0.0), others])
    part, unit = _Labels.of(counts, _PART), _Labels.of(counts, ["unit"])
    found = _spread(_steps(counts, part.codes))
    if not _is_one_unit(counts):
        found = _by_unit(found, _steps(counts, part.codes * unit.size + unit.codes), unit.size)
    labels = pd.concat([part.taken(found.part), unit.taken(found.unit)], axis=1)
    return labels.assign(days=found.days, event=found.event, needs=found.needs, noise=_noise())


def told_lags(counts: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Return ``needs`` by ``key, series, unit`` and ``days``, all of whose days are known."""
    if release is Release.CONFIDENTIAL:
        return told_counts(counts, release, "needs")
    clocked = counts.assign(event=_EVENT)
    return told_clock(clocked, release).drop(columns="event")


def told_panel(counts: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Return ``needs`` by ``unit, quarter, days, event``: each unit and quarter alone."""
    if release is Release.CONFIDENTIAL or counts.empty:
        return counts.drop(columns="needs_key")
    part = _Labels.of(counts, ["unit", "quarter"])
    found = _spread(_steps(counts, part.codes))
    return part.taken(found.part).assign(days=found.days, event=found.event, needs=found.needs)


@dataclass(frozen=True, slots=True, eq=False)
class _Labels:
    """Distinct labels of rows in their order, and the number of each row's; frames are slow."""

    distinct: pd.DataFrame
    codes: Ints

    @classmethod
    def of(cls, counts: pd.DataFrame, names: Sequence[str]) -> "_Labels":
        codes = np.zeros(len(counts), dtype=np.int64)
        for name in names:
            numbers, values = pd.factorize(counts[name], sort=True)
            codes = codes * max(len(values), 1) + numbers
        _, first, numbers = np.unique(codes, return_index=True, return_inverse=True)
        distinct = counts[list(names)].iloc[first].reset_index(drop=True)
        return cls(distinct, np.asarray(numbers, dtype=np.int64))

    @property
    def size(self) -> int:
        return max(len(self.distinct), 1)

    def taken(self, codes: Ints) -> pd.DataFrame:
        return self.distinct.take(codes).reset_index(drop=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Days:
    """Needs by part, day and event, perhaps unit; whole numbers, shape (k,) each."""

    part: Ints
    days: Ints
    event: Ints
    needs: Ints
    unit: Ints


def _steps(counts: pd.DataFrame, part: Ints) -> _Days:
    """Return the perturbed needs of each part, up to each day of the grid."""
    days = counts["days"].to_numpy(np.int64)
    on_grid = GRID[np.minimum(np.searchsorted(GRID, days), len(GRID) - 1)]
    found = released_steps(
        part,
        # What is counted up to a day that is not on the grid is counted up to that day.
        np.minimum(on_grid, int(days.max())),
        counts["event"].to_numpy(np.int64),
        counts["needs"].to_numpy(np.int64),
        counts["needs_key"].to_numpy(np.uint64),
    )
    return _Days(found.parts, found.days, found.events, found.needs, np.zeros_like(found.parts))


def _by_unit(whole: _Days, of_units: _Days, units: int) -> _Days:
    """Return the whole's needs by unit, whose parts are numbered ``part * units + unit``."""
    lines = (of_units.part // units) * _EVENTS + of_units.event
    shared = shared_out(
        Counted(whole.part * _EVENTS + whole.event, whole.days, whole.needs, whole.unit),
        Counted(lines, of_units.days, of_units.needs, of_units.part % units),
    )
    part, event = np.divmod(shared.line, _EVENTS)
    return _Days(part, shared.days, event, shared.needs, shared.unit)


def _spread(steps: _Days) -> _Days:
    """Spread each step evenly over the days since the day of the grid before it.

    Who was open on the last day of all, where a window ends, was open on all days before.
    """
    before = GRID[np.maximum(np.searchsorted(GRID, steps.days) - 1, 0)]
    is_end = (steps.event == _OPEN) & (steps.days == steps.days.max(initial=0))
    length = np.where(is_end, 1, np.maximum(steps.days - before, 1))
    row = np.repeat(np.arange(length.size), length)
    place = np.arange(row.size) - np.repeat(np.cumsum(length) - length, length) + 1
    needs = steps.needs[row]
    on_day = needs * place // length[row] - needs * (place - 1) // length[row]
    some = on_day > 0
    row, days = row[some], (steps.days[row] - length[row] + place)[some]
    return _Days(steps.part[row], days, steps.event[row], on_day[some], steps.unit[row])


def _outcomes(counts: pd.DataFrame, key: Ints, unit: Ints) -> Counted:
    """Return a row of events and one of other trials of each, in lines of one key and outcome."""
    events, trials = (counts[name].to_numpy(np.int64) for name in ("events", "trials"))
    line = np.concatenate([2 * key + 1, 2 * key])
    needs = np.concatenate([events, trials - events])
    return Counted(line, np.zeros_like(line), needs, np.tile(unit, 2))


def _noise() -> float:
    return float(noise_variance(_MANY))


def _is_one_unit(counts: pd.DataFrame) -> bool:
    return bool((counts["unit"] == "").all())


def _perturbed(counts: "pd.Series[float]", keys: "pd.Series[int]") -> "pd.Series[float]":
    sizes = counts.fillna(0).to_numpy(np.int64)
    changed = perturbed(sizes, keys.fillna(0).to_numpy(np.uint64))
    return counts.where(keys.isna(), pd.Series(changed, counts.index))


def _at_most_all(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.assign(events=np.minimum(counts["events"], counts["trials"]))


def _summed(counts: pd.DataFrame, by: list[str], names: tuple[str, ...]) -> pd.DataFrame:
    keys = [f"{name}{_KEY}" for name in names]
    filled = counts.assign(**{key: counts[key].fillna(0).astype(np.uint64) for key in keys})
    # Sums of keys may overflow: their remainder modulo 2**32 stays the same.
    return filled.groupby(by, as_index=False, sort=True)[[*names, *keys]].sum()
