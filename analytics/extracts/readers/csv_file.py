"""Reader of delimited text in the forms that office software writes."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import LINE
from analytics.extracts.readers.csv_level import Levelled, level
from analytics.extracts.readers.csv_scan import MAXIMUM_LINE, Marks, scan
from analytics.extracts.readers.delivery import Aside, FileFacts, FileFormat, Note, Reading
from analytics.extracts.readers.encodings import damages, encoding_of, utf8_chunks
from analytics.extracts.readers.header_search import SEARCHED, best_fit, is_header, weak_header
from analytics.extracts.readers.headers import MAXIMUM_COLUMNS
from analytics.extracts.readers.sheet import Sheet
from analytics.extracts.readers.source import Source

DELIMITERS: Final = (";", ",", "\t", "|")

# Excel writes and reads this first line to name the delimiter.
_SEPARATOR: Final = "sep="
_BLOCK: Final = 8 * MAXIMUM_LINE
_APOSTROPHE: Final = "'"


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the header of a file begins, byte offset and line number, and what is above it."""

    marks: Marks
    offset: int
    line: int
    titles: int


def read_csv(source: Source, told: Instructions) -> Reading:
    """Read delimited text; the sheet begins with the first header.

    Raises:
        UnusableInputError: If the text cannot be read, or no row holds known headers.
    """
    encoding = encoding_of(source)
    chunks = utf8_chunks(source, encoding)
    first = _first_chunk(chunks)
    head = _head(first, told)
    records = itertools.chain([first[head.offset :]], chunks)
    with source.scratch() as written, source.scratch() as levelled:
        found = scan(records, head.marks, written, first_line=head.line)
        rows = level(found, written, levelled, head.marks, lambda cells: is_header(cells, told))
        rows.records.seek(0)
        cells = _cells(rows, head.marks, is_multiline=found.is_multiline)
    facts = FileFacts(
        FileFormat.CSV,
        source.size,
        encoding,
        head.marks.delimiter,
        aside=Aside.counted({Aside.TITLE: head.titles, Aside.COMPLETED: rows.completed}),
    )
    notes = (*_ragged(rows), *damages(source, encoding))
    return Reading((Sheet(cells),), facts, notes)


def _first_chunk(chunks: Iterator[bytes]) -> bytes:
    """Return enough text to hold the header."""
    text = b""
    for chunk in chunks:
        text += chunk
        if b"\x00" in chunk:
            raise UnusableInputError("reader.nul_bytes")
        if text.find(b"\n", 0, MAXIMUM_LINE) < 0 < len(text) - MAXIMUM_LINE:
            raise UnusableInputError("reader.long_line", kilobytes=MAXIMUM_LINE // 1024)
        if text.strip() and len(text) >= MAXIMUM_LINE:
            break
    if not text.strip():
        raise UnusableInputError("reader.blank")
    return text


def _head(text: bytes, told: Instructions) -> _Head:
    top = text[:MAXIMUM_LINE].decode(errors="ignore")
    declared, skipped = _declared_delimiter(top)
    tried = DELIMITERS if declared is None else (declared,)
    tries = [
        (_records(top[len(skipped) :], Marks(delimiter, quote)), Marks(delimiter, quote))
        for delimiter in tried
        for quote in ('"', _APOSTROPHE)
        # One cell that holds a sign of feet or minutes does not make it a mark of texts.
        if quote == '"' or f"{_APOSTROPHE}{delimiter}{_APOSTROPHE}" in top
    ]
    with_header = [found for found in tries if _has_header(found[0], told)]
    rows, marks = max(with_header or tries, key=lambda found: _quality(found[0], told))
    if not rows:
        raise UnusableInputError("reader.blank")
    above = _header_of([cells for cells, _ in rows], told)
    lines = skipped.count("\n") + (rows[above - 1][1] if above else 0)
    return _Head(marks, _offset_of_line(text, lines), lines + 1, above)


def _header_of(rows: list[list[str]], told: Instructions) -> int:
    """Return the place of the first header among the first rows.

    What they hold is told nowhere: the first row of a file without a header names people.
    """
    place = next((place for place, cells in enumerate(rows) if is_header(cells, told)), None)
    if place is None:
        place = weak_header(dict(enumerate(rows)), told)
    if place is None:
        if (columns := max(len(row) for row in rows)) > MAXIMUM_COLUMNS:
            raise UnusableInputError(
                "reader.too_many_columns", columns=columns, limit=MAXIMUM_COLUMNS
            )
        raise UnusableInputError("reader.no_header", rows=SEARCHED)
    return place


def _declared_delimiter(top: str) -> tuple[str | None, str]:
    line = top.partition("\n")[0]
    declared = line.lower().startswith(_SEPARATOR) and len(line) == len(_SEPARATOR) + 1
    return (line[-1], f"{line}\n") if declared and line[-1] in DELIMITERS else (None, "")


def _records(text: str, marks: Marks) -> list[tuple[list[str], int]]:
    """Return the first filled records, each with the number of lines up to its end."""
    lines = io.StringIO(text)
    reader = csv.reader(lines, delimiter=marks.delimiter, quotechar=marks.quote)
    rows: list[tuple[list[str], int]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((cells, reader.line_num))
            if len(rows) == SEARCHED:
                break
    except csv.Error:
        if not rows:
            raise UnusableInputError(
                "reader.long_line", kilobytes=csv.field_size_limit() // 1024
            ) from None
    return rows


def _has_header(rows: list[tuple[list[str], int]], told: Instructions) -> bool:
    return any(is_header(cells, told) for cells, _ in rows)


def _quality(rows: list[tuple[list[str], int]], told: Instructions) -> tuple[int, int, int]:
    """Rank marks: by known headers, by apostrophes left over, by the fields of the fullest row."""
    cells = [row for row, _ in rows]
    headers = [row for row in cells if is_header(row, told)] or cells
    known = max((best_fit(row, told) for row in headers), default=0)
    quoted = sum(
        len(cell) > 1 and cell[0] == _APOSTROPHE == cell[-1] for row in cells for cell in row
    )
    return known, -quoted, max((len(row) for row in cells), default=0)


def _offset_of_line(text: bytes, lines: int) -> int:
    """Return where the text goes on after so many lines."""
    feeds = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
    if not lines:
        return 0
    return int(feeds[lines - 1]) + 1 if lines <= len(feeds) else len(text)


def _cells(rows: Levelled, marks: Marks, *, is_multiline: bool) -> pa.Table:
    places = [str(position) for position in range(rows.fields)]
    try:
        cells = arrow_csv.read_csv(
            rows.records,
            arrow_csv.ReadOptions(column_names=places, block_size=_BLOCK),
            arrow_csv.ParseOptions(
                delimiter=marks.delimiter,
                quote_char=marks.quote,
                newlines_in_values=is_multiline,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(places, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        raise UnusableInputError("reader.broken_quotes") from None
    if cells.num_rows != len(rows.lines):
        raise UnusableInputError("reader.broken_quotes")
    return cells.add_column(0, LINE, pa.array(rows.lines, pa.int64()))


def _ragged(rows: Levelled) -> tuple[Note, ...]:
    notes = [Note("ragged_line", line, f"{fields} ≠ {rows.fields}") for line, fields in rows.ragged]
    if rest := rows.ragged_total - len(notes):
        notes.append(Note("ragged_line", count=rest, is_rest=True))
    return tuple(notes)
