"""Building a complete snapshot in a folder of its own, before anyone can see it."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.areas import registry
from analytics.domain.vocabulary import Provenance
from analytics.extracts import rights
from analytics.extracts.contract import CONTRACT_VERSION, TABLES
from analytics.extracts.derive import DERIVED_TABLES, DerivationError, derive, derived_version
from analytics.extracts.durable import sha256, sync_file, sync_folder, write_text
from analytics.extracts.findings_table import FINDINGS_NAME, FINDINGS_SCHEMA
from analytics.extracts.manifest import (
    MANIFEST_NAME,
    Delivery,
    Manifest,
    ManifestError,
    TableEntry,
    not_recorded,
    read_manifest,
    weakest,
)
from analytics.extracts.secret_files import SecretFileError, key_in
from analytics.extracts.snapshot_errors import Problem, SnapshotError
from analytics.extracts.verification import OPTIONAL_TABLES, column_problems

# As many rows as DuckDB reads at once: smaller groups cost more than the statistics in their
# footers save.
_ROW_GROUP: Final = 122_880
_RECORD_KEY_NAME: Final = "records.key"


Progress = Callable[[str], None]
"""Called with the phase that begins: ``tables``, ``derive``, ``verify``, ``publish``."""


@dataclass(frozen=True, slots=True)
class Content:
    """The rows of one table and what the manifest says about them."""

    rows: pa.Table | Path
    provenance: Provenance
    source: str
    deliveries: Mapping[str, Delivery] = field(default_factory=dict)
    sha256: str = ""
    """What the file must be, where that is known."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where a snapshot stands: its data cut, the one it continues, its number in the store."""

    as_of: date
    parent: str | None
    sequence: int


def schema_of(table: str) -> pa.Schema:
    """Return the Arrow schema of a contract table or of the findings.

    Raises:
        SnapshotError: If a snapshot has no such table.
    """
    if table == FINDINGS_NAME:
        return FINDINGS_SCHEMA
    if table not in TABLES:
        raise SnapshotError(Problem("unknown_table", {"table": table}))
    return TABLES[table].schema


def empty(table: str) -> Content:
    """Return the content of a table that nobody has delivered yet."""
    return Content(schema_of(table).empty_table(), Provenance.DELIVERED, "")


def contents_of(folder: Path) -> dict[str, Content]:
    """Return the tables of a published snapshot that are not derived, to be taken over.

    Raises:
        SnapshotError: If its manifest cannot be read.
    """
    try:
        entries = read_manifest(folder).tables
    except ManifestError as error:
        raise SnapshotError(Problem("manifest_unreadable", {"snapshot": folder.name})) from error
    return {
        name: Content(
            folder / f"{name}.parquet",
            entry.provenance,
            entry.source,
            entry.deliveries,
            entry.sha256,
        )
        for name, entry in entries.items()
        if name not in DERIVED_TABLES
    }


def record_key(root: Path) -> bytes:
    """Return the store's key for record keys, made where there is none.

    One key for all snapshots of a store: the same record has the same perturbation in each.

    Raises:
        SnapshotError: If its file is damaged or cannot be read.
    """
    try:
        return key_in(root / _RECORD_KEY_NAME)
    except SecretFileError as error:
        raise SnapshotError(Problem("record_key", {"path": error.path})) from error


def build(
    draft: Path,
    contents: Mapping[str, Content],
    line: Line,
    *,
    key: bytes,
    tell: Progress,
) -> Manifest:
    """Write all tables, derived ones included, and the manifest into ``draft``, onto the disk.

    Args:
        draft: An empty folder.
        contents: By table; those that every snapshot holds are empty where they are not named.
        line: Where the snapshot stands.
        key: The store's, for its record keys.
        tell: Told which phase begins.

    Raises:
        SnapshotError: If columns or rows do not fit the contract, no clock can be made of them, or
            a file of the parent is not what its manifest says.
    """
    tell("tables")
    contents = _whole(contents)
    for name, content in contents.items():
        _write_table(name, content, draft)
    tell("derive")
    try:
        told = [contents[table].deliveries for table in ("cases", "referrals")]
        optional = {name: contents[name].deliveries for name in OPTIONAL_TABLES if name in contents}
        absent = not_recorded(*told, **optional)
        derive(draft, registry(), as_of=line.as_of, key=key, not_recorded=absent)
    except DerivationError as error:
        values = {"found": str(error), "as_of": line.as_of.isoformat()}
        raise SnapshotError(Problem("not_derivable", values)) from error
    origin = weakest(contents["cases"].provenance, contents["referrals"].provenance)
    derived = Content(draft, origin, contents["referrals"].source)
    described = {**contents, **dict.fromkeys(DERIVED_TABLES, derived)}
    entries = {name: _entry(draft / f"{name}.parquet", item) for name, item in described.items()}
    manifest = Manifest(
        snapshot_id="",
        contract_version=CONTRACT_VERSION,
        created=datetime.now(UTC),
        as_of=line.as_of,
        parent=line.parent,
        tables=entries,
        derived_version=derived_version(),
        sequence=line.sequence,
    ).named()
    write_text(draft / MANIFEST_NAME, manifest.to_json() + "\n")
    rights.close(draft)
    sync_folder(draft)
    return manifest


def _whole(contents: Mapping[str, Content]) -> dict[str, Content]:
    """Return the contents of a snapshot: what nobody has delivered is empty, or left out.

    Optional tables are left out where they have no rows, so that "not delivered" looks the same in
    every snapshot, also in those of version 1 of the contract.
    """
    absent = [name for name, each in TABLES.items() if not each.is_optional]
    whole = {**{name: empty(name) for name in (*absent, FINDINGS_NAME)}, **contents}
    return {name: each for name, each in whole.items() if _is_held(name, each)}


def _is_held(table: str, content: Content) -> bool:
    if table not in TABLES or not TABLES[table].is_optional:
        return True
    rows = content.rows
    return bool(pq.read_metadata(rows).num_rows if isinstance(rows, Path) else rows.num_rows)


def _write_table(table: str, content: Content, folder: Path) -> None:
    """Write ``<table>.parquet`` into ``folder``.

    Files are copied, those of the parent too: a damaged byte must not be in two snapshots.

    Raises:
        SnapshotError: If the rows do not have the contract's columns.
    """
    target = folder / f"{table}.parquet"
    try:
        if isinstance(content.rows, Path):
            _refuse_other_columns(table, pq.read_schema(content.rows))
            shutil.copyfile(content.rows, target)
            if table == FINDINGS_NAME:
                _complete_findings(target, content.sha256)
        else:
            _refuse_other_columns(table, content.rows.schema)
            schema = schema_of(table)
            rows = content.rows.select(schema.names).cast(schema)
            _refuse_empty_fields(table, rows)
            pq.write_table(rows, target, compression="zstd", row_group_size=_ROW_GROUP)
    except (pa.ArrowInvalid, ValueError) as error:
        raise SnapshotError(Problem("rows_unfit", {"table": table})) from error


def _complete_findings(path: Path, expected: str) -> None:
    """Add to the findings of an older release, once they are what they must be, what it left out.

    Raises:
        SnapshotError: If the file is not what the parent's manifest says.
    """
    if not _is_short(path):
        return
    if expected not in ("", sha256(path)):
        raise SnapshotError(Problem("checksum", {"table": path.stem}))
    rows = pq.read_table(path, schema=FINDINGS_SCHEMA)
    pq.write_table(rows, path, compression="zstd", row_group_size=_ROW_GROUP)


def _refuse_empty_fields(table: str, rows: pa.Table) -> None:
    required = TABLES[table].required if table in TABLES else ()
    if columns := [name for name in required if rows[name].null_count]:
        values = {"table": table, "column": ", ".join(columns)}
        raise SnapshotError(Problem("field_empty", values))


def _is_short(findings: pa.Table | Path) -> bool:
    """Say whether a file of findings lacks columns: an older release wrote it."""
    return isinstance(findings, Path) and pq.read_schema(findings).names != FINDINGS_SCHEMA.names


def _entry(path: Path, content: Content) -> TableEntry:
    """Force a finished file to the disk and describe it."""
    sync_file(path)
    found = sha256(path)
    is_completed = path.stem == FINDINGS_NAME and _is_short(content.rows)
    if not is_completed and content.sha256 not in ("", found):
        raise SnapshotError(Problem("checksum", {"table": path.stem}))
    return TableEntry(
        rows=pq.read_metadata(path).num_rows,
        sha256=found,
        provenance=content.provenance,
        source=content.source,
        deliveries=dict(content.deliveries),
    )


def _refuse_other_columns(table: str, schema: pa.Schema) -> None:
    if table in TABLES and (problems := tuple(column_problems(table, schema))):
        raise SnapshotError(*problems)
