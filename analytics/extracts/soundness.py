"""Whether the snapshots that this process has open are still what their manifests say.

Checksums are compared before the first answer, and again whenever a file is no longer the one that
was looked at: then its size, time or number has changed, which costs microseconds to see. The first
look at a large snapshot may run beside the first answers; whoever shows these says so.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Final

import structlog
from cachetools import LRUCache, cached

from analytics.extracts.manifest import MANIFEST_NAME
from analytics.extracts.snapshot_errors import Problem, SnapshotError
from analytics.extracts.verification import (
    CONTRACT_KINDS,
    OLDER,
    OPTIONAL_TABLES,
    SNAPSHOT_TABLES,
    named_problems,
    problems_of,
)

LARGE: Final = 128 << 20
"""Bytes of a snapshot whose first check would keep a reader waiting: about half a second."""

_MOST: Final = 16
_FILES: Final = (
    MANIFEST_NAME,
    *(f"{name}.parquet" for name in (*SNAPSHOT_TABLES, *OPTIONAL_TABLES)),
)

_LOG = structlog.get_logger(__name__)

Seen = tuple[tuple[int, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a snapshot: its problems, and whether all of it has been looked at."""

    problems: tuple[Problem, ...]
    is_checked: bool = True


class Watch:
    """The check of one snapshot, shared by all threads of the process."""

    def __init__(self, folder: Path) -> None:
        """Look at nothing yet."""
        self._folder = folder
        self._lock = Lock()
        self._seen: Seen | None = None
        self._problems: tuple[Problem, ...] = ()
        self._is_running = False

    def check(self) -> tuple[Problem, ...]:
        """Return what is wrong; reads all bytes if the files are not those already looked at."""
        with self._lock:
            # Taken first: a change while the bytes are read is then seen at the next look.
            seen = _fingerprint(self._folder)
            if seen != self._seen:
                self._problems = problems_of(self._folder, snapshot_id=self._folder.name)
                self._seen = seen
                _LOG.info("snapshot checked", problems=len(self._problems))
            return self._problems

    def glance(self) -> State:
        """Return what is wrong; the first look at a large snapshot goes on in the background."""
        if self._seen is None and _size(self._folder) > LARGE:
            self._begin()
            return State((), is_checked=False)
        return State(self.check())

    def _begin(self) -> None:
        if self._is_running:
            return
        self._is_running = True
        Thread(target=self._run, name="snapshot-check", daemon=True).start()

    def _run(self) -> None:
        try:
            self.check()
        finally:
            self._is_running = False


_watches: LRUCache[Path, Watch] = LRUCache(_MOST)


@cached(_watches, key=Path.absolute, lock=Lock())
def watch(folder: Path) -> Watch:
    """Return the process' one check of the snapshot in ``folder``."""
    return Watch(folder.absolute())


def refuse_unsound(folder: Path) -> None:
    """Refuse to build on a snapshot that is not what its manifest says: the damage would be hidden.

    Raises:
        SnapshotError: With what is wrong and what to do.
    """
    _, named = named_problems(folder, snapshot_id=folder.name)
    if named and {problem.kind for problem in named} <= {OLDER, *CONTRACT_KINDS}:
        raise SnapshotError(*named)
    if problems := watch(folder).check():
        raise SnapshotError(Problem("parent_damaged", {"snapshot": folder.name}), *problems)


def _fingerprint(folder: Path) -> Seen:
    return tuple(_look(folder / name) for name in _FILES)


def _look(path: Path) -> tuple[int, ...] | None:
    """Return what changes with a file's bytes; the time of the last change cannot be set back."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return (found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _size(folder: Path) -> int:
    return sum(found[2] for name in _FILES if (found := _look(folder / name)))
