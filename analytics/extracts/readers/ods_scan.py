"""What the text of an OpenDocument file says of its sheets beyond the values that cells hold.

The spreadsheet reader gives values only: no merged cells, no formulas, nothing of what is hidden,
and an empty cell where a formula failed or has no stored value. One piece of text may hold the end
of one sheet and the beginning of the next.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from analytics.extracts.readers.sheet_scan import EXAMPLES, SheetScan, error_text, letters_of

_TABLE: Final = rb'<table:table\s[^>]*?table:name="([^"]*)"'
_ROW: Final = rb"<table:table-row(?:\s([^>]*?))?(?:/>|>(.*?)</table:table-row>)"
_PART: Final = re.compile(rb"%s|%s" % (_TABLE, _ROW), re.S)
_CELL: Final = re.compile(
    rb"<table:(?:covered-)?table-cell(?:\s([^>]*?))?(?:/>|>(.*?)</table:(?:covered-)?table-cell>)",
    re.S,
)
_REPEATED_ROWS: Final = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_REPEATED_COLUMNS: Final = re.compile(rb'number-columns-repeated="(\d{1,9})"')
_SPANNED: Final = re.compile(rb'number-rows-spanned="(\d{1,9})"')
_HIDDEN: Final = re.compile(rb'table:visibility="(?:collapse|filter)"')
_FORMULA: Final = re.compile(rb'table:formula="(?:\w+:)?([^"]*)"')
_TEXT: Final = re.compile(rb"<text:p[^>]*>([^<]*)</text:p>")
_IS_ERROR: Final = b'calcext:value-type="error"'
_IS_FILLED: Final = b"office:value-type"
# A formula in more rows than this is written as often; the rest of the rows hold no table.
_MOST_REPEATS: Final = 1_000


@dataclass(slots=True)
class OpenDocumentScan:
    """The scans of all sheets, by name.

    Attributes:
        sheets: Name of the sheet -> what its text says.
    """

    sheets: dict[str, SheetScan] = field(default_factory=dict)
    row_end: bytes = b"</table:table-row>"
    _row: int = 0
    _sheet: SheetScan = field(default_factory=SheetScan)

    def __post_init__(self) -> None:
        """Count rows before the first name of a sheet as well: they take as much memory."""
        self.sheets[""] = self._sheet

    def read(self, text: bytes) -> None:
        """Take in a piece of the sheets that ends with a row."""
        for name, attributes, cells in _PART.findall(text):
            if name:
                self._row, self._sheet = 0, SheetScan()
                self.sheets[unescape(name.decode(errors="replace"))] = self._sheet
            else:
                self._read_row(attributes, cells)

    def _read_row(self, attributes: bytes, cells: bytes) -> None:
        repeats = _repeats(_REPEATED_ROWS, attributes)
        column, is_filled = 1, False
        for of_cell, content in _CELL.findall(cells):
            width = _repeats(_REPEATED_COLUMNS, of_cell)
            if of_cell:
                self._read_cell(of_cell, content, column, min(repeats, _MOST_REPEATS))
            column += width
            if _IS_FILLED in of_cell:
                is_filled = True
                self._sheet.columns = max(self._sheet.columns, column - 1)
        self._row += repeats
        if is_filled:
            self._sheet.rows = self._row
            self._sheet.hidden_rows += repeats if _HIDDEN.search(attributes) else 0

    def _read_cell(self, attributes: bytes, content: bytes, column: int, repeats: int) -> None:
        sheet, first = self._sheet, self._row + 1
        spanned = _repeats(_SPANNED, attributes)
        if spanned > 1:
            place = column - 1
            sheet.merged.append(((first - 1, place), (first + spanned - 2, place)))
        if not (formula := _FORMULA.search(attributes)):
            return
        sheet.formula_total += repeats
        if len(sheet.formulas) < EXAMPLES:
            sheet.formulas.append(f"{letters_of(column)}{first}")
        is_error = _IS_ERROR in attributes
        if not is_error and _IS_FILLED in attributes:
            return
        for row in range(first, first + repeats):
            if is_error:
                shown = _TEXT.search(content)
                sheet.errors[row, column] = error_text(shown[1] if shown else b"")
            else:
                written = unescape(formula[1].decode(errors="replace"))
                sheet.valueless[row, column] = written if written[:1] == "=" else f"={written}"


def _repeats(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
