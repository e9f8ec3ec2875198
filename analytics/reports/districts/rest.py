"""The rest of the state beside each district: all other districts together, the own one taken out."""

from typing import Final

import pandas as pd

from analytics.domain.estimates import Estimate
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator
from analytics.domain.periods import Period
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.indicator_counts import counts_of, estimated
from analytics.reports.indicator_values import row_estimate

_PARTS: Final = ("needs", "events", "trials", "numerator", "denominator")
"""Columns of counts that add up over districts."""


def rest_estimates(
    store: ParquetStore, chosen: Indicator, period: Period
) -> tuple[dict[str, Estimate], tuple[ExecutedQuery, ...]]:
    """Return an indicator of the rest of the state by the AGS-5 of the district left out.

    It is estimated by the same method from the same counts, the district's own subtracted; so it is
    independent of the district's figure, which the state's value is not.
    """
    counts, asked = counts_of(store, chosen, "district", NeedFilter(period, assigned=False))
    frame = estimated(chosen, without_each(counts))
    rest = {str(row["key"]): row_estimate(row) for _, row in frame.iterrows()}
    return {key.removeprefix(_REST): each for key, each in rest.items()}, (asked,)


_REST: Final = "rest of "
"""Before the key, so that nobody takes the rest for a part of the state that the gate knows."""


def without_each(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the sums over all keys but each one, with ``key`` named after the one left out.

    Only keys that have both parts of a ratio add to sums.
    """
    parts = [name for name in _PARTS if name in counts]
    if "denominator" in parts:
        counts = counts[counts["numerator"].notna() & (counts["denominator"] > 0)]
    cells = [name for name in counts if name not in (*parts, "key")]
    own = counts.set_index([*cells, "key"])[parts]
    if not cells:
        rest = own.sum() - own
        return rest.reset_index().assign(key=_REST + rest.index.astype(str))
    wide = own.unstack("key", fill_value=0)
    found = [
        (wide.T.groupby(level=0).sum().T - wide.xs(key, axis=1, level="key"))[parts]
        .assign(key=f"{_REST}{key}")
        .reset_index()
        for key in wide.columns.get_level_values("key").unique()
    ]
    whole = pd.concat(found, ignore_index=True) if found else counts
    return whole[whole[parts[0]] > 0]
