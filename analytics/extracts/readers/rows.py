"""The rows of a block under the names of the contract, without what is no row of the table."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.contract import Kind, Table
from analytics.extracts.readers.block import LINE, Block
from analytics.extracts.readers.delivery import Aside, Note
from analytics.extracts.readers.header_search import is_filled
from analytics.extracts.readers.headers import Headers
from analytics.extracts.readers.moments import counted_from_1900, next_days

_TOTAL: Final = re.compile(
    r"(?i)(?:(?:zwischen|gesamt|end|teil|sub)?-?(?:summen?|ergebnis|total)|anzahl|gesamt|insgesamt"
    r"|gesamtzahl|sum|count|grand total|σ|∑)(?![^\W_]).*|.*(?<![^\W_])(?:ergebnis|gesamt|total)"
)
# What every such word holds: a cheap look at many rows.
_TOTAL_WORD: Final = r"(?i)sum|ergebnis|total|anzahl|gesamt|count|σ|∑"
_COUNT: Final = r"^\s*\d{1,4}\s*$"
_KINDS_WITHOUT_COUNTS: Final = frozenset({Kind.DATE, Kind.BOOLEAN})
# A sentence, or what begins or ends like a note: "* vorläufig", "1) ohne Detmold", "Legende:".
_NOTE: Final = re.compile(
    r"[*†¹²³].+|\d{1,2}\) .+|\S.*:|[^\W\d_]{3,}:\s.+|(?=(?:.*[^\W\d_]){8}).*[^\W\d_]\S*\s.*",
    re.DOTALL,
)
_MOST_NOTES: Final = 100
_SHORT: Final = pa.array([1, 2, 3, 4, 5, 6], pa.int32())
_UNKNOWN_SIGN: Final = "\ufffd"
_FORMULA: Final = "="

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of a table.

    Attributes:
        cells: ``line`` and one text column for each contract column that the block has.
        aside: Rows that were left out, by kind.
        notes: What was read otherwise than it stands there.
    """

    cells: pa.Table
    aside: Mapping[Aside, int]
    notes: tuple[Note, ...] = ()


def rows_of(block: Block, headers: Headers, table: Table) -> Rows:
    """Return the rows of a block that have a value under a known header and are no totals."""
    names = list(headers.positions.values())
    texts = {name: block.cells.column(str(place)) for place, name in headers.positions.items()}
    cells = pa.table([block.cells.column(LINE), *texts.values()], names=[LINE, *names])
    filled = {name: is_filled(texts[name]) for name in names if name in table.required}
    has_value = _any(list(filled.values()), cells.num_rows)
    if not has_value.all():
        rest = [is_filled(text) for name, text in texts.items() if name not in filled]
        has_value |= _any(rest, cells.num_rows)
    is_total = _totals(block, headers, table, filled) & has_value
    is_note = _footnotes(block) & has_value & ~is_total
    is_total |= _unnamed_total(block, headers, table, has_value & ~is_note & ~is_total)
    aside: Counter[Aside] = Counter(
        {Aside.TOTAL: int(is_total.sum()), Aside.FOOTNOTE: int(is_note.sum())}
    )
    if not has_value.all():
        others = [
            is_filled(block.cells.column(str(place)))
            for place in range(len(block.headers))
            if place not in headers.positions
        ]
        foreign = _any(others, cells.num_rows) & ~has_value
        aside[Aside.FOREIGN] = int(foreign.sum())
        aside[Aside.BLANK] = int((~has_value & ~foreign).sum())
    kept = has_value & ~is_total & ~is_note
    if not kept.all():
        cells = cells.filter(pa.array(kept))
    cells, notes = _mended(cells, block, table)
    return Rows(cells, aside, notes)


def _any(masks: list[_Mask], rows: int) -> _Mask:
    found = np.zeros(rows, np.bool_)
    for mask in masks:
        found |= mask
    return found


def _totals(block: Block, headers: Headers, table: Table, filled: Mapping[str, _Mask]) -> _Mask:
    """Return the rows of sums: named so, and without anything else that a row needs."""
    counts = {
        name: _counts(block, name, headers)
        for name in filled
        if table.column(name).kind in {Kind.DATE, Kind.TEXT}
    }
    # How many rows there are may stand below keys as well as below days.
    but_counts = {name: mask & ~counts.get(name, False) for name, mask in filled.items()}
    needed = [but_counts[name] for name in table.required if name in filled]
    is_total = np.zeros(block.cells.num_rows, np.bool_)
    if len(needed) < 2:
        return is_total
    sparse = np.flatnonzero(sum(mask.astype(np.int64) for mask in needed) <= 1)
    for place in _with_word(block, sparse):
        row = _texts(block, place)
        marks = [at for at, text in enumerate(row) if _TOTAL.fullmatch(text.strip(" :\t\u00a0"))]
        if marks:
            own = {headers.positions.get(at) for at in marks}
            # Right of a key of digits, such a word is a remark: what the key counts is not told.
            is_first = not any(text.strip() for text in row[: marks[0]])
            is_total[place] = not any(
                but_counts[name][place]
                or (not is_first and filled[name][place] and not _is_day(table, name))
                for name in filled.keys() - own
            )
    return is_total


def _with_word(block: Block, places: npt.NDArray[np.intp]) -> list[int]:
    """Return the rows among these in which a word for sums may stand."""
    rows = block.cells.take(pa.array(places))
    held = [
        pc.match_substring_regex(column, _TOTAL_WORD).fill_null(False).to_numpy()
        for column in rows.columns[1:]
    ]
    found: list[int] = places[_any(held, len(places))].tolist()
    return found


def _unnamed_total(block: Block, headers: Headers, table: Table, is_row: _Mask) -> _Mask:
    """Return the last row where it has no key, and nothing but numbers that only sums can be."""
    is_total = np.zeros(block.cells.num_rows, np.bool_)
    places = np.flatnonzero(is_row)
    if len(places) < 2:
        return is_total
    row = enumerate(_texts(block, places[-1].item()))
    held = [(headers.positions.get(at), text) for at, text in row if text.strip()]
    known = [(table.column(name), text) for name, text in held if name is not None]
    is_total[places[-1]] = (
        all(re.fullmatch(_COUNT, text) for _, text in held)
        and not any(column.required and column.kind is not Kind.DATE for column, _ in known)
        and any(column.kind in _KINDS_WITHOUT_COUNTS and int(text) > 1 for column, text in known)
    )
    return is_total


def _texts(block: Block, place: int) -> list[str]:
    return [column[place].as_py() or "" for column in block.cells.columns[1:]]


def _is_day(table: Table, name: str) -> bool:
    return table.column(name).kind is Kind.DATE


def _counts(block: Block, name: str, headers: Headers) -> _Mask:
    """Return where a column of days or keys holds a small number: how many rows stand above it."""
    place = next(at for at, column in headers.positions.items() if column == name)
    text = block.cells.column(str(place)).combine_chunks()
    # A cheap look first: days and most keys are longer.
    is_short = pc.is_in(pc.binary_length(text), value_set=_SHORT)
    if not pc.any(is_short).as_py():
        return np.zeros(len(text), np.bool_)
    found = pc.match_substring_regex(text, _COUNT).fill_null(False)
    counts: _Mask = found.to_numpy(zero_copy_only=False)
    return counts


def _footnotes(block: Block) -> _Mask:
    """Return the rows at the end that hold one text and nothing else: notes below the table."""
    rows = block.cells.num_rows
    is_note = np.zeros(rows, np.bool_)
    for place in range(rows - 1, max(-1, rows - 1 - _MOST_NOTES), -1):
        texts = [text.strip() for text in _texts(block, place) if text.strip()]
        if len(texts) > 1 or (texts and not _NOTE.fullmatch(texts[0])):
            break
        is_note[place] = bool(texts)
    return is_note


def _mended(cells: pa.Table, block: Block, table: Table) -> tuple[pa.Table, tuple[Note, ...]]:
    """Return the cells without what would be misread, and what is said of it."""
    notes: list[Note] = []
    for place, name in enumerate(cells.column_names[1:], start=1):
        column = table.column(name)
        text = cells.column(name)
        if column.kind is Kind.DATE:
            text = counted_from_1900(text) if block.is_1904 else text
            text, shifted = next_days(text)
            if shifted:
                notes.append(Note("shifted_midnight", field=name, count=shifted, sheet=block.sheet))
        elif column.kind is Kind.TEXT and column.required:
            text = _without_damage(text, has_formulas=block.has_valueless)
        if text is not cells.column(name):
            cells = cells.set_column(place, name, text)
    return cells, tuple(notes)


def _without_damage(text: pa.ChunkedArray, *, has_formulas: bool) -> pa.ChunkedArray:
    """Return a column that a row needs, empty where what stands there would be another value."""
    damaged = pc.match_substring(text, _UNKNOWN_SIGN)
    if has_formulas:
        damaged = pc.or_(damaged, pc.starts_with(text, _FORMULA))
    if not pc.any(damaged).as_py():
        return text
    return pc.if_else(damaged, pa.scalar(None, pa.string()), text)
