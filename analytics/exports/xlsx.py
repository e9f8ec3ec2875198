"""Workbooks: the data with typed cells, and a sheet that says what they are."""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format as CellFormat

from analytics.charts import theme
from analytics.charts.values import estimate_texts, formats
from analytics.domain.estimates import Status
from analytics.exports.cells import Cells, cells
from analytics.exports.formulas import is_formula
from analytics.exports.notes import notes
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

AS_TEXT: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Options under which no text is taken for anything else."""
_UNDATED: Final = dt.date(2020, 1, 1)
_NARROW, _WIDE, _NOTES_WIDTH = 10, 44, 100
_FIGURES: Final = ("value", "estimate")


def xlsx_bytes(exhibit: Exhibit, w: Words) -> bytes:
    """Return a workbook of two sheets; the same bytes each time.

    The first holds the table with typed cells, one header row and a filter; a figure that is not
    shown is replaced by the reason. The second holds title, sentence, definitions, selection,
    source and licence. No text is ever taken for a formula or a link, not even after it was edited.
    """
    file = io.BytesIO()
    with opened(file, exhibit) as book:
        _Workbook(book, w).write(exhibit)
    return file.getvalue()


@contextmanager
def opened(file: io.BytesIO, exhibit: Exhibit) -> Iterator[xlsxwriter.Workbook]:
    """Open a workbook for an exhibit, named after it and of its day; written when left."""
    with xlsxwriter.Workbook(file, {**AS_TEXT, "in_memory": True}) as book:
        made = exhibit.source.as_of or _UNDATED
        # The clock's time would make each download differ from the last.
        created = dt.datetime(made.year, made.month, made.day)  # noqa: DTZ001
        book.set_properties({"title": exhibit.title, "created": created})
        yield book


class _Workbook:
    """Writes an exhibit; keeps the cell formats, of which a workbook should hold few."""

    def __init__(self, book: Any, w: Words) -> None:
        self._book = book
        self._w = w
        self._formats: dict[tuple[tuple[str, Any], ...], CellFormat] = {}

    def write(self, exhibit: Exhibit) -> None:
        """Write both sheets."""
        self._write_data(exhibit)
        self._write_notes(exhibit)

    def _format(self, **properties: Any) -> CellFormat:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **properties})
        return self._formats[key]

    def _write_data(self, exhibit: Exhibit) -> None:
        sheet = self._book.add_worksheet(self._w("export.sheet_data"))
        found = cells(exhibit, self._w)
        bold = self._format(bold=True, bottom=1, text_wrap=True)
        for place, label in enumerate(found.header):
            sheet.write_string(0, place, label, bold)
        shown_as = [formats(exhibit.table, column.name) for column in found.columns]
        for place, values in enumerate(zip(*found.rows, strict=True)):
            forms = shown_as[place] if place < len(shown_as) else [Format("text")] * len(values)
            for row, (value, form) in enumerate(zip(values, forms, strict=True), start=1):
                self._write_cell(sheet, (row, place), value, form)
        self._write_reasons(sheet, exhibit, found)
        self._finish(sheet, found)

    def _write_cell(self, sheet: Any, at: tuple[int, int], value: Any, form: Format) -> None:
        match value:
            case None:
                return
            case bool():
                word = self._w("export.yes") if value else self._w("export.no")
                sheet.write_string(*at, word, self._format())
            case int() | float():
                sheet.write_number(*at, value, self._format(num_format=_pattern(form)))
            case dt.date():
                pattern = "dd.mm.yyyy" if self._w.language == "de" else "yyyy-mm-dd"
                sheet.write_datetime(*at, value, self._format(num_format=pattern))
            case _:
                self._write_text(sheet, at, str(value))

    def _write_text(self, sheet: Any, at: tuple[int, int], text: str) -> None:
        # The apostrophe of a spreadsheet: the cell stays text when someone edits it.
        mark = {"quote_prefix": True} if is_formula(text) else {}
        sheet.write_string(*at, text, self._format(**mark))

    def _write_reasons(self, sheet: Any, exhibit: Exhibit, found: Cells) -> None:
        italic = self._format(italic=True, font_color=theme.MUTED, align="right")
        for place, column in enumerate(found.columns):
            if column.name not in _FIGURES:
                continue
            texts = estimate_texts(exhibit.table, self._w, column.name)
            for row, status in enumerate(found.statuses):
                if status is not Status.SHOWN:
                    sheet.write_string(row + 1, place, texts[row], italic)

    def _finish(self, sheet: Any, found: Cells) -> None:
        for place, label in enumerate(found.header):
            longest = max((len(str(row[place] or "")) for row in found.rows), default=0)
            width = min(max(len(label) // 2 + 2, longest + 2, _NARROW), _WIDE)
            sheet.set_column(place, place, width)
        sheet.autofilter(0, 0, len(found.rows), max(len(found.header) - 1, 0))
        sheet.freeze_panes(1, 0)

    def _write_notes(self, exhibit: Exhibit) -> None:
        sheet = self._book.add_worksheet(self._w("export.sheet_notes"))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, _NOTES_WIDTH)
        for row, (label, text) in enumerate(notes(exhibit, self._w)):
            sheet.write_string(row, 0, label, self._format(bold=True))
            sheet.write_string(row, 1, text, self._format(text_wrap=True))


def _pattern(form: Format) -> str:
    decimals = "." + "0" * form.digits if form.digits else ""
    match form.kind:
        case "share":
            return f"0{decimals}%"
        case "points":
            return f"+0{decimals}%;-0{decimals}%;0{decimals}%"
        case "days_change" | "change":
            return f"+#,##0{decimals};-#,##0{decimals};0{decimals}"
        case "money":
            return "#,##0 €"
        case "text":
            return "General"
        case _:
            return f"#,##0{decimals}"
