"""An exhibit's table: as text for people, as CSV, workbook and Parquet."""

from typing import Any, Final

import pandas as pd

from analytics.charts.values import estimate_texts, formats
from analytics.disclosure import Column, ReleasedTable
from analytics.exports.csv import csv_bytes
from analytics.exports.parquet import parquet_bytes
from analytics.exports.xlsx import xlsx_bytes
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format

__all__ = ["csv_bytes", "parquet_bytes", "readable", "xlsx_bytes"]

_FIGURES: Final = ("value", "estimate")


def readable(table: ReleasedTable, w: Words) -> pd.DataFrame:
    """Return the table twin: the columns meant for people, every cell as text.

    A row without a figure says why instead: protected, no data or not reached; zero is a number.
    Columns that share a label are told apart by their names.
    """
    columns = table.readable()
    labels = [column.label for column in columns]
    headers = [f"{c.label} ({c.name})" if labels.count(c.label) > 1 else c.label for c in columns]
    texts = [_texts(table, column, w) for column in columns]
    return pd.DataFrame(dict(zip(headers, texts, strict=True)), columns=headers)


def _texts(table: ReleasedTable, column: Column, w: Words) -> list[str]:
    if column.name in _FIGURES and "status" in table.frame:
        return estimate_texts(table, w, column.name)
    values: list[Any] = table.frame[column.name].tolist()
    pairs = zip(values, formats(table, column.name), strict=True)
    return [_text(value, form, w) for value, form in pairs]


def _text(value: Any, form: Format, w: Words) -> str:
    if isinstance(value, bool):
        return w("export.yes") if value else w("export.no")
    return form.text(value, w)
