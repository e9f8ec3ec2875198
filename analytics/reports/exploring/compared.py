"""Cells whose value is held against another: what lies apart beyond chance, over all of them.

Districts are what varies. Whatever is compared, a district's needs stand on both sides, so each
district is left out of both at once; single districts are compared by the intervals of their own
needs. Of all cells that are said to lie apart, at most 5 % are expected not to, however they depend
on each other: what one cell has more, the others have less (Benjamini & Yekutieli).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Estimate
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator
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
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.indicator_estimates import (
    counts_of,
    estimated,
    estimates,
    row_estimate,
)
from analytics.stats.difference import Difference
from analytics.stats.multiple import benjamini_yekutieli
from analytics.stats.unit_table import freedom_of

FALSE_FINDINGS: Final = 0.05
"""Of what is said to lie apart, the share that may be expected not to."""

_AREAS: Final = ("district", "unit")
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
    is_of_areas = rows in _AREAS
    counts = _counts(store, chosen, dimensions, needs, shown, by_unit=not is_of_areas)
    if counts.empty:
        return {}
    counts = counts.assign(key=counts["key"] + _CELL + counts["series"], series="")
    alone = _added(counts.drop(columns="unit", errors="ignore"))
    others = {
        str(row["key"]).removeprefix(REST): row_estimate(row)
        for _, row in estimated(chosen, without_each(alone)).iterrows()
    }
    pairs = {
        cell: (value, others[_CELL.join(cell)])
        for cell, value in own.items()
        if _CELL.join(cell) in others
    }
    if is_of_areas:
        return {
            cell: Apart(*pair, group_comparison.difference_of(*pair))
            for cell, pair in pairs.items()
        }
    gaps = _gaps_to_others(chosen, counts, pairs)
    return {cell: Apart(*pair, gaps.get(cell)) for cell, pair in pairs.items()}


def _gaps_to_others(
    chosen: Indicator, counts: pd.DataFrame, pairs: Mapping[Cell, tuple[Estimate, Estimate]]
) -> dict[Cell, Difference | None]:
    """Return each cell's gap; the others are what is left of all, so all are counted once."""
    placed, districts = numbered(counts)
    codes, names = pd.factorize(placed["key"], sort=True)
    sides = sides_of(chosen, placed, districts, codes.astype(np.int64))
    whole = sides_of(chosen, placed, districts)[0]
    found = {}
    for name, side in zip(names, sides, strict=True):
        key, _, series = str(name).partition(_CELL)
        pair = pairs.get((key, series))
        if pair is not None:
            others = whole.less(side)  # type: ignore[arg-type]
            freedom = min(freedom_of(sizes_of(each)) for each in (side, others))
            found[key, series] = gap_between(chosen, pair, (side, others), freedom)
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
    if rows in _AREAS:
        gaps = {cell: group_comparison.difference_of(*pair) for cell, pair in pairs.items()}
    else:
        counts = [
            dict(_cells(_counts(store, chosen, dimensions, needs, frame, by_unit=True)))
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
    *,
    by_unit: bool,
) -> pd.DataFrame:
    """Return the counts of each cell, of clocks only up to the last day that matters."""
    rows, columns = dimensions
    if chosen.clock is None:
        return counts_of(store, chosen, rows, needs, by_unit=by_unit, across=columns)[0]
    counts, _ = clock_counts(
        store,
        rows,
        needs,
        chosen.timed_by,
        across=columns,
        split_by_unit=by_unit,
        until=chosen.parameter or _last_day(shown),
        needs_ends=chosen.needs_ends,
    )
    return counts


def _last_day(shown: pd.DataFrame) -> int | None:
    """Return the last day that decides a median's interval; None where some have no end."""
    ends = shown.loc[shown["value"].notna(), "high"]
    return None if ends.empty or ends.isna().any() else 2 * int(ends.max()) + 1


def _cells(counts: pd.DataFrame) -> Iterator[tuple[Cell, pd.DataFrame]]:
    for (key, series), part in counts.groupby(["key", "series"], sort=False):
        yield (str(key), str(series)), part


def _added(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the sums over units that are no longer told apart."""
    amounts = [name for name in ("needs", "events", "trials") if name in counts]
    others = [str(name) for name in counts if name not in amounts]
    return counts.groupby(others, as_index=False, sort=False)[amounts].sum()
