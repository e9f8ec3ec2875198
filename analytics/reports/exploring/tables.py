"""From counted cells to the tables that are searched, told as the edition tells them."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import MIN_COUNT, Mask, release_shares, told_shares
from analytics.domain.filters import UNKNOWN, fields
from analytics.domain.release import Release
from analytics.reports.indicators.assignment import groups_of
from analytics.stats.cell_contrasts import BEFORE, NOW, Cells
from analytics.stats.comparisons import Part, Table
from analytics.stats.counts import Floats, Ints

FIELDS: Final = (
    "offer_area", "legal_regime", "residence_status", "sex", "age_group", "provider",
    "access_path", "receiving_body",
)  # fmt: skip
"""What needs are told apart by, each and in pairs; as ``scan_counts.sql`` counts them."""

DISTRICT: Final = "district"
QUARTER: Final = "quarter"


_COUNTS: Final = ("events", "trials", "events_key", "trials_key")
_ABSENT: Final = -1


def tables_of(
    frame: pd.DataFrame, parts: Sequence[Part], release: Release
) -> tuple[dict[Part, Table], dict[str, tuple[str, ...]]]:
    """Return the tables of counted cells, and the codes of each field.

    Args:
        frame: As of ``scan_counts.sql``.
        parts: Tables wanted.
        release: How counts are told.
    """
    codes = {name: _codes(name, frame) for name in (*FIELDS, QUARTER)}
    codes[DISTRICT] = districts = tuple(sorted(frame["district"].unique()))
    numbers = {name: _numbers(frame[name], of) for name, of in codes.items()}
    period = np.where(frame["is_now"].to_numpy(np.bool_), NOW, BEFORE)
    is_area = frame["is_of_district"].to_numpy(np.bool_)
    present = {name: frame[name].notna().to_numpy() for name in (*FIELDS, QUARTER)}
    # All tables of the state are told in one go, each with keys of its own.
    key, first, halves = np.full(len(frame), _ABSENT), 0, np.zeros(len(codes[QUARTER]), np.int64)
    starts: dict[Part, int] = {}
    for part in parts:
        if part == (DISTRICT,):
            continue
        own = ~is_area
        for name, has in present.items():
            own = own & (has if name in part else ~has)
        cell, size = np.zeros(int(own.sum()), dtype=np.int64), _size(part, codes)
        for name in part:
            cell = cell * len(codes[name]) + numbers[name][own]
        key[own] = first + layer_of(part, period[own]) * size + cell
        starts[part], first = first, first + 2 * size
        if part == (QUARTER,):
            halves[cell] = period[own]
    counts = frame[[*_COUNTS]].assign(key=key, series="", unit=numbers[DISTRICT])
    told = _in_order(told_shares(counts[key != _ABSENT], release))
    found: dict[Part, Table] = {}
    for part in parts:
        if part == (DISTRICT,):
            found[part] = _of_districts(counts[is_area], period[is_area], districts, release)
            continue
        start, size = starts[part], _size(part, codes)
        bounds = np.searchsorted(told["key"], [start, start + 2 * size])
        cells = _cells(told.iloc[slice(*bounds)], start, size, len(districts))
        found[part] = table_of(part, codes, cells, halves)
    return found, codes


def _in_order(told: pd.DataFrame) -> pd.DataFrame:
    return told.sort_values("key", kind="stable")


def _codes(name: str, frame: pd.DataFrame) -> tuple[str, ...]:
    if name == QUARTER:
        return tuple(sorted(frame[QUARTER].dropna().unique()))
    return fields()[name].all_codes()


def _numbers(values: "pd.Series[str]", codes: Sequence[str]) -> Ints:
    """Return the number of each code; -1 where a row does not tell the field apart."""
    return np.asarray(pd.Index(codes).get_indexer(pd.Index(values)), dtype=np.int64)


def _size(part: Part, codes: Mapping[str, tuple[str, ...]]) -> int:
    return math.prod(len(codes[name]) for name in part)


def layer_of(part: Part, period: Ints) -> Ints:
    """Return which period's cells needs count in: the course of quarters runs through both."""
    return np.full_like(period, NOW) if part == (QUARTER,) else period


def table_of(part: Part, codes: Mapping[str, tuple[str, ...]], cells: Cells, halves: Ints) -> Table:
    """Return cells with what may be shown and named of them.

    Args:
        part: Fields that tell them apart.
        codes: Of each field; cells are numbered row by row.
        cells: Counts as they are told.
        halves: Of quarters the period that each lies in, shape (K,).
    """
    shape = tuple(len(codes[name]) for name in part)
    shown = [_shown(cells, each, shape) for each in (NOW, BEFORE)]
    if part == (QUARTER,):
        shown[NOW] = _shares(cells, NOW, [str(half) for half in halves])
    named = np.ones(shape, dtype=np.bool_)
    for axis, name in enumerate(part):
        unknown = [place for place, code in enumerate(codes[name]) if code == UNKNOWN]
        named[(slice(None),) * axis + (unknown,)] = False
    return Table(shape, cells, np.stack(shown), named.reshape(-1))


def _cells(told: pd.DataFrame, start: int, size: int, districts: int) -> Cells:
    place = (told["key"].to_numpy(np.int64) - start) * districts + told["unit"].to_numpy(np.int64)
    events, trials = (_dense(place, told[name], size, districts) for name in ("events", "trials"))
    noise = float(told["noise"].max()) if "noise" in told and len(told) else 0.0
    return Cells(events, trials, events.sum(1), trials.sum(1), noise)


def _dense(place: np.ndarray, counts: "pd.Series[float]", size: int, districts: int) -> Floats:
    flat = np.bincount(place, weights=counts, minlength=2 * size * districts)
    return np.ascontiguousarray(flat.reshape(2, size, districts).transpose(0, 2, 1))


def _of_districts(
    counts: pd.DataFrame, period: Ints, districts: Sequence[str], release: Release
) -> Table:
    size = len(districts)
    keyed = counts.assign(key=period * size + counts["unit"], unit="")
    told = told_shares(keyed, release).assign(unit=lambda rows: rows["key"] % size)
    return table_of_districts(districts, _cells(told, 0, size, size))


def table_of_districts(districts: Sequence[str], cells: Cells) -> Table:
    """Return each district as a cell, told as a part of its group and of the state."""
    groups = groups_of(districts)
    shown = [_shares(cells, each, groups) for each in (NOW, BEFORE)]
    return Table((len(districts),), cells, np.stack(shown), np.ones(len(districts), np.bool_))


def _shown(cells: Cells, period: int, shape: tuple[int, ...]) -> Mask:
    """Return which cells may be shown as parts of the whole, of rows and of columns."""
    if len(shape) < 2:
        return _shares(cells, period)
    shown = np.ones(shape, dtype=np.bool_)
    events, trials = (
        each[period].astype(np.int64).reshape(shape)
        for each in (cells.all_events, cells.all_trials)
    )
    for row in range(shape[0]):
        shown[row] &= _passed(events[row], trials[row])
    for column in range(shape[1]):
        shown[:, column] &= _passed(events[:, column], trials[:, column])
    return shown.reshape(-1)


def _shares(cells: Cells, period: int, groups: Sequence[str] | None = None) -> Mask:
    events, trials = (
        each[period].astype(np.int64) for each in (cells.all_events, cells.all_trials)
    )
    return _passed(events, trials, groups)


def _passed(events: Ints, trials: Ints, groups: Sequence[str] | None = None) -> Mask:
    """Return which shares may be shown; most tables hold no small count, so nothing to hide."""
    parts = np.stack([events, trials, trials - events])
    if not ((parts > 0) & (parts < MIN_COUNT)).any():
        return np.asarray(trials > 0)
    return release_shares(events, trials, groups=groups)
