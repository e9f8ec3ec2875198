"""Cells whose value is held against another: what lies apart beyond chance, over all of them.

Districts are what varies. Whatever is compared, a district's needs stand on both sides, so each
district is left out of both at once; single districts are compared by the intervals of their own
needs. Of all cells that are said to lie apart, at most 5 % are expected not to, however they depend
on each other: what one cell has more, the others have less (Benjamini & Yekutieli).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Estimate
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator
from analytics.domain.inquiry import AREAS
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.districts.rest import REST, without_each
from analytics.reports.indicators import group_comparison
from analytics.reports.indicators.changes import (
    difference_of,
    gap_between,
    numbered,
    sides_of,
    sizes_of,
)
from analytics.reports.indicators.clock import clock_counts, counts_until, is_settled
from analytics.reports.indicators.indicator_estimates import (
    counts_of,
    estimated,
    estimates,
    row_estimate,
)
from analytics.stats.counts import Ints
from analytics.stats.difference import Difference
from analytics.stats.multiple import benjamini_yekutieli
from analytics.stats.unit_table import freedom_of

FALSE_FINDINGS: Final = 0.05
"""Of what is said to lie apart, the share that may be expected not to."""

_CELL: Final = "\t"
"""Between key and series where one name must stand for a cell."""

Cell = tuple[str, str]
"""Key and series."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two values of a cell and their difference; none where one of them is not shown."""

    first: Estimate
    second: Estimate
    gap: Difference | None


def beside_others(
    store: ParquetStore,
    chosen: Indicator,
    dimensions: tuple[Dimension, Dimension],
    needs: NeedFilter,
    shown: pd.DataFrame,
) -> dict[Cell, Apart]:
    """Return each cell of a table beside all other cells together.

    Args:
        store: The snapshot.
        chosen: An indicator that counts needs.
        dimensions: Of rows and columns.
        needs: Which needs count.
        shown: The table's protected estimates.
    """
    rows, _ = dimensions
    own = {(str(row["key"]), str(row["series"])): row_estimate(row) for _, row in shown.iterrows()}
    if len(own) == 1:
        return {}
    alone = _counts(store, chosen, dimensions, needs, shown)
    if alone.empty:
        return {}
    alone = alone.assign(key=alone["key"] + _CELL + alone["series"], series="")
    others = {
        str(row["key"]).removeprefix(REST): row_estimate(row)
        for _, row in estimated(chosen, without_each(alone)).iterrows()
    }
    pairs = {
        cell: (value, others[_CELL.join(cell)])
        for cell, value in own.items()
        if _CELL.join(cell) in others
    }
    if rows in AREAS:
        return {
            cell: Apart(*pair, group_comparison.difference_of(*pair))
            for cell, pair in pairs.items()
        }
    counts = _counts_by_unit(store, chosen, dimensions, needs, shown)
    gaps = _gaps_to_others(chosen, counts, pairs)
    return {cell: Apart(*pair, gaps.get(cell)) for cell, pair in pairs.items()}


def _gaps_to_others(
    chosen: Indicator, counts: pd.DataFrame, pairs: Mapping[Cell, tuple[Estimate, Estimate]]
) -> dict[Cell, Difference | None]:
    """Return each cell's gap; the others are what is left of all, so all are counted once."""
    placed, districts = numbered(counts)
    codes, names = _cells(placed)
    sides = sides_of(chosen, placed, districts, codes)
    whole = sides_of(chosen, placed, districts)[0]
    found = {}
    for cell, side in zip(names, sides, strict=True):
        pair = pairs.get(cell)
        if pair is not None:
            others = whole.less(side)  # type: ignore[arg-type]
            freedom = min(freedom_of(sizes_of(each)) for each in (side, others))
            found[cell] = gap_between(chosen, pair, (side, others), freedom)
    return found


def between(
    store: ParquetStore,
    chosen: Indicator,
    dimensions: tuple[Dimension, Dimension],
    sides: tuple[NeedFilter, NeedFilter],
) -> tuple[dict[Cell, Apart], tuple[ExecutedQuery, ...]]:
    """Return what two choices of needs come to in each cell, and the queries.

    Args:
        store: The snapshot.
        chosen: An indicator that counts needs.
        dimensions: Of rows and columns.
        sides: Which needs count on each side.
    """
    rows, columns = dimensions
    asked = [estimates(store, chosen, rows, needs, columns) for needs in sides]
    frames, queries = [frame for frame, _ in asked], tuple(query for _, (query,) in asked)
    values = [
        {(str(row["key"]), str(row["series"])): row_estimate(row) for _, row in frame.iterrows()}
        for frame in frames
    ]
    both = [cell for cell in values[0] if cell in values[1]]
    pairs = {cell: (values[0][cell], values[1][cell]) for cell in both}
    if rows in AREAS:
        gaps = {cell: group_comparison.difference_of(*pair) for cell, pair in pairs.items()}
    else:
        counts = [
            _by_cell(_counts_by_unit(store, chosen, dimensions, needs, frame))
            for needs, frame in zip(sides, frames, strict=True)
        ]
        gaps = {
            cell: difference_of(chosen, pair, (counts[0][cell], counts[1][cell]))[0]
            for cell, pair in pairs.items()
        }
    return {cell: Apart(*pair, gaps[cell]) for cell, pair in pairs.items()}, queries


def beyond_chance(apart: dict[Cell, Apart]) -> dict[Cell, int]:
    """Return the side of each cell that lies apart: 1 above, -1 below; 0 for all others."""
    gaps = {cell: each.gap for cell, each in apart.items() if each.gap is not None}
    adjusted = benjamini_yekutieli([gap.p_value for gap in gaps.values()])
    sides = {
        cell: (1 if gap.estimate > 0 else -1) if p <= FALSE_FINDINGS else 0
        for (cell, gap), p in zip(gaps.items(), adjusted, strict=True)
    }
    return {cell: sides.get(cell, 0) for cell in apart}


def _counts(
    store: ParquetStore,
    chosen: Indicator,
    dimensions: tuple[Dimension, Dimension],
    needs: NeedFilter,
    shown: pd.DataFrame,
) -> pd.DataFrame:
    """Return the counts that the cells were estimated from, of clocks only as far as it matters."""
    rows, columns = dimensions
    # The store remembers them, so cutting them here costs less than asking for fewer.
    counts, _ = counts_of(store, chosen, rows, needs, across=columns)
    day = _day_that_matters(chosen, shown)
    return counts if day is None else counts_until(counts, day)


def _counts_by_unit(
    store: ParquetStore,
    chosen: Indicator,
    dimensions: tuple[Dimension, Dimension],
    needs: NeedFilter,
    shown: pd.DataFrame,
) -> pd.DataFrame:
    """Return what varies between districts: the same counts, by unit."""
    rows, columns = dimensions
    if chosen.clock is None:
        return counts_of(store, chosen, rows, needs, by_unit=True, across=columns)[0]
    clock, is_share = chosen.timed_by, chosen.method == "cumulative_incidence"
    counts, _ = clock_counts(
        store,
        rows,
        needs,
        clock,
        across=columns,
        split_by_unit=True,
        until=_day_that_matters(chosen, shown),
        settled=is_share and is_settled(store, needs, clock, chosen.day),
        needs_ends=chosen.needs_ends,
    )
    return counts


def _day_that_matters(chosen: Indicator, shown: pd.DataFrame) -> int | None:
    """Return the last day of a clock that decides any figure; None where all of them may."""
    if chosen.clock is None or chosen.parameter:
        return chosen.parameter
    # A median's interval ends before its own; where some have no end, all days matter.
    ends = shown.loc[shown["value"].notna(), "high"]
    return None if ends.empty or ends.isna().any() else 2 * int(ends.max()) + 1


def _cells(counts: pd.DataFrame) -> tuple[Ints, list[Cell]]:
    """Return the number of each row's cell, and the cells in their order."""
    keys, key_names = pd.factorize(counts["key"], sort=True)
    series, series_names = pd.factorize(counts["series"], sort=True)
    pairs = keys.astype(np.int64) * max(len(series_names), 1) + series
    found, codes = np.unique(pairs, return_inverse=True)
    places = [divmod(int(pair), max(len(series_names), 1)) for pair in found]
    return codes.astype(np.int64), [
        (str(key_names[key]), str(series_names[one])) for key, one in places
    ]


def _by_cell(counts: pd.DataFrame) -> dict[Cell, pd.DataFrame]:
    return {
        (str(key), str(series)): part
        for (key, series), part in counts.groupby(["key", "series"], sort=False)
    }
