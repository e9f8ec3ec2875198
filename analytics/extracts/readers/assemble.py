"""From the tables in a file to one delivery of the wanted table.

Every table that fits is stacked; every other is named with its rows. So no row with a value under
a known header is lost: it is delivered, left out as a total, or stands below a named table.
"""

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.contract import TABLES, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import LINE, Block, row_ids
from analytics.extracts.readers.delivery import (
    Aside,
    BlockFacts,
    Delivery,
    FileFacts,
    Note,
    Reading,
    Use,
)
from analytics.extracts.readers.header_search import SEARCHED, Found, blocks_of
from analytics.extracts.readers.headers import MAXIMUM_COLUMNS, Headers, match_headers
from analytics.extracts.readers.reshaping import completed, reshaped
from analytics.extracts.readers.reshaping.pseudonyms import of_session
from analytics.extracts.readers.rows import Rows, rows_of
from analytics.extracts.readers.sheet import Sheet
from analytics.extracts.readers.source import Source
from analytics.extracts.readers.table_choice import Choice, best_table, chosen, fitting

SAMPLED: Final = 300
"""Rows that are looked at to tell what a header means."""
OTHER_TABLE_ROWS: Final = "other_table_rows"
"""The rule that names rows of another table."""

_DAY: Final = r"^\s*\d{1,4}[-./]\d{1,2}[-./]\d{2,4}"
_NAMED: Final = {
    Use.OTHER_TABLE: OTHER_TABLE_ROWS,
    Use.TEMPLATE: "template_rows",
    Use.HIDDEN: "hidden_rows",
    Use.TOO_LITTLE: "unread_rows",
}


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A block of the wanted table: its headers and rows under the contract's names."""

    block: Block
    headers: Headers
    rows: Rows


def blocks_in(reading: Reading, told: Instructions) -> tuple[Found, ...]:
    """Return the blocks of each sheet.

    Raises:
        UnusableInputError: If no sheet holds any, or one has too many columns.
    """
    found = tuple(blocks_of(sheet, told) for sheet in reading.sheets)
    if reading.blocks:
        found = (Found(reading.blocks),)
    elif not any(each.blocks for each in found):
        # A legend names columns, too: few known headers will do only where there are no better.
        found = tuple(
            blocks_of(sheet, told, is_lenient=not sheet.is_hidden) for sheet in reading.sheets
        )
    blocks = [block for each in found for block in each.blocks]
    for block in blocks:
        columns = sum(1 for header in block.headers if header.strip())
        if columns > MAXIMUM_COLUMNS:
            raise UnusableInputError(
                "reader.too_many_columns", columns=columns, limit=MAXIMUM_COLUMNS
            )
    if not blocks:
        raise UnusableInputError("reader.no_header", rows=SEARCHED)
    return found


def assemble(source: Source, reading: Reading, table: Table, told: Instructions) -> Delivery:
    """Return the delivery of one table that a file holds.

    Raises:
        UnusableInputError: If no header is found, or two headers mean the same column.
    """
    found = blocks_in(reading, told)
    blocks = [block for each in found for block in each.blocks]
    secret = source.secret or of_session()
    shaped = [reshaped(block, table, told, secret) for block in blocks]
    choices = chosen([each.block for each in shaped], table)
    read = [place for place, each in enumerate(choices) if each.use is Use.READ]
    whole, made = completed([choices[place].block for place in read], table, told)
    parts = [
        _part(block, table, shaped[place].told) for place, block in zip(read, whole, strict=True)
    ]
    facts = _facts(reading, found, choices, parts, table)
    notes = (
        *reading.notes,
        *_unread(facts, table),
        *_headless(reading, found, parts, table),
        *(note for place in read for note in shaped[place].notes),
        *made,
        *_of_headers(parts),
        *(n for part in parts for n in part.rows.notes),
    )
    names, unknown = _names(parts)
    return Delivery(
        source,
        table,
        _stacked(parts, names),
        names,
        unknown,
        facts,
        notes,
        told=_still_told(told, [shaped[place].told for place in read]),
        sheets=tuple(part.block.sheet for part in parts),
    )


def _still_told(told: Instructions, of_parts: Sequence[Instructions]) -> Instructions:
    """Return what was told without what the shape of the tables has already heeded."""
    kept = [pair for pair in told.columns if any(pair in each.columns for each in of_parts)]
    codes = [code for code in told.codes if any(code in each.codes for each in of_parts)]
    return replace(told, columns=tuple(kept), codes=tuple(codes))


def _part(block: Block, table: Table, told: Instructions) -> _Part:
    headers = match_headers(block.headers, table, _sample(block), told)
    return _Part(block, headers, rows_of(block, headers, table))


def _sample(block: Block) -> list[tuple[str | None, ...]]:
    """Return the first rows, by which a header of several meanings is understood.

    Blank rows are none: they lack no key.
    """
    top = block.cells.slice(0, SAMPLED)
    columns = [top.column(str(place)).to_pylist() for place in range(len(block.headers))]
    rows = list(zip(*columns, strict=True))
    return [row for row in rows if any(cell and cell.strip() for cell in row)] or rows


def _stacked(parts: Sequence[_Part], names: Mapping[str, str]) -> pa.Table:
    """Return the rows of all parts, one below the other; a column that a part lacks is empty."""
    schema = pa.schema([(LINE, pa.int64()), *((name, pa.string()) for name in names)])
    pieces = []
    for number, part in enumerate(parts):
        cells = part.rows.cells
        ids = cells.column(LINE)
        if number:
            ids = pa.chunked_array([row_ids(ids.to_numpy(), block=number)])
        columns = [
            cells.column(name)
            if name in cells.column_names
            else pa.chunked_array([pa.nulls(cells.num_rows, pa.string())])
            for name in names
        ]
        pieces.append(pa.table([ids, *columns], schema=schema))
    return pa.concat_tables(pieces) if pieces else schema.empty_table()


def _names(parts: Sequence[_Part]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the columns with their headers, and the unknown headers, in the senders' order."""
    names: dict[str, str] = {}
    unknown: dict[str, None] = {}
    for part in parts:
        names = (
            {**part.headers.names, **names}
            if not names
            else {
                **names,
                **{
                    name: header for name, header in part.headers.names.items() if name not in names
                },
            }
        )
        unknown |= dict.fromkeys(part.headers.unknown)
    return names, tuple(unknown)


def _of_headers(parts: Sequence[_Part]) -> dict[Note, None]:
    """Return each note on a header once, however many sheets bear it."""
    return dict.fromkeys(note for part in parts for note in part.headers.notes)


def _facts(
    reading: Reading,
    found: Sequence[Found],
    choices: Sequence[Choice],
    parts: Sequence[_Part],
    table: Table,
) -> FileFacts:
    """Return what was read: every table with its rows, and rows left out by kind."""
    read = iter(parts)
    blocks = [_block_facts(each, next(read) if each.use is Use.READ else None) for each in choices]
    without = [
        BlockFacts(Use.HIDDEN if sheet.is_hidden else Use.NO_HEADER, each.rows, sheet.name)
        for sheet, each in zip(reading.sheets, found, strict=False)
        if not each.blocks and each.rows
    ]
    aside = Counter(dict(reading.facts.aside))
    aside[Aside.TITLE] += sum(each.titles for each in found)
    aside[Aside.BETWEEN] += sum(each.between for each in found)
    aside[Aside.HIDDEN] += sum(sheet.hidden_rows for sheet in reading.sheets if not sheet.is_hidden)
    for part in parts:
        aside.update(part.rows.aside)
    first = next((part.block.sheet for part in parts), None)
    return replace(
        reading.facts,
        sheet=first,
        blocks=(*blocks, *without),
        aside=Aside.counted(aside),
    )


def _block_facts(choice: Choice, part: _Part | None) -> BlockFacts:
    block = choice.block
    if part is not None:
        rows = part.rows.cells.num_rows
        return BlockFacts(Use.READ, rows, block.sheet, block.header_line)
    other = choice.other or best_table(block)
    rows = fitting(block, other)
    return BlockFacts(choice.use, rows, block.sheet, block.header_line, other.name.value)


def _unread(facts: FileFacts, table: Table) -> list[Note]:
    """Return what is said of tables that were not read although they hold rows."""
    return [
        Note(
            _NAMED[block.use],
            line=block.header_line or None,
            value=block.table or table.name.value,
            other=str(block.rows),
            sheet=block.sheet,
        )
        for block in facts.blocks
        if block.rows and block.use in _NAMED and block.header_line
    ]


def _headless(
    reading: Reading, found: Sequence[Found], parts: Sequence[_Part], table: Table
) -> list[Note]:
    """Return what is said of sheets without a header that look like one that was read.

    They are no wider and hold days in most rows: rows go on there. Others, such as a legend, are
    only told among what was read.
    """
    widest = max((len(part.block.headers) for part in parts), default=0)
    return [
        Note("sheet_without_header", value=table.name.value, other=str(each.rows), sheet=sheet.name)
        for sheet, each in zip(reading.sheets, found, strict=False)
        if not each.blocks
        and each.rows
        and not sheet.is_hidden
        and sheet.positions <= widest
        and 2 * _rows_with_days(sheet) > each.rows
    ]


def _rows_with_days(sheet: Sheet) -> int:
    columns = (sheet.cells.column(str(place)) for place in range(sheet.positions))
    held = [pc.match_substring_regex(column, _DAY).fill_null(False) for column in columns]
    return int(pc.sum(functools.reduce(pc.or_, held)).as_py() or 0) if held else 0


def tables_of(reading: Reading, told: Instructions) -> dict[str, int]:
    """Return the tables that a file holds, each with its rows."""
    blocks = [block for found in blocks_in(reading, told) for block in found.blocks]
    counts: dict[str, int] = {}
    for table in TABLES.values():
        shaped = [reshaped(block, table, told, of_session()).block for block in blocks]
        read = [each.block for each in chosen(shaped, table) if each.use is Use.READ]
        if any(best_table(block).name == table.name for block in read):
            counts[table.name.value] = sum(fitting(block, table) for block in read)
    return counts
