"""Questions to columns of delivered text, asked once of each distinct text."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.aliases import aliases

_BLANKS: Final = " \t\r\n\u00a0\u2007\u2009\u202f\u200b\u200c\u200d\u2060\ufeff"
_DATE: Final = re.compile(
    r"\d{1,4}[-./]\s?\d{1,2}[-./]\s?\d{2,4}([ T].*)?|[2-7]\d{4}(\.\d+)?|(19|20)\d{6}"
)
_MOSTLY: Final = 0.5


def plain(text: str) -> str | None:
    """Return a cell without blanks around it, None where it says that nothing is known."""
    bare = text.strip(_BLANKS)
    return None if not bare or bare.lower() in _missing() else bare


def plain_texts(cells: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return cells without blanks around them, NULL where they say nothing."""
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    bare = pc.utf8_trim(cells.cast(pa.string()), characters=_BLANKS)
    says_nothing = pc.is_in(pc.utf8_lower(bare), value_set=pa.array(["", *_missing()]))
    return pc.if_else(says_nothing, pa.scalar(None, pa.string()), bare)


def are_filled(cells: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Say of each cell whether it says anything."""
    return pc.is_valid(plain_texts(cells))


def are_mostly(cells: pa.Array | pa.ChunkedArray, fits: Callable[[str], bool]) -> bool:
    """Say whether more than half of the distinct texts fit; False where there are none."""
    texts = [text for text in plain_texts(cells).unique().to_pylist() if text]
    return bool(texts) and sum(map(fits, texts)) > _MOSTLY * len(texts)


def are_dates(cells: pa.Array | pa.ChunkedArray) -> bool:
    """Say whether a column holds dates."""
    return are_mostly(cells, is_date)


def is_date(text: str) -> bool:
    """Say whether a text looks like a date or a spreadsheet's number of one."""
    return _DATE.fullmatch(text) is not None


def mapped(
    cells: pa.Array | pa.ChunkedArray, meaning: Callable[[str], Any], kind: pa.DataType
) -> pa.Array:
    """Return what each text means; NULL stays NULL."""
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    codes = cells.cast(pa.string()).dictionary_encode()
    meanings = [None if t is None else meaning(t) for t in codes.dictionary.to_pylist()]
    return pc.take(pa.array(meanings, kind), codes.indices)


def group_numbers(*columns: pa.Array) -> npt.NDArray[np.int64]:
    """Return the same number for rows with equal texts in all columns, from 0; NULL is a text."""
    numbers = np.zeros(len(columns[0]), np.int64)
    for cells in columns:
        codes = cells.dictionary_encode(null_encoding="encode")
        own = codes.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        _, numbers = np.unique(numbers * (len(codes.dictionary) + 1) + own, return_inverse=True)
    return numbers.astype(np.int64)


def running_numbers(groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return each row's place among the rows of its group, from 0, in their order."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)])
    lengths = np.diff(np.r_[starts, len(ordered)])
    places = np.empty(len(groups), np.int64)
    places[order] = np.arange(len(groups)) - np.repeat(starts, lengths)
    return places


def first_texts(groups: npt.NDArray[np.int64], texts: pa.Array) -> pa.Array:
    """Return for each row the first text that any row of its group has."""
    codes = texts.dictionary_encode()
    found = _first_codes(groups, codes)[groups]
    return pc.take(codes.dictionary, pa.array(found, mask=found < 0))


def contradicts(groups: npt.NDArray[np.int64], texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Say of each row whether rows of its group have different texts; NULL differs from none."""
    codes = texts.dictionary_encode()
    own = _codes(codes)
    first = _first_codes(groups, codes)
    has_several = np.zeros(len(first), bool)
    has_several[groups[(own >= 0) & (own != first[groups])]] = True
    return has_several[groups]


def _first_codes(groups: npt.NDArray[np.int64], codes: pa.DictionaryArray) -> npt.NDArray[np.int64]:
    own = _codes(codes)
    first = np.full(int(groups.max(initial=-1)) + 1, -1, np.int64)
    told = np.flatnonzero(own >= 0)[::-1]
    first[groups[told]] = own[told]  # the last write stays, so the first row's
    return first


def _codes(codes: pa.DictionaryArray) -> npt.NDArray[np.int64]:
    own = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.asarray(own, np.int64)


@cache
def _missing() -> frozenset[str]:
    return frozenset(aliases().missing)
