"""Several offer areas in one cell: as many needs, with the same days."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.contract import REFERRALS
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import MOST_PARTS, Block, with_parts
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.cells import mapped, running_numbers
from analytics.extracts.readers.reshaping.columns import (
    column,
    lines_of,
    named,
    of_rows,
    positions,
    remade,
)
from analytics.extracts.readers.reshaping.offers import areas_in


def one_area_a_row(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Return one row for each area of a cell, with ids ``<id>-1``, ``<id>-2``, ….

    A cell of which any part is no known area stays as it is, and the rules say what is wrong.
    """
    places = positions(block, REFERRALS, told)
    if "offer_area" not in places or not block.cells.num_rows:
        return block, ()
    place = places["offer_area"]
    cells = column(block, place)
    names = mapped(cells, lambda text: areas_in(text, told) or (text,), pa.list_(pa.string()))
    counts = pc.list_value_length(names).fill_null(1).to_numpy()
    is_renamed = any(areas_in(text, told) for text in cells.unique().to_pylist() if text)
    if not is_renamed:
        return block, ()
    rows = np.repeat(np.arange(len(cells)), counts)
    _, lines = np.unique(
        with_parts(lines_of(block), np.zeros(len(cells), np.int64)), return_inverse=True
    )
    parts = running_numbers(lines[rows])
    if parts.max() >= MOST_PARTS:
        return block, ()
    split = _split(block, rows, parts, place, _texts(names, counts), places.get("referral_id"))
    if not (is_split := counts > 1).any():
        return split, ()
    value = named(cells.filter(pa.array(is_split)).unique().to_pylist())
    return split, (Note("areas_split", field="offer_area", value=value, count=int(is_split.sum())),)


def _split(
    block: Block,
    rows: npt.NDArray[np.int64],
    parts: npt.NDArray[np.int64],
    place: int,
    texts: pa.Array,
    id_place: int | None,
) -> Block:
    """Return the block with its rows repeated: one area each, an own id and an own part."""
    repeated = of_rows(block, pa.array(rows))
    columns = [(header, column(repeated, at)) for at, header in enumerate(block.headers)]
    columns[place] = (block.headers[place], texts)
    if id_place is not None:
        columns[id_place] = (block.headers[id_place], _ids(columns[id_place][1], rows))
    return remade(block, columns, with_parts(lines_of(repeated), parts))


def _texts(names: pa.Array, counts: npt.NDArray[np.int64]) -> pa.Array:
    """Return one name a row; rows without any stay empty."""
    is_empty = np.repeat(~names.is_valid().to_numpy(zero_copy_only=False), counts)
    places = np.cumsum(~is_empty) - 1
    return names.flatten().take(pa.array(places, mask=is_empty))


def _ids(ids: pa.Array, rows: npt.NDArray[np.int64]) -> pa.Array:
    """Return the ids with the number of the area behind them, where a row was repeated."""
    numbers = pa.array((running_numbers(rows) + 1).astype(str))
    numbered = pc.binary_join_element_wise(ids, numbers, "-")
    is_repeated = np.bincount(rows)[rows] > 1
    return pc.if_else(pa.array(is_repeated), numbered, ids)
