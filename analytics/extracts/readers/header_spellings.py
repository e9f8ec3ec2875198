"""Which spellings of a header may be known: as it stands, or without what forms and exports add."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.extracts.aliases import normal

# "1. Fall-ID", "(2) Kreis"; not "2019" and not "AGS5".
_NUMBERING: Final = re.compile(r"^\s*\(?\d{1,2}[.)]\s*(?=\D)")
_BRACKETS: Final = re.compile(r"\s*(\([^()]*\)|\[[^\][]*\]|\{[^{}]*\})")
# What Kobo, ODK, databases and FileMaker put between a group and a field.
_GROUP: Final = re.compile(r"/|::|:|\\|\.|__")
# "Datum der Vermittlung" is "Vermittlung am".
_DATE_OF: Final = re.compile(r"(?i)^\s*datum\s+(?:der\s+|des\s+|von\s+)?(?P<event>\S.*)$")
# What in brackets says how a column is to be filled, not what it means.
_FORMAT: Final = frozenset(
    normal(text)
    for text in (
        "TT.MM.JJJJ", "TT.MM.JJ", "JJJJ-MM-TT", "JJJJ", "MM/JJJJ", "DD.MM.YYYY", "YYYY-MM-DD",
        "dd/mm/yyyy", "mm/dd/yyyy", "TTMMJJJJ", "Datum", "date", "m/w/d", "w/m/d", "m/w", "w/m",
        "m/f/d", "Jahre", "in Jahren", "years", "J.", "ja/nein", "j/n", "yes/no", "y/n", "0/1",
        "Euro", "EUR", "€", "in Euro", "%", "in %", "AGS", "5-stellig", "8-stellig", "fünfstellig",
        "achtstellig", "Pflicht", "Pflichtfeld", "Pflichtangabe", "required", "optional",
        "freiwillig", "Auswahl", "Auswahlfeld", "Text", "Freitext", "Zahl", "pseudonymisiert",
        "Pseudonym", "VZÄ", "FTE", "Anzahl",
    )
)  # fmt: skip
# What in brackets says that values are of another unit than the contract's: 250 (T€), 30 (Monate).
_OTHER_UNIT: Final = frozenset(
    normal(text.replace("€", "EUR"))
    for text in (
        "T€", "TEUR", "TEuro", "T EUR", "Tsd.", "Tsd", "in Tsd.", "in Tsd", "Tsd. €", "Tsd. EUR",
        "Tsd. Euro", "in Tsd. €", "in Tsd. EUR", "in Tsd. Euro", "Tausend", "in Tausend",
        "Tausend Euro", "in Tausend Euro", "in T€", "in TEUR", "thousand", "thousands",
        "in thousands",
        "k€", "kEUR", "Mio.", "Mio", "in Mio.", "Mio. €", "Mio. EUR", "Mio. Euro", "in Mio. €",
        "in Mio. EUR", "in Mio. Euro", "Millionen", "in Millionen", "Cent", "in Cent",
        "Monate", "in Monaten", "Monaten", "months", "in months", "Wochen", "in Wochen", "weeks",
        "Tage",
        "in Tagen", "days", "Stunden", "in Stunden", "Wochenstunden", "Std.", "Std", "h", "hours",
        "Promille", "in Promille", "je 1000", "pro 1000", "je 1.000 Einwohner",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to read a header; ``is_derived`` where something was left out that may matter."""

    text: str
    is_derived: bool = False


def spellings(headers: Sequence[str]) -> list[tuple[Spelling, ...]]:
    """Return for each header the spellings under which it may be known, the surest first."""
    prefixes = Counter(prefix for header in headers if (prefix := _split(header)[0]))
    plain = [_NUMBERING.sub("", header) for header in headers]
    # Numbers count something, such as several referrals, where their headers are the same.
    numbered = Counter(normal(plain[i]) for i, h in enumerate(headers) if plain[i] != h)
    return [
        _of(header, rest if numbered[normal(rest)] <= 1 else header, prefixes)
        for header, rest in zip(headers, plain, strict=True)
    ]


def _of(header: str, plain: str, prefixes: Counter[str]) -> tuple[Spelling, ...]:
    found = [Spelling(normal(header)), Spelling(normal(plain))]
    inside = [text.strip("()[]{} ") for text in _BRACKETS.findall(plain)]
    if any(_is_other_unit(text) for text in inside):
        return tuple(dict.fromkeys(found))
    bare = _BRACKETS.sub("", plain)
    is_format = all(normal(text) in _FORMAT for text in inside)
    found.append(Spelling(normal(bare), is_derived=not is_format))
    if event := _DATE_OF.match(bare):
        name = normal(event["event"])
        found += [Spelling(f"{name}am", is_derived=True), Spelling(name, is_derived=True)]
    prefix, field = _split(bare)
    if prefix and prefixes[prefix] > 1:
        found.append(Spelling(normal(field), is_derived=True))
    return tuple(dict.fromkeys(spelling for spelling in found if spelling.text))


def _is_other_unit(text: str) -> bool:
    """Say whether a text names a unit that the values would have to be converted from."""
    # Signs that are no letters would be left out: "T€" is not "T".
    return "‰" in text or normal(text.replace("€", "EUR")) in _OTHER_UNIT


def _split(header: str) -> tuple[str, str]:
    """Return the group before a field's name, if any, and the name."""
    signs = list(_GROUP.finditer(header))
    if not signs:
        return "", header
    return header[: signs[-1].start()].strip().lower(), header[signs[-1].end() :]
