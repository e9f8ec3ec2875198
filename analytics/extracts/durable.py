"""Writing so that a crash at any moment leaves the old or the new state, never something between.

A rename is durable only when the file's bytes and the folder that names it have reached the disk.
"""

import hashlib
import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Force the bytes of a file to the disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(path: Path) -> None:
    """Force the names in a folder to the disk."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def write_text(path: Path, text: str) -> None:
    """Write a new file and force it to the disk."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace_text(path: Path, text: str) -> None:
    """Replace the content of a file in one step: readers see the old or the new text."""
    draft = path.with_name(f".{path.name}.draft")
    write_text(draft, text)
    draft.replace(path)
    sync_folder(path.parent)


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever looks sees the whole of it, or what was there before."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def rename(source: Path, target: Path) -> None:
    """Give a finished file or folder its final name in the same parent folder."""
    source.rename(target)
    sync_folder(target.parent)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
