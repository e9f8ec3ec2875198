"""Which quotes of a delimited text are marks of fields, and which are part of what is written.

A quote opens a field only at its start, and closes it only at its end; ``„Hilfe" beantragt`` holds
one that does neither. Lines in which all quotes pair up that way, nearly all, are told by counting.
The others are read one by one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

_LINE_FEED: Final = 10
_Integers = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one record that was read by itself, and where it ends: at its line end.

    ``is_strict`` says that every quote is a mark or doubled, as programs write them.
    """

    fields: tuple[bytes, ...]
    end: int
    is_strict: bool


def outside_quotes(codes: npt.NDArray[np.uint8], quote: int) -> npt.NDArray[np.bool_]:
    """Return which bytes lie outside of quotes, counted from the start of their line."""
    is_quote = codes == quote
    before = np.cumsum(is_quote, dtype=np.uint32)
    feeds = np.flatnonzero(codes == _LINE_FEED)
    starts = np.concatenate(([0], feeds + 1))
    carried = np.concatenate(([0], before[feeds]))
    lengths = np.diff(np.append(starts, len(codes)))
    of_line = np.repeat(carried, lengths)
    outside: _Mask = (before - of_line) % 2 == 0
    return outside


def odd_lines(codes: npt.NDArray[np.uint8], delimiter: int, quote: int) -> _Integers:
    """Return the numbers of the lines whose quotes do not pair up as marks of fields."""
    feeds = np.flatnonzero(codes == _LINE_FEED)
    quotes = np.flatnonzero(codes == quote)
    outside = outside_quotes(codes, quote)
    # At a quote that closes, the count is even again.
    closes = outside[quotes]
    padded = np.concatenate(([_LINE_FEED], codes, [_LINE_FEED]))
    marks = np.isin(np.arange(256), [delimiter, quote, _LINE_FEED])
    is_sound = np.where(closes, marks[padded[quotes + 2]], marks[padded[quotes]])
    odd_ends = feeds[~outside[feeds]] if len(feeds) else feeds
    lines = np.concatenate(
        [np.searchsorted(feeds, quotes[~is_sound]), np.searchsorted(feeds, odd_ends)]
    )
    found: _Integers = np.unique(lines)
    return found


def read_record(text: bytes, start: int, delimiter: bytes, quote: bytes) -> Record | None:
    """Return the record that begins at ``start``; None where a quote is not closed in ``text``."""
    fields: list[bytes] = []
    is_strict = True
    place = start
    while True:
        if text[place : place + 1] == quote:
            closed = _closing(text, place + 1, delimiter, quote)
            if closed is None:
                return None
            value, place, is_doubled = closed
            is_strict &= is_doubled
            fields.append(value)
        else:
            end = _field_end(text, place, delimiter)
            is_strict &= quote not in text[place:end]
            fields.append(text[place:end])
            place = end
        if text[place : place + 1] != delimiter:
            return Record(tuple(fields), place, is_strict)
        place += 1


def written(fields: tuple[bytes, ...], delimiter: bytes, quote: bytes) -> bytes:
    """Return a record as programs write it."""
    marks = (delimiter, quote, b"\n")
    return delimiter.join(
        quote + field.replace(quote, quote * 2) + quote
        if any(mark in field for mark in marks)
        else field
        for field in fields
    )


def _closing(
    text: bytes, start: int, delimiter: bytes, quote: bytes
) -> tuple[bytes, int, bool] | None:
    """Return a quoted field, where it ends, and whether all quotes in it are doubled."""
    is_doubled, place = True, start
    while (place := text.find(quote, place)) >= 0:
        following = text[place + 1 : place + 2]
        if following == quote:
            place += 2
        elif following in (delimiter, b"\n", b""):
            return text[start:place].replace(quote * 2, quote), place + 1, is_doubled
        else:
            is_doubled = False
            place += 1
    return None


def _field_end(text: bytes, start: int, delimiter: bytes) -> int:
    ends = [end for end in (text.find(delimiter, start), text.find(b"\n", start)) if end >= 0]
    return min(ends, default=len(text))
