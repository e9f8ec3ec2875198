"""Rows of persons below a household: the household is the case, its key stands in the first row."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.contract import CASES
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.cells import (
    are_filled,
    group_numbers,
    mapped,
    plain_texts,
    running_numbers,
)
from analytics.extracts.readers.reshaping.columns import (
    column,
    named,
    of_rows,
    positions,
    with_column,
)
from analytics.extracts.readers.reshaping.exports import case_groups, case_places, need_places
from analytics.extracts.readers.reshaping.persons import (
    applies_first,
    household_places,
    person_places,
)


def filled_down(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Fill empty keys from the row above, where the block shows that its rows belong together.

    It shows so by a column of persons, or where all that is about the case is empty along with the
    key. An empty key alone may be a mistake, and the need would go to a stranger.
    """
    cases = positions(block, CASES, told)
    if "case_id" not in cases or not block.cells.num_rows:
        return block, ()
    keys = plain_texts(column(block, cases["case_id"]))
    gaps = _gaps(block, keys, told)
    if not gaps.any():
        return block, ()
    above = _above(keys, gaps)
    for name in ("case_id", "district"):
        if name in cases:
            text = plain_texts(column(block, cases[name]))
            filled = pc.if_else(pa.array(gaps & ~_bits(pc.is_valid(text))), text.take(above), text)
            block = with_column(block, cases[name], block.headers[cases[name]], filled)
    value = named([block.headers[cases["case_id"]]])
    return block, (Note("keys_filled_down", value=value, count=int(gaps.sum())),)


def one_row_a_household(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Return for each case the row of the person who applied, else its first."""
    cases = positions(block, CASES, told)
    persons = person_places(block)
    if "case_id" not in cases or not persons or not block.cells.num_rows:
        return block, ()
    groups = case_groups(block, cases)
    applies = np.zeros(len(groups), bool)
    for place in persons:
        is_first = mapped(column(block, place), applies_first, pa.bool_())
        applies |= _bits(is_first.fill_null(False))
    order = np.lexsort((np.arange(len(groups)), ~applies, groups))
    kept = np.zeros(len(groups), bool)
    kept[order[running_numbers(groups[order]) == 0]] = True
    kept |= ~_bits(are_filled(column(block, cases["case_id"])))
    kept |= _are_no_persons(block, groups, persons)
    if kept.all():
        return block, ()
    value = named([block.headers[place] for place in persons])
    note = Note("persons_of_household", value=value, count=int((~kept).sum()))
    return of_rows(block, pa.array(kept)), (note,)


def _are_no_persons(
    block: Block, groups: npt.NDArray[np.int64], persons: list[int]
) -> npt.NDArray[np.bool_]:
    """Say which rows belong to a case whose rows do not name one person each."""
    texts = [plain_texts(column(block, place)) for place in persons]
    same = group_numbers(pa.array(groups.astype(str)), *texts)
    again = np.zeros(int(groups.max()) + 1, bool)
    again[groups[running_numbers(same) > 0]] = True
    return again[groups]


def _gaps(block: Block, keys: pa.Array, told: Instructions) -> npt.NDArray[np.bool_]:
    """Say which rows have no key of their own, but belong to the row above."""
    empty = ~_bits(pc.is_valid(keys))
    empty[: int(np.argmin(empty)) if not empty.all() else len(empty)] = False
    if empty.any():
        empty &= _says_anything(block)
    if not empty.any():
        return empty
    households = household_places(block)
    persons = person_places(block)
    if persons or households:
        return empty & ~_are_others(block, keys, households, empty)
    about = case_places(block, told).values()
    if not about or not need_places(block, told):
        return np.zeros(len(empty), bool)
    says = np.zeros(len(empty), bool)
    for place in about:
        says |= _bits(are_filled(column(block, place)))
    return empty if not (empty & says).any() else np.zeros(len(empty), bool)


def _are_others(
    block: Block, keys: pa.Array, households: list[int], empty: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Say which rows name another household than the row whose key they would get."""
    others = np.zeros(len(empty), bool)
    for place in households:
        own = plain_texts(column(block, place))
        above = own.take(_above(keys, empty))
        others |= _bits(pc.not_equal(own, above).fill_null(False))
    return others


def _above(keys: pa.Array, gaps: npt.NDArray[np.bool_]) -> pa.Array:
    """Return for each row its own place, for a gap that of the last row with a key."""
    own = np.where(_bits(pc.is_valid(keys)), np.arange(len(gaps)), 0)
    above = np.maximum.accumulate(own)
    return pa.array(np.where(gaps, above, np.arange(len(gaps))))


def _says_anything(block: Block) -> npt.NDArray[np.bool_]:
    says = np.zeros(block.cells.num_rows, bool)
    for place in range(len(block.headers)):
        says |= _bits(are_filled(column(block, place)))
    return says


def _bits(mask: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = mask.to_numpy(zero_copy_only=False).astype(bool)
    return found
