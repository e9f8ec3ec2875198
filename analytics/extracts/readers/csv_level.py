"""Bringing the records of a text to one number of fields.

Programs cut off the last empty fields of a row, and people add delimiters at its end: such rows are
completed or shortened. What has too many filled fields, or seems to be half of a row that a line
break in a text tore apart, is cut out and named.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt

from analytics.extracts.readers.csv_quotes import read_record, written
from analytics.extracts.readers.csv_scan import Marks, Scan

EXAMPLES: Final = 1_000
"""How many left-out records are named; all are counted."""

_MOST_HEADERS: Final = 1_000
_MOST_PIECES: Final = 4
_DIGITS: Final = re.compile(rb"\d+")
_LETTERS: Final = re.compile(rb"[^\W\d_]+|[\x80-\xff]+")
_Integers = npt.NDArray[np.int64]

IsHeader = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """Records of equal length.

    Attributes:
        records: Their text.
        fields: Number of fields of each.
        lines: Line on which each begins.
        ragged: Line, number of fields of the first ``EXAMPLES`` records that were left out.
        ragged_total: How many were left out.
        completed: How many ended early and were completed.
    """

    records: BinaryIO
    fields: int
    lines: _Integers
    ragged: tuple[tuple[int, int], ...] = ()
    ragged_total: int = 0
    completed: int = 0


def level(
    found: Scan, records: BinaryIO, target: BinaryIO, marks: Marks, is_header: IsHeader
) -> Levelled:
    """Bring the records to the number of fields of the longest header.

    Args:
        found: What ``scan`` returned; the first record is a header.
        records: What ``scan`` wrote.
        target: Receives the records where they are of different length.
        marks: Delimiter and quote.
        is_header: Whether cells are headers; a longer header may follow further down.
    """
    if (found.counts == found.counts[0]).all():
        return Levelled(records, int(found.counts[0]), found.lines)
    text = _Records(found, records, marks)
    width = text.width(is_header)
    torn = text.torn(width, is_header)
    longer = np.flatnonzero(found.counts > width).tolist()
    shortened = {place: cut for place in longer if (cut := text.cut(place, width)) is not None}
    is_left_out = torn | (found.counts > width)
    is_left_out[list(shortened)] = False
    text.write(target, width, is_left_out, shortened)
    bad = np.flatnonzero(is_left_out)
    named = bad[:EXAMPLES]
    return Levelled(
        target,
        width,
        found.lines[~is_left_out],
        tuple(zip(found.lines[named].tolist(), found.counts[named].tolist(), strict=True)),
        len(bad),
        int(((found.counts < width) & ~is_left_out).sum()),
    )


class _Records:
    """The records of a text, each to be had by its number."""

    def __init__(self, found: Scan, records: BinaryIO, marks: Marks) -> None:
        self._counts, self._sizes = found.counts, found.sizes
        self._ends = np.cumsum(found.sizes)
        self._is_ended = found.is_ended
        self._records = records
        self._delimiter, self._quote = marks.delimiter.encode(), marks.quote.encode()

    def width(self, is_header: IsHeader) -> int:
        """Return the number of fields of the longest header."""
        width = int(self._counts[0])
        starts = np.flatnonzero(np.diff(self._counts, prepend=0))
        tried = [place for place in starts.tolist() if self._counts[place] > width]
        for place in tried[:_MOST_HEADERS]:
            if self._counts[place] > width and is_header([*map(_text, self._fields(place))]):
                width = int(self._counts[place])
        return width

    def torn(self, width: int, is_header: IsHeader) -> npt.NDArray[np.bool_]:
        """Return the records that seem to be pieces of one that a line break tore apart."""
        counts = self._counts
        torn = np.zeros(len(counts), np.bool_)
        is_short = counts < width
        for pieces in range(2, _MOST_PIECES + 1):
            if len(counts) < pieces:
                break
            windows = np.lib.stride_tricks.sliding_window_view(counts, pieces)
            fits = windows.sum(axis=1) - (pieces - 1) == width
            fits &= np.lib.stride_tricks.sliding_window_view(is_short, pieces).all(axis=1)
            for first in np.flatnonzero(fits).tolist():
                if not torn[first] and self._goes_on(first, pieces, is_header):
                    torn[first : first + pieces] = True
        if not self._is_ended and is_short[-1] and not (counts[:-1] <= counts[-1]).any():
            torn[-1] = True  # the end of the file may be missing
        return torn

    def cut(self, place: int, width: int) -> bytes | None:
        """Return a record without its fields beyond ``width``; None if any of them is filled."""
        fields = self._fields(place)
        if any(field.strip() for field in fields[width:]):
            return None
        return written(fields[:width], self._delimiter, self._quote) + b"\n"

    def write(
        self,
        target: BinaryIO,
        width: int,
        is_left_out: npt.NDArray[np.bool_],
        shortened: dict[int, bytes],
    ) -> None:
        """Write all but what is left out, completed or shortened to ``width`` fields."""
        kinds = np.where(is_left_out, 0, self._counts)
        kinds[list(shortened)] = -1
        for first, last in _runs(kinds):
            kind = int(kinds[first])
            if kind == width:
                target.write(self._bytes(first, last))
            elif kind < 0:
                target.writelines(shortened[place] for place in range(first, last))
            elif kind:
                missing = self._delimiter * (width - kind) + b"\n"
                text = self._bytes(first, last)
                ends = self._ends[first:last] - (self._ends[first] - self._sizes[first])
                begin = 0
                for end in ends.tolist():
                    target.write(text[begin : end - 1] + missing)
                    begin = end

    def _goes_on(self, first: int, pieces: int, is_header: IsHeader) -> bool:
        """Say whether all pieces say something, and none is a header or begins like the first."""
        found = [self._fields(place) for place in range(first, first + pieces)]
        shape = _shape(found[0][0])
        is_said = all(any(map(bytes.strip, fields)) for fields in found)
        if any(is_header([*map(_text, fields)]) for fields in found):
            return False
        return is_said and all(_shape(fields[0]) != shape for fields in found[1:])

    def _fields(self, place: int) -> tuple[bytes, ...]:
        record = read_record(self._bytes(place, place + 1), 0, self._delimiter, self._quote)
        return record.fields if record else ()

    def _bytes(self, first: int, last: int) -> bytes:
        start = int(self._ends[first] - self._sizes[first])
        self._records.seek(start)
        return self._records.read(int(self._ends[last - 1]) - start)


def _runs(kinds: _Integers) -> Iterator[tuple[int, int]]:
    starts = np.flatnonzero(np.diff(kinds, prepend=kinds[0] - 1))
    yield from zip(starts.tolist(), [*starts[1:].tolist(), len(kinds)], strict=True)


def _shape(field: bytes) -> bytes:
    """Return how a text is made of digits, letters and other signs."""
    return _LETTERS.sub(b"a", _DIGITS.sub(b"9", field.strip()))


def _text(field: bytes) -> str:
    return field.decode(errors="replace")
