"""The workbook inside a chart: what "Edit data" opens, and the report's table beside it."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from analytics.charts.specs.spec import ChartSpec, Numbers, Series
from analytics.exports.cells import cells
from analytics.exports.xlsx import opened
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_WIDTH: Final = 18


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of a series in the chart's sheet; None where it has no such values."""

    y: int
    x: int | None = None
    texts: int | None = None
    plus: int | None = None
    minus: int | None = None


def blocks(spec: ChartSpec) -> tuple[Block, ...]:
    """Return which columns each series has, from left to right; categories or days stand first."""
    place = 0 if spec.kind == "scatter" else 1
    found = []
    for series in spec.series:
        texts = x = plus = minus = None
        if series.labels:
            texts, place = place, place + 1
        if series.x:
            x, place = place, place + 1
        y, place = place, place + 1
        if series.high is not None:
            plus, minus, place = place, place + 1, place + 2
        found.append(Block(y, x, texts, plus, minus))
    return tuple(found)


def reference(sheet: str, column: int, count: int) -> str:
    """Return the cells below the head of a column as a chart refers to them."""
    name = xl_col_to_name(column)
    return f"'{sheet}'!${name}$2:${name}${count + 1}"


def head(sheet: str, column: int) -> str:
    """Return the cell that names a column."""
    return f"'{sheet}'!${xl_col_to_name(column)}$1"


def distances(series: Series) -> tuple[Numbers, Numbers]:
    """Return how far the interval reaches above and below each value."""
    above = zip(series.high or (), series.y, strict=True)
    below = zip(series.y, series.low or (), strict=True)
    return (
        tuple(None if a is None or b is None else a - b for a, b in above),
        tuple(None if a is None or b is None else a - b for a, b in below),
    )


def workbook(spec: ChartSpec, exhibit: Exhibit, w: Words) -> bytes:
    """Return the sheet that the chart is drawn from and the report's table, both typed.

    No text is ever taken for a formula or a link; the same chart has the same bytes.
    """
    file = io.BytesIO()
    with opened(file, exhibit) as book:
        date_format = book.add_format({"num_format": "yyyy-mm-dd"})
        chart = book.add_worksheet(w("deck.sheet_chart"))
        for column, (name, values) in enumerate(_columns(spec, w)):
            _write(chart, column, name, values, date_format)
        chart.set_column(0, 40, _WIDTH)
        found = cells(exhibit, w)
        report = book.add_worksheet(w("deck.sheet_report"))
        for column, name in enumerate(found.header):
            _write(report, column, name, [row[column] for row in found.rows], date_format)
        report.set_column(0, 40, _WIDTH)
    return file.getvalue()


def _columns(spec: ChartSpec, w: Words) -> list[tuple[str, Sequence[Any]]]:
    """Return name and values of each column, in the order of ``blocks``."""
    found: list[tuple[str, Sequence[Any]]] = []
    if spec.kind != "scatter":
        found.append((spec.first_column, spec.categories or spec.days))
    for series in spec.series:
        if series.labels:
            found.append((spec.first_column, series.labels))
        if series.x:
            found.append((spec.x_column, series.x))
        found.append((series.name, series.y))
        if series.high is not None:
            names = (w("deck.above"), w("deck.below"))
            found += zip(names, distances(series), strict=True)
    return found


def _write(sheet: Any, column: int, name: str, values: Sequence[Any], date_format: Any) -> None:
    sheet.write_string(0, column, name)
    for row, value in enumerate(values, start=1):
        match value:
            case None | "":
                continue
            case bool():
                sheet.write_boolean(row, column, value)
            case int() | float():
                sheet.write_number(row, column, value)
            case dt.date():
                sheet.write_datetime(row, column, value, date_format)
            case _:
                sheet.write_string(row, column, str(value))
