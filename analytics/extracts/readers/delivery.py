"""What a reader returns: the delivered cells as text, and facts about the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import pyarrow as pa

from analytics.extracts.contract import Table
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.readers.source import Source

LINE: Final = "line"
"""The column of ``Delivery.cells`` that holds the line, row or record number in the file."""


class FileFormat(StrEnum):
    """The forms in which data arrive."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    GENESIS = "genesis"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """How the file was read."""

    format: FileFormat
    size: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader met on its way that the sender should know.

    ``rule`` is a rule of the catalogue; ``count`` says how often. ``is_rest`` marks the note that
    counts what is beyond the listed examples.
    """

    rule: str
    line: int | None = None
    value: str | None = None
    field: str | None = None
    count: int = 1
    is_rest: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Delivery:
    """One delivered file as text, before any rule has looked at it.

    Attributes:
        source: The file.
        table: The table that it is to be read as.
        cells: ``line`` (int64) and, as text, one column for each contract column that the file
            has, under the contract's name. Cells are as delivered, missing ones are NULL.
        headers: Contract column -> header as delivered, in the sender's order.
        unknown: Headers that belong to no column of the table; their cells are not taken.
        facts: Format, encoding, delimiter, size.
        notes: Lines that could not be read, formula cells, and the like.
        official: The export as ``read_genesis`` returned it, for official statistics only;
            ``cells`` is then empty.
        told: What the sender has told about the file.
    """

    source: Source
    table: Table
    cells: pa.Table
    headers: Mapping[str, str]
    unknown: tuple[str, ...]
    facts: FileFacts
    notes: tuple[Note, ...] = ()
    official: pa.Table | None = field(default=None, repr=False)
    told: Instructions = NOTHING_TOLD

    @property
    def rows(self) -> int:
        """Return how many rows were read."""
        source = self.cells if self.official is None else self.official
        return int(source.num_rows)
