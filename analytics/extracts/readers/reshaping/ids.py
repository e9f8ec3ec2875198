"""Ids of needs that were delivered without any: the case's key and a number."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.contract import REFERRALS
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block, parts_of
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.cells import (
    group_numbers,
    plain_texts,
    running_numbers,
)
from analytics.extracts.readers.reshaping.columns import (
    column,
    lines_of,
    positions,
    with_column,
)

_ID = "referral_id"
_OF_NEED = frozenset({"offer_area", "need_recorded_on"})


def with_referral_ids(
    blocks: Sequence[Block], told: Instructions
) -> tuple[list[Block], tuple[Note, ...]]:
    """Give an id to the needs of blocks that have none.

    The number is that of the group in a wide sheet, so that filling another group changes no other
    id; where this would give an id twice, it counts the needs of a case through the whole file.
    """
    found = [(block, positions(block, REFERRALS, told)) for block in blocks]
    lacking = [place for place, (_, at) in enumerate(found) if _lacks_ids(at)]
    if not lacking:
        return list(blocks), ()
    keys = [plain_texts(column(found[p][0], found[p][1]["case_id"])) for p in lacking]
    ids = _made(
        pa.concat_arrays(keys), np.concatenate([parts_of(lines_of(blocks[p])) for p in lacking])
    )
    shaped, first = list(blocks), 0
    for place, own in zip(lacking, keys, strict=True):
        block = blocks[place]
        header = len(block.headers)
        shaped[place] = with_column(block, header, _ID, ids.slice(first, len(own)))
        first += len(own)
    return shaped, (Note("referral_ids_made", field=_ID, count=len(ids) - ids.null_count),)


def _lacks_ids(places: Mapping[str, int]) -> bool:
    return _ID not in places and "case_id" in places and not places.keys().isdisjoint(_OF_NEED)


def _made(keys: pa.Array, parts: npt.NDArray[np.int64]) -> pa.Array:
    cases = group_numbers(keys)
    of_part = group_numbers(keys, pa.array(parts.astype(str)))
    is_unique = not (running_numbers(of_part) > 0).any()
    numbers = parts if is_unique else running_numbers(cases)
    return pc.binary_join_element_wise(keys, pa.array((numbers + 1).astype(str)), "-")
