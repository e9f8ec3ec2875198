"""CSV files that Excel, LibreOffice and programs open alike."""

import csv
import datetime as dt
import io
from typing import Any, Final

import numpy as np

from analytics.exports.cells import cells
from analytics.exports.formulas import harmless
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_BOM: Final = "\ufeff"
_DECIMALS: Final = 12


def csv_bytes(exhibit: Exhibit, w: Words) -> bytes:
    """Return the table as CSV: one header line, numbers as numbers, the same bytes each time.

    German files are what a German Excel opens: semicolons and decimal commas; English ones have
    commas and decimal points. Both begin with a byte order mark, without which Excel garbles the
    umlauts of place names in either language. Dates are ISO dates, shares 0 to 1; a figure that is
    not shown is empty, and the column ``Status`` says why.
    """
    german = w.language == "de"
    found = cells(exhibit, w)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if german else ",", lineterminator="\r\n")
    writer.writerow([harmless(label) for label in found.header])
    writer.writerows([[cell_text(value, german=german) for value in row] for row in found.rows])
    return (_BOM + text.getvalue()).encode("utf-8")


def cell_text(value: Any, *, german: bool = False) -> str:
    """Return a cell: nothing for a missing one, and no text that a spreadsheet would run."""
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case float():
            number = np.format_float_positional(value, precision=_DECIMALS, trim="-")
            return number.replace(".", ",") if german else number
        case int():
            return str(value)
        case dt.date():
            return value.isoformat()
        case _:
            return harmless(str(value))
