"""Comparison units that are most like the model sites in structure, before the programme."""

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.area_types import DistrictKind
from analytics.domain.areas import registry
from analytics.domain.vocabulary import Group
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.evaluation.memo import once_per_snapshot
from analytics.stats.peers import Peers, nearest

PEERS: Final = 3
"""Comparison units taken for each model site."""

BEFORE_START: Final = date(2016, 12, 31)
_EARLIER: Final = date(2014, 12, 31)
_PARAMS: Final = {"on": BEFORE_START, "before": _EARLIER}


def structure(store: ParquetStore) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return one row per district: what it is like at the end of 2016, and the query.

    Columns ``log_population``, ``log_density`` (per km²), ``foreign_share`` (0 to 1),
    ``foreign_share_change`` since the end of 2014, ``independent_city`` (1 or 0); index AGS-5.
    Districts without official figures are left out.
    """
    known = store.fetch("district_structure", _PARAMS).set_index("district")
    areas = registry().districts
    area = pd.Series({d.ags: d.area_km2 for d in areas})
    city = pd.Series({d.ags: float(d.kind is DistrictKind.INDEPENDENT_CITY) for d in areas})
    table = pd.DataFrame(
        {
            "log_population": np.log(known["population"].astype(float)),
            "log_density": np.log(known["population"].astype(float) / area),
            "foreign_share": known["foreign_share"].astype(float),
            "foreign_share_change": known["foreign_share"] - known["earlier_share"],
            "independent_city": city,
        }
    )
    return table.dropna(), store.executed("district_structure", _PARAMS)


@once_per_snapshot
def site_peers(store: ParquetStore) -> tuple[tuple[str, Peers], ...]:
    """Return for each model unit the districts most like its own, nearest first.

    Only districts that are, or whose rest is, a comparison unit can be peers. A model town has no
    figures of its own in the official statistics: its district stands for it.
    """
    table, _ = structure(store)
    areas = registry()
    model = {unit.district for unit in areas.model_units} - set(areas.split_districts)
    found = []
    for unit in areas.model_units:
        pool = table[~table.index.isin(model - {unit.district})]
        if unit.district in pool.index:
            found.append((unit.code, nearest(pool, unit.district, PEERS)))
    return tuple(found)


def matched_units(store: ParquetStore) -> tuple[str, ...]:
    """Return the comparison units that are a peer of any model site, in order of their codes."""
    districts = {peer.unit for _, peers in site_peers(store) for peer in peers.peers}
    return tuple(
        unit.code
        for unit in registry().evaluation_units
        if unit.group is Group.COMPARISON and unit.district in districts
    )
