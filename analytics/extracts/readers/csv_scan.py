"""Where the records of a delimited text begin and how many fields each has.

CSV parsers disagree on broken lines, and none tells the original line of every row. So the text is
scanned once before parsing, vectorised over its bytes: quotes are paired, delimiters and line ends
inside quotes do not count. What has another number of fields than the header is cut out and named;
what remains is well-formed and parses the same everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt

from analytics.extracts.errors import UnusableInputError

MAXIMUM_LINE: Final = 1024 * 1024
"""Bytes; a row of any table of the contract stays below a thousandth of that."""

EXAMPLES: Final = 1_000
"""How many left-out records are named; all are counted."""

_LINE_FEED: Final = 10
_QUOTE: Final = 34
_Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of ``scan``.

    Attributes:
        lines: Line on which each record begins that was written, int64.
        ragged: Line and number of fields of the first ``EXAMPLES`` records that were left out.
        ragged_total: How many were left out.
        is_multiline: Whether any record holds line ends inside quotes.
    """

    lines: _Integers
    ragged: tuple[tuple[int, int], ...]
    ragged_total: int
    is_multiline: bool


@dataclass(slots=True)
class _Progress:
    """What the scan carries from one block of whole records to the next."""

    line: int
    lines: list[_Integers] = field(default_factory=list)
    ragged: list[tuple[int, int]] = field(default_factory=list)
    ragged_total: int = 0
    is_multiline: bool = False


def scan(
    chunks: Iterable[bytes], delimiter: str, fields: int, target: BinaryIO, *, first_line: int = 1
) -> Scan:
    """Write the well-formed records of a text to ``target`` and say where they were.

    Args:
        chunks: The text from its first record on, UTF-8 with plain line ends.
        delimiter: One ASCII character.
        fields: Number of fields of a well-formed record. Empty lines are skipped.
        target: Receives the records.
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
        rest = _take(rest + chunk, delimiter, fields, progress, target)
        if len(rest) > MAXIMUM_LINE:
            raise _overlong(rest, progress.line)
    if rest:
        rest = _take(rest + b"\n", delimiter, fields, progress, target)
    if rest:
        raise UnusableInputError("reader.unclosed_quote", line=_open_quote(rest, progress.line))
    lines = np.concatenate(progress.lines) if progress.lines else np.empty(0, np.int64)
    return Scan(lines, tuple(progress.ragged), progress.ragged_total, progress.is_multiline)


def _take(text: bytes, delimiter: str, fields: int, progress: _Progress, target: BinaryIO) -> bytes:
    """Write the complete records at the start of ``text`` and return what follows them."""
    codes = np.frombuffer(text, np.uint8)
    feeds = np.flatnonzero(codes == _LINE_FEED)
    delimiters = np.flatnonzero(codes == ord(delimiter))
    ends = feeds
    if b'"' in text:
        is_outside = np.cumsum(codes == _QUOTE, dtype=np.uint32) % 2 == 0
        ends = feeds[is_outside[feeds]]
        delimiters = delimiters[is_outside[delimiters]]
    if not len(ends):
        return text
    starts = np.concatenate(([0], ends[:-1] + 1))
    if (ends - starts).max() > MAXIMUM_LINE:
        raise UnusableInputError("reader.long_line", kilobytes=MAXIMUM_LINE // 1024)
    counts = np.diff(np.searchsorted(delimiters, np.append(starts, ends[-1] + 1))) + 1
    first_lines = progress.line + np.searchsorted(feeds, starts)
    progress.is_multiline |= len(ends) < np.searchsorted(feeds, ends[-1], side="right")
    _write(text, (starts, ends, counts, first_lines), fields, progress, target)
    progress.line += int(np.searchsorted(feeds, ends[-1], side="right"))
    return text[ends[-1] + 1 :]


def _write(
    text: bytes,
    records: tuple[_Integers, _Integers, _Integers, _Integers],
    fields: int,
    progress: _Progress,
    target: BinaryIO,
) -> None:
    starts, ends, counts, first_lines = records
    is_filled = ends > starts
    is_good = is_filled & (counts == fields)
    progress.lines.append(first_lines[is_good])
    bad = np.flatnonzero(is_filled & ~is_good)
    progress.ragged_total += len(bad)
    named = bad[: EXAMPLES - len(progress.ragged)]
    progress.ragged += zip(first_lines[named].tolist(), counts[named].tolist(), strict=True)
    # Runs of neighbouring good records are written at once.
    edges = np.diff(np.concatenate(([False], is_good, [False])).astype(np.int8))
    for first, last in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        target.write(text[starts[first] : ends[last - 1] + 1])


def _overlong(rest: bytes, line: int) -> UnusableInputError:
    """Tell a very long line from a quote that swallows the following lines."""
    if rest.count(b"\n"):
        return UnusableInputError("reader.unclosed_quote", line=_open_quote(rest, line))
    return UnusableInputError("reader.long_line", kilobytes=MAXIMUM_LINE // 1024)


def _open_quote(rest: bytes, line: int) -> int:
    """Return the first line with an odd number of quotes, where the unpaired one must stand."""
    for number, text in enumerate(rest.split(b"\n"), start=line):
        if text.count(b'"') % 2:
            return number
    return line
