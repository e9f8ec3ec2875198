"""What a snapshot remembers of deliveries: provenance per area, and the findings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE, AreaRegistry
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import POPULATION, TABLES, Table
from analytics.extracts.drafts import schema_of
from analytics.extracts.findings import Finding
from analytics.extracts.findings_table import FINDINGS_NAME, FINDINGS_SCHEMA
from analytics.extracts.manifest import Delivery, TableEntry, read_manifest, weakest

OFFICIAL_SOURCE: Final = "Statistische Ämter des Bundes und der Länder, dl-de/by-2-0"

_KEY_JOINT: Final = " | "


@dataclass(frozen=True, slots=True)
class Base:
    """The tables that a delivery is merged into.

    Attributes:
        folder: One Parquet file per table.
        blank: Holds an empty file for each table that ``folder`` lacks.
        entries: What is known of each table.
        snapshot_id: The current snapshot; None where the store is new.
        as_of: Its data cut; None where the store is new.
    """

    folder: Path
    blank: Path
    entries: Mapping[str, TableEntry]
    snapshot_id: str | None
    as_of: date | None

    def file(self, table: str) -> Path:
        """Return the file of a table."""
        path = self.blank / f"{table}.parquet"
        return path if path.exists() else self.folder / path.name


def base_of(current: Path | None, workspace: Path) -> Base:
    """Return the current snapshot; for a new store, empty tables and the official population.

    Tables that the snapshot lacks, as nobody has delivered them, are empty.

    Raises:
        ManifestError: If the current snapshot cannot be read.
    """
    folder = workspace / "start"
    folder.mkdir()
    if current is not None:
        manifest = read_manifest(current)
        lacking = _blank(folder, [name for name in TABLES if name not in manifest.tables])
        entries = {**manifest.tables, **lacking}
        return Base(current, folder, entries, manifest.snapshot_id, manifest.as_of)
    entries = _blank(folder, (*TABLES, FINDINGS_NAME))
    population = folder / f"{POPULATION.name}.parquet"
    population.write_bytes((REFERENCE / f"{POPULATION.name}.parquet").read_bytes())
    rows = pq.read_metadata(population).num_rows
    official = TableEntry(rows, "", Provenance.OFFICIAL, OFFICIAL_SOURCE)
    return Base(folder, folder, {**entries, POPULATION.name.value: official}, None, None)


def _blank(folder: Path, names: Sequence[str]) -> dict[str, TableEntry]:
    """Write an empty file for each table and return what is known of it."""
    for name in names:
        pq.write_table(schema_of(name).empty_table(), folder / f"{name}.parquet")
    return dict.fromkeys(names, TableEntry(0, "", Provenance.DELIVERED, ""))


def entry_after(
    table: Table, before: TableEntry, kept: frozenset[str], delivered: Mapping[str, Delivery]
) -> TableEntry:
    """Return what is known of a table after a merge; rows and checksum come with publishing.

    ``kept`` are the senders with rows that the delivery did not replace.

    The provenance of the base counts as long as rows remain that no delivery has replaced. Of the
    population a delivery replaces single dates, so any remaining row may be of the base.
    """
    stays = before.deliveries if table is POPULATION else kept
    deliveries = {area: d for area, d in before.deliveries.items() if area in stays}
    deliveries.update(delivered)
    undelivered = kept if table is POPULATION else kept - set(before.deliveries)
    origins = [delivery.provenance for delivery in deliveries.values()]
    origins += [before.provenance] if undelivered else []
    provenance = weakest(*origins) if origins else Provenance.DELIVERED
    return TableEntry(0, "", provenance, _source(before, provenance, undelivered), deliveries)


def findings_after(
    before: Path,
    found: Iterable[Finding],
    *,
    table: Table,
    senders: Sequence[str],
    registry: AreaRegistry,
    at: datetime,
) -> pa.Table:
    """Return the findings in force: those of this delivery, and of others' last deliveries.

    ``senders`` are all who sent rows; their earlier findings on the table are replaced.
    """
    only = senders[0] if len(senders) == 1 else None
    rows = [
        {
            "table": finding.table,
            "district": _area(finding, registry) or only,
            "rule": finding.rule,
            "severity": finding.severity.value,
            "sheet": finding.sheet,
            "line": finding.line,
            "field": finding.field,
            "value": finding.value,
            "count": finding.count,
            "file": finding.file,
            "delivered_at": at.replace(tzinfo=None),
        }
        for finding in found
    ]
    areas = pa.array({*senders, *(str(row["district"]) for row in rows if row["district"])})
    earlier = pq.read_table(before, schema=FINDINGS_SCHEMA)
    of_these = pc.or_kleene(
        pc.is_in(earlier["district"], value_set=areas), pc.is_null(earlier["district"])
    )
    replaced = pc.and_(pc.equal(earlier["table"], table.name.value), of_these)
    kept = earlier.filter(pc.invert(replaced))
    return pa.concat_tables([kept, pa.Table.from_pylist(rows, schema=FINDINGS_SCHEMA)])


def _source(before: TableEntry, provenance: Provenance, undelivered: Iterable[str]) -> str:
    """Name a publication only; names of delivered files may name people."""
    if provenance is Provenance.OFFICIAL:
        return OFFICIAL_SOURCE
    return before.source if any(undelivered) else ""


def _area(finding: Finding, registry: AreaRegistry) -> str | None:
    """Return the area that the finding's key begins with, if it is one."""
    area = (finding.key or "").partition(_KEY_JOINT)[0]
    return area if registry.is_known(area) else None
