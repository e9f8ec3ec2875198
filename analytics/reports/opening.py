"""Opening a snapshot for questions, and why that may not be possible."""

from pathlib import Path

import duckdb

from analytics.extracts.manifest import ManifestError
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore


class DamagedSnapshotError(Exception):
    """The store does not say which snapshot is current, or that snapshot cannot be opened."""


def current_folder(root: Path) -> Path | None:
    """Return the folder of the store's current snapshot, or None while there is none.

    Raises:
        DamagedSnapshotError: If the store does not say, or names a snapshot that is not there.
    """
    try:
        return SnapshotStore(root).current()
    except SnapshotError as error:
        raise DamagedSnapshotError(str(error)) from error


def open_snapshot(folder: Path) -> ParquetStore:
    """Open the snapshot in ``folder``; it stays safe from pruning until the store is closed.

    Raises:
        DamagedSnapshotError: If a file is missing or cannot be read.
    """
    try:
        return ParquetStore(folder)
    except (ManifestError, duckdb.Error, OSError) as error:
        raise DamagedSnapshotError(str(error)) from error


def close_snapshot(store: ParquetStore) -> None:
    """Give the snapshot's files back."""
    store.close()
