"""What a snapshot would show if a district's delivery were published; in memory only.

Merged and derived by the statements that a real delivery goes through (``ingest``); nothing is
written, and the snapshot itself stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.areas import AreaRegistry
from analytics.domain.vocabulary import Provenance
from analytics.extracts.bookkeeping import entry_after
from analytics.extracts.contract import (
    AGREEMENTS,
    CASES,
    OF_CASES,
    POSTS,
    REFERRALS,
    ROLLOUT,
    STRUCTURE,
    TITLES,
    Table,
)
from analytics.extracts.derive import DERIVED_TABLES, DerivationError, derive_in_memory
from analytics.extracts.manifest import (
    Delivery,
    Manifest,
    TableEntry,
    not_recorded,
    read_manifest,
    weakest,
)
from analytics.extracts.merging import MergedRows, merge_in_memory
from analytics.extracts.secret_files import new_key
from analytics.extracts.snapshot_errors import Problem, SnapshotError

TRIED: Final = (CASES, *OF_CASES, ROLLOUT, POSTS, AGREEMENTS, STRUCTURE, TITLES)
"""The tables that a district delivers for itself, in the order in which they are merged."""

MARK: Final = "+upload"
"""Ends the id of a snapshot that shows rows which were never published."""


def is_trial(manifest: Manifest) -> bool:
    """Say whether a snapshot shows rows that were never published."""
    return manifest.snapshot_id.endswith(MARK)


_PAIR: Final = (CASES, REFERRALS)
_WITH_CASES: Final = (CASES, *OF_CASES)
_CLOCKED: Final = (*_WITH_CASES, AGREEMENTS, STRUCTURE, TITLES)
"""The tables that clocks are made of."""
_NOBODYS: Final = TableEntry(0, "", Provenance.DELIVERED, "")


@dataclass(frozen=True, slots=True, eq=False)
class Replacement:
    """Rows that stand in for those of a table whose ``column`` holds one of ``keys``."""

    column: str
    keys: tuple[str, ...]
    rows: pa.Table


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender says of the files of one table: see ``manifest.Delivery``."""

    file: str
    not_recorded: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A snapshot with rows of one district replaced: its manifest, and the rows by table."""

    manifest: Manifest
    replaced: Mapping[str, Replacement]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The snapshot that is tried out on, and the district whose rows are replaced."""

    folder: Path
    manifest: Manifest
    district: str
    areas: AreaRegistry

    def keys(self, table: Table) -> tuple[str, ...]:
        """Return the keys under which a table may hold rows of the district."""
        units = {unit.ags for unit in self.areas.kim_units if unit.district == self.district}
        if table.area == "unit":
            known = self.areas.evaluation_units
            units |= {unit.code for unit in known if unit.district == self.district}
        return tuple(sorted({self.district, *units}))

    def entry(self, table: Table) -> TableEntry:
        """Return what is known of a table, also of one that nobody has delivered."""
        return self.manifest.tables.get(table.name, _NOBODYS)

    def rows(self, table: Table) -> pa.Table:
        """Return the district's rows in force."""
        if table.name not in self.manifest.tables:
            return table.schema.empty_table()
        filters = [(table.area, "in", self.keys(table))]
        file = self.folder / f"{table.name}.parquet"
        return pq.read_table(file, filters=filters).select(table.column_names)

    def delivered_rows(self, table: Table) -> pa.Table | None:
        """Return the district's rows in force if it has delivered them, else None."""
        senders = self.entry(table).deliveries
        return self.rows(table) if any(s[:5] == self.district for s in senders) else None

    def synthetic(self, table: Table, senders: Mapping[str, int]) -> frozenset[str]:
        """Return which of the senders have nothing but synthetic rows in the table."""
        entry = self.entry(table)
        is_synthetic = entry.provenance is Provenance.SYNTHETIC
        return frozenset(senders) - set(entry.deliveries) if is_synthetic else frozenset()


def snapshot_of(folder: Path, district: str, areas: AreaRegistry) -> Snapshot:
    """Return the snapshot in ``folder`` as a district sees it.

    Raises:
        ManifestError: If the folder holds no readable manifest.
        UnknownAreaError: If there is no such district.
    """
    return Snapshot(folder, read_manifest(folder), areas.district_of_delivery(district), areas)


def try_out(base: Snapshot, accepted: Mapping[str, pa.Table], files: Mapping[str, Sent]) -> Trial:
    """Return the snapshot as it would be with the accepted rows in place of the district's.

    Invented rows never run beside real ones: of cases, referrals and whatever else belongs to
    cases, the district's rows of tables that are not delivered stay where they were delivered and
    go where they are synthetic.

    Args:
        base: The snapshot and the district.
        accepted: Checked rows of the district by table, one or more of ``TRIED``.
        files: Names of the files by table, and what was told about them.

    Raises:
        SnapshotError: If a key is delivered twice or no clocks can be derived.
        duckdb.OutOfMemoryException: If the rows do not fit into the memory limit of the settings.
    """
    merged = {
        table.name.value: _merged(base, table, accepted.get(table.name), base.rows(CASES))
        for table in TRIED
        if table.name in accepted and table not in _WITH_CASES
    }
    if any(table.name in accepted for table in _WITH_CASES):
        merged |= _with_cases(base, accepted)
    entries = _entries(base, merged, files)
    replaced: dict[str, Replacement] = {}
    if any(table.name in merged for table in _CLOCKED):
        replaced = _clocks(base, merged, entries)
        entries |= _clock_entries(base, entries, replaced)
    for table in TRIED:
        if table.name in merged:
            rows = merged[table.name].rows
            replaced[table.name.value] = Replacement(table.area, base.keys(table), rows)
    manifest = replace(
        base.manifest,
        snapshot_id=base.manifest.snapshot_id + MARK,
        tables={**base.manifest.tables, **entries},
    )
    return Trial(manifest, replaced)


def _with_cases(base: Snapshot, accepted: Mapping[str, pa.Table]) -> dict[str, MergedRows]:
    """Return the merged cases and all tables whose rows belong to them and change."""
    found: dict[str, MergedRows] = {}
    cases, senders = base.rows(CASES), dict[str, int]()
    for table in _WITH_CASES:
        if table.name in accepted:
            found[table.name.value] = _merged(base, table, accepted[table.name], cases)
            senders |= found[table.name.value].delivered
        if table is CASES and table.name in accepted:
            cases = found[table.name.value].rows
    for table in _WITH_CASES:
        cleared = base.synthetic(table, senders)
        if table.name not in accepted and (cleared or table in _PAIR):
            found[table.name.value] = _merged(base, table, None, cases, cleared)
    return found


def _merged(
    base: Snapshot,
    table: Table,
    delivered: pa.Table | None,
    cases: pa.Table,
    cleared: frozenset[str] = frozenset(),
) -> MergedRows:
    rows = table.schema.empty_table() if delivered is None else delivered
    merged = merge_in_memory(
        table, rows, current=base.rows(table), cases=cases, registry=base.areas, cleared=cleared
    )
    if table.is_optional:
        return merged
    # Who was cleared has delivered that there is nothing.
    return replace(merged, delivered={**dict.fromkeys(cleared, 0), **merged.delivered})


def _clocks(
    base: Snapshot, merged: Mapping[str, MergedRows], entries: Mapping[str, TableEntry]
) -> dict[str, Replacement]:
    as_of = base.manifest.as_of
    rows = {
        table.name.value: merged[table.name].rows if table.name in merged else base.rows(table)
        for table in _CLOCKED
    }
    sent = {
        table.name.value: entries.get(table.name, base.entry(table)).deliveries
        for table in _CLOCKED
    }
    (cases, referrals), of_pair = (
        [part.pop(table.name.value) for table in _PAIR] for part in (rows, sent)
    )
    told = not_recorded(*of_pair, **sent)
    try:
        # Rows that are only tried are never released: their record keys are nobody's.
        derived = derive_in_memory(
            cases,
            referrals,
            base.areas,
            as_of=as_of,
            key=new_key(),
            optional=rows,
            not_recorded=told,
        )
    except DerivationError as error:
        values = {"found": str(error), "as_of": as_of.isoformat()}
        raise SnapshotError(Problem("not_derivable", values)) from error
    keys = (base.district,)
    return {name: Replacement("district", keys, rows) for name, rows in derived.items()}


def _entries(
    base: Snapshot, merged: Mapping[str, MergedRows], files: Mapping[str, Sent]
) -> dict[str, TableEntry]:
    """Return what the manifest says of the tables that have changed, clocks included."""
    others = frozenset(u.ags for u in base.areas.kim_units if u.district != base.district)
    at = datetime.now(UTC)
    everything = Sent(", ".join(each.file for each in files.values()))
    entries = {}
    for table in TRIED:
        if table.name not in merged:
            continue
        name, found = table.name.value, merged[table.name]
        told = files.get(name, everything)
        sent = {
            sender: Delivery(
                Provenance.DELIVERED, told.file, at, rows, told.not_recorded, told.confirmed
            )
            for sender, rows in found.delivered.items()
        }
        entry = entry_after(table, base.entry(table), found.kept | others, sent)
        rows = base.entry(table).rows - base.rows(table).num_rows + found.rows.num_rows
        entries[name] = replace(entry, rows=rows)
    return entries


def _clock_entries(
    base: Snapshot, entries: Mapping[str, TableEntry], clocks: Mapping[str, Replacement]
) -> dict[str, TableEntry]:
    """Return what the manifest says of the clocks, made of cases, referrals and optional tables."""
    pair = [entries.get(table.name, base.entry(table)) for table in _PAIR]
    origin = weakest(*(entry.provenance for entry in pair))
    found = {}
    for name in DERIVED_TABLES:
        entry = base.manifest.tables[name]
        filters = [("district", "==", base.district)]
        held = pq.read_table(base.folder / f"{name}.parquet", columns=["district"], filters=filters)
        rows = entry.rows - held.num_rows + clocks[name].rows.num_rows
        found[name] = replace(entry, rows=rows, provenance=origin, source=pair[1].source)
    return found
