"""Which table a file holds, by its headers; the sender has the last word."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import python_calamine as calamine

from analytics.extracts.contract import Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.claims import named_columns
from analytics.extracts.readers.csv_file import DELIMITERS
from analytics.extracts.readers.csv_scan import MAXIMUM_LINE
from analytics.extracts.readers.delivery import FileFormat
from analytics.extracts.readers.encodings import encoding_of, utf8_chunks
from analytics.extracts.readers.files import sniff
from analytics.extracts.readers.headers import HEADER_SEARCH, fit
from analytics.extracts.readers.source import Source
from analytics.extracts.readers.xlsx_zip import scan_archive

_DAMAGED: Final = (
    UnusableInputError,
    pa.ArrowException,
    OSError,
    csv.Error,
    calamine.CalamineError,
)


def guess_table(source: Source, tables: Sequence[Table]) -> Table | None:
    """Return the table whose columns the file's headers name best; None where they name none.

    Never raises for a file that cannot be read: reading it says why.
    """
    try:
        rows = list(_first_rows(source))
    except _DAMAGED:
        return None
    best = max(tables, key=lambda table: _quality(rows, table))
    return best if _quality(rows, best)[1] else None


def _quality(rows: Sequence[Sequence[str]], table: Table) -> tuple[float, int]:
    """Rank a table: by the share of its required columns that one row names, then by all."""
    ranks = [
        (
            len(named_columns(row, table) & set(table.required)) / len(table.required),
            fit(row, table),
        )
        for row in rows
    ]
    return max(ranks, default=(0.0, 0))


def _first_rows(source: Source) -> Iterator[Sequence[str]]:
    """Yield what may be the header: the first rows, of text cut at each delimiter."""
    match sniff(source):
        case FileFormat.PARQUET:
            with source.open() as file:
                yield pq.read_schema(file).names
        case FileFormat.XLSX:
            yield from _first_of_sheets(source)
        case _:
            yield from _first_of_text(source)


def _first_of_text(source: Source) -> Iterator[list[str]]:
    start = next(utf8_chunks(source, encoding_of(source)), b"")
    text = start[:MAXIMUM_LINE].decode(errors="ignore")
    for delimiter in DELIMITERS:
        yield from islice(csv.reader(io.StringIO(text), delimiter=delimiter), HEADER_SEARCH)


def _first_of_sheets(source: Source) -> Iterator[list[str]]:
    scan_archive(source)
    with source.open() as file, calamine.CalamineWorkbook.from_filelike(file) as workbook:
        for meta in workbook.sheets_metadata:
            if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                rows = workbook.get_sheet_by_name(meta.name).iter_rows()
                yield from ([str(cell) for cell in row] for row in islice(rows, HEADER_SEARCH))
