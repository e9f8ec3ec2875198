"""Comparison units that are most like the model sites in structure, before the programme."""

from datetime import date
from typing import Final

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.vocabulary import Group
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.programme.structure import structure
from analytics.stats.peers import Peers, nearest

PEERS: Final = 3
"""Comparison units taken for each model site."""

BEFORE_START: Final = date(2016, 12, 31)
_EARLIER: Final = date(2014, 12, 31)


def structure_before(store: ParquetStore) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return ``structure`` as it was at the end of 2016, changes since the end of 2014."""
    return structure(store, on=BEFORE_START, before=_EARLIER)


@once_per_snapshot
def site_peers(store: ParquetStore) -> tuple[tuple[str, Peers], ...]:
    """Return for each model unit the districts most like its own, nearest first.

    Only districts that are, or whose rest is, a comparison unit can be peers. A model town has no
    figures of its own in the official statistics: its district stands for it.
    """
    table, _ = structure_before(store)
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
