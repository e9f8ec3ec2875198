"""What a workbook (XLSX, ODS) holds, found out before a spreadsheet reader unpacks it into memory.

A small archive can unpack to terabytes, and a sheet with two cells can span billions. So the
archive's directory is checked first, then every part is unpacked once as a stream, counting what
really comes out: the sizes in the directory may lie.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.limits import MEBIBYTE, OPEN_DOCUMENT
from analytics.extracts.readers.ods_scan import OpenDocumentScan
from analytics.extracts.readers.sheet_scan import SheetScan
from analytics.extracts.readers.source import Source
from analytics.extracts.readers.stray_cells import without_stray_cells

MAXIMUM_UNPACKED: Final = 1024 * MEBIBYTE
MAXIMUM_RATIO: Final = 200
MAXIMUM_PARTS: Final = 2_000
MAXIMUM_CELLS: Final = 20_000_000

_CHUNK: Final = 1 * MEBIBYTE
# Below this size even a high ratio does no harm; empty sheets compress well.
_HARMLESS: Final = 64 * MEBIBYTE
_LOCAL_HEADER: Final = 30
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")


def scan_archive(source: Source) -> dict[str, SheetScan]:
    """Check the archive and return what its sheets say, by part; in OpenDocument by name.

    Raises:
        UnusableInputError: If it is damaged or encrypted, or unpacks to too much.
    """
    try:
        with source.open() as packed, zipfile.ZipFile(packed) as archive, source.open() as file:
            parts = archive.infolist()
            check_directory(parts, source)
            return _scan_parts(file, parts, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        raise UnusableInputError("reader.broken_xlsx", file=source.name) from None


def spanned(source: Source, scans: Mapping[str, SheetScan]) -> Source:
    """Return a workbook whose sheets can be unpacked: one blank may stand far from everything.

    Raises:
        UnusableInputError: If a sheet spans too many cells.
    """
    if all(sheet.rows * sheet.columns <= MAXIMUM_CELLS for sheet in scans.values()):
        return source
    narrow = without_stray_cells(source, scans, MAXIMUM_CELLS)
    if narrow is None:
        raise UnusableInputError("reader.too_many_cells", limit=MAXIMUM_CELLS)
    return narrow


def check_directory(parts: list[zipfile.ZipInfo], source: Source) -> None:
    """Refuse an archive that is encrypted, or that says itself that it unpacks to too much.

    Raises:
        UnusableInputError: If it is.
    """
    if any(part.flag_bits & 1 for part in parts):
        raise UnusableInputError("reader.encrypted", file=source.name)
    declared = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_bomb = declared > _HARMLESS and declared > MAXIMUM_RATIO * packed
    if is_bomb or declared > MAXIMUM_UNPACKED or len(parts) > MAXIMUM_PARTS:
        raise bomb(source)


def bomb(source: Source) -> UnusableInputError:
    """Return that an archive would grow beyond measure."""
    limit = MAXIMUM_UNPACKED // MEBIBYTE
    return UnusableInputError("reader.zip_bomb", file=source.name, megabytes=limit)


def _scan_parts(
    file: BinaryIO, parts: list[zipfile.ZipInfo], source: Source
) -> dict[str, SheetScan]:
    sheets: dict[str, SheetScan] = {}
    for part in parts:
        sheet = _scan_of(part.filename)
        _scan_part(file, part, sheet, source)
        match sheet:
            case OpenDocumentScan():
                sheets |= sheet.sheets
            case SheetScan():
                sheets[part.filename] = sheet
    return sheets


def _scan_of(part: str) -> SheetScan | OpenDocumentScan | None:
    if part == OPEN_DOCUMENT:
        return OpenDocumentScan()
    return SheetScan() if _SHEET.fullmatch(part) else None


def _scan_part(
    file: BinaryIO,
    part: zipfile.ZipInfo,
    sheet: SheetScan | OpenDocumentScan | None,
    source: Source,
) -> None:
    size, rest = 0, b""
    for chunk in unpacked(file, part):
        size += len(chunk)
        if size > part.file_size:
            raise bomb(source)
        if sheet is not None:
            text, end, rest = (rest + chunk).rpartition(sheet.row_end)
            sheet.read(text + end)
            if len(rest) > MEBIBYTE:
                sheet.read(rest)
                rest = b""
    if sheet is not None and rest:
        sheet.read(rest)


def unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of a part in pieces of at most ``_CHUNK`` bytes, whatever it declares."""
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER)
    name_length = int.from_bytes(header[26:28], "little")
    extra_length = int.from_bytes(header[28:30], "little")
    file.seek(name_length + extra_length, 1)
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    left = part.compress_size
    while left and (packed := file.read(min(_CHUNK, left))):
        left -= len(packed)
        if part.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        while packed:
            yield inflate.decompress(packed, _CHUNK)
            packed = inflate.unconsumed_tail
