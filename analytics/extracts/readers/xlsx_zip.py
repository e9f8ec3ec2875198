"""What an XLSX file holds, found out before a spreadsheet reader unpacks it into memory.

A small archive can unpack to terabytes, and a sheet with two cells can span billions. So the
archive's directory is checked first, then every part is unpacked once as a stream, counting what
really comes out: the sizes in the directory may lie.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.files import MEBIBYTE
from analytics.extracts.readers.source import Source

MAXIMUM_UNPACKED: Final = 1024 * MEBIBYTE
MAXIMUM_RATIO: Final = 200
MAXIMUM_PARTS: Final = 2_000
MAXIMUM_CELLS: Final = 20_000_000
EXAMPLES: Final = 100

_CHUNK: Final = 1 * MEBIBYTE
# Below this size even a high ratio does no harm; empty sheets compress well.
_HARMLESS: Final = 64 * MEBIBYTE
_LOCAL_HEADER: Final = 30
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA: Final = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_ROW: Final = re.compile(rb'<(?:\w+:)?row[^>]*? r="(\d{1,7})"')
_COLUMN: Final = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})\d')
_ROW_END: Final = b"row>"


@dataclass(slots=True)
class SheetScan:
    """What the text of one sheet says: cells with formulas and how far its cells reach."""

    formulas: list[str] = field(default_factory=list)
    formula_total: int = 0
    rows: int = 0
    columns: int = 0

    def read(self, text: bytes) -> None:
        """Take in a piece of the sheet that ends with a row."""
        found = [cell.decode() for cell in _FORMULA.findall(text)]
        self.formula_total += len(found)
        self.formulas += found[: EXAMPLES - len(self.formulas)]
        self.rows = max([self.rows, *map(int, _ROW.findall(text))])
        letters = set(_COLUMN.findall(text))
        self.columns = max([self.columns, *map(_column_number, letters)])


def scan_archive(source: Source) -> dict[str, SheetScan]:
    """Check the archive and return its sheets' scans by the name of the part.

    Raises:
        UnusableInputError: If it is no workbook, is damaged or encrypted, or unpacks to too much.
    """
    try:
        with source.open() as packed, zipfile.ZipFile(packed) as archive, source.open() as file:
            parts = archive.infolist()
            _check_directory(parts, source)
            return _scan_parts(file, parts, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        raise UnusableInputError("reader.broken_xlsx", file=source.name) from None


def _check_directory(parts: list[zipfile.ZipInfo], source: Source) -> None:
    names = [part.filename for part in parts]
    if "xl/workbook.bin" in names:
        raise UnusableInputError("reader.binary_workbook", file=source.name)
    if "xl/workbook.xml" not in names:
        raise UnusableInputError("reader.no_workbook", file=source.name)
    if any(part.flag_bits & 1 for part in parts):
        raise UnusableInputError("reader.encrypted", file=source.name)
    declared = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_bomb = declared > _HARMLESS and declared > MAXIMUM_RATIO * packed
    if is_bomb or declared > MAXIMUM_UNPACKED or len(parts) > MAXIMUM_PARTS:
        raise _bomb(source)


def _bomb(source: Source) -> UnusableInputError:
    limit = MAXIMUM_UNPACKED // MEBIBYTE
    return UnusableInputError("reader.zip_bomb", file=source.name, megabytes=limit)


def _scan_parts(
    file: BinaryIO, parts: list[zipfile.ZipInfo], source: Source
) -> dict[str, SheetScan]:
    sheets: dict[str, SheetScan] = {}
    for part in parts:
        sheet = SheetScan() if _SHEET.fullmatch(part.filename) else None
        _scan_part(file, part, sheet, source)
        if sheet is None:
            continue
        if sheet.rows * sheet.columns > MAXIMUM_CELLS:
            raise UnusableInputError("reader.too_many_cells", limit=MAXIMUM_CELLS)
        sheets[part.filename] = sheet
    return sheets


def _scan_part(
    file: BinaryIO, part: zipfile.ZipInfo, sheet: SheetScan | None, source: Source
) -> None:
    size, rest = 0, b""
    for chunk in _unpacked(file, part):
        size += len(chunk)
        if size > part.file_size:
            raise _bomb(source)
        if sheet is not None:
            text, end, rest = (rest + chunk).rpartition(_ROW_END)
            sheet.read(text + end)
            if len(rest) > MEBIBYTE:
                sheet.read(rest)
                rest = b""
    if sheet is not None and rest:
        sheet.read(rest)


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
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


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
