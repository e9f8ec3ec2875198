"""A family of exhibits as one table: their columns, what marks each exhibit, status, provenance."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from analytics.charts.values import row_statuses, units
from analytics.disclosure import Column
from analytics.exports.cells import values
from analytics.exports.parquet import UNIT
from analytics.i18n import Words
from analytics.reports.catalogue.package_contents import Family, Part

_STATUS: Final = "status"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with described columns.

    Attributes:
        columns: Each name once; the last are ``value_unit``, ``status`` and ``provenance``, codes.
        rows: Values as ``cells.values`` gives them.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def table_of(family: Family, w: Words) -> Table:
    """Return the rows of all parts one after the other; what a part lacks is missing there."""
    marks = _marks(family, w)
    own = _own_columns(family, w)
    rows = [row for part in family.parts for row in _rows(part, own)]
    ends = (
        Column(UNIT, w("export.unit")),
        Column(_STATUS, w("export.status")),
        Column("provenance", w("export.provenance")),
    )
    return Table((*marks, *own, *ends), tuple(rows))


def _marks(family: Family, w: Words) -> tuple[Column, ...]:
    return tuple(
        Column(
            name, w(f"report_package.mark_{name}"), "date" if isinstance(value, date) else "text"
        )
        for name, value in family.parts[0].marks
    )


def _own_columns(family: Family, w: Words) -> tuple[Column, ...]:
    """Return the parts' columns by name.

    A figure that is named differently in each part, as in those of several indicators, gets a
    general name: what marks the row says what it is.
    """
    found: dict[str, Column] = {}
    for part in family.parts:
        for column in part.exhibit.table.columns:
            found[column.name] = _joined(found.get(column.name, column), column, w)
    found.pop(_STATUS, None)
    # The column ``provenance`` holds the codes of these words.
    found.pop("origin", None)
    return tuple(found.values())


def _joined(known: Column, column: Column, w: Words) -> Column:
    if column.kind != known.kind:
        known = replace(known, kind="number")  # shares, days and money: what marks the row says
    if known.label == column.label:
        return known
    if column.kind != "text":
        return replace(known, label=w("report_package.value"), kind="number")
    labels = dict.fromkeys([*known.label.split(" / "), column.label])
    return replace(known, label=" / ".join(labels))


def _rows(part: Part, columns: tuple[Column, ...]) -> list[tuple[Any, ...]]:
    table = part.exhibit.table
    marks = tuple(value for _, value in part.marks)
    by_column = [
        _typed(values(table, column), column)
        if column.name in table.frame
        else [None] * len(table.frame)
        for column in columns
    ]
    statuses = [status.value for status in row_statuses(table)]
    origins = [origin.value for origin in part.provenances]
    ends = (units(table), statuses, origins)
    return [(*marks, *row) for row in zip(*by_column, *ends, strict=True)]


def _typed(cells: list[Any], column: Column) -> list[Any]:
    """Return the cells of a text column as text, whatever they are."""
    if column.kind != "text":
        return cells
    return [None if cell is None else str(cell) for cell in cells]
