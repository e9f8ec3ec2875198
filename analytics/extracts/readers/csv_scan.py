"""Where the records of a delimited text begin and how many fields each has.

CSV parsers disagree on broken lines, and none tells the original line of every row. So the text is
scanned once before parsing, vectorised over its bytes: quotes are paired, delimiters and line ends
inside quotes do not count. What is written is well-formed and parses the same everywhere;
``csv_level`` brings it to one number of fields.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.csv_quotes import odd_lines, outside_quotes, read_record, written

MAXIMUM_LINE: Final = 1024 * 1024
"""Bytes; a row of any table of the contract stays below a thousandth of that."""

_LINE_FEED: Final = 10
_Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """What separates the fields of a text, and what stands around a field: one ASCII sign each."""

    delimiter: str
    quote: str = '"'


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of ``scan``, one number a record in each array.

    Attributes:
        lines: Line on which the record begins.
        counts: Number of its fields.
        sizes: Bytes that were written for it, its line end included.
        is_multiline: Whether any record holds line ends inside quotes.
        is_ended: Whether the last record ends with its line.
    """

    lines: _Integers
    counts: _Integers
    sizes: _Integers
    is_multiline: bool
    is_ended: bool


@dataclass(slots=True)
class _Progress:
    """What the scan carries from one block of whole records to the next."""

    line: int
    found: list[tuple[_Integers, _Integers, _Integers]] = field(default_factory=list)
    is_multiline: bool = False


@dataclass(slots=True)
class _Lines:
    """The lines of a piece of text: where each begins and ends, and its number of fields."""

    starts: _Integers
    ends: _Integers
    counts: _Integers
    rewritten: dict[int, bytes] = field(default_factory=dict)

    @property
    def is_record(self) -> npt.NDArray[np.bool_]:
        """Say which lines begin a record; the others are empty or go on with one."""
        mask: npt.NDArray[np.bool_] = (self.ends > self.starts) & (self.counts > 0)
        return mask


def scan(chunks: Iterable[bytes], marks: Marks, target: BinaryIO, *, first_line: int = 1) -> Scan:
    """Write the records of a text to ``target`` and say where they were.

    Args:
        chunks: The text from its first record on, UTF-8 with plain line ends.
        marks: Delimiter and quote.
        target: Receives the records, without empty lines.
        first_line: Number of the line on which the first chunk begins.

    Raises:
        UnusableInputError: If a line is longer than ``MAXIMUM_LINE``, a quote is never closed, or
            the text holds NUL bytes.
    """
    progress = _Progress(first_line)
    rest = b""
    for chunk in chunks:
        if b"\x00" in chunk:
            raise UnusableInputError("reader.nul_bytes")
        rest = _take(rest + chunk, marks, progress, target)
        if len(rest) > MAXIMUM_LINE:
            raise _overlong(rest, progress.line)
    is_ended = not rest
    if rest:
        rest = _take(rest + b"\n", marks, progress, target)
    if rest:
        raise UnusableInputError("reader.unclosed_quote", line=progress.line)
    lines, counts, sizes = (
        np.concatenate([found[part] for found in progress.found] or [np.empty(0, np.int64)])
        for part in range(3)
    )
    return Scan(lines, counts, sizes, progress.is_multiline, is_ended)


def _take(text: bytes, marks: Marks, progress: _Progress, target: BinaryIO) -> bytes:
    """Write the complete records at the start of ``text`` and return what follows them."""
    codes = np.frombuffer(text, np.uint8)
    feeds = np.flatnonzero(codes == _LINE_FEED)
    if not len(feeds):
        return text
    codes = codes[: feeds[-1] + 1]
    starts = np.concatenate(([0], feeds[:-1] + 1))
    if (feeds - starts).max() > MAXIMUM_LINE:
        raise UnusableInputError("reader.long_line", kilobytes=MAXIMUM_LINE // 1024)
    delimiters = np.flatnonzero(codes == ord(marks.delimiter))
    has_quotes = marks.quote.encode() in text
    if has_quotes:
        delimiters = delimiters[outside_quotes(codes, ord(marks.quote))[delimiters]]
    edges = np.searchsorted(delimiters, np.append(starts, feeds[-1] + 1))
    found = _Lines(starts, feeds, np.diff(edges) + 1)
    complete = len(starts)
    if has_quotes:
        odd = odd_lines(codes, ord(marks.delimiter), ord(marks.quote))
        complete = _read_odd(text, odd, found, marks, progress)
        _leave_empty(codes, found, ord(marks.quote))
    _write(text, found, complete, progress, target)
    progress.line += complete
    return text[found.starts[complete] :] if complete < len(starts) else text[feeds[-1] + 1 :]


def _leave_empty(codes: npt.NDArray[np.uint8], found: _Lines, quote: int) -> None:
    """Leave out lines of one quoted empty field: programs write them for an empty line."""
    pairs = np.flatnonzero((found.ends - found.starts == len('""')) & (found.counts == 1))
    first = found.starts[pairs]
    found.counts[pairs[(codes[first] == quote) & (codes[first + 1] == quote)]] = 0


def _read_odd(text: bytes, odd: _Integers, found: _Lines, marks: Marks, progress: _Progress) -> int:
    """Read the records of odd lines by themselves; return the line from which one is unfinished."""
    delimiter, quote = marks.delimiter.encode(), marks.quote.encode()
    read_until = 0
    whole = text[: found.ends[-1] + 1]
    for line in odd.tolist():
        if line < read_until:
            continue
        record = read_record(whole, int(found.starts[line]), delimiter, quote)
        if record is None:
            return int(line)
        read_until = int(np.searchsorted(found.ends, record.end)) + 1
        is_long = read_until > line + 1
        if is_long and not record.is_strict:
            raise UnusableInputError("reader.unclosed_quote", line=progress.line + line)
        progress.is_multiline |= is_long
        found.counts[line] = len(record.fields)
        found.counts[line + 1 : read_until] = 0
        found.rewritten[line] = written(record.fields, delimiter, quote) + b"\n"
    return len(found.starts)


def _write(
    text: bytes, found: _Lines, complete: int, progress: _Progress, target: BinaryIO
) -> None:
    is_record = found.is_record
    is_record[complete:] = False
    records = np.flatnonzero(is_record)
    sizes = (found.ends - found.starts + 1)[records]
    if found.rewritten:
        changed = {line: len(new) for line, new in found.rewritten.items()}
        places = {line: place for place, line in enumerate(records.tolist()) if line in changed}
        for line, place in places.items():
            sizes[place] = changed[line]
    progress.found.append((progress.line + records, found.counts[records], sizes))
    is_plain = is_record.copy()
    is_plain[list(found.rewritten)] = False
    # Runs of neighbouring records are written at once.
    edges = np.diff(np.concatenate(([False], is_plain, [False])).astype(np.int8))
    runs = [
        (int(first), text[found.starts[first] : found.ends[last - 1] + 1])
        for first, last in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
    ]
    alone = [(line, new) for line, new in found.rewritten.items() if is_record[line]]
    for _, piece in sorted([*runs, *alone]):
        target.write(piece)


def _overlong(rest: bytes, line: int) -> UnusableInputError:
    """Tell a very long line from a quote that swallows the following lines."""
    if rest.count(b"\n"):
        return UnusableInputError("reader.unclosed_quote", line=line)
    return UnusableInputError("reader.long_line", kilobytes=MAXIMUM_LINE // 1024)
