"""Days that a program has written as something else: as serials of 1904, or an hour too early."""

import re
from datetime import datetime, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_SERIAL: Final = r"^\d{4,5}(\.\d+)?$"
_DAYS_TO_1904: Final = 1462
_LATE: Final = r"^\S+[ T]2[23]:00(:00(\.0+)?)?(Z|\+00:?00)?$"
_DAY: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)\.(\d\d?)\.(\d{4})")


def counted_from_1900(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return serials of days that count from 1904 as serials that count from 1900."""
    if not len(texts):
        return texts
    is_serial = pc.match_substring_regex(texts, _SERIAL)
    serials = pc.if_else(is_serial, texts, None).cast(pa.float64())
    moved = pc.cast(pc.floor(pc.add(serials, _DAYS_TO_1904)), pa.int64()).cast(pa.string())
    return pc.coalesce(moved, texts)


def next_days(texts: pa.ChunkedArray) -> tuple[pa.ChunkedArray, int]:
    """Return days for a column of which every cell is 22 or 23 o'clock, and how many there are.

    Nobody records at that hour only: it is midnight in Germany, written in universal time.
    """
    filled = texts.drop_null()
    if not len(filled) or not pc.match_substring_regex(filled[:1], _LATE)[0].as_py():
        return texts, 0
    if not pc.all(pc.match_substring_regex(filled, _LATE)).as_py():
        return texts, 0
    distinct = texts.combine_chunks().dictionary_encode()
    days = [None if text is None else _next_day(text) for text in distinct.dictionary.to_pylist()]
    if None in days:
        return texts, 0
    moved = pc.take(pa.array(days, pa.string()), distinct.indices)
    return pa.chunked_array([moved]), len(filled)


def _next_day(text: str) -> str | None:
    found = _DAY.match(text)
    if found is None:
        return None
    year, month, day = (
        (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    )
    try:
        following = datetime(int(year), int(month), int(day)) + timedelta(days=1)  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None
    return following.date().isoformat()
