"""Files whose shape differs from the contract: what stands in them as rows of one table.

``reshaped`` is asked between the reading of a file and the matching of its headers. Each step takes
a block and returns a block; what it did is a note, so nothing is left out or made without a word.
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

__all__ = ["Reshaped", "Secret", "reshaped"]

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
    """The blocks in the shape of the contract, and what was done to them.

    Attributes:
        blocks: As many as were given.
        told: What the sender has told, without the headers that the blocks no longer have.
        notes: What was made, joined or left to the other table.
    """

    blocks: tuple[Block, ...]
    told: Instructions
    notes: tuple[Note, ...] = ()


def reshaped(blocks: Sequence[Block], table: Table, told: Instructions, secret: Secret) -> Reshaped:
    """Return the blocks of one file with one row for each row of ``table``.

    Only cases and referrals come in other shapes; the blocks of any other table stay as they are,
    and so do those of the right shape.

    Args:
        blocks: All blocks of the file that are read as ``table``, in its order: made ids are
            unique among all of them.
        table: The table that is wanted.
        told: What the sender has told.
        secret: Returns the key of the pseudonyms that stand in for file references; asked only
            where there is one to replace.

    Raises:
        UnusableInputError: If the file holds needs that cannot be read as such.
    """
    if table.name not in _STEPS:
        return Reshaped(tuple(blocks), told)
    found: list[Block] = []
    notes: list[Note] = []
    for block in blocks:
        shaped, said = without_file_references(block, table, told, secret)
        notes += said
        for step in _STEPS[table.name]:
            shaped, said = step(shaped, told)
            notes += said
        found.append(shaped)
    if table is REFERRALS:
        found, said = with_referral_ids(found, told)
        notes += said
        split = [one_area_a_row(block, told) for block in found]
        found = [block for block, _ in split]
        notes += [note for _, said in split for note in said]
    return Reshaped(tuple(found), still_told(told, table, blocks, found), tuple(notes))
