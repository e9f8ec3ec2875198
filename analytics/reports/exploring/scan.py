"""Counting all cells of needs at once: of one and two fields, in two periods, by district."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import MIN_COUNT, Mask, release_shares, told_shares
from analytics.domain.filters import UNKNOWN, NeedFilter, fields
from analytics.domain.indicators import Indicator
from analytics.domain.periods import Period
from analytics.domain.release import Release, unreleased
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.refusal import refuse_unreleased
from analytics.reports.basis.span import data_period
from analytics.reports.exploring.spans import Spans
from analytics.reports.indicators.assignment import as_asked, groups_of
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


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """All cells of a choice of needs.

    Attributes:
        tables: By the fields that tell their cells apart.
        codes: Of each field, in the order of its cells.
        query: What was asked.
    """

    tables: Mapping[Part, Table]
    codes: Mapping[str, tuple[str, ...]]
    query: ExecutedQuery

    def codes_of(self, part: Part, cell: int) -> tuple[str, ...]:
        """Return the codes of a cell of a table, one a field."""
        shape = tuple(len(self.codes[name]) for name in part)
        return tuple(
            self.codes[name][place]
            for name, place in zip(part, np.unravel_index(cell, shape), strict=True)
        )


def scan(store: ParquetStore, chosen: Indicator, needs: NeedFilter, span: Spans) -> Scan:
    """Count the cells of all fields that needs may be told apart by.

    Args:
        store: The snapshot; where figures are released, only questions of its grid are counted.
        chosen: A share of needs.
        needs: Which count; their period is that of ``span``.
        span: Both periods.

    Raises:
        UnreleasedError: Where figures are released, and not those of all these needs.
    """
    for period in filter(None, (span.now, span.before)):
        refuse_unreleased(store, _within(needs, period), "state")
    parts = parts_of(store, chosen, needs, span)
    before = span.before or span.now
    state, areas = as_asked(needs, "state").params(), as_asked(needs, DISTRICT).params()
    params = {
        "start": span.now.start,
        "end": span.now.end,
        "before_start": before.start,
        "before_end": before.end,
        "chosen": state["chosen"],
        "without_group": state["without_group"],
        "without_group_of_districts": areas["without_group"],
        "of_referred": chosen.is_of_referred,
        "day": chosen.parameter,
        "clock": chosen.clock,
        "indicator": chosen.id,
        "as_of": store.manifest.as_of,
    }
    frame = store.fetch("scan_counts", params)
    tables, codes = tables_of(frame, parts, store.release)
    return Scan(tables, codes, store.executed("scan_counts", params))


def parts_of(
    store: ParquetStore, chosen: Indicator, needs: NeedFilter, span: Spans
) -> tuple[Part, ...]:
    """Return the tables that may be asked for: fields that are fixed tell nothing apart."""
    free = [
        name
        for name in FIELDS
        if len(needs[name]) != 1 and (chosen.is_of_referred or not fields()[name].is_of_referred)
    ]
    single: list[Part] = [(), *((name,) for name in (*free, DISTRICT, QUARTER))]
    pairs: list[Part] = list(combinations(free, 2))
    # One district, or units of it, are held against none.
    if len(needs[DISTRICT]) == 1 or needs["unit"]:
        single.remove((DISTRICT,))
    if store.release is Release.CONFIDENTIAL:
        return (*single, *pairs)
    covered = data_period(store)

    def is_told(part: Part) -> bool:
        first, by = (part[:-1], part[-1]) if part else ((), "state")
        deep = needs.but(**{name: fields()[name].all_codes()[:1] for name in first})
        periods = filter(None, (span.now, span.before))
        return not any(unreleased(_within(deep, each), by, covered) for each in periods)

    return tuple(part for part in (*single, *pairs) if is_told(part))


def tables_of(
    frame: pd.DataFrame, parts: Sequence[Part], release: Release
) -> tuple[dict[Part, Table], dict[str, tuple[str, ...]]]:
    """Return the tables of counted cells, and the codes of each field.

    Args:
        frame: As of ``scan_counts.sql``.
        parts: Tables wanted.
        release: How counts are told.
    """
    names = sorted({name for part in parts for name in part if name != DISTRICT})
    codes = {name: _codes(name, frame) for name in names}
    districts = tuple(sorted(frame["district"].unique()))
    codes[DISTRICT] = districts
    place = {district: number for number, district in enumerate(districts)}
    numbered = frame.assign(unit=frame["district"].map(place))
    is_area = frame["is_of_district"].to_numpy(np.bool_)
    absent = {name: frame[name].isna().to_numpy() for name in (*FIELDS, QUARTER)}
    found: dict[Part, Table] = {}
    for part in parts:
        if part == (DISTRICT,):
            found[part] = _of_districts(numbered[is_area], districts, release)
            continue
        wanted = ~is_area
        for name, lacks in absent.items():
            wanted &= ~lacks if name in part else lacks
        found[part] = _table(numbered[wanted], part, codes, len(districts), release)
    return found, codes


def _within(needs: NeedFilter, period: Period) -> NeedFilter:
    return replace(needs, period=period)


def _codes(name: str, frame: pd.DataFrame) -> tuple[str, ...]:
    if name == QUARTER:
        return tuple(sorted(frame[QUARTER].dropna().unique()))
    return fields()[name].all_codes()


def _table(
    frame: pd.DataFrame,
    part: Part,
    codes: Mapping[str, tuple[str, ...]],
    districts: int,
    release: Release,
) -> Table:
    cell = np.zeros(len(frame), dtype=np.int64)
    for name in part:
        numbers = {code: number for number, code in enumerate(codes[name])}
        cell = cell * len(codes[name]) + frame[name].map(numbers).to_numpy(np.int64)
    period = np.where(frame["is_now"].to_numpy(np.bool_), NOW, BEFORE)
    size = math.prod(len(codes[name]) for name in part)
    key = layer_of(part, period) * size + cell
    cells = _cells(_told(frame.assign(key=key), release), size, districts)
    return table_of(part, codes, cells, _halves(cell, period, size))


def layer_of(part: Part, period: Ints) -> Ints:
    """Return which period's cells needs count in: the course of quarters runs through both."""
    return np.full_like(period, NOW) if part == (QUARTER,) else period


def _halves(cell: Ints, period: Ints, size: int) -> Ints:
    """Return the period of each quarter, shape (K,); of other cells, which have both, any."""
    halves = np.zeros(size, dtype=np.int64)
    halves[cell] = period
    return halves


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


def _told(counts: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Return counts by key and unit as they are told; those of units add up to those of keys."""
    columns = ["key", "unit", "events", "trials", "events_key", "trials_key"]
    return told_shares(counts[columns], release)


def _cells(told: pd.DataFrame, size: int, districts: int) -> Cells:
    place = told["key"].to_numpy(np.int64) * districts + told["unit"].to_numpy(np.int64)
    events, trials = (_dense(place, told[name], size, districts) for name in ("events", "trials"))
    noise = float(told["noise"].max()) if "noise" in told and len(told) else 0.0
    return Cells(events, trials, events.sum(1), trials.sum(1), noise)


def _dense(place: np.ndarray, counts: "pd.Series[float]", size: int, districts: int) -> Floats:
    flat = np.bincount(place, weights=counts, minlength=2 * size * districts)
    return np.ascontiguousarray(flat.reshape(2, size, districts).transpose(0, 2, 1))


def _of_districts(frame: pd.DataFrame, districts: Sequence[str], release: Release) -> Table:
    size = len(districts)
    period = np.where(frame["is_now"].to_numpy(np.bool_), NOW, BEFORE)
    counts = frame.assign(key=period * size + frame["unit"], unit="")
    told = _told(counts, release).assign(unit=lambda rows: rows["key"] % size)
    return table_of_districts(districts, _cells(told, size, size))


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
