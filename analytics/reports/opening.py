"""Opening a snapshot for questions, and why that may not be possible."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import duckdb

from analytics.extracts.manifest import ManifestError
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore

_ID: Final = re.compile(r"(\d{8})-\d{8}T\d{12}Z-[0-9a-f]{8}")


class DamagedSnapshotError(Exception):
    """The store does not say which snapshot is current, or that snapshot cannot be opened."""


@dataclass(frozen=True, slots=True)
class NamedSnapshot:
    """A snapshot that a link names.

    Attributes:
        snapshot_id: Its id.
        as_of: Its data cut, which its id begins with.
        is_kept: Whether the store still has it.
    """

    snapshot_id: str
    as_of: date
    is_kept: bool


def named_snapshot(root: Path, snapshot_id: str) -> NamedSnapshot | None:
    """Return what is known of a snapshot by its id alone, or None if that is no id of one."""
    found = _ID.fullmatch(snapshot_id)
    try:
        as_of = datetime.strptime(found[1], "%Y%m%d").date() if found else None  # noqa: DTZ007
    except ValueError:
        return None
    if as_of is None:
        return None
    kept = {listed.snapshot_id for listed in SnapshotStore(root).list() if listed.manifest}
    return NamedSnapshot(snapshot_id, as_of, snapshot_id in kept)


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
