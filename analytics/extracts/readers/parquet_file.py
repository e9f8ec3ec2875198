"""Reader of Parquet deliveries."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.extracts.contract import Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.delivery import LINE, Delivery, FileFacts, FileFormat
from analytics.extracts.readers.files import MEBIBYTE
from analytics.extracts.readers.headers import MAXIMUM_COLUMNS, Headers, match_headers
from analytics.extracts.readers.source import Source

MAXIMUM_ROWS: Final = 50_000_000
MAXIMUM_UNPACKED: Final = 2048 * MEBIBYTE


def read_parquet(source: Source, table: Table, told: Instructions) -> Delivery:
    """Read a Parquet file; its values become text, so that the same rules hold for every form.

    Raises:
        UnusableInputError: If the file is damaged, too large, or a column holds lists or records.
    """
    try:
        with source.open() as content, pq.ParquetFile(content) as file:
            headers = _headers(file, table, told)
            rows = file.read(columns=[file.schema_arrow.names[p] for p in headers.positions])
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowKeyError, OSError):
        raise UnusableInputError("reader.broken_parquet", file=source.name) from None
    lines = pa.array(np.arange(1, rows.num_rows + 1))
    columns = [
        _text(rows.column(place), name) for place, name in enumerate(headers.positions.values())
    ]
    cells = pa.table([lines, *columns], names=[LINE, *headers.positions.values()])
    facts = FileFacts(FileFormat.PARQUET, source.size)
    return Delivery(source, table, cells, headers.names, headers.unknown, facts, headers.notes)


def _headers(file: pq.ParquetFile, table: Table, told: Instructions) -> Headers:
    """Match the columns, before any value is read."""
    metadata = file.metadata
    if metadata.num_columns > MAXIMUM_COLUMNS:
        raise UnusableInputError(
            "reader.too_many_columns", columns=metadata.num_columns, limit=MAXIMUM_COLUMNS
        )
    unpacked = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if metadata.num_rows > MAXIMUM_ROWS or unpacked > MAXIMUM_UNPACKED:
        raise UnusableInputError(
            "reader.too_much_content", megabytes=MAXIMUM_UNPACKED // MEBIBYTE, rows=MAXIMUM_ROWS
        )
    schema = file.schema_arrow
    headers = match_headers(schema.names, table, told=told)
    for position, name in headers.positions.items():
        if pa.types.is_nested(schema.field(position).type):
            raise UnusableInputError("reader.nested_column", column=headers.names[name])
    return headers


def _text(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Return a column as text: dates as ``2019-12-31``, numbers with a decimal point."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        column = pc.strftime(column, format="%Y-%m-%d")
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise UnusableInputError("reader.column_type", column=name, type=str(kind)) from None
