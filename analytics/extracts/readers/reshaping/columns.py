"""What the headers of a block mean before they are matched, and blocks made of other columns."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import CASES, REFERRALS, Table
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.delivery import LINE, Note
from analytics.extracts.readers.headers import short
from analytics.extracts.readers.reshaping.cells import are_dates

SHARED: Final = frozenset(CASES.column_names) & frozenset(REFERRALS.column_names)
"""Columns that both tables have; they do not tell which of the two a block holds."""

OF_NEEDS: Final = frozenset(REFERRALS.column_names) - SHARED
OF_CASES: Final = frozenset(CASES.column_names) - SHARED

_BRACKETS: Final = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_LISTED: Final = 8


def spellings(*headers: str) -> frozenset[str]:
    """Return headers as they are compared."""
    return frozenset(map(normal, headers))


def column_of(header: str, table: Table, told: Instructions) -> str | None:
    """Return the column of ``table`` that a header means; what the sender has told comes first."""
    for delivered, column in told.columns:
        if delivered == header or normal(delivered) == normal(header) != "":
            return column if column in table.column_names else None
    known = aliases().columns[table.name]
    found = (known.get(normal(form)) for form in _forms(header))
    return next((name for name in found if name), None)


def positions(block: Block, table: Table, told: Instructions) -> Mapping[str, int]:
    """Return where each column of ``table`` stands in the block; the first of several counts.

    A column of dates is no id, whatever its header: "Vermittlung" may be either.
    """
    mapped = {normal(delivered) for delivered, _ in told.columns}
    order = sorted(
        range(len(block.headers)), key=lambda place: normal(block.headers[place]) not in mapped
    )
    found: dict[str, int] = {}
    for place in order:
        name = column_of(block.headers[place], table, told)
        if name is None or name in found:
            continue
        if name == "referral_id" and are_dates(block.cells.column(str(place))):
            continue
        found[name] = place
    return found


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
    yield (plain := _BRACKETS.sub(" ", header))
    yield re.split(r"[/|>]", plain)[-1]
