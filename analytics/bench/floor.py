"""The floor: how fast DuckDB reads the columns that a query reads, and does nothing with them."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb
import pandas as pd

from analytics.queries.store import ExecutedQuery, ParquetStore

_VIEWS: Final = "SELECT view_name FROM duckdb_views() WHERE NOT internal"


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scan of a query reads."""

    table: str
    columns: tuple[str, ...]


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


def distinct(asked: list[ExecutedQuery]) -> list[ExecutedQuery]:
    """Return each question once: a store remembers its answers, so it reads for it once."""
    return list({query.text: query for query in asked}.values())


def scanned(database: duckdb.DuckDBPyConnection, query: ExecutedQuery) -> list[Scan]:
    """Return table and columns of each Parquet scan of a query, as DuckDB plans it."""
    for macro in query.macros:
        database.execute(macro.replace("CREATE MACRO", "CREATE OR REPLACE MACRO", 1))
    plan = database.execute(f"EXPLAIN (FORMAT json) {query.sql}", dict(query.params)).fetchall()
    texts = " ".join((query.sql, *query.macros))
    tables = {row[0]: database.table(row[0]).columns for row in database.execute(_VIEWS).fetchall()}
    named = {table: columns for table, columns in tables.items() if table in texts}
    return [
        _scan(scan["extra_info"], named)
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
        for query in queries:
            for scan in scanned(database, query):
                columns = map(duckdb.ColumnExpression, scan.columns)
                relation = database.table(scan.table).select(*columns)
                started = time.perf_counter()
                relation.aggregate("bit_xor(hash(COLUMNS(*)))").fetchall()
                seconds += time.perf_counter() - started
    return seconds


def _scan(plan: Mapping[str, Any], tables: Mapping[str, list[str]]) -> Scan:
    """Return what a scan reads: the columns that it hands on, and those that it filters by."""
    projected = set(_as_list(plan.get("Projections", [])))
    filters = " ".join(_as_list(plan.get("Filters", [])))
    filtered = set(re.findall(r"\w+", filters))
    table = max(
        (name for name, columns in tables.items() if projected <= set(columns)),
        key=lambda name: len(filtered & set(tables[name])),
    )
    return Scan(table, tuple(sorted(projected | (filtered & set(tables[table])))))


def _nodes(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in plan:
        yield node
        yield from _nodes(node.get("children", []))


def _as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
