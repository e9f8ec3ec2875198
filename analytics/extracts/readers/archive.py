"""A table that comes packed in an archive of its own."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.limits import MEBIBYTE, OPEN_DOCUMENT
from analytics.extracts.readers.source import Source
from analytics.extracts.readers.xlsx_zip import bomb, check_directory, unpacked

MAXIMUM_INSIDE: Final = 512 * MEBIBYTE

_ZIP: Final = b"PK\x03\x04"
_WORKBOOKS: Final = ("xl/workbook.xml", "xl/workbook.bin", OPEN_DOCUMENT)
# What programs put beside the file that was packed.
_BESIDE: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def unpacked_source(source: Source) -> tuple[Source, str | None]:
    """Return the only file in an archive, in memory, and its name; any other source as it is.

    Raises:
        UnusableInputError: If the archive holds several files, is damaged, encrypted or unpacks to
            too much.
    """
    source.check()
    with source.open() as file:
        if file.read(len(_ZIP)) != _ZIP:
            return source, None
    try:
        with source.open() as packed, zipfile.ZipFile(packed) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        raise UnusableInputError("reader.broken_xlsx", file=source.name) from None
    if any(part.filename in _WORKBOOKS for part in parts):
        return source, None
    check_directory(parts, source)
    files = [part for part in parts if not part.is_dir() and not _is_beside(part.filename)]
    if len(files) != 1:
        raise UnusableInputError("reader.several_files", file=source.name, count=len(files))
    (part,) = files
    if part.file_size > MAXIMUM_INSIDE:
        raise bomb(source)
    return Source(source.name, content=_content(source, part)), part.filename


def _is_beside(name: str) -> bool:
    return name.startswith(_BESIDE) or PurePosixPath(name).name in _BESIDE


def _content(source: Source, part: zipfile.ZipInfo) -> bytes:
    content = io.BytesIO()
    try:
        with source.open() as file:
            for chunk in unpacked(file, part):
                content.write(chunk)
                if content.tell() > part.file_size:
                    raise bomb(source)
    except (zipfile.BadZipFile, zlib.error, OSError):
        raise UnusableInputError("reader.broken_zip", file=source.name) from None
    return content.getvalue()
