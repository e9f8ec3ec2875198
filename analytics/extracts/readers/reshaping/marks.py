"""A column for each offer area: with the day of the need, or only with a mark that there is one."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.aliases import BOOLEAN, normal
from analytics.extracts.code_words import meanings
from analytics.extracts.contract import CASES, REFERRALS, Kind
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.reshaping.cells import (
    are_dates,
    are_filled,
    are_mostly,
    mapped,
    plain_texts,
)
from analytics.extracts.readers.reshaping.columns import (
    column,
    column_of,
    note,
    positions,
    with_column,
    without,
)
from analytics.extracts.readers.reshaping.exports import need_places
from analytics.extracts.readers.reshaping.numbered import Groups
from analytics.extracts.readers.reshaping.offers import area_of, names_areas

_DATES: Final = frozenset(each.name for each in REFERRALS.of_kind(Kind.DATE)) - {"recorded_on"}
_NEED: Final = frozenset(
    {
        "bedarf", "bedarfe", "bedarfan", "bedarfin", "bedarfam", "bedarfseit", "foerderbedarf",
        "unterstuetzungsbedarf", "beratungsbedarf", "hilfebedarf", "need", "needs",
    }
)  # fmt: skip
_WORDS: Final = re.compile(r"[^\W_]+")
_FEWEST_BARE: Final = 3


def cases_of_marks(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Return a block of cases without columns that name needs but no day, which are named."""
    marks = _marks(block, told)
    return _named(block, marks, [] if marks else _lists(block, told))


def needs_of_marks(block: Block, told: Instructions) -> tuple[Block, tuple[Note, ...]]:
    """Name columns that only mark needs: without its day a need cannot be counted."""
    if "offer_area" in positions(block, REFERRALS, told):
        return block, ()
    return _named(block, _marks(block, told), [])


def _named(block: Block, marks: list[int], lists: list[int]) -> tuple[Block, tuple[Note, ...]]:
    places = [*marks, *lists]
    if not places:
        return block, ()
    count = sum(_count(column(block, place)) for place in marks)
    count += sum(are_filled(column(block, place)).true_count for place in lists)
    said = note("needs_without_date", [block.headers[place] for place in places], count)
    return without(block, places), (said,)


def area_groups(block: Block, told: Instructions) -> tuple[Block, Groups] | None:
    """Return the block with a column of the area for each group, and its groups by area.

    Groups have the days of needs under headers with the area, such as "Sprache: Bedarf am".
    """
    found: dict[str, dict[str, int]] = {}
    for place, area, stem in _with_areas(block, told):
        name = _date_column(stem, told)
        if name is not None and are_dates(block.cells.column(str(place))):
            found.setdefault(area, {}).setdefault(name, place)
    found = {area: group for area, group in found.items() if "need_recorded_on" in group}
    if len(found) < 2:
        return None
    places: dict[int, dict[str, int]] = {}
    for number, (area, group) in enumerate(found.items(), start=1):
        block, place = _with_area(block, area, group)
        places[number] = {**group, "offer_area": place}
    names = {name for group in places.values() for name in group}
    return block, Groups(places, {name: name for name in sorted(names)}, {})


def _with_area(block: Block, area: str, group: dict[str, int]) -> tuple[Block, int]:
    filled = pa.array(np.zeros(block.cells.num_rows, bool))
    for place in group.values():
        filled = pc.or_(filled, are_filled(column(block, place)))
    text = pc.if_else(filled, pa.scalar(area), pa.scalar(None, pa.string()))
    place = len(block.headers)
    return with_column(block, place, "offer_area", text), place


def _date_column(stem: str, told: Instructions) -> str | None:
    if normal(stem) in _NEED:
        return "need_recorded_on"
    name = column_of(stem, REFERRALS, told)
    return name if name in _DATES else None


def _marks(block: Block, told: Instructions) -> list[int]:
    """Return the places of columns that say yes or no to a need in one area."""
    found = [
        (place, stem)
        for place, _, stem in _with_areas(block, told)
        if not stem or normal(stem) in _NEED
        if _is_marked(column(block, place))
    ]
    by_need = [place for place, stem in found if stem]
    bare = [place for place, stem in found if not stem]
    marks = by_need or (bare if len(bare) >= _FEWEST_BARE else [])
    return marks if any(_count(column(block, place)) for place in marks) else []


def _lists(block: Block, told: Instructions) -> list[int]:
    """Return the places of columns that name the areas of a case's needs, in a block without days.

    What has a day of its own is a need, and a full export.
    """
    if need_places(block, told):
        return []
    cases = set(positions(block, CASES, told).values())
    return [
        place
        for place, header in enumerate(block.headers)
        if place not in cases
        if normal(header) in _NEED or column_of(header, REFERRALS, told) == "offer_area"
        if are_mostly(column(block, place), lambda text: names_areas(text, told))
    ]


def _with_areas(block: Block, told: Instructions) -> Iterator[tuple[int, str, str]]:
    """Yield place, area, and the header without it, of headers that name an offer area."""
    for place, header in enumerate(block.headers):
        known = [column_of(header, table, told) for table in (CASES, REFERRALS)]
        if not any(known) and (found := _area_in(header, told)):
            yield (place, *found)


def _area_in(header: str, told: Instructions) -> tuple[str, str] | None:
    """Return the longest name of an area in a header as its code, and the words around it."""
    words = _WORDS.findall(header)
    for length in range(min(3, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            area = area_of(" ".join(words[start : start + length]), told)
            if area is not None:
                return area, " ".join(words[:start] + words[start + length :])
    return None


def _is_marked(cells: pa.Array) -> bool:
    """Say whether a column holds nothing but yes and no; an area that nobody needs may be empty."""
    texts = [text for text in plain_texts(cells).unique().to_pylist() if text]
    return all(meanings(BOOLEAN, texts))


def _count(cells: pa.Array) -> int:
    is_yes = mapped(cells, lambda text: meanings(BOOLEAN, [text.strip()])[0] == "true", pa.bool_())
    return int(pc.sum(is_yes).as_py() or 0)
