"""Opening a snapshot for questions, and why that may not be possible."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from analytics.domain.release import Release
from analytics.extracts.listing import SNAPSHOT_ID
from analytics.extracts.manifest import ManifestError
from analytics.extracts.snapshot_errors import Problem, SnapshotError
from analytics.extracts.snapshots import SnapshotStore
from analytics.extracts.soundness import State, watch
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.settings import settings


class DamagedSnapshotError(Exception):
    """The store does not say which snapshot is current, or that snapshot cannot be opened.

    Attributes:
        problems: What is wrong and how to mend it; none if that is not known.
    """

    def __init__(self, text: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(text)
        self.problems = problems

    def texts(self, words: Words) -> tuple[str, ...]:
        """Return what is wrong, in sentences."""
        return tuple(problem.text(words) for problem in self.problems)


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
    found = SNAPSHOT_ID.fullmatch(snapshot_id)
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
        raise DamagedSnapshotError(str(error), error.problems) from error


def open_snapshot(folder: Path, release: Release | None = None) -> ParquetStore:
    """Open the snapshot in ``folder``; it stays safe from pruning until the store is closed.

    Args:
        folder: Of the snapshot.
        release: For whom its figures are told; None for that of the settings.

    Raises:
        DamagedSnapshotError: If a file is missing, cannot be read or is not what it was.
    """
    try:
        return ParquetStore(folder, release=release or Release(settings().edition))
    except SnapshotError as error:
        raise DamagedSnapshotError(str(error), error.problems) from error
    except (ManifestError, duckdb.Error, OSError) as error:
        raise DamagedSnapshotError(str(error), watch(folder).check()) from error


def open_checked(folder: Path, release: Release | None = None) -> ParquetStore:
    """Open the snapshot once all its checksums are compared, however long that takes.

    Raises:
        DamagedSnapshotError: As ``open_snapshot`` does.
    """
    watch(folder).check()
    return open_snapshot(folder, release)


def state_of(folder: Path) -> State:
    """Return whether the snapshot is sound, as far as is known at this moment."""
    return watch(folder).glance()


def close_snapshot(store: ParquetStore) -> None:
    """Give the snapshot's files back."""
    store.close()
