"""A delivered file, on the disk or in memory: readers see no difference."""

import io
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from analytics.extracts.errors import UnusableInputError


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file by its name, without a folder, and where its bytes are.

    Attributes:
        name: The file's name.
        path: Where it lies on the disk; None for a file that is only in memory.
        content: Its bytes, for a file that is only in memory; nothing of it reaches the disk.
        secret: Returns what keys pseudonyms of file references; None for one of this reading alone.
    """

    name: str
    path: Path | None = None
    content: bytes = field(default=b"", repr=False)
    secret: Callable[[], bytes] | None = field(default=None, repr=False)

    @property
    def is_in_memory(self) -> bool:
        """Say whether the file must not leave the memory."""
        return self.path is None

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return len(self.content) if self.path is None else self.path.stat().st_size

    def open(self) -> BinaryIO:
        """Open the file for reading, from its beginning."""
        return io.BytesIO(self.content) if self.path is None else self.path.open("rb")

    def scratch(self) -> BinaryIO:
        """Return an empty file for intermediate results, as lasting as the source itself."""
        return io.BytesIO() if self.path is None else tempfile.TemporaryFile()

    def check(self) -> None:
        """Refuse what is no file with content.

        Links are refused because a delivery folder is writable by others: a link could make the
        program read a file that its author may not.

        Raises:
            UnusableInputError: If there is no such file, or it is a link, folder, device or empty.
        """
        if self.path is not None:
            _refuse_irregular(self.path)
        if self.size == 0:
            raise UnusableInputError("reader.empty", file=self.name)


def source_of(file: Path | Source) -> Source:
    """Return the source that a path stands for; a source stands for itself."""
    return file if isinstance(file, Source) else Source(file.name, file)


def _refuse_irregular(path: Path) -> None:
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise UnusableInputError("reader.not_found", file=path.name) from None
    if stat.S_ISLNK(status.st_mode):
        raise UnusableInputError("reader.symlink", file=path.name)
    if stat.S_ISDIR(status.st_mode):
        raise UnusableInputError("reader.directory", file=path.name)
    if not stat.S_ISREG(status.st_mode):
        raise UnusableInputError("reader.not_regular", file=path.name)
