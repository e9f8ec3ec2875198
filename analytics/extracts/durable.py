"""Writing so that a crash at any moment leaves the old or the new state, never something between.

A rename is durable only when the file's bytes and the folder that names it have reached the disk.
"""

import errno
import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path


def sync_file(path: Path) -> None:
    """Force the bytes of a file to the disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(path: Path) -> None:
    """Force the names in a folder to the disk."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def write_text(path: Path, text: str, *, mode: int | None = None) -> None:
    """Write a new file and force it to the disk; ``mode`` are its rights whatever the umask."""
    with path.open("w", encoding="utf-8") as file:
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace_text(path: Path, text: str, *, mode: int | None = None) -> None:
    """Replace the content of a file in one step: readers see the old or the new text."""
    draft = path.with_name(f".{path.name}.draft")
    write_text(draft, text, mode=mode)
    draft.replace(path)
    sync_folder(path.parent)


def read_small(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file of at most ``limit`` bytes; waits for nobody.

    Raises:
        OSError: If it is missing, a link, pipe, device or folder, or larger.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > limit:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(limit)
    finally:
        os.close(descriptor)


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever looks sees the whole of it, or what was there before.

    Raises:
        OSError: About ``path``, if it cannot be written; a device or pipe is never replaced.
    """
    _refuse_unwritable(path)
    draft = path.with_name(f".{path.name}.draft")
    try:
        _write_bytes(draft, content)
        draft.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            draft.unlink()
    sync_folder(path.parent)


def rename(source: Path, target: Path) -> None:
    """Give a finished file or folder its final name in the same parent folder."""
    source.rename(target)
    sync_folder(target.parent)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as 64 hexadecimal digits."""
    # A pipe in the place of a file is refused by reading it, not waited for.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_unwritable(path: Path) -> None:
    """Refuse what a rename would replace although nobody may write to it."""
    code = 0
    if path.exists() and not path.is_file():
        code = errno.EINVAL
    elif path.exists() and not os.access(path, os.W_OK):
        code = errno.EACCES
    if code:
        raise OSError(code, os.strerror(code), str(path))


def _write_bytes(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
