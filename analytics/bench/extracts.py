"""Extracts of any size: demonstration data, multiplied by DuckDB straight into Parquet."""

from importlib.resources import files
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.extracts.demo import DemoData, generate
from analytics.extracts.demo.config import DEFAULT_CASES, DemoConfig
from analytics.extracts.snapshots import SnapshotStore

_MULTIPLIED: Final = ("cases", "referrals")
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "preserve_insertion_order": False,
    "memory_limit": "2GB",
    "threads": 2,
}


def make_store(folder: Path, cases: int) -> Path:
    """Publish a snapshot with about ``cases`` cases and return its folder.

    Up to the default size the demonstration data are drawn for that size; above it they are
    multiplied, which keeps their distributions and makes scans as long as they would be. Copies
    have days and combinations of codes of their own, so counts by them grow as they would.
    """
    data = generate(DemoConfig(cases=min(cases, DEFAULT_CASES)))
    tables: dict[str, pa.Table | Path] = dict(data.tables)
    copies = round(cases / DEFAULT_CASES)
    if copies > 1:
        tables |= {name: _multiply(data, name, copies, folder) for name in _MULTIPLIED}
    store = SnapshotStore(folder / "store")
    manifest = store.publish(
        tables, as_of=data.config.as_of, provenance=data.provenance, source=data.source
    )
    return folder / "store" / manifest.snapshot_id


def _multiply(data: DemoData, name: str, copies: int, folder: Path) -> Path:
    original, multiplied = folder / f"{name}-1.parquet", folder / f"{name}.parquet"
    pq.write_table(data.tables[name], original)
    sql = (files("analytics.bench") / f"resampled_{name}.sql").read_text("utf-8")
    with duckdb.connect(config=_CONFIG | {"temp_directory": str(folder)}) as database:
        database.read_parquet(str(original)).create_view(name)
        params = {"copies": copies} | ({"as_of": data.config.as_of} if "$as_of" in sql else {})
        database.sql(sql, params=params).write_parquet(str(multiplied), compression="zstd")
    return multiplied
