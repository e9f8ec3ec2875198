"""A table as it stands in a file, before anyone has said what its columns mean."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

LINE: Final = "line"
"""The column that holds the row ids of ``row_ids``: in the first block the line itself."""

_LINE_BITS: Final = 32
_PART_BITS: Final = 8

MOST_PARTS: Final = 1 << _PART_BITS
"""So many rows can be made of one line."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A header and the rows below it; a workbook may hold several.

    Attributes:
        headers: The header's cells as text, one a position.
        cells: ``line`` (int64, row ids as of ``row_ids``) and one text column a position, named
            ``"0"``, ``"1"``, …; cells that came as numbers are written so that nobody can read
            them otherwise (``1.234`` as ``1.2340``).
        header_line: Line or row of the header; 0 where the file has none of its own (Parquet).
        sheet: Name of the sheet; None where the format has none.
        is_hidden: Whether the sender does not see the sheet.
        is_1904: Whether serials of days count from 1904.
        has_valueless: Whether formulas without a stored value stand as text, such as ``=D2+90``.
    """

    headers: tuple[str, ...]
    cells: pa.Table
    header_line: int = 1
    sheet: str | None = None
    is_hidden: bool = False
    is_1904: bool = False
    has_valueless: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: block of the file, line, and which of the rows made of that line."""

    block: int
    line: int
    part: int


def row_ids(lines: npt.NDArray[np.int64], *, block: int = 0, part: int = 0) -> pa.Array:
    """Return one number a row that is unique in its file: the line itself in the first block.

    Args:
        lines: Lines or rows of the block's sheet.
        block: Which block of the file, from 0.
        part: Which row made of the same line, from 0: a wide sheet holds several needs a line.
    """
    return pa.array(lines + (((block << _PART_BITS) + part) << _LINE_BITS), pa.int64())


def place_of(row_id: int) -> Place:
    """Return where the row of this number stands."""
    above = row_id >> _LINE_BITS
    part = above & ((1 << _PART_BITS) - 1)
    return Place(above >> _PART_BITS, row_id & ((1 << _LINE_BITS) - 1), part)


def parts_of(ids: pa.Array) -> npt.NDArray[np.int64]:
    """Return which row of its line each row is."""
    rows: npt.NDArray[np.int64] = ids.to_numpy()
    return (rows >> _LINE_BITS) & (MOST_PARTS - 1)


def with_parts(ids: pa.Array, parts: npt.NDArray[np.int64]) -> pa.Array:
    """Return the ids of other rows of the same lines."""
    return pa.array(ids.to_numpy() + ((parts - parts_of(ids)) << _LINE_BITS), pa.int64())
