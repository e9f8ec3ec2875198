"""Files whose shape differs from the contract: what stands in them as rows of one table.

``reshaped`` is asked between the reading of a file and the matching of its headers, ``completed``
once for all blocks that are read. Each step takes a block and returns a block; what it did is a
note, so nothing is left out or made without a word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.extracts.contract import CASES, REFERRALS, Table
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.areas import one_area_a_row
from analytics.extracts.readers.reshaping.columns import still_told
from analytics.extracts.readers.reshaping.exports import cases_of_export, needs_of_export
from analytics.extracts.readers.reshaping.history import newest_rows
from analytics.extracts.readers.reshaping.households import filled_down, one_row_a_household
from analytics.extracts.readers.reshaping.ids import with_referral_ids
from analytics.extracts.readers.reshaping.marks import cases_of_marks, needs_of_marks
from analytics.extracts.readers.reshaping.pseudonyms import Secret, without_file_references
from analytics.extracts.readers.reshaping.wide import cases_of_wide, needs_of_wide

__all__ = ["Reshaped", "Secret", "completed", "reshaped"]

Step = Callable[[Block, Instructions], tuple[Block, tuple[Note, ...]]]

_STEPS: Final[dict[str, tuple[Step, ...]]] = {
    CASES.name: (
        filled_down,
        cases_of_wide,
        cases_of_marks,
        cases_of_export,
        one_row_a_household,
        newest_rows(CASES),
    ),
    REFERRALS.name: (
        filled_down,
        needs_of_wide,
        needs_of_marks,
        needs_of_export,
        newest_rows(REFERRALS),
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Reshaped:
    """A block in the shape of the contract.

    Attributes:
        block: The block.
        told: What the sender has told, without the headers that the block no longer has.
        notes: What was made, joined or left to the other table.
    """

    block: Block
    told: Instructions
    notes: tuple[Note, ...] = ()


def reshaped(block: Block, table: Table, told: Instructions, secret: Secret) -> Reshaped:
    """Return a block with one row for each row of ``table``, before its headers are matched.

    Only cases and referrals come in other shapes; a block of any other table stays as it is but for
    file references, and so does one of the right shape.

    Args:
        block: The block.
        table: The table that is wanted.
        told: What the sender has told.
        secret: Returns the key of the pseudonyms that stand in for file references; asked only
            where there is one to replace.
    """
    if not table.tells_of_people:
        return Reshaped(block, told)
    shaped, notes = without_file_references(block, table, told, secret)
    if table.name not in _STEPS:
        return Reshaped(shaped, told, notes)
    for step in _STEPS[table.name]:
        shaped, said = step(shaped, told)
        notes += said
    return Reshaped(shaped, still_told(told, table, block, shaped), notes)


def completed(
    blocks: Sequence[Block], table: Table, told: Instructions
) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """Return all blocks that are read as ``table``, with ids and one offer area a row.

    Asked once for all of them, after ``reshaped``: made ids are unique in the whole file.
    """
    if table is not REFERRALS:
        return tuple(blocks), ()
    with_ids, notes = with_referral_ids(blocks, told)
    split = [one_area_a_row(block, told) for block in with_ids]
    said = [note for _, own in split for note in own]
    return tuple(block for block, _ in split), (*notes, *said)
