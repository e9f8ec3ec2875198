"""Whether a snapshot is what its manifest says: files, checksums, row counts, contract columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.extracts.contract import CONTRACT_VERSION, TABLES, Column, Kind
from analytics.extracts.derive import DERIVED_TABLES, derived_version
from analytics.extracts.durable import sha256
from analytics.extracts.findings_table import FINDINGS_NAME
from analytics.extracts.manifest import (
    Manifest,
    ManifestError,
    OtherContractError,
    TableEntry,
    read_named,
)
from analytics.extracts.snapshot_errors import Problem

OPTIONAL_TABLES: Final = tuple(name for name, each in TABLES.items() if each.is_optional)
"""The tables that a snapshot holds only where somebody has delivered them."""

SNAPSHOT_TABLES: Final = (
    *(name for name in TABLES if name not in OPTIONAL_TABLES),
    *(FINDINGS_NAME, *DERIVED_TABLES),
)
"""The tables that every snapshot holds."""

_IS_KIND: Final[Mapping[Kind, Callable[[pa.DataType], bool]]] = {
    Kind.TEXT: lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind),
    Kind.CODE: lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind),
    Kind.DATE: pa.types.is_date,
    Kind.INTEGER: pa.types.is_integer,
    Kind.NUMBER: pa.types.is_floating,
    Kind.SHARE: pa.types.is_floating,
    Kind.BOOLEAN: pa.types.is_boolean,
}


OLDER: Final = "older"
"""The kind of problem that ``snapshots rebuild`` mends."""


CONTRACT_KINDS: Final = frozenset({"contract_version", "contract_older"})
"""The kinds of problem of a snapshot that another version of this program can read."""


def problems_of(folder: Path, *, snapshot_id: str) -> tuple[Problem, ...]:
    """Return what is wrong with the snapshot in ``folder``; nothing for a sound one.

    Reads every byte once for the checksums.
    """
    manifest, problems = named_problems(folder, snapshot_id=snapshot_id)
    return problems if manifest is None else (*problems, *_all_problems(folder, manifest))


def named_problems(
    folder: Path, *, snapshot_id: str
) -> tuple[Manifest | None, tuple[Problem, ...]]:
    """Return a snapshot's manifest, and what it alone says is wrong; reads no table.

    The manifest is None where it cannot be read; a problem then says why.
    """
    try:
        manifest, earned_id = read_named(folder)
    except OtherContractError as error:
        kind = "contract_version" if error.found > CONTRACT_VERSION else "contract_older"
        values = {"snapshot": snapshot_id, "expected": CONTRACT_VERSION, "found": error.found}
        return None, (Problem(kind, values),)
    except ManifestError:
        return None, (Problem("manifest_unreadable", {"snapshot": snapshot_id}),)
    return manifest, tuple(_identity_problems(manifest, snapshot_id, earned_id))


def base_problems(folder: Path, *, snapshot_id: str) -> tuple[Problem, ...]:
    """Return what keeps a snapshot's tables from being derived anew; nothing of derived tables."""
    manifest, problems = named_problems(folder, snapshot_id=snapshot_id)
    grave = tuple(problem for problem in problems if problem.kind != OLDER)
    if manifest is None:
        return grave
    delivered = [name for name in SNAPSHOT_TABLES if name not in DERIVED_TABLES]
    return (*grave, *_all_problems(folder, manifest, delivered))


def column_problems(table: str, schema: pa.Schema) -> Iterator[Problem]:
    """Yield the columns of a contract table that are missing, of another type, or unknown."""
    contract = TABLES[table]
    for column in contract.columns:
        if column.name not in schema.names:
            yield Problem("column_missing", {"table": table, "column": column.name})
        elif not _fits(column, schema.field(column.name).type):
            found = schema.field(column.name).type
            values = {"table": table, "column": column.name, "type": found}
            yield Problem("column_type", values)
    for name in schema.names:
        if name not in contract.column_names:
            yield Problem("column_unknown", {"table": table, "column": name})


def _identity_problems(manifest: Manifest, snapshot_id: str, earned_id: str) -> Iterator[Problem]:
    if manifest.snapshot_id != snapshot_id:
        values = {"snapshot": snapshot_id, "found": manifest.snapshot_id}
        yield Problem("other_id", values)
    if manifest.is_legacy:
        yield Problem(OLDER, {"snapshot": snapshot_id})
    elif manifest.snapshot_id != earned_id:
        yield Problem("manifest_changed", {"snapshot": snapshot_id})
    elif manifest.derived_version != derived_version():
        yield Problem(OLDER, {"snapshot": snapshot_id})


def _all_problems(
    folder: Path, manifest: Manifest, tables: Iterable[str] = SNAPSHOT_TABLES
) -> Iterator[Problem]:
    held = [name for name in OPTIONAL_TABLES if name in manifest.tables]
    # What older statements did not derive is not lost: the snapshot is called older for it.
    underived = DERIVED_TABLES if manifest.derived_version != derived_version() else ()
    for name in (*tables, *held):
        entry = manifest.tables.get(name)
        if entry is None and name in underived:
            continue
        if entry is None:
            yield Problem("table_missing", {"table": name})
        else:
            yield from _table_problems(folder / f"{name}.parquet", name, entry)


def _table_problems(path: Path, name: str, entry: TableEntry) -> Iterator[Problem]:
    try:
        if sha256(path) != entry.sha256:
            yield Problem("checksum", {"table": name})
            return
        with pq.ParquetFile(path) as file:
            metadata, schema = file.metadata, file.schema_arrow
    except (OSError, pa.ArrowException):
        yield Problem("file_unreadable", {"table": name})
        return
    if metadata.num_rows != entry.rows:
        values = {"table": name, "expected": entry.rows, "found": metadata.num_rows}
        yield Problem("row_count", values)
    if name in TABLES:
        yield from column_problems(name, schema)
        yield from _empty_fields(name, metadata)


def _empty_fields(table: str, metadata: pq.FileMetaData) -> Iterator[Problem]:
    """Yield the required columns with missing values, by the statistics in the file's footer."""
    required = set(TABLES[table].required)
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    columns = [group.column(index) for group in groups for index in range(group.num_columns)]
    found = {
        column.path_in_schema
        for column in columns
        if column.path_in_schema in required and column.statistics and column.statistics.null_count
    }
    for name in sorted(found):
        yield Problem("field_empty", {"table": table, "column": name})


def _fits(column: Column, found: pa.DataType) -> bool:
    plain = found.value_type if pa.types.is_dictionary(found) else found
    return _IS_KIND[column.kind](plain)
