"""Reader of delimited text in the forms that office software writes."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from analytics.extracts.contract import Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.csv_scan import MAXIMUM_LINE, Scan, scan
from analytics.extracts.readers.delivery import LINE, Delivery, FileFacts, FileFormat, Note
from analytics.extracts.readers.encodings import encoding_of, utf8_chunks
from analytics.extracts.readers.headers import (
    HEADER_SEARCH,
    Headers,
    fit,
    header_row,
    match_headers,
)
from analytics.extracts.readers.source import Source

DELIMITERS: Final = (";", ",", "\t")

# Excel writes and reads this first line to name the delimiter.
_SEPARATOR: Final = "sep="
_BLOCK: Final = 8 * MAXIMUM_LINE


@dataclass(frozen=True, slots=True)
class _Head:
    """The header of a file, and where the records begin: byte offset and line number."""

    headers: list[str]
    delimiter: str
    offset: int
    line: int


def read_csv(source: Source, table: Table, told: Instructions) -> Delivery:
    """Read delimited text; see ``Delivery`` for what is returned.

    Raises:
        UnusableInputError: If the text or its header cannot be read.
    """
    encoding = encoding_of(source)
    chunks = utf8_chunks(source, encoding)
    first = _first_chunk(chunks)
    head = _head(first, table)
    headers = match_headers(head.headers, table, _sample(first, head), told)
    records = itertools.chain([first[head.offset :]], chunks)
    with source.scratch() as target:
        found = scan(records, head.delimiter, len(head.headers), target, first_line=head.line)
        target.seek(0)
        cells = _cells(target, head, headers, found)
    facts = FileFacts(FileFormat.CSV, source.size, encoding, head.delimiter)
    notes = (*headers.notes, *_notes(found, head))
    return Delivery(source, table, cells, headers.names, headers.unknown, facts, notes)


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


def _head(text: bytes, table: Table) -> _Head:
    top = text[:MAXIMUM_LINE].decode(errors="ignore")
    delimiter, skipped = _declared_delimiter(top)
    if delimiter is None:
        tries = [(_records(top, each), each) for each in DELIMITERS]
        rows, delimiter = max(tries, key=lambda found: _quality(found[0], table))
    else:
        rows = _records(top[len(skipped) :], delimiter)
    if not rows:
        raise UnusableInputError("reader.blank")
    position = header_row([cells for cells, _ in rows], table)
    headers, end = rows[position]
    end += skipped.count("\n")
    offset = _offset_of_line(text, end)
    return _Head(headers, delimiter, offset, end + 1)


def _sample(text: bytes, head: _Head) -> list[list[str]]:
    """Return the first rows below the header; none where they cannot be told apart."""
    below = text[head.offset :][:MAXIMUM_LINE].decode(errors="ignore")
    try:
        return [cells for cells, _ in _records(below, head.delimiter)]
    except UnusableInputError:
        return []


def _declared_delimiter(top: str) -> tuple[str | None, str]:
    line = top.partition("\n")[0]
    declared = line.lower().startswith(_SEPARATOR) and len(line) == len(_SEPARATOR) + 1
    return (line[-1], f"{line}\n") if declared and line[-1] in DELIMITERS else (None, "")


def _records(text: str, delimiter: str) -> list[tuple[list[str], int]]:
    """Return the first filled records, each with the number of lines up to its end."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows: list[tuple[list[str], int]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((cells, reader.line_num))
            if len(rows) == HEADER_SEARCH:
                break
    except csv.Error:
        if not rows:
            raise UnusableInputError(
                "reader.long_line", kilobytes=csv.field_size_limit() // 1024
            ) from None
    return rows


def _quality(rows: list[tuple[list[str], int]], table: Table) -> tuple[int, int]:
    """Rank a delimiter: by known headers, then by the number of fields of the fullest row."""
    cells = [row for row, _ in rows]
    known = max((fit(row, table) for row in cells), default=0)
    return known, max((len(row) for row in cells), default=0)


def _offset_of_line(text: bytes, lines: int) -> int:
    """Return where the text goes on after so many lines."""
    feeds = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
    return int(feeds[lines - 1]) + 1 if lines <= len(feeds) else len(text)


def _cells(target: BinaryIO, head: _Head, headers: Headers, found: Scan) -> pa.Table:
    lines = pa.array(found.lines, pa.int64())
    if not len(lines) or not headers.positions:
        empty = {name: pa.array([], pa.string()) for name in headers.positions.values()}
        return pa.table({LINE: lines[:0], **empty})
    places = [str(position) for position in range(len(head.headers))]
    wanted = [places[position] for position in headers.positions]
    try:
        rows = arrow_csv.read_csv(
            target,
            arrow_csv.ReadOptions(column_names=places, block_size=_BLOCK),
            arrow_csv.ParseOptions(delimiter=head.delimiter, newlines_in_values=found.is_multiline),
            arrow_csv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        raise UnusableInputError("reader.broken_quotes") from None
    if rows.num_rows != len(lines):
        raise UnusableInputError("reader.broken_quotes")
    return rows.rename_columns(list(headers.positions.values())).add_column(0, LINE, lines)


def _notes(found: Scan, head: _Head) -> tuple[Note, ...]:
    expected = len(head.headers)
    notes = [Note("ragged_line", line, f"{fields} ≠ {expected}") for line, fields in found.ragged]
    if rest := found.ragged_total - len(notes):
        notes.append(Note("ragged_line", count=rest, is_rest=True))
    return tuple(notes)
