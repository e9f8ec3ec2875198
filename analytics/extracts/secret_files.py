"""Keys that a store keeps for itself: made at their first use, readable by their owner only."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_LENGTH: Final = 32


class SecretFileError(Exception):
    """The file of a key is damaged, or cannot be read or written.

    Attributes:
        path: Of the file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def new_key() -> bytes:
    """Return a key that nobody else has."""
    return secrets.token_bytes(_LENGTH)


def key_in(path: Path) -> bytes:
    """Return the key in a file, which is made where there is none.

    Raises:
        SecretFileError: If the file is damaged or cannot be read or written.
    """
    try:
        return _read(path) if os.path.lexists(path) else _made(path)
    except OSError:
        raise SecretFileError(path) from None


def _read(path: Path) -> bytes:
    # A link could make the program use a key that others know.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            os.fchmod(file.fileno(), 0o600)
        key = file.read(_LENGTH + 1)
    if len(key) != _LENGTH:
        raise SecretFileError(path)
    return key


def _made(path: Path) -> bytes:
    """Make the key; of two processes that do so at once, both use the one that was first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(new_key())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return _read(path)
