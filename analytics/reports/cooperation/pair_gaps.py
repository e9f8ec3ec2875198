"""How far the same hand-over lies apart on two sides, and whether that is more than chance.

Where districts are what varies, each is left out of both sides at once, as its needs may stand on
both. A single district is held against others by the intervals of both. All differences of a figure
are judged together: their intervals hold for all of them.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator, indicator
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.cooperation.handovers import (
    APART,
    BINDING,
    BODY,
    OFFICE,
    days_by_unit,
    is_by_unit,
    pair_counts,
)
from analytics.reports.cooperation.matrix import CLOCKS
from analytics.reports.indicators import group_comparison
from analytics.reports.indicators.changes import difference_of
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.stats.difference import Difference

Frames = tuple[pd.DataFrame, pd.DataFrame]
Needs = tuple[NeedFilter, NeedFilter]
Gaps = dict[str, Difference]


def gaps_of_pairs(
    store: ParquetStore, measure: str, needs: Needs, frames: Frames
) -> tuple[Gaps, tuple[ExecutedQuery, ...]]:
    """Return the first side minus the second by pair, with intervals for all pairs together.

    A pair without an interval has no difference. With what was asked beyond the values.

    Args:
        store: The snapshot.
        measure: Of ``matrix.MEASURES``, but not the number of needs.
        needs: Whose values they are.
        frames: Protected values of the same pairs in the same order, from ``measured``.
    """
    if frames[0].empty:
        return {}, ()
    values = [
        {str(row["key"]): row_estimate(row) for _, row in frame.iterrows()} for frame in frames
    ]
    pairs = {key: (values[0][key], values[1][key]) for key in values[0]}
    found: dict[str, Difference | None]
    if all(is_by_unit(each) for each in needs):
        asked = [_by_pair(store, measure, each, list(pairs)) for each in needs]
        first, second = (parts for parts, _ in asked)
        found = {
            key: difference_of(_estimated_as(measure), pair, (first[key], second[key]))[0]
            for key, pair in pairs.items()
        }
        queries = tuple(query for _, query in asked)
    else:
        found, queries = (
            {key: group_comparison.difference_of(*pair) for key, pair in pairs.items()},
            (),
        )
    known = {key: gap for key, gap in found.items() if gap is not None}
    return {key: gap.among(len(known)) for key, gap in known.items()}, queries


def _estimated_as(measure: str) -> Indicator:
    """Return an indicator that is estimated as the measure is: a share or a clock's median."""
    return indicator("median_days_to_referral" if measure in CLOCKS else BINDING)


def _by_pair(
    store: ParquetStore, measure: str, needs: NeedFilter, pairs: Sequence[str]
) -> tuple[dict[str, pd.DataFrame], ExecutedQuery]:
    """Return the counts that each pair's value is made of, by unit; days exactly."""
    if measure in CLOCKS:
        counts, query = days_by_unit(store, _only(needs, pairs), CLOCKS[measure])
    else:
        counts, query = pair_counts(store, needs, measure)
    parts = dict(list(counts[counts["key"].isin(pairs)].groupby("key", sort=False)))
    return {str(key): part for key, part in parts.items()}, query


def _only(needs: NeedFilter, pairs: Sequence[str]) -> NeedFilter:
    """Return the needs of offices and bodies that are asked for: of few, days by unit are few."""
    sides = zip(*(pair.split(APART) for pair in pairs), strict=True)
    offices, bodies = ({*codes} for codes in sides)
    return replace(needs.but(**{OFFICE: offices, BODY: bodies}), assigned=needs.assigned)
