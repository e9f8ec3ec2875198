"""A district's own files as it would upload them: made from the rows of a snapshot."""

import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from analytics.extracts.contract import TABLES
from analytics.extracts.readers import Source
from analytics.extracts.snapshots import SnapshotStore
from analytics.reports.districts.upload import OwnFile

Change = Callable[[pa.Table], pa.Table]


def current(root: Path) -> Path:
    """Return the folder of the store's current snapshot."""
    folder = SnapshotStore(root).current()
    assert folder is not None
    return folder


def rows_of(root: Path, table: str, district: str) -> pa.Table:
    area = TABLES[table].area
    keys = pq.read_table(current(root) / f"{table}.parquet", columns=[area])[area].unique()
    own = [key for key in keys.to_pylist() if key[:5] == district]
    return pq.read_table(current(root) / f"{table}.parquet", filters=[(area, "in", own)])


def csv_of(rows: pa.Table) -> bytes:
    content = io.BytesIO()
    arrow_csv.write_csv(rows, content)
    return content.getvalue()


def own_file(root: Path, table: str, district: str, change: Change = lambda rows: rows) -> OwnFile:
    """Return the district's rows of a table, changed, as a CSV file in memory."""
    content = csv_of(change(rows_of(root, table, district)))
    return OwnFile(Source(f"{table}.csv", content=content), TABLES[table])
