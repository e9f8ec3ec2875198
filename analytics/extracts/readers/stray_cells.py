"""Blank cells far to the right of a table in a workbook, left out before the sheet is unpacked.

The spreadsheet reader spans a sheet from its first cell to its last: one blank in the last column
beside a list of some thousand rows makes hundreds of millions of cells.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from typing import Final

from analytics.extracts.readers.limits import MEBIBYTE
from analytics.extracts.readers.sheet_scan import SheetScan, column_number
from analytics.extracts.readers.source import Source

_LARGEST: Final = 256 * MEBIBYTE
_STRINGS: Final = "xl/sharedStrings.xml"
_CELL: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})\d{1,7}"([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)', re.S
)
_ITEM: Final = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.S)
_TEXT: Final = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_SHARED: Final = b't="s"'


def without_stray_cells(
    source: Source, scans: Mapping[str, SheetScan], limit: int
) -> Source | None:
    """Return the workbook without blank cells far to the right; None where that is not all.

    Args:
        source: The workbook.
        scans: What its sheets say, by part.
        limit: So many cells a sheet may span.
    """
    vast = {
        part: limit // scan.rows for part, scan in scans.items() if scan.rows * scan.columns > limit
    }
    packed = io.BytesIO()
    with (
        source.open() as file,
        zipfile.ZipFile(file) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        if any(part not in old.namelist() for part in vast) or not all(vast.values()):
            return None
        if sum(part.file_size for part in old.infolist()) > _LARGEST:
            return None
        blank = _blank_strings(old)
        for part in old.infolist():
            content = old.read(part)
            if part.filename in vast:
                kept = _narrowed(content, vast[part.filename], blank)
                if kept is None:
                    return None
                content = kept
            new.writestr(part.filename, content)
    return Source(source.name, content=packed.getvalue(), secret=source.secret)


def _blank_strings(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the shared strings that say nothing."""
    if _STRINGS not in archive.namelist():
        return frozenset()
    items = _ITEM.findall(archive.read(_STRINGS))
    return frozenset(number for number, item in enumerate(items) if _is_blank(_TEXT.findall(item)))


def _narrowed(sheet: bytes, width: int, blank: frozenset[int]) -> bytes | None:
    """Return a sheet without the cells beyond a width; None where one of them says something."""
    says: list[bytes] = []
    text = _CELL.sub(_kept(width, blank, says), sheet)
    return None if says else text


def _kept(
    width: int, blank: frozenset[int], says: list[bytes]
) -> Callable[[re.Match[bytes]], bytes]:
    """Return what leaves out a cell beyond a width, and keeps in ``says`` what stands there."""

    def kept(cell: re.Match[bytes]) -> bytes:
        if column_number(cell[1]) <= width:
            return cell[0]
        content = cell[3] or b""
        value = _VALUE.findall(content)
        if _SHARED in cell[2] and value:
            is_blank = int(value[0]) in blank
        else:
            is_blank = _is_blank([*value, *_TEXT.findall(content)])
        if not is_blank:
            says.append(content)
        return b""

    return kept


def _is_blank(texts: list[bytes]) -> bool:
    shown = unescape(b"".join(texts).decode(errors="replace"))
    return all(unicodedata.category(sign)[0] in "ZC" for sign in shown)
