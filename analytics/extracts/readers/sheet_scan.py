"""What the text of one sheet says beyond the values that its cells hold."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from analytics.extracts.reading.texts import is_formula_error

EXAMPLES: Final = 100
"""So many addresses are kept."""

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last row and column of merged cells, from 0."""

_FAILED: Final = "#VALUE!"
_MISSING: Final = frozenset({"#n/a", "#nv"})
_FORMULA: Final = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_F: Final = rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
# A formula that no program has worked out yet; an empty text (t="str") is a result.
_VALUELESS: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?![^>]* t="str")[^>]*>\s*'
    rb"%s(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>|</(?:\w+:)?c>)" % _F
)
# A formula that failed: the reader of the values gives an empty cell for it.
_ERROR: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?=[^>]* t="e")[^>]*>\s*'
    rb"(?:%s)?<(?:\w+:)?v[^>]*>([^<]*)</" % _F
)
_HAS_ERROR: Final = b' t="e"'
_HIDDEN_ROW: Final = re.compile(rb'<(?:\w+:)?row [^>]*hidden="(?:1|true)"')
_ROW: Final = re.compile(rb'<(?:\w+:)?row[^>]*? r="(\d{1,7})"')
# Cells that hold something: those that only have a look (``<c r="XFD3" s="1"/>``) do not count.
_COLUMN: Final = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})\d[^>]*[^/]>')
_LETTERS: Final = 26


@dataclass(slots=True)
class SheetScan:
    """What the text of one sheet says.

    Attributes:
        formulas: Addresses of the first cells with formulas.
        formula_total: How many there are.
        rows: Number of the last row.
        columns: Number of the last column in which a cell holds something.
        hidden_rows: Rows that are not shown.
        valueless: Row and column, from 1, of each formula without a stored value, and its text.
        errors: Row and column, from 1, of each formula that failed, and what stands there.
        merged: Merged cells, where the reader of the values does not tell them.
    """

    formulas: list[str] = field(default_factory=list)
    formula_total: int = 0
    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    valueless: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    row_end: bytes = b"row>"

    def read(self, text: bytes) -> None:
        """Take in a piece of the sheet that ends with a row."""
        found = [cell.decode() for cell in _FORMULA.findall(text)]
        self.formula_total += len(found)
        self.formulas += found[: EXAMPLES - len(self.formulas)]
        self.hidden_rows += len(_HIDDEN_ROW.findall(text))
        for letters, row, formula in _VALUELESS.findall(text):
            shown = unescape(formula.decode(errors="replace"))
            self.valueless[int(row), column_number(letters)] = f"={shown}"
        if _HAS_ERROR in text:
            for letters, row, _, error in _ERROR.findall(text):
                self.errors[int(row), column_number(letters)] = error_text(error)
        columns = set(_COLUMN.findall(text))
        if columns:
            self.columns = max([self.columns, *map(column_number, columns)])
            self.rows = max([self.rows, *map(int, _ROW.findall(text))])


def error_text(written: bytes) -> str:
    """Return what stands in a cell whose formula failed, as the rules know it."""
    text = unescape(written.decode(errors="replace")).strip()
    is_known = is_formula_error(text) or text.casefold() in _MISSING
    return text if is_known else _FAILED


def column_number(letters: bytes) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def letters_of(column: int) -> str:
    """Return the letters of a column, by its number from 1."""
    letters = ""
    while column:
        column, place = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters
