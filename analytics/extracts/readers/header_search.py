"""Where tables begin on a sheet: every row of known headers begins a block.

Nothing that stands above a header is discarded: a sheet may hold open needs above finished ones, a
header again on every printed page, a column more from the middle of the year, or two tables.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.aliases import normal
from analytics.extracts.contract import TABLES, Table
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import LINE, Block
from analytics.extracts.readers.claims import named_by, named_columns
from analytics.extracts.readers.header_spellings import spellings
from analytics.extracts.readers.sheet import Sheet

SEARCHED: Final = 200
"""Filled rows at the top in which a header of a single known column is looked for."""

_DEPTH: Final = 100_000
_MOST_TEXTS: Final = 1_000
_SAMPLE: Final = 1_000
_LONGEST: Final = 80
_MOST_TITLES: Final = 5
_FEWEST: Final = 2
_FIGURES: Final = re.compile(r"[\d.,:/+\-\s%€TZ]*\d[\d.,:/+\-\s%€TZ]*")

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The blocks of a sheet, and the rows that are neither headers nor below one.

    Attributes:
        blocks: In the order of the sheet; their rows hold what stands below the header, blank rows
            included, line numbers as ids.
        titles: Filled rows above the first header.
        between: Rows of one text right above a further header.
        rows: Filled rows of a sheet without any header.
    """

    blocks: tuple[Block, ...]
    titles: int = 0
    between: int = 0
    rows: int = 0


def blocks_of(sheet: Sheet, told: Instructions, *, is_lenient: bool = False) -> Found:
    """Return the blocks of a sheet; none where no row holds known headers.

    Args:
        sheet: The sheet.
        told: Headers that the sender has named are known.
        is_lenient: Whether a row at the top with few known headers among others will do.
    """
    grid = _Grid(sheet, told)
    starts = grid.headers(is_lenient=is_lenient)
    if not starts:
        return Found((), rows=grid.filled(0, sheet.cells.num_rows))
    titles = grid.filled(0, starts[0])
    between = 0
    blocks: list[Block] = []
    for start, end in zip(starts, [*starts[1:], sheet.cells.num_rows], strict=True):
        last = grid.before_titles(start, end) if end < sheet.cells.num_rows else end
        between += grid.filled(last, end)
        blocks += _side_by_side(sheet, grid.row(start), start, last)
    return Found(tuple(_joined(blocks)), titles, between)


def is_header(cells: Sequence[str], told: Instructions) -> bool:
    """Say whether a row holds headers and nothing else."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < _FEWEST or any(_FIGURES.fullmatch(cell.strip()) for cell in filled):
        return False
    known = best_fit(filled, told)
    return known >= _FEWEST and 3 * known >= len(filled)


def best_fit(cells: Sequence[str], told: Instructions) -> int:
    """Return how many columns of one table the cells name, those named by the sender included."""
    named = {normal(header) for header, _ in told.columns}
    own = len({normal(cell) for cell in cells} & named)
    names = spellings(cells)
    return max(max(len(named_by(names, table)) for table in TABLES.values()), own)


def weak_header(rows: Mapping[int, Sequence[str]], told: Instructions) -> int | None:
    """Return the row with most known headers though they are few; None where no row has any."""
    fits = {
        place: best_fit([cell for cell in cells if cell.strip()], told)
        for place, cells in rows.items()
        if not any(_FIGURES.fullmatch(cell.strip()) for cell in cells)
    }
    best = max(fits, key=lambda place: fits[place], default=None)
    return best if best is not None and fits[best] else None


class _Grid:
    """A sheet, searched for its headers."""

    def __init__(self, sheet: Sheet, told: Instructions) -> None:
        self._cells = sheet.cells
        self._told = told

    def filled(self, start: int, end: int) -> int:
        """Return how many of these rows say something."""
        return int(_filled(self._cells.slice(start, end - start)).sum())

    def headers(self, *, is_lenient: bool) -> list[int]:
        """Return the rows that are headers, from the top."""
        known = self._known_cells()
        candidates = np.flatnonzero(known >= _FEWEST).tolist()
        found = [place for place in candidates if is_header(self.row(place), self._told)]
        if not found and is_lenient:
            found = self._weak()
        return sorted({*found, *self._repeats(found)})

    def row(self, place: int) -> list[str]:
        """Return the texts of a row."""
        columns = self._cells.columns[1:]
        return [column[place].as_py() or "" for column in columns]

    def before_titles(self, start: int, end: int) -> int:
        """Return where the rows between two headers end: single texts above a header are titles."""
        last = end
        for place in range(end - 1, max(start, end - 1 - _MOST_TITLES), -1):
            texts = [text for text in self.row(place) if text.strip()]
            if len(texts) > 1:
                break
            if texts:
                last = place
        return last

    def _known_cells(self) -> npt.NDArray[np.int64]:
        """Return for each row how many cells may be headers."""
        known = np.zeros(self._cells.num_rows, np.int64)
        for column in self._cells.columns[1:]:
            known += self._is_known(column)
        return known

    def _is_known(self, column: pa.ChunkedArray) -> _Mask:
        texts = column.combine_chunks().dictionary_encode()
        distinct = texts.dictionary
        short = pc.less_equal(pc.utf8_length(distinct), _LONGEST)
        plain = pc.and_(short, pc.invert(pc.match_substring_regex(distinct, r"\d")))
        places = np.flatnonzero(plain.fill_null(False).to_numpy(zero_copy_only=False))
        # Headers stand beside others: a column of many words need not tell.
        if not len(places) or len(places) > _MOST_TEXTS:
            return _none(len(texts))
        named = [p for p in places.tolist() if best_fit([distinct[p].as_py()], self._told)]
        if not named:
            return _none(len(texts))
        is_named = _none(len(distinct) + 1)
        is_named[named] = True
        found: _Mask = is_named[texts.indices.fill_null(len(distinct)).to_numpy()]
        return found

    def _weak(self) -> list[int]:
        """Return the row at the top with most known headers, though they are few."""
        filled = _filled(self._cells.slice(0, _DEPTH))
        top = np.flatnonzero(filled)[:SEARCHED].tolist()
        place = weak_header({place: self.row(place) for place in top}, self._told)
        return [] if place is None else [place]

    def _repeats(self, found: Sequence[int]) -> list[int]:
        """Return the rows that repeat the first header, known or not."""
        if not found:
            return []
        texts = self.row(found[0])
        equal = np.zeros(self._cells.num_rows, np.int64)
        places = [place for place, text in enumerate(texts) if text.strip()]
        for place in places:
            is_equal = pc.equal(self._cells.column(place + 1), texts[place])
            equal += is_equal.fill_null(False).to_numpy()
        enough = max(_FEWEST, len(places) / 2)
        return [place for place in np.flatnonzero(equal >= enough).tolist() if place > found[0]]


def _filled(cells: pa.Table) -> _Mask:
    filled = np.zeros(cells.num_rows, np.bool_)
    for column in cells.columns[1:]:
        filled |= is_filled(column)
    return filled


def says_anything(columns: Sequence[pa.ChunkedArray]) -> bool:
    """Say whether any cell of these columns says something."""
    return any(
        is_filled(part).any()
        for size in (_SAMPLE, None)
        for part in (column[:size] for column in columns)
    )


def is_filled(column: pa.ChunkedArray) -> _Mask:
    """Return where a column of texts says something; invisible signs say nothing."""
    texts = column.combine_chunks()
    blank = pc.match_substring_regex(texts, r"^[\s\pZ\pC]*$").fill_null(True)
    filled: _Mask = ~blank.to_numpy(zero_copy_only=False)
    return filled


def _none(rows: int) -> _Mask:
    return np.zeros(rows, np.bool_)


def _side_by_side(sheet: Sheet, texts: list[str], start: int, end: int) -> list[Block]:
    """Return the block of a header, or the blocks of two tables side by side."""
    groups = [
        [place for place, _ in group]
        for is_named, group in groupby(enumerate(texts), key=lambda cell: bool(cell[1].strip()))
        if is_named
    ]
    if not _are_tables([[texts[place] for place in group] for group in groups]):
        groups = [list(range(len(texts)))]
    return [_block(sheet, texts, group, start, end) for group in groups]


def _are_tables(groups: list[list[str]]) -> bool:
    """Say whether each group of headers is a table of its own."""
    return len(groups) > 1 and all(
        any(_names_all(group, table) for table in TABLES.values()) for group in groups
    )


def _names_all(headers: list[str], table: Table) -> bool:
    """Say whether headers name all that a row needs, but for its area, which may be told."""
    return set(table.required) - {table.area} <= named_columns(headers, table)


def _block(sheet: Sheet, texts: list[str], group: list[int], start: int, end: int) -> Block:
    width = max((place for place in group if texts[place].strip()), default=-1) + 1
    # Beyond the header cells may still be filled: what stands there belongs to the last group.
    beyond = (
        range(width, len(texts)) if group[-1] == len(texts) - 1 or _is_last(texts, width) else []
    )
    kept = [*[place for place in group if place < width], *beyond]
    rows = sheet.cells.slice(start + 1, end - start - 1)
    cells = rows.select([LINE, *map(str, kept)])
    return Block(
        headers=tuple(texts[place] for place in kept),
        cells=cells.rename_columns([LINE, *map(str, range(len(kept)))]),
        header_line=sheet.cells.column(LINE)[start].as_py(),
        sheet=sheet.name,
        is_hidden=sheet.is_hidden,
        is_1904=sheet.is_1904,
        has_valueless=bool(sheet.valueless.count),
    )


def _is_last(texts: list[str], width: int) -> bool:
    return not any(text.strip() for text in texts[width:])


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks that hold rows; one whose header repeats the last one continues it."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and last.headers == block.headers:
            both = pa.concat_tables([last.cells, block.cells])
            joined[-1] = Block(
                last.headers,
                both,
                last.header_line,
                last.sheet,
                last.is_hidden,
                last.is_1904,
                last.has_valueless,
            )
        else:
            joined.append(block)
    named = [block for block in joined if says_anything(block.cells.columns[1:])]
    return named or joined[-1:]
