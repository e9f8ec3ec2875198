"""What a workbook (XLSX, ODS) holds, found out before a spreadsheet reader unpacks it into memory.

A small archive can unpack to terabytes, and a sheet with two cells can span billions. So the
archive's directory is checked first, then every part is unpacked once as a stream, counting what
really comes out: the sizes in the directory may lie.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import BinaryIO, Final

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.limits import MEBIBYTE, OPEN_DOCUMENT
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
# A formula that no program has worked out yet; an empty text (t="str") is a result.
_VALUELESS: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?![^>]* t="str")[^>]*>\s*'
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>|</(?:\w+:)?c>)"
)
_HIDDEN_ROW: Final = re.compile(rb'<(?:\w+:)?row [^>]*hidden="(?:1|true)"')
_ROW: Final = re.compile(rb'<(?:\w+:)?row[^>]*? r="(\d{1,7})"')
_COLUMN: Final = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})\d')

_OPEN_ROW: Final = re.compile(rb"<table:table-row(?:\s([^>]*))?>(.*?)</table:table-row>", re.S)
_OPEN_CELL: Final = re.compile(rb"<table:(?:covered-)?table-cell(?:\s([^>]*?))?/?>")
_REPEATED_ROWS: Final = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_REPEATED_COLUMNS: Final = re.compile(rb'number-columns-repeated="(\d{1,9})"')
_OPEN_HIDDEN: Final = re.compile(rb'table:visibility="(?:collapse|filter)"')


@dataclass(slots=True)
class SheetScan:
    """What the text of one sheet says.

    Attributes:
        formulas: Addresses of the first cells with formulas.
        formula_total: How many there are.
        rows: Number of the last row.
        columns: Number of the last column.
        hidden_rows: Rows that are not shown.
        valueless: Row and column, from 1, of each formula without a stored value, and its text.
    """

    formulas: list[str] = field(default_factory=list)
    formula_total: int = 0
    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    valueless: dict[tuple[int, int], str] = field(default_factory=dict)
    row_end: bytes = b"row>"

    def read(self, text: bytes) -> None:
        """Take in a piece of the sheet that ends with a row."""
        found = [cell.decode() for cell in _FORMULA.findall(text)]
        self.formula_total += len(found)
        self.formulas += found[: EXAMPLES - len(self.formulas)]
        self.hidden_rows += len(_HIDDEN_ROW.findall(text))
        for letters, row, formula in _VALUELESS.findall(text):
            shown = unescape(formula.decode(errors="replace"))
            self.valueless[int(row), _column_number(letters)] = f"={shown}"
        self.rows = max([self.rows, *map(int, _ROW.findall(text))])
        columns = set(_COLUMN.findall(text))
        self.columns = max([self.columns, *map(_column_number, columns)])


@dataclass(slots=True)
class OpenDocumentScan(SheetScan):
    """The same of all sheets of an OpenDocument file; repeated cells count as often as they do."""

    row_end: bytes = b"row>"

    def read(self, text: bytes) -> None:
        """Take in a piece of the sheets that ends with a row."""
        for attributes, cells in _OPEN_ROW.findall(text):
            found = _OPEN_CELL.findall(cells)
            filled = [cell for cell in found if b"office:value-type" in cell]
            self.formula_total += sum(b"table:formula" in cell for cell in found)
            if not filled:
                continue
            self.rows += _repeats(_REPEATED_ROWS, attributes)
            width = sum(_repeats(_REPEATED_COLUMNS, cell) for cell in filled)
            self.columns = max(self.columns, width)
            self.hidden_rows += bool(_OPEN_HIDDEN.search(attributes))


def _repeats(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def scan_archive(source: Source) -> dict[str, SheetScan]:
    """Check the archive and return its sheets' scans by the name of the part.

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
        if sheet is None:
            continue
        if sheet.rows * sheet.columns > MAXIMUM_CELLS:
            raise UnusableInputError("reader.too_many_cells", limit=MAXIMUM_CELLS)
        sheets[part.filename] = sheet
    return sheets


def _scan_of(part: str) -> SheetScan | None:
    if part == OPEN_DOCUMENT:
        return OpenDocumentScan()
    return SheetScan() if _SHEET.fullmatch(part) else None


def _scan_part(
    file: BinaryIO, part: zipfile.ZipInfo, sheet: SheetScan | None, source: Source
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


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
