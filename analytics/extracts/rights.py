"""Who may read a store: its owner only, or by the setting ``EWG_STORE_ACCESS`` also its group.

Snapshots hold rows of persons. What is made here has its rights whatever the umask says; what older
programs made, ``doctor`` brings in order.
"""

import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from analytics.extracts.listing import CURRENT_NAME, SNAPSHOT_ID
from analytics.settings import settings

_FOLDER: Final = {"owner": 0o700, "group": 0o750}
_FILE: Final = {"owner": 0o600, "group": 0o640}


def folder_mode() -> int:
    """Return the rights of a folder with snapshots."""
    return _FOLDER[settings().store_access]


def file_mode() -> int:
    """Return the rights of a file in one."""
    return _FILE[settings().store_access]


def close(folder: Path) -> None:
    """Give a finished folder and its files their rights.

    Raises:
        OSError: If they belong to somebody else.
    """
    for path in (*folder.iterdir(), folder):
        set_rights(path)


def set_rights(path: Path) -> None:
    """Give one folder or file its rights.

    Raises:
        OSError: If it belongs to somebody else.
    """
    found = path.lstat().st_mode
    # The bit that gives new files the folder's group stays as the operator set it.
    path.chmod(_wanted(found) | found & stat.S_ISGID)


def are_wrong(path: Path) -> bool:
    """Say whether more people may read a folder or file than is set, or the group may not."""
    found = path.lstat().st_mode
    if not (stat.S_ISDIR(found) or stat.S_ISREG(found)):
        return False
    wanted = _wanted(found)
    return bool(found & 0o777 & ~wanted or wanted & stat.S_IRWXG & ~found)


def wrong_in(root: Path) -> tuple[Path, ...]:
    """Return the folders and files of a store that more people may read than is set.

    A folder that is not the store's alone, such as the system's for temporary files, is not one.
    """
    if not root.is_dir():
        return ()
    own = [path for path in root.iterdir() if _is_own(path)]
    inside = [child for path in own if path.is_dir() for child in path.iterdir()]
    folder = () if is_shared(root) else (root,)
    return tuple(path for path in (*folder, *own, *inside) if are_wrong(path))


def is_shared(root: Path) -> bool:
    """Say whether a folder holds other things than a store's."""
    return root.is_dir() and not all(
        _is_own(path) or path.name.startswith(".") or path.name == "quarantine" or _is_key(path)
        for path in root.iterdir()
    )


def mend(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Give folders and files their rights; return those that belong to somebody else."""
    left = []
    for path in paths:
        try:
            set_rights(path)
        except OSError:
            left.append(path)
    return tuple(left)


def _is_own(path: Path) -> bool:
    is_snapshot = bool(SNAPSHOT_ID.fullmatch(path.name))
    return not path.is_symlink() and (is_snapshot or path.name == CURRENT_NAME)


def _is_key(path: Path) -> bool:
    """Say whether a file is a key of the store, which stays with its owner."""
    return path.suffix == ".key"


def _wanted(mode: int) -> int:
    return folder_mode() if stat.S_ISDIR(mode) else file_mode()
