"""Merging a delivery into the rows in force: the statements, and the order in which they run."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from analytics.domain.areas import AreaRegistry
from analytics.extracts.contract import CASES, OF_CASES, POPULATION, Table
from analytics.extracts.snapshot_errors import Problem, SnapshotError
from analytics.settings import settings

_TO_FILE: Final = """
    COPY (
        {rows}
    ) TO $target (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
"""
_SENT: Final = {CASES.name: "sent_cases"} | {each.name: "sent_with_case" for each in OF_CASES}


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged rows of one table.

    Attributes:
        file: All rows of the table, sorted by key.
        delivered: Delivered rows by sender: a district, a town that KIM counts apart, or a unit.
        kept: Senders with rows that the delivery did not replace.
        removed: How many rows in force are gone.
    """

    file: Path
    delivered: Mapping[str, int]
    kept: frozenset[str]
    removed: int


@dataclass(frozen=True, slots=True, eq=False)
class MergedRows:
    """The merged rows of one table that stay in memory; attributes as of ``Merged``."""

    rows: pa.Table
    delivered: Mapping[str, int]
    kept: frozenset[str]


def merge(
    table: Table,
    delivered: pa.Table,
    *,
    current: Path,
    cases: Path,
    registry: AreaRegistry,
    workspace: Path,
    cleared: frozenset[str] = frozenset(),
) -> Merged:
    """Replace the rows of the delivery's senders; of ``population``, the rows of the same keys.

    Args:
        table: The table.
        delivered: Checked rows.
        current: The table's file in force.
        cases: The file of cases by which rows of a case know their sender.
        registry: The areas.
        workspace: Where the merged file is written.
        cleared: Senders whose rows in force go although they delivered nothing.

    Raises:
        SnapshotError: If a key is delivered twice or belongs to another sender.
    """
    with _database(workspace) as database:
        in_force, known = (database.read_parquet(str(file)) for file in (current, cases))
        _open(database, table, delivered, in_force, known, registry)
        counts, kept = _merge(database, table, cleared)
        target = workspace / f"{table.name}.parquet"
        database.execute(_TO_FILE.format(rows=_sql("merged_rows")), {"target": str(target)})
    before, after = (pq.read_metadata(file).num_rows for file in (current, target))
    return Merged(target, counts, kept, removed=before + delivered.num_rows - after)


def merge_in_memory(
    table: Table,
    delivered: pa.Table,
    *,
    current: pa.Table,
    cases: pa.Table,
    registry: AreaRegistry,
    cleared: frozenset[str] = frozenset(),
) -> MergedRows:
    """Merge as ``merge`` does, by the same statements, without touching the disk.

    Raises:
        SnapshotError: If a key is delivered twice or belongs to another sender.
        duckdb.OutOfMemoryException: If the rows do not fit into the memory limit of the settings.
    """
    with duckdb.connect(config=_limits(spill="")) as database:
        in_force, known = database.from_arrow(current), database.from_arrow(cases)
        _open(database, table, delivered, in_force, known, registry)
        counts, kept = _merge(database, table, cleared)
        rows = database.sql(_sql("merged_rows")).to_arrow_table()
    return MergedRows(rows, counts, kept)


def _merge(
    database: duckdb.DuckDBPyConnection, table: Table, cleared: frozenset[str]
) -> tuple[dict[str, int], frozenset[str]]:
    """Create ``merged``, and return the delivered rows by sender and who keeps rows in force."""
    counts = dict(database.execute(_sql("delivered_senders")).fetchall())
    replaced = pa.table({"sender": pa.array([*counts, *sorted(cleared)], pa.string())})
    database.from_arrow(replaced).create("replaced_senders")
    way = "replaced_by_key" if table is POPULATION else "replaced_by_sender"
    database.execute(_sql(way))
    _refuse_repeated_keys(database, table)
    kept = database.execute(_sql("kept_senders")).fetchall()
    return counts, frozenset(sender for (sender,) in kept)


def orphans(rows: Path, cases: Path) -> int:
    """Return how many rows of a table whose rows belong to cases have none."""
    with duckdb.connect() as database:
        database.read_parquet(str(rows)).create_view("rows_of_cases")
        database.read_parquet(str(cases)).create_view("cases")
        (count,) = database.execute(_sql("orphans")).fetchall()[0]
    return int(count)


def _open(
    database: duckdb.DuckDBPyConnection,
    table: Table,
    delivered: pa.Table,
    in_force: duckdb.DuckDBPyRelation,
    cases: duckdb.DuckDBPyRelation,
    registry: AreaRegistry,
) -> None:
    key = _key(table)
    names = [ColumnExpression(name) for name in table.column_names]
    in_force.select(*names, key).create_view("current_rows")
    database.from_arrow(delivered).select(*names, key).create_view("delivered_rows")
    cases.create_view("known_cases")
    apart = [unit.ags for unit in registry.kim_units if unit.ags != unit.district]
    senders = pa.table({"sender": pa.array(apart, pa.string())})
    database.from_arrow(senders).create("senders_apart")
    database.execute(_sql("versions"))
    database.execute(_sql(_SENT.get(table.name, f"sent_by_{table.area}")))


def _key(table: Table) -> duckdb.Expression:
    parts = [
        CoalesceOperator(ColumnExpression(name).cast("VARCHAR"), ConstantExpression(""))
        for name in table.key
    ]
    return FunctionExpression("concat_ws", ConstantExpression("|"), *parts).alias("row_key")


def _refuse_repeated_keys(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    among_delivered, among_kept = database.execute(_sql("repeated_keys")).fetchall()[0]
    if among_delivered:
        raise SnapshotError(Problem("key_twice", {"table": table.name, "count": among_delivered}))
    if among_kept:
        raise SnapshotError(Problem("key_taken", {"table": table.name, "count": among_kept}))


@contextmanager
def _database(workspace: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        TemporaryDirectory(prefix="spill-", dir=workspace) as spill,
        duckdb.connect(config=_limits(spill)) as database,
    ):
        yield database


def _limits(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings().memory_limit,
        "threads": settings().threads,
        "temp_directory": spill,
    }


def _sql(name: str) -> str:
    return (files("analytics.extracts") / "merging" / f"{name}.sql").read_text("utf-8")
