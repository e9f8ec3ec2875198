"""Full exports: one row a need, with the columns of the case in each of its rows."""

from collections.abc import Iterable, Mapping

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
from analytics.extracts.readers.reshaping.persons import person_places


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
    kept = without(block, of_needs.values())
    joined, contradictory = _joined(kept, positions(kept, CASES, told))
    notes += contradictory
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


def _joined(block: Block, cases: Mapping[str, int]) -> tuple[Block, list[Note]]:
    """Return the first row of each case, gaps filled from its others.

    A text that one row has and another leaves empty is no contradiction: many programs write what
    is about the case into its first row only. Where rows do contradict each other, the case keeps
    them all, and the rules name what differs; but what may be unknown is emptied, as that costs no
    need and no day.
    """
    if "case_id" not in cases:
        return block, []
    groups = case_groups(block, cases, person_places(block))
    texts = {
        name: plain_texts(column(block, place))
        for name, place in cases.items()
        if name not in CASES.key
    }
    differs = {name: contradicts(groups, text) for name, text in texts.items()}
    is_open = ~are_filled(column(block, cases["case_id"])).to_numpy(zero_copy_only=False)
    for name in differs:
        is_open |= differs[name] & (not CASES.column(name).is_emptied)
    notes = []
    for name, text in texts.items():
        place, header = cases[name], block.headers[cases[name]]
        joint = pc.if_else(pa.array(differs[name]), None, first_texts(groups, text))
        if emptied := len(np.unique(groups[differs[name] & ~is_open])):
            notes.append(note("case_contradicts", [header], emptied))
        filled = pc.if_else(pa.array(is_open), column(block, place), joint)
        block = with_column(block, place, header, filled)
    return of_rows(block, pa.array((running_numbers(groups) == 0) | is_open)), notes


def case_groups(
    block: Block, cases: Mapping[str, int], further: Iterable[int] = ()
) -> npt.NDArray[np.int64]:
    """Return the same number for rows of the same case, and of equal ``further`` columns."""
    places = [cases[name] for name in CASES.key if name in cases]
    return group_numbers(*(plain_texts(column(block, place)) for place in (*places, *further)))
