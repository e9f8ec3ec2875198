"""The cells that CSV and workbook share: raw values with status and provenance in every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analytics.charts.values import row_statuses, units
from analytics.disclosure import Column, ReleasedTable
from analytics.domain.estimates import Status
from analytics.exports.selection import selection_lines
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_DATES: Final = ("date", "month", "quarter")


@dataclass(frozen=True, slots=True)
class Cells:
    """A table for files.

    Attributes:
        columns: The described columns without the status.
        header: Their labels, each different, then those of the trailing columns.
        rows: Values of the columns (str, int, float, bool, date or None), then the trailing texts.
        statuses: One a row.
    """

    columns: tuple[Column, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    statuses: tuple[Status, ...]


def cells(exhibit: Exhibit, w: Words) -> Cells:
    """Return the exhibit's rows, internal columns included, each with status and provenance.

    The trailing columns repeat in every row what must not be lost when rows are copied: the unit of
    the figure, why there is none, what was selected, data cut, snapshot, provenance and source.
    """
    table, source = exhibit.table, exhibit.source
    columns = tuple(c for c in table.columns if c.name != "status")
    trailing = ("unit", "status", "selection", "as_of", "snapshot", "provenance", "source")
    header = [_header(c, columns) for c in columns] + [w(f"export.{name}") for name in trailing]
    statuses = tuple(row_statuses(table))
    tail = (
        " · ".join(selection_lines(exhibit, w)),
        source.as_of,
        source.snapshot_id or "",
        w.label("provenance", source.provenance),
        source.text,
    )
    by_column = [values(table, column) for column in columns]
    words = [w(f"estimate.{status}") for status in statuses]
    measured = [w(f"export.unit_{kind}") if kind else "" for kind in units(table)]
    rows = zip(*by_column, measured, words, strict=True)
    return Cells(columns, _distinct(header), tuple((*row, *tail) for row in rows), statuses)


def _header(column: Column, columns: Sequence[Column]) -> str:
    """Return the label; columns with one label are told apart by their names."""
    is_twin = sum(other.label == column.label for other in columns) > 1
    return f"{column.label} ({column.name})" if is_twin else column.label


def _distinct(header: Sequence[str]) -> tuple[str, ...]:
    """Number a label that a column and a trailing column share, so that programs read both."""
    return tuple(
        f"{label} ({header[:place].count(label) + 1})" if label in header[:place] else label
        for place, label in enumerate(header)
    )


def values(table: ReleasedTable, column: Column) -> list[Any]:
    """Return a column's values as str, int, float, bool, date or None: typed by its kind."""
    cells: list[Any] = table.frame[column.name].tolist()  # Python's own scalars, not NumPy's
    if column.kind in _DATES:
        return [None if pd.isna(cell) else pd.Timestamp(cell).date() for cell in cells]
    if column.kind == "count":
        return [None if pd.isna(cell) else _whole(cell) for cell in cells]
    return [None if pd.isna(cell) else cell for cell in cells]


def _whole(count: Any) -> Any:
    """Return a count as an integer: a missing one beside it has made it a fraction."""
    return int(count) if isinstance(count, float) and count.is_integer() else count
