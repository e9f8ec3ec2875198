"""Districts, municipalities and units by key, official name, NUTS code or number plate.

What names two areas, such as the bare "Aachen", stays as it is: the rules refuse it and say how it
is told apart. Parts of towns are not guessed.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from analytics.domain.areas import AreaRegistry, DistrictKind, MunicipalityKind, UnitKind
from analytics.extracts.aliases import normal
from analytics.extracts.contract import STATE

_ALIASES: Final = tomllib.loads(Path(__file__).with_name("areas.toml").read_text("utf-8"))
_DISTRICT: Final = 5
_TOWN: Final = 8
_REGIONAL_KEYS: Final = (9, 12)
_TOWN_PART: Final = 3
_STATE_DIGIT: Final = "5"
_DIGITS: Final = re.compile(r"(\d+)(?:\.0+)?")
# "05766 Lippe", "Lippe (05766)", "05766 - Kreis Lippe".
_KEY_AND_NAME: Final = re.compile(
    r"(?P<key>\d{4,12})[ :/–-]+(?P<name>\D+)|(?P<name2>\D+?)[ ,:/–-]*\(?(?P<key2>\d{4,12})\)?"
)
_BRACKETS: Final = re.compile(r" ?\([^()]*\)")
_CITY: Final = (
    "Stadt", "kreisfreie Stadt", "Kreisfr. Stadt", "Krfr. Stadt", "Krsfr. Stadt", "kfr. Stadt",
    "kfS", "Stadtkreis", "Landeshauptstadt", "Bundesstadt", "Stadtverwaltung", "City of",
)  # fmt: skip
_COUNTY: Final = ("Kreis", "Landkreis", "LK", "Kr.", "Krs.", "Kreisverwaltung", "District of")
_REGION: Final = ("Städteregion", "StädteRegion", "Städte-Region")
_KINDS: Final[Mapping[DistrictKind, tuple[str, ...]]] = {
    DistrictKind.INDEPENDENT_CITY: _CITY,
    DistrictKind.DISTRICT: _COUNTY,
    DistrictKind.CITY_REGION: _REGION,
}
_STATE_NAMES: Final = (
    "Land",
    "Land NRW",
    "NRW",
    "Nordrhein-Westfalen",
    "Land Nordrhein-Westfalen",
    "DEA",
)
# "Alte Hansestadt Lemgo", "Universitätsstadt Siegen", "Kolpingstadt Kerpen".
_TITLE: Final = re.compile(
    r"(?:(?:alte|große|kreisangehörige|mittlere) )*"
    r"(?:[\w.-]*stadt|[\w-]*gemeinde|gem\.) (?P<name>.+)",
    re.I,
)

_IS_TITLE: Final = re.compile("stadt|gemeinde", re.I)


@dataclass(frozen=True)
class AreaNames:
    """Spellings of areas.

    Attributes:
        districts: Normalised name -> key of the district, or of a town that stands for one.
        municipalities: Normalised name -> key of the municipality.
        units: Normalised name -> key of the unit.
        plates: Number plate or NUTS code -> key of the district.
        towns: The keys of all municipalities.
    """

    districts: Mapping[str, str]
    municipalities: Mapping[str, str]
    units: Mapping[str, str]
    plates: Mapping[str, str]
    towns: frozenset[str]

    def district(self, text: str) -> str:
        """Return the key of a district; the text itself where it names none."""
        key = _key(text)
        if key is not None:
            # The only municipality of a city says more than the city's key.
            return key if key in self.towns else _of_district(key)
        return self.plates.get(text) or self._named(text, self.districts) or text

    def municipality(self, text: str) -> str:
        """Return the key of a municipality, or its last digits; the text where it names none."""
        key = _key(text)
        if key is not None:
            return _of_town(key)
        return self._named(text, self.municipalities) or _titled(text, self.municipalities) or text

    def unit(self, text: str) -> str:
        """Return the key of a unit; the text itself where it names none."""
        key = _key(text)
        if key is not None:
            return _of_district(key)
        return self.plates.get(text) or self._named(text, self.units) or text.replace(" ", "")

    def _named(self, text: str, names: Mapping[str, str]) -> str | None:
        """Return the key of a name, with the key itself beside it if it is the same."""
        if match := _KEY_AND_NAME.fullmatch(text):
            key = _of_district(_key(match["key"] or match["key2"]) or "")
            name = match["name"] or match["name2"]
            same = {key, names.get(normal(name)), names.get(normal(name.strip(" (")))} - {None}
            return key if len(same) == 1 and normal(name) in names else None
        return names.get(normal(text)) or names.get(normal(_BRACKETS.sub("", text)))


@cache
def area_names(registry: AreaRegistry) -> AreaNames:
    """Return the spellings of all areas of the registry."""
    districts = list(_district_names(registry))
    towns = list(_town_names(registry))
    own = {normal(name): key for name, key in _unit_names(registry)}
    return AreaNames(
        districts=_unambiguous([*districts, *_stand_ins(registry)]),
        municipalities=_unambiguous(towns),
        units={**_unambiguous([*districts, *_stand_ins(registry)]), **own},
        plates=_unambiguous_codes(registry),
        towns=frozenset(area.ags for area in registry.municipalities),
    )


def town_part(text: str) -> str | None:
    """Return the last three digits of a municipality's key where only they were written."""
    return (
        text.zfill(_TOWN_PART)
        if text.isascii() and text.isdecimal() and len(text) <= _TOWN_PART
        else None
    )


def _key(text: str) -> str | None:
    """Return the digits of a key with the leading zero that spreadsheets drop; None for a name."""
    match = _DIGITS.fullmatch(text.replace(" ", ""))
    if match is None:
        return None
    digits = match[1]
    lengths = {_DISTRICT, _TOWN, *_REGIONAL_KEYS}
    is_short = digits[:1] == _STATE_DIGIT and len(digits) + 1 in lengths
    return f"0{digits}" if is_short else digits


def _of_district(key: str) -> str:
    """Return a district's key of one with zeros behind it: of a district as a municipality."""
    is_longer = len(key) in {_TOWN, *_REGIONAL_KEYS}
    return key[:_DISTRICT] if is_longer and not int(key[_DISTRICT:]) else key


def _of_town(key: str) -> str:
    """Return a municipality's key of a regional key, which holds its association as well."""
    return key[:_DISTRICT] + key[-_TOWN_PART:] if len(key) == max(_REGIONAL_KEYS) else key


def _district_names(registry: AreaRegistry) -> Iterator[tuple[str, str]]:
    for area in registry.districts:
        bare = re.sub(r"^(?:Kreis|Städteregion) ", "", area.name)
        others = _ALIASES["districts"].get(area.ags, ())
        yield from ((name, area.ags) for name in (area.name, area.full_name, *others))
        # The bare name of the city region is that of its largest town, too.
        if area.kind is not DistrictKind.CITY_REGION:
            yield bare, area.ags
        for name in (bare, *others):
            yield from ((each, area.ags) for each in _with_kind(name, _KINDS[area.kind]))


def _stand_ins(registry: AreaRegistry) -> Iterator[tuple[str, str]]:
    """Yield the names of additional KIM units, which deliver as if they were districts."""
    for unit in registry.kim_units:
        if unit.ags != unit.district:
            bare = unit.name.removeprefix("Stadt ")
            yield unit.name, unit.ags
            yield from ((name, unit.ags) for name in _with_kind(bare, _CITY))


def _unit_names(registry: AreaRegistry) -> Iterator[tuple[str, str]]:
    for unit in registry.evaluation_units:
        yield unit.name, unit.code
        yield unit.code, unit.code
        if unit.kind is UnitKind.TOWN:
            yield from ((name, unit.code) for name in _with_kind(unit.name, _CITY))
    yield from ((name, STATE) for name in _STATE_NAMES)


def _town_names(registry: AreaRegistry) -> Iterator[tuple[str, str]]:
    for area in registry.municipalities:
        kinds = ("Stadt", *_CITY) if area.kind is MunicipalityKind.TOWN else ("Gemeinde", "Gem.")
        bare = _BRACKETS.sub("", area.name)
        for name in {area.name, bare, *_ALIASES["municipalities"].get(area.ags, ())}:
            yield name, area.ags
            yield from ((each, area.ags) for each in _with_kind(name, kinds))


def _with_kind(name: str, kinds: Iterable[str]) -> Iterator[str]:
    for kind in kinds:
        yield f"{kind} {name}"
        yield f"{name}, {kind}"


def _titled(text: str, names: Mapping[str, str]) -> str | None:
    """Return the key of a town with a title before or behind its name."""
    before, _, title = text.partition(",")
    if _IS_TITLE.search(title) and (key := names.get(normal(before))):
        return key
    match = _TITLE.fullmatch(text)
    return names.get(normal(match["name"])) if match else None


def _unambiguous(names: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for name, key in names:
        keys[normal(name)].add(key)
    return {name: found.pop() for name, found in keys.items() if len(found) == 1}


def _unambiguous_codes(registry: AreaRegistry) -> Mapping[str, str]:
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for area in registry.districts:
        for code in (area.plate, area.nuts3):
            keys[code].add(area.ags)
    return {code: found.pop() for code, found in keys.items() if len(found) == 1}
