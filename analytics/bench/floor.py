"""The floor: how fast DuckDB reads the columns that a query reads, and does nothing with them."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pandas as pd

from analytics.queries.store import ExecutedQuery, ParquetStore


@dataclass
class Recorder:
    """Stands in for a store and remembers what was asked of it."""

    store: ParquetStore
    asked: list[ExecutedQuery] = field(default_factory=list)

    def fetch(self, query: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Ask the store and remember the query."""
        self.asked.append(self.store.executed(query, params))
        return self.store.fetch(query, params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def scanned(database: duckdb.DuckDBPyConnection, query: ExecutedQuery) -> list[tuple[str, ...]]:
    """Return the columns that each Parquet scan of a query's plan reads, as DuckDB plans it."""
    plan = database.execute(f"EXPLAIN (FORMAT json) {query.sql}", dict(query.params)).fetchall()
    return [
        tuple(_as_list(scan["extra_info"].get("Projections", [])))
        for scan in _nodes(json.loads(plan[0][1]))
        if scan["name"].strip() == "PARQUET_SCAN"
    ]


def scan_seconds(store: ParquetStore, queries: list[ExecutedQuery]) -> float:
    """Return the seconds for reading, once for each query, the columns that it reads.

    Each scan takes a checksum of every column, which no statistics in the file can answer.
    """
    seconds = 0.0
    with duckdb.connect(config={"threads": 2}) as database:
        for table in store.manifest.tables:
            database.read_parquet(str(store.folder / f"{table}.parquet")).create_view(table)
        tables = {table: set(database.table(table).columns) for table in store.manifest.tables}
        for query in queries:
            for columns in scanned(database, query):
                table = _table_of(columns, query.sql, tables)
                relation = database.table(table).select(*map(duckdb.ColumnExpression, columns))
                started = time.perf_counter()
                relation.aggregate("bit_xor(hash(COLUMNS(*)))").fetchall()
                seconds += time.perf_counter() - started
    return seconds


def _table_of(columns: tuple[str, ...], sql: str, tables: Mapping[str, set[str]]) -> str:
    """Return the table of the query that has all these columns."""
    return next(
        name for name, known in tables.items() if name in sql and set(columns) <= known and columns
    )


def _nodes(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in plan:
        yield node
        yield from _nodes(node.get("children", []))


def _as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
