"""Reader of Parquet deliveries."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.delivery import FileFacts, FileFormat, Reading
from analytics.extracts.readers.header_search import best_fit
from analytics.extracts.readers.headers import MAXIMUM_COLUMNS, short
from analytics.extracts.readers.limits import MEBIBYTE
from analytics.extracts.readers.sheet import sheet_table
from analytics.extracts.readers.source import Source

MAXIMUM_ROWS: Final = 50_000_000
MAXIMUM_UNPACKED: Final = 2048 * MEBIBYTE


def read_parquet(source: Source, told: Instructions) -> Reading:
    """Read a Parquet file; its values become text, so that the same rules hold for every form.

    Raises:
        UnusableInputError: If the file is damaged, too large, or a column holds lists or records.
    """
    try:
        with source.open() as content, pq.ParquetFile(content) as file:
            _check(file, told)
            rows = file.read(columns=[f.name for f in file.schema_arrow if _is_flat(f)])
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowKeyError, OSError):
        raise UnusableInputError("reader.broken_parquet", file=source.name) from None
    names = tuple(rows.schema.names)
    lines = pa.array(np.arange(1, rows.num_rows + 1))
    columns = [_text_or_nothing(rows.column(p), name, told) for p, name in enumerate(names)]
    block = Block(names, sheet_table(lines, columns), header_line=0)
    return Reading((), FileFacts(FileFormat.PARQUET, source.size), blocks=(block,))


def _check(file: pq.ParquetFile, told: Instructions) -> None:
    """Refuse what is too large or nested, before any value is read."""
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
    for field in file.schema_arrow:
        if not _is_flat(field) and best_fit([field.name], told):
            raise UnusableInputError("reader.nested_column", column=short(field.name))


def _is_flat(field: pa.Field) -> bool:
    return not pa.types.is_nested(field.type)


def _text_or_nothing(column: pa.ChunkedArray, name: str, told: Instructions) -> pa.ChunkedArray:
    """Return a column as text; an unknown one that cannot be text is empty."""
    try:
        return _text(column, name)
    except UnusableInputError:
        if best_fit([name], told):
            raise
        return pa.nulls(len(column), pa.string())


def _text(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Return a column as text: days as ``2019-12-31``, numbers so that nobody can misread them."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        seconds = pc.strftime(
            column.cast(pa.timestamp("s", kind.tz), safe=False), "%Y-%m-%d %H:%M:%S"
        )
        return pc.replace_substring(seconds, " 00:00:00", "")
    try:
        texts = column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise UnusableInputError("reader.column_type", column=short(name), type=str(kind)) from None
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pc.replace_substring_regex(texts, r"^(-?\d+\.\d{3})$", r"\10")
    return texts
