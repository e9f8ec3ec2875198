"""Rows that could not be taken: kept beside the snapshots, for the sender and the operator only."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.extracts import durable

QUARANTINE_NAME: Final = "quarantine"
FILE: Final = "file"

_SEVERAL: Final = "several"


def quarantine(
    rows: Sequence[tuple[str, pa.Table]],
    store: Path,
    workspace: Path,
    *,
    table: str,
    senders: Sequence[str],
    at: datetime,
) -> Path | None:
    """Keep rows in ``<store>/quarantine``, readable by the owner only; None if there are none.

    Args:
        rows: File name and rows with their line and rules.
        store: Root of the store.
        workspace: Folder in the store for the unfinished file.
        table: The table that the rows were delivered for.
        senders: Who sent them.
        at: When they were delivered; names the file.
    """
    named = [
        part.append_column(FILE, pa.array([name] * part.num_rows, pa.string()))
        for name, part in rows
        if part.num_rows
    ]
    if not named:
        return None
    sender = senders[0] if len(senders) == 1 else _SEVERAL
    folder = store / QUARANTINE_NAME
    folder.mkdir(mode=0o700, exist_ok=True)
    draft = workspace / "quarantined.parquet"
    # Made with its final rights: there must be no moment in which others can open it.
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    pq.write_table(pa.concat_tables(named), draft, compression="zstd")
    durable.sync_file(draft)
    target = folder / f"{table}-{sender}-{at:%Y%m%dT%H%M%S%f}Z.parquet"
    durable.rename(draft, target)
    return target
