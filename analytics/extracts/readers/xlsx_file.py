"""Reader of XLSX workbooks: the visible sheet whose header fits the table best."""

import datetime as dt
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

import pyarrow as pa
import python_calamine as calamine

from analytics.extracts.contract import Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.delivery import LINE, Delivery, FileFacts, FileFormat, Note
from analytics.extracts.readers.files import MEBIBYTE
from analytics.extracts.readers.headers import (
    HEADER_SEARCH,
    Headers,
    fit,
    header_row,
    match_headers,
    short,
)
from analytics.extracts.readers.source import Source
from analytics.extracts.readers.xlsx_zip import SheetScan, scan_archive

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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The chosen sheet: its reader, the headers and the row on which the data begin."""

    rows: calamine.CalamineSheet
    headers: Headers
    skipped: int


def read_xlsx(source: Source, table: Table, told: Instructions) -> Delivery:
    """Read a workbook; formulas count with the value that was saved last, and are noted.

    Raises:
        UnusableInputError: If the workbook is damaged, encrypted, too large, or has no rows.
    """
    scans = scan_archive(source)
    try:
        with source.open() as file, calamine.CalamineWorkbook.from_filelike(file) as workbook:
            sheet = _best_sheet(workbook, table, told)
            cells = _cells(sheet)
            name = sheet.rows.name
    except calamine.PasswordError:
        raise UnusableInputError("reader.encrypted", file=source.name) from None
    except _ERRORS:
        raise UnusableInputError("reader.broken_xlsx", file=source.name) from None
    facts = FileFacts(FileFormat.XLSX, source.size, sheet=name)
    notes = (*sheet.headers.notes, *_notes(scans.get(_part_of(source, name))))
    return Delivery(source, table, cells, sheet.headers.names, sheet.headers.unknown, facts, notes)


def _best_sheet(workbook: calamine.CalamineWorkbook, table: Table, told: Instructions) -> _Sheet:
    """Return the visible sheet with the most headers of the table, the first of equals."""
    best: tuple[int, calamine.CalamineSheet, list[list[str]]] | None = None
    for meta in workbook.sheets_metadata:
        is_table = meta.typ == calamine.SheetTypeEnum.WorkSheet
        if not is_table or meta.visible != calamine.SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        top = [
            [_text(cell) or "" for cell in row] for row in islice(sheet.iter_rows(), HEADER_SEARCH)
        ]
        quality = max((fit(row, table) for row in top), default=-1)
        if top and (best is None or quality > best[0]):
            best = (quality, sheet, top)
    if best is None or not any(any(row) for row in best[2]):
        raise UnusableInputError("reader.blank")
    _, sheet, top = best
    position = header_row(top, table)
    headers = match_headers(top[position], table, top[position + 1 :], told)
    return _Sheet(sheet, headers, position + 1)


def _cells(sheet: _Sheet) -> pa.Table:
    names = list(sheet.headers.positions.values())
    schema = pa.schema([(LINE, pa.int64()), *((name, pa.string()) for name in names)])
    rows = enumerate(islice(sheet.rows.iter_rows(), sheet.skipped, None), sheet.skipped + 1)
    batches = []
    while batch := list(islice(rows, _BATCH)):
        batches.append(_batch(batch, sheet.headers, schema))
    return pa.Table.from_batches(batches, schema)


def _batch(
    rows: Sequence[tuple[int, Sequence[object]]], headers: Headers, schema: pa.Schema
) -> pa.RecordBatch:
    filled = [(line, row) for line, row in rows if any(cell != "" for cell in row)]
    columns = list(zip(*(row for _, row in filled), strict=True))
    texts = [
        pa.array([_text(cell) for cell in columns[position]] if columns else [], pa.string())
        for position in headers.positions
    ]
    return pa.record_batch([pa.array([line for line, _ in filled], pa.int64()), *texts], schema)


def _text(cell: object) -> str | None:
    """Return a cell as text: days as ``2019-12-31``, whole numbers without decimals."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)


def _part_of(source: Source, sheet: str) -> str:
    """Return the name of the archive's part that holds a sheet, or an empty text."""
    with source.open() as file, zipfile.ZipFile(file) as archive:
        try:
            workbook = _xml(archive, "xl/workbook.xml")
            relations = _xml(archive, "xl/_rels/workbook.xml.rels")
        except (KeyError, ET.ParseError):
            return ""
    ids = {node.get("name"): node.get(_RELATION) for node in workbook.iter(f"{_MAIN}sheet")}
    targets = {node.get("Id"): node.get("Target") for node in relations}
    target = targets.get(ids.get(sheet)) or ""
    return str(PurePosixPath("xl") / target) if target[:1] != "/" else target[1:]


def _xml(archive: zipfile.ZipFile, part: str) -> ET.Element:
    with archive.open(part) as file:
        return ET.fromstring(file.read(_DIRECTORY_LIMIT))


def _notes(scan: SheetScan | None) -> tuple[Note, ...]:
    if scan is None or not scan.formula_total:
        return ()
    cells = short(", ".join(scan.formulas[:8]))
    return (Note("formula_cells", value=cells, count=scan.formula_total),)
