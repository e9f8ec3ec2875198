"""Full exports: one row a need, with the columns of the case in each of its rows."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.contract import CASES, REFERRALS
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.cells import (
    are_filled,
    contradicts,
    first_texts,
    group_numbers,
    plain_texts,
    running_numbers,
)
from analytics.extracts.readers.reshaping.columns import (
    OF_CASES,
    OF_NEEDS,
    column,
    named,
    note,
    of_rows,
    positions,
    with_column,
    without,
)


def cases_of_export(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Return one row a case, and what was left to the needs.

    A case whose rows contradict each other keeps them all: the rules name what differs.
    """
    of_needs, cases = need_places(block, told), positions(block, CASES, told)
    if not of_needs or "opened_on" not in cases:
        return block, ()
    headers = [block.headers[place] for place in of_needs.values()]
    needs = int(pc.sum(_any_filled(block, of_needs)).as_py() or 0)
    notes = [note("needs_beside_cases", headers, needs)]
    gone = set(of_needs.values())
    if "case_id" in cases and "recorded_on" in cases and _differs(block, cases, "recorded_on"):
        gone.add(cases["recorded_on"])
    kept = without(block, gone)
    joined = _joined(kept, positions(kept, CASES, told))
    if rest := kept.cells.num_rows - joined.cells.num_rows:
        value = named([block.headers[cases["case_id"]]])
        notes.append(Note("rows_of_one_case", value=value, count=rest))
    return joined, tuple(notes)


def needs_of_export(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Return the rows with a need, without the columns that describe the case."""
    of_needs, of_cases = need_places(block, told), case_places(block, told)
    if not of_needs or "opened_on" not in of_cases:
        return block, ()
    headers = [block.headers[place] for place in of_cases.values()]
    notes = [note("cases_beside_needs", headers, block.cells.num_rows)]
    filled = _any_filled(block, of_needs)
    if rest := block.cells.num_rows - int(pc.sum(filled).as_py() or 0):
        notes.append(Note("rows_without_need", count=rest))
    return of_rows(without(block, of_cases.values()), filled), tuple(notes)


def need_places(block: Block, told: Instructions) -> Mapping[str, int]:
    """Return where columns of needs stand in a block of cases; empty where there are no needs.

    The area of a case alone, or a day on which it was referred to the district, is no need.
    """
    cases = set(positions(block, CASES, told).values())
    found = positions(block, REFERRALS, told)
    needs = {name: p for name, p in found.items() if name in OF_NEEDS and p not in cases}
    is_need = "need_recorded_on" in needs or needs.keys() >= {"offer_area", "referred_on"}
    return needs if is_need and len(needs) > 1 else {}


def case_places(block: Block, told: Instructions) -> Mapping[str, int]:
    """Return where columns stand that are about cases and mean nothing in a block of needs."""
    needs = set(positions(block, REFERRALS, told).values())
    found = positions(block, CASES, told)
    return {name: p for name, p in found.items() if name in OF_CASES and p not in needs}


def _any_filled(block: Block, places: Mapping[str, int]) -> pa.Array:
    found = pa.array(np.zeros(block.cells.num_rows, bool))
    for place in places.values():
        found = pc.or_(found, are_filled(column(block, place)))
    return found


def _joined(block: Block, cases: Mapping[str, int]) -> Block:
    """Return the first row of each case that does not contradict itself, gaps filled from others.

    A text that one row has and another leaves empty is no contradiction: many programs write what
    is about the case into its first row only.
    """
    if "case_id" not in cases:
        return block
    groups = case_groups(block, cases)
    others = {name: place for name, place in cases.items() if name != "case_id"}
    texts = {place: plain_texts(column(block, place)) for place in others.values()}
    is_open = ~are_filled(column(block, cases["case_id"])).to_numpy(zero_copy_only=False)
    for text in texts.values():
        is_open |= contradicts(groups, text)
    for place, text in texts.items():
        filled = pc.if_else(pa.array(is_open), column(block, place), first_texts(groups, text))
        block = with_column(block, place, block.headers[place], filled)
    return of_rows(block, pa.array((running_numbers(groups) == 0) | is_open))


def case_groups(block: Block, cases: Mapping[str, int]) -> npt.NDArray[np.int64]:
    """Return the same number for rows of the same case."""
    names = [name for name in CASES.key if name in cases]
    return group_numbers(*(plain_texts(column(block, cases[name])) for name in names))


def _differs(block: Block, cases: Mapping[str, int], name: str) -> bool:
    text = plain_texts(column(block, cases[name]))
    return bool(contradicts(case_groups(block, cases), text).any())
