"""Who has delivered an optional table: the one place that tells "not delivered" from "none".

Nobody has to deliver these tables, so an area without rows in one of them is missing from its
figures, never zero in them.
"""

from typing import Final

from analytics.extracts.contract import TableName, table
from analytics.queries.store import ExecutedQuery, ParquetStore

_QUERY: Final = "delivered_areas"


def delivered(store: ParquetStore, name: TableName) -> frozenset[str]:
    """Return the areas with at least one row in an optional table.

    Args:
        store: The snapshot; rows that are only tried out count.
        name: The table; of ``agreements`` and ``structure`` the areas are units, else districts.

    Raises:
        ValueError: If the table is not optional: then everybody counts.
    """
    if not table(name).is_optional:
        raise ValueError(f"{name} is not optional")
    found = store.fetch(_QUERY)
    return frozenset(found.loc[found["contract_table"] == name, "area"])


def delivers_any(store: ParquetStore, district: str) -> bool:
    """Say whether a district, or a unit within it, has delivered any optional table."""
    return bool((store.fetch(_QUERY)["area"].str[:5] == district).any())


def recording(store: ParquetStore, name: TableName, *columns: str) -> frozenset[str]:
    """Return the areas of ``delivered`` that record all of these columns.

    Where a sender does not record when something happened, an empty cell does not say "not yet". A
    district counts only if each of its senders records them, as a town may deliver for itself.
    """
    areas = delivered(store, name)
    entry = store.manifest.tables.get(name)
    deliveries = entry.deliveries if entry else {}
    without = {sender for sender, each in deliveries.items() if set(columns) & {*each.not_recorded}}
    if table(name).area == "district":
        without = {sender[:5] for sender in without}
    return areas - without


def executed(store: ParquetStore) -> ExecutedQuery:
    """Return the query behind both, to stand beside the figures that leave areas out."""
    return store.executed(_QUERY)
