"""Reader of workbooks, XLSX and OpenDocument: every sheet with a table."""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

import pyarrow as pa
import python_calamine as calamine

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.block import LINE
from analytics.extracts.readers.cell_text import cell_text, formula_text
from analytics.extracts.readers.delivery import FileFacts, FileFormat, Note, Reading
from analytics.extracts.readers.header_search import is_filled
from analytics.extracts.readers.headers import short
from analytics.extracts.readers.limits import MEBIBYTE
from analytics.extracts.readers.sheet import Cells, Sheet
from analytics.extracts.readers.sheet_scan import Range, SheetScan, letters_of
from analytics.extracts.readers.source import Source
from analytics.extracts.readers.xlsx_zip import scan_archive, spanned

_BATCH: Final = 20_000
_DIRECTORY_LIMIT: Final = 4 * MEBIBYTE
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERRORS: Final = (
    calamine.CalamineError,
    calamine.XmlError,
    calamine.ZipError,
    calamine.WorksheetNotFound,
)
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class _Book:
    """What the directory of a workbook says: the part of each sheet, and when days begin."""

    parts: Mapping[str, str]
    is_1904: bool


def read_workbook(source: Source, form: FileFormat) -> Reading:
    """Read all sheets; formulas count with the value that was saved last, and are noted.

    Raises:
        UnusableInputError: If the workbook is damaged, encrypted, too large, or empty.
    """
    scans = scan_archive(source)
    book = _book(source) if form is FileFormat.XLSX else _Book({}, is_1904=False)
    try:
        with (
            spanned(source, scans).open() as file,
            calamine.CalamineWorkbook.from_filelike(file) as workbook,
        ):
            sheets = [
                _sheet(workbook, meta, scans.get(book.parts.get(meta.name, meta.name)), book)
                for meta in workbook.sheets_metadata
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError:
        raise UnusableInputError("reader.encrypted", file=source.name) from None
    except _ERRORS:
        raise UnusableInputError("reader.broken_xlsx", file=source.name) from None
    if not any(sheet.cells.num_rows for sheet in sheets if not sheet.is_hidden):
        raise UnusableInputError("reader.blank")
    notes = [note for sheet in sheets if not sheet.is_hidden for note in _notes(sheet)]
    return Reading(tuple(sheets), FileFacts(form, source.size), tuple(notes))


def _sheet(
    workbook: calamine.CalamineWorkbook,
    meta: calamine.SheetMetadata,
    scan: SheetScan | None,
    book: _Book,
) -> Sheet:
    sheet = workbook.get_sheet_by_name(meta.name)
    found = scan or SheetScan()
    told = [*(sheet.merged_cell_ranges or ()), *found.merged]
    merged = [area for area in told if area[1][0] > area[0][0]]
    unseen = found.errors | {at: formula_text(each) for at, each in found.valueless.items()}
    rows = _Rows(sheet.width, (sheet.start or (0, 0))[1], unseen, merged)
    cells = rows.table(sheet.iter_rows())
    return Sheet(
        cells,
        meta.name,
        is_hidden=meta.visible != calamine.SheetVisibleEnum.Visible,
        is_1904=book.is_1904,
        hidden_rows=found.hidden_rows,
        filled_down=Cells(rows.filled_down, tuple(map(_area, merged[:_SHOWN]))),
        valueless=Cells(
            len(found.valueless), tuple(map(_address, islice(found.valueless, _SHOWN)))
        ),
        formulas=Cells(found.formula_total, tuple(found.formulas[:_SHOWN])),
    )


class _Rows:
    """The rows of a sheet on their way to a grid of texts."""

    def __init__(
        self,
        width: int,
        first: int,
        unseen: Mapping[tuple[int, int], str],
        merged: Sequence[Range],
    ) -> None:
        self._columns = range(width)
        self._unseen: dict[int, dict[int, str]] = {}
        for (row, column), text in unseen.items():
            # To the left of all values nothing has a header.
            if column > first:
                self._unseen.setdefault(row, {})[column - 1 - first] = text
        self._merged: dict[int, list[int]] = {}
        for (top, column), (bottom, _) in merged:
            for row in range(top + 2, bottom + 2):
                self._merged.setdefault(row, []).append(column - first)
        self._above: list[object] = []
        self.filled_down = 0

    def table(self, rows: Iterable[Sequence[object]]) -> pa.Table:
        """Return the filled rows as texts."""
        schema = pa.schema(
            [(LINE, pa.int64()), *((str(place), pa.string()) for place in self._columns)]
        )
        numbered = enumerate(map(self._mended, enumerate(rows, start=1)), start=1)
        batches = []
        while batch := list(islice(numbered, _BATCH)):
            filled = [(line, row) for line, row in batch if any(cell != "" for cell in row)]
            batches.append(_batch(filled, schema))
        return _without_blank_end(pa.Table.from_batches(batches, schema))

    def _mended(self, numbered: tuple[int, Sequence[object]]) -> Sequence[object]:
        """Return a row with what its merged cells and its formulas without a value stand for."""
        line, row = numbered
        if not self._merged and not self._unseen:
            return row
        cells = list(row)
        for column, text in self._unseen.get(line, {}).items():
            if column < len(cells) and cells[column] == "":
                cells[column] = text
        if any(cell != "" for cell in cells):
            for column in self._merged.get(line, ()):
                if column < len(cells) and cells[column] == "" and self._above[column] != "":
                    cells[column] = self._above[column]
                    self.filled_down += 1
        self._above = cells
        return cells


def _without_blank_end(cells: pa.Table) -> pa.Table:
    """Return the grid without columns at its end in which nothing stands: one blank may be far."""
    width = cells.num_columns
    while width > 1 and not (
        cells.column(width - 1).null_count < cells.num_rows
        and is_filled(cells.column(width - 1)).any()
    ):
        width -= 1
    return cells.select(range(width))


def _batch(filled: Sequence[tuple[int, Sequence[object]]], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*(row for _, row in filled), strict=True))
    texts = [
        pa.array([cell_text(cell) for cell in columns[place]] if columns else [], pa.string())
        for place in range(len(schema) - 1)
    ]
    return pa.record_batch([pa.array([line for line, _ in filled], pa.int64()), *texts], schema)


def _book(source: Source) -> _Book:
    """Return what the directory of a workbook says; nothing where it cannot be read."""
    with source.open() as file, zipfile.ZipFile(file) as archive:
        try:
            workbook = _xml(archive, "xl/workbook.xml")
            relations = _xml(archive, "xl/_rels/workbook.xml.rels")
        except (KeyError, ET.ParseError):
            return _Book({}, is_1904=False)
    targets = {node.get("Id"): node.get("Target") or "" for node in relations}
    parts = {
        node.get("name") or "": _part(targets.get(node.get(_RELATION)) or "")
        for node in workbook.iter(f"{_MAIN}sheet")
    }
    properties = workbook.find(f"{_MAIN}workbookPr")
    base = "" if properties is None else properties.get("date1904", "")
    return _Book(parts, is_1904=base in {"1", "true"})


def _part(target: str) -> str:
    return target[1:] if target[:1] == "/" else str(PurePosixPath("xl") / target)


def _xml(archive: zipfile.ZipFile, part: str) -> ET.Element:
    with archive.open(part) as file:
        return ET.fromstring(file.read(_DIRECTORY_LIMIT))


def _notes(sheet: Sheet) -> list[Note]:
    kinds = {
        "formula_cells": sheet.formulas,
        "formula_without_value": sheet.valueless,
        "merged_cells": sheet.filled_down,
    }
    return [
        Note(
            rule,
            value=short(", ".join(cells.examples)) or None,
            count=cells.count,
            sheet=sheet.name,
        )
        for rule, cells in kinds.items()
        if cells.count
    ]


def _area(area: Range) -> str:
    (top, left), (bottom, right) = area
    return f"{_address((top + 1, left + 1))}:{_address((bottom + 1, right + 1))}"


def _address(cell: tuple[int, int]) -> str:
    row, column = cell
    return f"{letters_of(column)}{row}"
