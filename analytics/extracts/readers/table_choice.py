"""Which of the tables in a file are rows of the wanted one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import TABLES, Table
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.claims import named_columns
from analytics.extracts.readers.delivery import Use
from analytics.extracts.readers.header_search import is_filled, says_anything
from analytics.extracts.readers.headers import fit

_TEMPLATE: Final = re.compile(
    r"(?i)(?<![^\W_])(vorlagen?|muster|beispiele?|templates?|examples?|samples?)(?![^\W_])"
)
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A block and what becomes of it; ``other`` is the table that it fits where that is another."""

    block: Block
    use: Use
    other: Table | None = None


def chosen(blocks: Sequence[Block], table: Table) -> list[Choice]:
    """Say of each block whether it is read as rows of the table.

    Where no block is, the one that fits best is: what is wrong with it is found by the rules.
    """
    choices = [_choice(block, table) for block in blocks]
    has_data = any(
        each.use is Use.READ and says_anything(_known(each.block, table)) for each in choices
    )
    if has_data:
        return choices
    templates = [place for place, each in enumerate(choices) if each.use is Use.TEMPLATE]
    best = max(range(len(blocks)), key=lambda place: _rank(blocks[place], table))
    for place in templates or [best]:
        choices[place] = Choice(blocks[place], Use.READ)
    return choices


def best_table(block: Block) -> Table:
    """Return the table whose columns the headers name best."""
    return best_of(block.headers, lambda table: _quality(block, table))


def best_of(headers: Sequence[str], rank: Callable[[Table], tuple[float, int]]) -> Table:
    """Return the table of the highest rank; an optional one only where none of the others will do.

    A list of needs with a column "case conference on" stays one: optional tables need so little
    that a single column of theirs would be enough to win.
    """
    always, optional = (
        max((each for each in TABLES.values() if each.is_optional == kind), key=rank)
        for kind in (False, True)
    )
    is_complete = set(always.required) <= named_columns(headers, always) | {always.area}
    is_better = not is_complete and fit(headers, optional) > fit(headers, always)
    return optional if is_better else always


def fitting(block: Block, table: Table) -> int:
    """Return how many rows have a value under a header of the table."""
    masks = [is_filled(column) for column in _known(block, table)]
    if not masks:
        return 0
    filled = masks[0]
    for mask in masks[1:]:
        filled = filled | mask
    return int(filled.sum())


def _known(block: Block, table: Table) -> list[pa.ChunkedArray]:
    """Return the columns under headers of the table."""
    known = [place for place, header in enumerate(block.headers) if fit([header], table)]
    return [block.cells.column(str(place)) for place in known]


def _choice(block: Block, table: Table) -> Choice:
    other = best_table(block)
    is_other = other.name != table.name and _is_better(block, other, table)
    if block.is_hidden:
        return Choice(block, Use.HIDDEN, other if is_other else table)
    if is_other:
        return Choice(block, Use.OTHER_TABLE, other)
    if not _is_enough(block, table):
        return Choice(block, Use.TOO_LITTLE, table)
    if block.sheet is not None and _TEMPLATE.search(block.sheet):
        return Choice(block, Use.TEMPLATE, table)
    return Choice(block, Use.READ)


def _is_better(block: Block, other: Table, table: Table) -> bool:
    return fit(block.headers, other) > fit(block.headers, table)


def _is_enough(block: Block, table: Table) -> bool:
    """Say whether a block names what a row needs, or half of it, but for its area."""
    needed = set(table.required) - {table.area}
    return 2 * len(needed & _named(block, table)) >= len(needed)


def _rank(block: Block, table: Table) -> tuple[bool, int, bool]:
    return not block.is_hidden, fit(block.headers, table), bool(block.cells.num_rows)


def _quality(block: Block, table: Table) -> tuple[float, int]:
    """Rank a table: by the share of its required columns that the headers name, then by all."""
    required = set(table.required)
    return len(required & _named(block, table)) / len(required), fit(block.headers, table)


def _named(block: Block, table: Table) -> set[str | None]:
    spellings = aliases().columns[table.name]
    return {spellings.get(normal(header)) for header in block.headers}
