"""What lies in a store: the snapshots, which is current, what interruptions have left behind."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from analytics.extracts import durable
from analytics.extracts.manifest import Manifest
from analytics.extracts.snapshot_errors import Problem, SnapshotError
from analytics.extracts.verification import named_problems

CURRENT_NAME: Final = "CURRENT"
DRAFT_PREFIX: Final = ".draft-"
TRASH_PREFIX: Final = ".trash-"
# Eight digits vouch for the checksums only: ids of release 0.1.0.
SNAPSHOT_ID: Final = re.compile(r"(\d{8})-\d{8}T\d{12}Z-(?:[0-9a-f]{16}|[0-9a-f]{8})")

_CURRENT_DRAFT: Final = f".{CURRENT_NAME}.draft"
_LONGEST_POINTER: Final = 256
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """One snapshot folder.

    Attributes:
        snapshot_id: The folder's name.
        is_current: Whether it is the one in force.
        manifest: None where it cannot be read.
        problems: What is wrong with the manifest; tables are not looked at.
    """

    snapshot_id: str
    is_current: bool
    manifest: Manifest | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Pruned:
    """What pruning removed, and what it left because somebody has it open."""

    removed: tuple[str, ...]
    in_use: tuple[str, ...]


def pointed(root: Path) -> str | None:
    """Return what ``CURRENT`` says, or None if the store is empty.

    Raises:
        SnapshotError: If it is missing beside snapshots, unreadable, or no plain small file.
    """
    try:
        return durable.read_small(root / CURRENT_NAME, _LONGEST_POINTER).decode("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        _refuse_if_not_empty(root)
        return None
    except PermissionError as error:
        raise SnapshotError(Problem("not_readable", {"store": root})) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError(Problem("current_unreadable", {"store": root})) from error


def folders(root: Path) -> tuple[Path, ...]:
    """Return the folders of all snapshots."""
    if not root.is_dir():
        return ()
    return tuple(path for path in root.iterdir() if SNAPSHOT_ID.fullmatch(path.name))


def listed(root: Path, current: Path | None) -> tuple[Listed, ...]:
    """Return all snapshots, the newest first, unreadable ones last.

    The newest is the one published last: what a clock said at that moment does not matter.
    """
    found = []
    for folder in folders(root):
        manifest, problems = named_problems(folder, snapshot_id=folder.name)
        found.append(Listed(folder.name, folder == current, manifest, problems))
    return tuple(sorted(found, key=_age_key, reverse=True))


def next_sequence(snapshots: Iterable[Listed]) -> int:
    """Return the number of the next publication."""
    return 1 + max((each.manifest.sequence for each in snapshots if each.manifest), default=0)


def leftovers(root: Path) -> tuple[Path, ...]:
    """Return what interrupted publications or prunings have left behind."""
    if not root.is_dir():
        return ()
    prefixes = (DRAFT_PREFIX, TRASH_PREFIX, _CURRENT_DRAFT)
    return tuple(sorted(path for path in root.iterdir() if path.name.startswith(prefixes)))


def clear_leftovers(root: Path) -> None:
    """Remove what interruptions have left behind; the store must be locked."""
    for path in leftovers(root):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _refuse_if_not_empty(root: Path) -> None:
    """Refuse to call a store empty that has snapshots: something has taken ``CURRENT`` away."""
    try:
        ids = [each.snapshot_id for each in listed(root, None)]
    except OSError as error:
        raise SnapshotError(Problem("not_readable", {"store": root})) from error
    if ids:
        found = ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
        values = {"store": root, "count": len(ids), "found": found, "newest": ids[0]}
        raise SnapshotError(Problem("current_missing", values))


def _age_key(snapshot: Listed) -> tuple[bool, int, datetime | None, str]:
    manifest = snapshot.manifest
    known = (manifest.sequence, manifest.created) if manifest else (0, None)
    return manifest is not None, *known, snapshot.snapshot_id
