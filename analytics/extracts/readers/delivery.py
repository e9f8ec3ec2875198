"""What a reader returns: the delivered cells as text, and facts about the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa

from analytics.extracts.contract import Table
from analytics.extracts.instructions import NOTHING_TOLD, DateOrder, Instructions
from analytics.extracts.readers.block import LINE, Block, place_of
from analytics.extracts.readers.sheet import Sheet
from analytics.extracts.readers.source import Source

__all__ = [
    "LINE",
    "Aside",
    "BlockFacts",
    "Delivery",
    "FileFacts",
    "FileFormat",
    "Note",
    "Reading",
    "Use",
]


class FileFormat(StrEnum):
    """The forms in which data arrive."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    GENESIS = "genesis"
    FFCSV = "ffcsv"
    ODS = "ods"
    HTML = "html"


class Use(StrEnum):
    """What became of a block of a file."""

    READ = "read"
    OTHER_TABLE = "other_table"
    TEMPLATE = "template"
    HIDDEN = "hidden"
    TOO_LITTLE = "too_little"
    NO_HEADER = "no_header"


class Aside(StrEnum):
    """Rows that are no rows of a table, or were mended on the way, by kind."""

    TITLE = "title"
    BETWEEN = "between"
    BLANK = "blank"
    FOREIGN = "foreign"
    TOTAL = "total"
    FOOTNOTE = "footnote"
    HIDDEN = "hidden"
    COMPLETED = "completed"
    OTHER_AREA = "other_area"
    BREAKDOWN = "breakdown"

    @staticmethod
    def counted(counts: "Mapping[Aside, int]") -> "tuple[tuple[Aside, int], ...]":
        """Return the kinds that there are, in the order of their list."""
        return tuple((kind, counts[kind]) for kind in Aside if counts.get(kind))


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """One table in a file: where it stands, how many rows it has, and what became of it.

    Attributes:
        use: Whether it was read, or why not.
        rows: Rows with a value under a known header; of a sheet without headers all filled ones.
        sheet: Name of the sheet.
        header_line: Line of the header; 0 where there is none.
        table: The table that it fits, where that is another.
    """

    use: Use
    rows: int
    sheet: str | None = None
    header_line: int = 0
    table: str | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was read, and how.

    Attributes:
        format: The file's form.
        size: Bytes.
        encoding: Of text.
        delimiter: Of text.
        sheet: The first sheet that was read.
        inside: The file's name in the archive that it came in.
        blocks: Each table in the file.
        aside: Rows left out or mended, by kind.
        date_orders: Columns of dates and how their days and months were read.
    """

    format: FileFormat
    size: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    inside: str | None = None
    blocks: tuple[BlockFacts, ...] = ()
    aside: tuple[tuple[Aside, int], ...] = ()
    date_orders: tuple[tuple[str, DateOrder], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader met on its way that the sender should know.

    ``rule`` is a rule of the catalogue; ``count`` says how often. ``is_rest`` marks the note that
    counts what is beyond the listed examples.
    """

    rule: str
    line: int | None = None
    value: str | None = None
    other: str | None = None
    field: str | None = None
    count: int = 1
    is_rest: bool = False
    sheet: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A file as a reader returns it, before anyone has said what its columns mean.

    ``blocks`` is given where the format itself tells headers from rows.
    """

    sheets: tuple[Sheet, ...]
    facts: FileFacts
    notes: tuple[Note, ...] = ()
    blocks: tuple[Block, ...] = ()


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
        sheets: Name of the sheet of each block of ``cells``, as their row ids count them.
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
    sheets: tuple[str | None, ...] = ()

    def place(self, row_id: int) -> tuple[str | None, int]:
        """Return the sheet and the line of a row."""
        place = place_of(row_id)
        name = self.sheets[place.block] if place.block < len(self.sheets) else None
        return name, place.line

    @property
    def rows(self) -> int:
        """Return how many rows were read."""
        source = self.cells if self.official is None else self.official
        return int(source.num_rows)
