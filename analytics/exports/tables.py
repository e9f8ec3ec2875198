"""An exhibit's table: as text for people, as CSV for programs, as a workbook for offices."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any, Final

import pandas as pd
import xlsxwriter

from analytics.charts.values import estimate_texts, formats, row_statuses
from analytics.disclosure import Column, ReleasedTable
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_FIGURES: Final = ("value", "estimate")
# A spreadsheet would run a text that starts like this as a formula.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_DAY: Final = "%Y-%m-%d"
_AS_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False}
_SHEET_NAME: Final = "data"
_BOM: Final = "\ufeff"


def readable(table: ReleasedTable, w: Words) -> pd.DataFrame:
    """Return the table twin: the columns meant for people, every cell as text.

    A row without a figure says why instead: protected, no data or not reached; zero is a number.
    """
    return pd.DataFrame({column.label: _texts(table, column, w) for column in table.readable()})


def csv_bytes(exhibit: Exhibit, w: Words) -> bytes:
    """Return the table as CSV, with status and source in every row.

    German files are what a German Excel opens: semicolons, decimal commas, a byte order mark.
    English ones have commas, decimal points and none. Dates are ISO dates, shares 0 to 1.
    """
    german = w.language == "de"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if german else ",", lineterminator="\r\n")
    header, rows = _cells(exhibit, w)
    writer.writerow(header)
    writer.writerows([[_csv_cell(cell, german) for cell in row] for row in rows])
    return ((_BOM if german else "") + text.getvalue()).encode("utf-8")


def xlsx_bytes(exhibit: Exhibit, w: Words) -> bytes:
    """Return a workbook: title, sentence and source above the table, numbers as numbers."""
    header, rows = _cells(exhibit, w)
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(_SHEET_NAME)
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_string(0, 0, exhibit.title, bold)
        sheet.write_string(1, 0, exhibit.sentence)
        sheet.write_string(2, 0, exhibit.source.text)
        top = 4
        sheet.write_row(top, 0, header, bold)
        for offset, row in enumerate(rows, start=top + 1):
            for place, cell in enumerate(row):
                if isinstance(cell, pd.Timestamp):
                    sheet.write_datetime(offset, place, cell.to_pydatetime(), day)
                elif cell is not None:
                    sheet.write(offset, place, cell)
        sheet.autofilter(top, 0, top + len(rows), max(len(header) - 1, 0))
        sheet.freeze_panes(top + 1, 0)
        sheet.set_column(0, max(len(header) - 1, 0), 18)
    return file.getvalue()


def _texts(table: ReleasedTable, column: Column, w: Words) -> list[str]:
    values = table.frame[column.name]
    if column.name in _FIGURES and "status" in table.frame:
        return estimate_texts(table, w, column.name)
    pairs = zip(values, formats(table, column.name), strict=True)
    return [form.text(_plain(value), w) for value, form in pairs]


def _cells(exhibit: Exhibit, w: Words) -> tuple[list[str], list[list[Any]]]:
    """Return the header and the rows: raw values, then status and source as words."""
    table = exhibit.table
    columns = [c for c in table.columns if c.name != "status"]
    header = [_header(column, columns) for column in columns]
    header += [w("export.status"), w("export.source")]
    statuses = [w(f"export.status_{status}") for status in row_statuses(table)]
    values = [_raw(table, column) for column in columns]
    source = [_badged(exhibit, w)] * len(table.frame)
    return header, [list(row) for row in zip(*values, statuses, source, strict=True)]


def _header(column: Column, columns: Sequence[Column]) -> str:
    """Return the label; two columns with one label are told apart by their names."""
    is_twin = sum(other.label == column.label for other in columns) > 1
    return f"{column.label} ({column.name})" if is_twin else column.label


def _raw(table: ReleasedTable, column: Column) -> list[Any]:
    is_day = column.kind in ("date", "month", "quarter")
    make: Callable[[Any], Any] = pd.Timestamp if is_day else _plain
    return [None if pd.isna(value) else make(value) for value in table.frame[column.name]]


def _plain(value: Any) -> Any:
    """Return NumPy's scalars as Python's own."""
    return value.item() if hasattr(value, "item") else value


def _csv_cell(cell: Any, german: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, pd.Timestamp):
        return cell.strftime(_DAY)
    if isinstance(cell, float):
        text = f"{cell:.10g}"
        return text.replace(".", ",") if german else text
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not isinstance(cell, int) else text


def _badged(exhibit: Exhibit, w: Words) -> str:
    return f"{w.label('provenance', exhibit.source.provenance)} – {exhibit.source.text}"
