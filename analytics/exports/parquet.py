"""Parquet files: typed columns under stable names, and what they are as metadata of the file."""

import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.charts.values import row_statuses, units
from analytics.exports.cells import values
from analytics.exports.notes import notes
from analytics.exports.selection import selection_lines
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_STATUS: Final = "status"
UNIT: Final = "value_unit"
"""Column that says what a row's figure is measured in; KIM units are called ``unit``."""

_TYPES: Final[Mapping[type, pa.DataType]] = {
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    dt.date: pa.date32(),
}
_NUMBERS: Final = ("number", "share", "days", "money", "points", "days_change", "change", "ratio")


def parquet_bytes(exhibit: Exhibit, w: Words) -> bytes:
    """Return the table as Parquet; the same bytes each time.

    Columns carry their stable names, not labels: counts are integers, shares 0 to 1, days dates. A
    figure that is not shown is null, ``value_unit`` says what it is measured in, and ``status``
    holds the code of the reason. The file's metadata hold ``figure``, ``language``, ``data_cut``,
    ``snapshot`` and ``provenance`` as codes, and ``notes``: title, definitions, selection, source,
    licence as a JSON list of label and text. A field's metadata hold its label and kind.
    """
    columns = [column for column in exhibit.table.columns if column.name != _STATUS]
    arrays = [_array(values(exhibit.table, column), column.kind) for column in columns]
    fields = [
        pa.field(column.name, array.type, metadata={"label": column.label, "kind": column.kind})
        for column, array in zip(columns, arrays, strict=True)
    ]
    statuses = pa.array([str(status) for status in row_statuses(exhibit.table)], pa.string())
    status = pa.field(_STATUS, pa.string(), metadata={"label": w("export.status"), "kind": "text"})
    measured = pa.array([unit or None for unit in units(exhibit.table)], pa.string())
    unit = pa.field(UNIT, pa.string(), metadata={"label": w("export.unit"), "kind": "text"})
    schema = pa.schema([*fields, unit, status], metadata=_metadata(exhibit, w))
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([*arrays, measured, statuses], schema=schema), file)
    return file.getvalue()


def _array(cells: Sequence[Any], kind: str) -> pa.Array:
    """Return the values under the type that holds them all; text where they differ."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if not kinds:
        return pa.nulls(len(cells), pa.float64() if kind in _NUMBERS else _EMPTY.get(kind))
    if len(kinds) == 1 and (found := _TYPES.get(next(iter(kinds)))) and kind not in _NUMBERS:
        return pa.array(cells, found)
    if kinds <= {int, float}:
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())
    return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())


_EMPTY: Final[Mapping[str, pa.DataType]] = {
    "text": pa.string(),
    "count": pa.int64(),
    "date": pa.date32(),
    "month": pa.date32(),
    "quarter": pa.date32(),
}
"""Types of columns without any value, besides numbers."""


def _metadata(exhibit: Exhibit, w: Words) -> dict[str, str]:
    source = exhibit.source
    return {
        "figure": exhibit.id,
        "language": w.language,
        "title": exhibit.title,
        "data_cut": source.as_of.isoformat() if source.as_of else "",
        "snapshot": source.snapshot_id or "",
        "provenance": source.provenance.value,
        "selection": " · ".join(selection_lines(exhibit, w)),
        "licence": w(f"export.licence_{source.provenance}"),
        "notes": json.dumps(notes(exhibit, w), ensure_ascii=False),
    }
