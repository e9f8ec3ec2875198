"""What the headers of a block mean before they are matched, and blocks made of other columns."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import CASES, REFERRALS, Table
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers import claims
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.claims import Claim, claims_of
from analytics.extracts.readers.delivery import LINE, Note
from analytics.extracts.readers.fitting import Fit
from analytics.extracts.readers.headers import short

SHARED: Final = frozenset(CASES.column_names) & frozenset(REFERRALS.column_names)
"""Columns that both tables have; they do not tell which of the two a block holds."""

OF_NEEDS: Final = frozenset(REFERRALS.column_names) - SHARED
OF_CASES: Final = frozenset(CASES.column_names) - SHARED

_BRACKETS: Final = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_LISTED: Final = 8
_SAMPLE: Final = 300


def spellings(*headers: str) -> frozenset[str]:
    """Return headers as they are compared."""
    return frozenset(map(normal, headers))


def column_of(
    header: str,
    table: Table,
    told: Instructions,
    cells: pa.Array | pa.ChunkedArray | None = None,
    *,
    surely: bool = False,
) -> str | None:
    """Return the column of ``table`` that a header alone means.

    Args:
        header: The header, or a part of one.
        table: The table.
        told: What the sender has told comes first.
        cells: What stands below it, where that matters.
        surely: Whether only what the values need not bear out counts.
    """
    sample = [(cell,) for cell in _first(cells)]
    for form in _forms(header):
        for claim in claims_of([form], table, sample, _own(told, table)):
            if claim.column and not (surely and claim.is_doubtful):
                return claim.column
    return None


def told_column(header: str, table: Table, told: Instructions) -> str | None:
    """Return the column that the sender has told for a header: empty to leave it out."""
    return claims.told_column(header, table, _own(told, table))


def still_told(told: Instructions, table: Table, before: Block, after: Block) -> Instructions:
    """Return what is told without headers that went with their columns.

    Neither does a header or a word count that is told for the other table only: one set is told for
    cases and needs, and whether the file has it is seen when it is read as the other.
    """
    there, gone = ({normal(header) for header in block.headers} for block in (after, before))
    own = set(_own(told, table).columns)
    kept = [
        pair
        for pair in told.columns
        if (name := normal(pair[0])) in there or (name not in gone and pair in own)
    ]
    other = REFERRALS if table is CASES else CASES
    codes = [
        triple
        for triple in told.codes
        if _names_column(triple[0], table) or not _names_column(triple[0], other)
    ]
    return replace(told, columns=tuple(kept), codes=tuple(codes))


def _names_column(name: str, table: Table) -> bool:
    return normal(name) in aliases().exact[table.name]


def positions(block: Block, table: Table, told: Instructions) -> Mapping[str, int]:
    """Return where each column of ``table`` stands in the block.

    Of several the one told counts, then one whose values fit, then the surer name, then the first.
    """
    sample = block.cells.slice(0, _SAMPLE).drop_columns([LINE])
    columns = [cells.to_pylist() for cells in sample.columns]
    rows = list(zip(*columns, strict=True))
    best: dict[str, Claim] = {}
    for claim in claims_of(block.headers, table, rows, _own(told, table)):
        if claim.column and _rank(claim) > _rank(best.get(claim.column)):
            best[claim.column] = claim
    return {name: claim.position for name, claim in best.items()}


def _rank(claim: Claim | None) -> tuple[bool, ...]:
    if claim is None:
        return ()
    is_fitting, is_best = claim.fit >= Fit.PARTLY, claim.fit is Fit.YES
    return claim.is_told, is_fitting, not claim.is_doubtful, is_best


def _own(told: Instructions, table: Table) -> Instructions:
    """Return what is told about the table: one set of columns is told for cases and needs."""
    known, doubtful = aliases().columns[table.name], aliases().doubtful[table.name]
    own = [
        (header, column)
        for header, column in told.columns
        if not column or (normal(column) in known and normal(column) not in doubtful)
    ]
    return replace(told, columns=tuple(own))


def _first(cells: pa.Array | pa.ChunkedArray | None) -> list[str | None]:
    return [] if cells is None else list(cells.slice(0, _SAMPLE).to_pylist())


def lines_of(block: Block) -> pa.Array:
    """Return the row ids of a block as one array."""
    return block.cells.column(LINE).combine_chunks().cast(pa.int64())


def column(block: Block, place: int) -> pa.Array:
    """Return the text of one column as one array."""
    return block.cells.column(str(place)).combine_chunks().cast(pa.string())


def remade(block: Block, columns: Iterable[tuple[str, pa.Array]], lines: pa.Array) -> Block:
    """Return the block with these headers and columns instead of its own."""
    each = list(columns)
    cells = {str(place): text for place, (_, text) in enumerate(each)}
    return replace(
        block,
        headers=tuple(header for header, _ in each),
        cells=pa.table({LINE: lines, **cells}),
    )


def with_column(block: Block, place: int, header: str, text: pa.Array) -> Block:
    """Return the block with one column replaced, or added where ``place`` is behind the last."""
    columns = [(own, column(block, at)) for at, own in enumerate(block.headers)]
    columns[place : place + 1] = [(header, text)]
    return remade(block, columns, lines_of(block))


def without(block: Block, places: Iterable[int]) -> Block:
    """Return the block without some of its columns."""
    gone = set(places)
    kept = [place for place in range(len(block.headers)) if place not in gone]
    columns = ((block.headers[place], column(block, place)) for place in kept)
    return remade(block, columns, lines_of(block))


def of_rows(block: Block, rows: pa.Array) -> Block:
    """Return some rows of the block: by a mask, or by their places."""
    taken = block.cells.filter(rows) if pa.types.is_boolean(rows.type) else block.cells.take(rows)
    return replace(block, cells=taken)


def named(headers: Sequence[str]) -> str:
    """Return headers as one text, the first of many and how many more there are."""
    texts = [short(header) for header in dict.fromkeys(headers) if header.strip()]
    more = len(texts) - _LISTED
    return ", ".join(texts) if more <= 0 else f"{', '.join(texts[:_LISTED])} … (+{more})"


def note(rule: str, headers: Sequence[str], count: int) -> Note:
    """Return what was done to columns of a block."""
    return Note(rule, value=named(headers), count=count)


def _forms(header: str) -> Iterator[str]:
    """Yield a header, then without what stands in brackets, then its last part of a path."""
    yield header
    plain = _BRACKETS.sub(" ", header)
    yield from dict.fromkeys([plain, re.split(r"[/|>]", plain)[-1]])
