"""Columns that repeat with a number, a letter or under the same header: one group a need."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from analytics.extracts.aliases import aliases, normal
from analytics.extracts.contract import REFERRALS
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.reshaping.cells import are_dates, are_mostly
from analytics.extracts.readers.reshaping.columns import OF_NEEDS, column, column_of, told_column
from analytics.extracts.readers.reshaping.offers import area_of

_GROUPED: Final = OF_NEEDS | {"recorded_on"}

_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
_ORDINALS: Final = (
    r"erste[rsn]?|first",
    r"zweite[rsn]?|second",
    r"dritte[rsn]?|third",
    r"vierte[rsn]?|fourth",
    r"f(?:ü|ue)nfte[rsn]?|fifth",
)
_DIGITS: Final = re.compile(r"(?<!\d)(?:\d{1,2}|(?:19|20)\d{2})(?!\d)")
_NUMERAL: Final = re.compile(r"(?<![^\W_])(I{1,3}|IV|VI{0,3})(?![^\W_])")
_LETTER: Final = re.compile(r"(?<![^\W_])[A-H](?![^\W_])")
_EMPTY: Final = re.compile(r"[(\[{]\s*[)\]}]|(?<![^\W_])(Nr|No|Nummer)\b\.?", re.IGNORECASE)
_EDGES: Final = " \t\n._-–:/#|,"
_NOUN: Final = re.compile(
    r"(bedarfs?|ma(?:ß|ss)nahmen?|angebots?|vermittlungs?|needs?|referral)[\s._:/|–-]+(?=\S)",
    re.IGNORECASE,
)

# Headers of a group that mean one thing where they hold dates and another where they do not.
_BY_VALUES: Final[Mapping[str, tuple[str | None, str | None]]] = {
    "bedarf": ("offer_area", "need_recorded_on"),
    "need": ("offer_area", "need_recorded_on"),
    "massnahme": ("offer_area", None),
    "angebot": ("offer_area", None),
    "vermittlung": (None, "referred_on"),
    "beginn": (None, "started_on"),
    "bedarfart": ("offer_area", None),
    "artdesbedarfs": ("offer_area", None),
    "bedarfdatum": (None, "need_recorded_on"),
    "bedarfsdatum": (None, "need_recorded_on"),
    "bedarfvom": (None, "need_recorded_on"),
    "vermittlungdatum": (None, "referred_on"),
    "vermittlungvom": (None, "referred_on"),
}


_MOST: Final = 99
_ALWAYS: Final = frozenset({"bedarf", "need"})


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a wide sheet.

    Attributes:
        places: Number of the group -> column of needs -> place in the block.
        headers: Column of needs -> header of it without the number.
        shared: Column of needs -> place, for those that stand once for all groups.
    """

    places: Mapping[int, Mapping[str, int]]
    headers: Mapping[str, str]
    shared: Mapping[str, int]

    @property
    def all_places(self) -> frozenset[int]:
        """Return the places of all columns that are about needs."""
        grouped = {place for group in self.places.values() for place in group.values()}
        return frozenset(grouped | set(self.shared.values()))


def groups_of(block: Block, told: Instructions) -> Groups | None:
    """Return the groups of a wide sheet; None where the block is none.

    What makes a sheet wide is that the offer area itself repeats: a column "Vermittelt am 2" beside
    one area is a second attempt at the same need.
    """
    alone = _alone(block, told)
    entries = list(_numbered(block, alone, told))
    meanings = _meanings(block, entries, told)
    found: dict[int, dict[str, int]] = {}
    headers: dict[str, str] = {}
    for place, stem, number in entries:
        name = meanings[place]
        if name is not None and found.setdefault(number, {}).setdefault(name, place) == place:
            headers.setdefault(name, stem)
    places = _in_order({number: group for number, group in found.items() if group})
    if any("offer_area" in group for group in places.values()):
        return _with_first(places, headers, alone, block)
    return _repeated(block, alone)


def _in_order(places: Mapping[int, dict[str, int]]) -> dict[int, dict[str, int]]:
    """Return groups by their numbers; years count from the first of them."""
    if max(places, default=0) <= _MOST:
        return {number: places[number] for number in sorted(places)}
    return {place: places[year] for place, year in enumerate(sorted(places), start=1)}


def _meanings(
    block: Block, entries: Sequence[tuple[int, str, int]], told: Instructions
) -> dict[int, str | None]:
    """Return the column of needs at each place; headers of one stem mean the same."""
    places: dict[str, list[int]] = {}
    for place, stem, _ in entries:
        places.setdefault(normal(stem), []).append(place)
    found: dict[int, str | None] = {}
    for place, stem, _ in entries:
        if place not in found:
            name = _meaning(stem, _cells(block, places[normal(stem)]), told)
            found |= dict.fromkeys(places[normal(stem)], name)
    for place, _, _ in entries:
        if (by_told := told_column(block.headers[place], REFERRALS, told)) is not None:
            found[place] = by_told if by_told in _GROUPED else None
    return found


def _meaning(stem: str, cells: pa.ChunkedArray, told: Instructions) -> str | None:
    if (by_values := _by_values(stem, cells)) is not None:
        return by_values
    for form in (stem, _NOUN.sub("", stem, count=1), re.split(r"[:–]", stem)[-1]):
        name = column_of(form, REFERRALS, told, cells)
        if name in _GROUPED and not (name == "referral_id" and normal(stem) in _BY_VALUES):
            return name
    return None


def _by_values(stem: str, cells: pa.ChunkedArray) -> str | None:
    as_text, as_date = _BY_VALUES.get(normal(stem), (None, None))
    if as_text is None and as_date is None:
        return None
    if are_dates(cells):
        return as_date
    if normal(stem) in _ALWAYS or are_mostly(cells, lambda text: area_of(text) is not None):
        return as_text
    return None


def _cells(block: Block, places: Sequence[int]) -> pa.ChunkedArray:
    return pa.chunked_array([column(block, place) for place in places], pa.string())


def _alone(block: Block, told: Instructions) -> dict[str, list[int]]:
    """Return the places of headers that mean a column of needs without any number."""
    alone: dict[str, list[int]] = {}
    known = aliases().columns[REFERRALS.name]
    for place, header in enumerate(block.headers):
        if any(_numbers(header)) and normal(header) not in known:
            continue  # what is known without its number belongs to a group
        name = _meaning(header, _cells(block, [place]), told)
        if name in OF_NEEDS:
            alone.setdefault(name, []).append(place)
    return alone


def _numbered(
    block: Block, alone: Mapping[str, list[int]], told: Instructions
) -> Iterator[tuple[int, str, int]]:
    """Yield place, header without its number, and the number, of headers that have one."""
    taken = {place for places in alone.values() for place in places}
    lettered = _letters(block, told)
    for place, header in enumerate(block.headers):
        found = next(_numbers(header), None) or lettered.get(place)
        if found is not None and place not in taken:
            yield (place, *found)


def _numbers(header: str) -> Iterator[tuple[str, int]]:
    """Yield the header without its only number, and the number."""
    digits = list(_DIGITS.finditer(header))
    if len(digits) == 1:
        yield _cut(header, digits[0]), int(digits[0][0])
        return
    for number, word in enumerate(_ORDINALS, start=1):
        if match := re.search(rf"\b({word})\b", header, re.IGNORECASE):
            yield _cut(header, match), number
            return
    if match := _NUMERAL.search(header):
        yield _cut(header, match), _ROMAN[match[0]]


def _letters(block: Block, told: Instructions) -> Mapping[int, tuple[str, int]]:
    """Return places of headers with a single letter, where at least two letters share a stem."""
    found: dict[int, tuple[str, int]] = {}
    for place, header in enumerate(block.headers):
        if match := _LETTER.search(header):
            found[place] = (_cut(header, match), ord(match[0]) - ord("A") + 1)
    stems = [normal(stem) for stem, _ in found.values()]
    return {at: pair for at, pair in found.items() if stems.count(normal(pair[0])) > 1}


def _cut(header: str, match: re.Match[str]) -> str:
    rest = _EMPTY.sub("", f"{header[: match.start()]} {header[match.end() :]}")
    return re.sub(r"(_\s*_|\s+)", " ", rest).strip(_EDGES)


def _with_first(
    places: Mapping[int, Mapping[str, int]],
    headers: dict[str, str],
    alone: Mapping[str, list[int]],
    block: Block,
) -> Groups | None:
    """Add the group without a number; what stands once beside all groups is shared by them."""
    own = {name: at[0] for name, at in alone.items()}
    if "offer_area" not in own:
        return Groups(places, headers, own)
    if normal(block.headers[own["offer_area"]]) != normal(headers["offer_area"]):
        return None
    first = {name: place for name, place in own.items() if name in headers}
    number = 0 if 1 in places else 1
    shared = {name: place for name, place in own.items() if name not in first}
    return Groups({number: first, **places}, headers, shared)


def _repeated(block: Block, alone: Mapping[str, list[int]]) -> Groups | None:
    """Return the groups of a sheet that repeats the same headers without any number."""
    again = {name: at for name, at in alone.items() if len(at) > 1 and _are_same(block, at)}
    if "offer_area" not in again:
        return None
    count = len(again["offer_area"])
    places = {
        number: {name: at[number - 1] for name, at in again.items() if len(at) >= number}
        for number in range(1, count + 1)
    }
    headers = {name: block.headers[at[0]] for name, at in again.items()}
    shared = {name: at[0] for name, at in alone.items() if name not in again}
    return Groups(places, headers, shared)


def _are_same(block: Block, places: list[int]) -> bool:
    return len({normal(block.headers[place]) for place in places}) == 1
