"""Counting all cells of needs at once: of one and two fields, in two periods, by district."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from analytics.domain.filters import NeedFilter, fields
from analytics.domain.indicators import Indicator
from analytics.domain.periods import Period
from analytics.domain.release import Release, unreleased
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.refusal import refuse_unreleased
from analytics.reports.basis.span import data_period
from analytics.reports.exploring.spans import Spans
from analytics.reports.exploring.tables import DISTRICT, FIELDS, QUARTER, tables_of
from analytics.reports.indicators.assignment import as_asked
from analytics.stats.comparisons import Part, Table


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


def _within(needs: NeedFilter, period: Period) -> NeedFilter:
    return replace(needs, period=period)
