"""Which files may be opened at all, and what they are by their first bytes."""

import codecs
import re
import zipfile
from typing import Final

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.delivery import FileFormat
from analytics.extracts.readers.encodings import utf16_without_mark
from analytics.extracts.readers.ffcsv import is_ffcsv
from analytics.extracts.readers.genesis import is_genesis
from analytics.extracts.readers.limits import MEBIBYTE, OPEN_DOCUMENT
from analytics.extracts.readers.source import Source

SIZE_LIMITS: Final = {
    FileFormat.CSV: 2048 * MEBIBYTE,
    FileFormat.XLSX: 256 * MEBIBYTE,
    FileFormat.PARQUET: 2048 * MEBIBYTE,
    FileFormat.GENESIS: 64 * MEBIBYTE,
    FileFormat.FFCSV: 64 * MEBIBYTE,
    FileFormat.ODS: 64 * MEBIBYTE,
    FileFormat.HTML: 64 * MEBIBYTE,
}

_HEAD: Final = 4096
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_PARQUET: Final = b"PAR1"
_ENCRYPTED_PARQUET: Final = b"PARE"
# Compound files: Excel up to 2003, and the envelope of every encrypted XLSX.
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
# Formats that people mistake for tables; anything else binary shows by its NUL bytes.
_OTHER: Final = (
    b"%PDF",
    b"{\\rtf",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x89PNG",
    b"\xff\xd8\xff",
)
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_HTML: Final = re.compile(
    rb"(?i)\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta)[\s>]"
)
_XML_SPREADSHEET: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
_ARCHIVE_MARKS: Final = {
    "xl/workbook.xml": FileFormat.XLSX,
    OPEN_DOCUMENT: FileFormat.ODS,
}


def sniff(source: Source) -> FileFormat:
    """Return the format of a file by its content; its name does not matter.

    Raises:
        UnusableInputError: If it is no file, none that can be read, or too large.
    """
    source.check()
    with source.open() as file:
        head = file.read(_HEAD)
    found = _format(source, head)
    if source.size > SIZE_LIMITS[found]:
        limit = SIZE_LIMITS[found] // MEBIBYTE
        raise UnusableInputError("reader.too_large", file=source.name, megabytes=limit)
    return found


def _format(source: Source, head: bytes) -> FileFormat:
    if head.startswith(_ZIP):
        return _archive_format(source)
    if head.startswith(_PARQUET):
        return FileFormat.PARQUET
    if head.startswith(_ENCRYPTED_PARQUET):
        raise UnusableInputError("reader.encrypted", file=source.name)
    if head.startswith(_OLE):
        raise UnusableInputError(_ole_problem(source), file=source.name)
    if is_genesis(head):
        return FileFormat.GENESIS
    if is_ffcsv(head):
        return FileFormat.FFCSV
    if _HTML.match(head.removeprefix(codecs.BOM_UTF8)):
        return FileFormat.HTML
    if _XML_SPREADSHEET in head:
        raise UnusableInputError("reader.xml_spreadsheet", file=source.name)
    if _is_binary(head):
        raise UnusableInputError("reader.binary", file=source.name)
    return FileFormat.CSV


def _archive_format(source: Source) -> FileFormat:
    """Tell the kinds of workbooks apart.

    Raises:
        UnusableInputError: If the archive is none.
    """
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        raise UnusableInputError("reader.broken_xlsx", file=source.name) from None
    if "xl/workbook.bin" in names:
        raise UnusableInputError("reader.binary_workbook", file=source.name)
    for mark, found in _ARCHIVE_MARKS.items():
        if mark in names:
            return found
    raise UnusableInputError("reader.no_workbook", file=source.name)


def _is_binary(head: bytes) -> bool:
    if head.startswith((*_OTHER, _EMPTY_ZIP)):
        return True
    is_wide = head.startswith(_UTF16_MARKS) or utf16_without_mark(head) is not None
    return b"\x00" in head and not is_wide


def _ole_problem(source: Source) -> str:
    """Tell an encrypted XLSX from an Excel file of before 2007."""
    with source.open() as file:
        content = file.read(16 * MEBIBYTE)
    return "reader.encrypted" if _ENCRYPTED_PACKAGE in content else "reader.old_excel"
