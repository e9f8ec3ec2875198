"""The two parts of a ratio by district or for the state, as far as both may stand together."""

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.indicators import Dimension, Indicator
from analytics.domain.vocabulary import Provenance
from analytics.queries.store import ParquetStore
from analytics.reports.basis.provenance import area_origins


def parts_of(
    store: ParquetStore, chosen: Indicator, by: Dimension, ratios: pd.DataFrame
) -> pd.DataFrame:
    """Return ``key, numerator, denominator, numerator_key`` by district, or the state's sums.

    A delivered numerator over an invented denominator would be neither: there is none then. Only
    districts that have both add to the sums: half a ratio would pull the state's away.
    """
    is_mixed = np.array(_are_mixed(store, chosen, list(ratios["district"])), dtype=np.bool_)
    ratios = ratios.assign(numerator=ratios["numerator"].mask(is_mixed))
    if by == "district":
        return ratios.rename(columns={"district": "key"})
    both = ratios["numerator"].notna() & (ratios["denominator"] > 0)
    sums = ratios.loc[both, ["numerator", "denominator"]].sum(min_count=1).to_frame().T
    # Keys add up as whole numbers: as floating point they would lose their last digits.
    keys = ratios.loc[both, "numerator_key"].fillna(0).astype("uint64").sum()
    return sums.assign(key="", numerator_key=keys)


def has_mixed(store: ParquetStore, chosen: Indicator) -> bool:
    """Say whether any district's ratio has no value because its parts do not belong together."""
    return any(_are_mixed(store, chosen, [area.ags for area in registry().districts]))


def _are_mixed(store: ParquetStore, chosen: Indicator, districts: list[str]) -> list[bool]:
    if len(chosen.tables) == 1:
        return [False] * len(districts)
    origins = area_origins(store, chosen.tables, districts)
    return [origin is Provenance.MIXED for origin in origins]
