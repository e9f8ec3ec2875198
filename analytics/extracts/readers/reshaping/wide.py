"""Wide sheets: one row a case with its needs beside each other, in numbered groups of columns."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.contract import CASES, REFERRALS
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block, row_ids
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.cells import are_filled
from analytics.extracts.readers.reshaping.columns import (
    OF_CASES,
    column,
    column_of,
    lines_of,
    note,
    positions,
    remade,
    told_column,
    without,
)
from analytics.extracts.readers.reshaping.marks import area_groups
from analytics.extracts.readers.reshaping.numbered import Groups, groups_of

# A "no" or "open" that the form fills in by itself is no need.
_PREFILLED = frozenset({"binding_handover", "outcome", "recorded_on"})


def cases_of_wide(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Return the columns of cases, and how many needs stand in the others."""
    found = _grouped(block, told)
    if found is None:
        return block, ()
    full, groups = found
    needs = sum(_count(_filled(full, group)) for group in groups.places.values())
    said = note("needs_beside_cases", _delivered(block, groups), needs)
    return without(block, groups.all_places), (said,)


def needs_of_wide(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Return one row for each group that is filled, with the columns that it shares."""
    found = _grouped(block, told)
    if found is None:
        return block, ()
    full, groups = found
    of_cases = _of_cases(block, groups, told)
    common = [
        place
        for place in range(len(block.headers))
        if place not in groups.all_places and place not in of_cases
    ]
    rows = _stacked(full, groups, common, told)
    notes = [note("needs_from_columns", _delivered(block, groups), rows.cells.num_rows)]
    if of_cases:
        left = [block.headers[place] for place in of_cases]
        notes.append(note("cases_beside_needs", left, block.cells.num_rows))
    return rows, tuple(notes)


def _grouped(block: Block, told: Instructions) -> tuple[Block, Groups] | None:
    groups = groups_of(block, told)
    return area_groups(block, told) if groups is None else (block, groups)


def _delivered(block: Block, groups: Groups) -> list[str]:
    """Return the headers about needs as delivered; a made column of areas has none."""
    return [header for p, header in enumerate(block.headers) if p in groups.all_places]


def _stacked(block: Block, groups: Groups, common: list[int], told: Instructions) -> Block:
    """Return the rows of all groups in the order of the file: by line, then by group."""
    filled = [_filled(block, groups.places[number]) for number in sorted(groups.places)]
    parts = [
        _rows(block, groups, number, common, told).cells.filter(mask)
        for number, mask in zip(sorted(groups.places), filled, strict=True)
    ]
    lines = pa.concat_arrays([lines_of(block).filter(mask) for mask in filled])
    order = np.argsort(lines.to_numpy(), kind="stable")
    shape = _rows(block, groups, min(groups.places), common, told)
    return replace(shape, cells=pa.concat_tables(parts).take(pa.array(order)))


def _rows(
    block: Block, groups: Groups, number: int, common: list[int], told: Instructions
) -> Block:
    """Return the lines as rows of one group, numbered as parts of them."""
    group = groups.places[number]
    places = {**groups.shared, **group}
    columns = [(block.headers[place], column(block, place)) for place in common]
    nothing = pa.nulls(block.cells.num_rows, pa.string())
    for name in dict.fromkeys([*groups.headers, *groups.shared]):
        text = column(block, places[name]) if name in places else nothing
        columns.append((_header(block, groups, name, told), text))
    part = number - min(1, *groups.places)
    ids = row_ids(lines_of(block).to_numpy(), part=part)
    return remade(block, columns, ids)


def _header(block: Block, groups: Groups, name: str, told: Instructions) -> str:
    """Return a header that means the column, as near to the delivered one as possible."""
    delivered = [block.headers[group[name]] for group in groups.places.values() if name in group]
    delivered += [block.headers[groups.shared[name]]] if name in groups.shared else []
    stems = [groups.headers[name]] if name in groups.headers else []
    for header in delivered:
        if told_column(header, REFERRALS, told) == name:
            return header
    # Whether an end is that of the need or of the offer is decided later, by its header.
    surely = name != "ended_on"
    fits = (form for form in stems if column_of(form, REFERRALS, told, surely=surely) == name)
    return next(fits, name)


def _filled(block: Block, group: Mapping[str, int]) -> pa.Array:
    """Say of each row whether the group says anything in it."""
    told = [place for name, place in group.items() if name not in _PREFILLED]
    found = pa.array(np.zeros(block.cells.num_rows, bool))
    for place in told:
        found = pc.or_(found, are_filled(column(block, place)))
    return found


def _of_cases(block: Block, groups: Groups, told: Instructions) -> list[int]:
    """Return the places of columns that are about the case; so is its day of recording."""
    wanted = positions(block, REFERRALS, told)
    kept = {place for name, place in wanted.items() if name != "recorded_on"} | groups.all_places
    about = {*OF_CASES, "recorded_on"}
    found = positions(block, CASES, told)
    return sorted(p for name, p in found.items() if name in about and p not in kept)


def _count(filled: pa.Array) -> int:
    return int(pc.sum(filled).as_py() or 0)
