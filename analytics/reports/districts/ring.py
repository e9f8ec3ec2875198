"""The comparison ring of a district: those most alike in structure, or those it chose itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.programme.structure import structure
from analytics.stats.peers import Peers, everyone, usual_reach

RING_SIZE: Final = 8
"""Districts in a ring unless it is chosen: enough for a range that one of them does not decide."""

YEARS_OF_CHANGE: Final = 5
"""Over which the change of the foreign share is counted."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Whom a district is compared with.

    Attributes:
        district: AGS-5 of the district.
        members: AGS-5 of its peers, sorted; empty where no official figures tell who they are.
        is_own: Whether the ring was chosen; else they are the nearest in structure.
    """

    district: str
    members: tuple[str, ...]
    is_own: bool


def ring_of(store: ParquetStore, choice: DistrictChoice) -> Ring:
    """Return the chosen ring, else the nearest districts.

    Raises:
        UnknownAreaError: If the district or one of its chosen peers does not exist.
    """
    own = registry().district(choice.district).ags
    chosen = tuple(registry().district(ags).ags for ags in choice.ring)
    if chosen:
        return Ring(own, chosen, is_own=True)
    return Ring(own, nearest_members(store, own), is_own=False)


def selection(ring: Ring, period: Period | None = None) -> tuple[tuple[str, str], ...]:
    """Return what tells a district's figure apart: district, months, and a ring of its own."""
    months = (("from", str(period.first)), ("to", str(period.last))) if period else ()
    chosen = (("peers", "+".join(ring.members)),) if ring.is_own else ()
    return (("district", ring.district), *months, *chosen)


def nearest_of(store: ParquetStore, district: str, size: int = RING_SIZE) -> Peers | None:
    """Return the districts nearest in structure, or None where the district's is not known."""
    found = others_of(store, district)
    return found and Peers(found.unit, found.variables, found.peers[:size])


@once_per_snapshot
def others_of(store: ParquetStore, district: str) -> Peers | None:
    """Return all other districts, nearest in structure first, or None as ``nearest_of``."""
    table, _ = structure_now(store)
    return everyone(table, district) if district in table.index and len(table) > 1 else None


@once_per_snapshot
def has_close_peers(store: ParquetStore, district: str) -> bool:
    """Say whether the nearest district is as near as a district's nearest one usually is."""
    found = others_of(store, district)
    return found is not None and found.peers[0].distance <= usual_reach(structure_now(store)[0])


def structure_now(store: ParquetStore) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return ``structure`` at the latest official date, with the change of the years before it."""
    as_of = store.manifest.as_of
    latest = latest_official(store) or as_of
    earlier = latest - timedelta(days=365 * YEARS_OF_CHANGE)
    return structure(store, on=as_of, before=earlier)


def latest_official(store: ParquetStore) -> date | None:
    """Return the latest day until the data cut for which official population is known."""
    as_of = store.manifest.as_of
    days = store.fetch("district_structure", {"on": as_of, "before": as_of})["reference_date"]
    return None if days.empty else pd.Timestamp(days.max()).date()


def nearest_members(store: ParquetStore, district: str, _w: Words | None = None) -> tuple[str, ...]:
    """Return the AGS-5 of the districts nearest to one, sorted: its ring unless it chooses one."""
    alike = nearest_of(store, district)
    return tuple(sorted(peer.unit for peer in alike.peers)) if alike else ()
