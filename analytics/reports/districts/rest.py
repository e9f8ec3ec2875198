"""The rest of the state beside each district: all other districts together, the own taken out."""

from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analytics.domain.estimates import Estimate
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator
from analytics.domain.periods import Period
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.indicators.indicator_estimates import counts_of, estimated, row_estimate

_PARTS: Final = ("needs", "events", "trials", "numerator", "denominator")
"""Columns of counts that add up over districts."""


def rest_estimates(
    store: ParquetStore, chosen: Indicator, period: Period
) -> tuple[dict[str, Estimate], tuple[ExecutedQuery, ...]]:
    """Return an indicator of the rest of the state by the AGS-5 of the district left out.

    It is estimated by the same method from the same counts, the district's own subtracted; so it is
    independent of the district's figure, which the state's value is not, nor changed by an upload.
    """
    counts, asked = counts_of(
        store.everybody, chosen, "district", NeedFilter(period, assigned=False)
    )
    frame = estimated(chosen, without_each(counts))
    rest = {str(row["key"]): row_estimate(row) for _, row in frame.iterrows()}
    return {key.removeprefix(REST): each for key, each in rest.items()}, (asked,)


REST: Final = "rest of "
"""Before the key, so that nobody takes the rest for a part of the state that the gate knows."""


def without_each(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the sums over all keys but each one, with ``key`` named after the one left out.

    Only keys that have both parts of a ratio add to sums.
    """
    parts = [name for name in _PARTS if name in counts]
    if "denominator" in parts:
        counts = counts[counts["numerator"].notna() & (counts["denominator"] > 0)]
    codes, keys = pd.factorize(counts["key"])
    cells = counts.drop(columns=[*parts, "key"])
    places = cells.groupby(list(cells)).ngroup() if len(cells.columns) else 0 * codes
    # One row a cell, in the order of their numbers; its parts are those of the rest.
    of_cells = cells.assign(place=places).drop_duplicates("place").sort_values("place")
    left = {name: _without(codes, places, counts[name], len(keys), len(of_cells)) for name in parts}
    whole = pd.DataFrame(
        {
            "key": np.repeat([f"{REST}{key}" for key in keys], len(of_cells)),
            **{str(name): np.tile(of_cells[name].to_numpy(), len(keys)) for name in cells},
            **left,
        }
    )
    return whole[whole[parts[0]] > 0]


def _without(
    codes: ArrayLike, places: ArrayLike, part: "pd.Series[float]", keys: int, cells: int
) -> NDArray[Any]:
    """Return for each key the sums by cell over all other keys, one after another."""
    amounts = part.to_numpy()
    own = np.zeros((keys, cells), dtype=amounts.dtype)
    np.add.at(own, (np.asarray(codes), np.asarray(places)), amounts)
    return np.asarray((own.sum(axis=0) - own).ravel())
