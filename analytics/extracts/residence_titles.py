"""Residence titles as people write them: sections of the law in any notation, and words.

``residence_titles.toml`` is the one table of what they mean, each entry with its legal source.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from analytics.extracts.aliases import normal
from analytics.extracts.reasons import SEVERAL, Meaning, Reason, combined

_FILE: Final = Path(__file__).with_name("residence_titles.toml")
_DEFAULT: Final = ("AufenthG", "")
_LAWS: Final[Mapping[str, re.Pattern[str]]] = {
    "FreizügG/EU": re.compile(r"freiz(?:ü|ue)g(?:igkeits)?g(?:esetz)?\s*/?\s*eu|freiz(?:ü|ue)gg"),
    "AufenthG": re.compile(r"aufenth(?:alts)?\.?-?\s?g(?:esetz(?:es)?)?(?![a-zäöü])"),
    "AsylG": re.compile(r"asyl(?:vf|verfahrens)?g(?:esetz(?:es)?)?(?![a-zäöü])"),
    "GG": re.compile(r"\bgg\b|grundgesetz"),
}
_SIGN: Final = r"§+|\bart(?:ikel|\.)?|\bpara?g?(?:ra(?:ph|f)(?:en)?|\.)"
_JOINED: Final = r"\s*(?:,|/|\+|&|\bu\.|\bund\b|\boder\b|\bbzw\.?)\s*"
_DETAIL: Final = (
    r"(?:\s*,?\s*(?:\d\.\s*)?\b(?:satz|s\.?|hs\.?|halbsatz|alternative|alt\.?|nr\.?|nummer|buchst\.?"
    r"|lit\.?|var\.?|unterabs\.?)\s*(?:\d+|[a-z]\b|[iv]+\b)?)*"
)
_SECTION: Final = re.compile(
    rf"(?P<sign>{_SIGN})?\s*(?<![\d.,])(?P<number>\d{{1,3}})(?:\s?(?P<letter>[a-h])(?![a-zäöü]))?"
    rf"(?:\s*,?\s*\babs(?:atz)?\.?\s*(?P<abs>(?:\d[a-z]?|[iv]+)(?![\w])(?:{_JOINED}\d[a-z]?(?![\w.]))*)"
    r"|\s*\(\s*(?P<bracket>\d[a-z]?|[iv]+)\s*\)"
    r"|\s*(?P<roman>viii|vii|vi|iv|v|iii|ii|i)\b(?:\s\d\b)?"
    r"|\s?[./,]\s?(?P<short>[1-9][a-z]?)(?![\w.]))?"
    rf"{_DETAIL}"
)
_DAY: Final = re.compile(
    r"(?:,?\s*\(?(?:gültig|befristet)?\s*\b(?:bis|seit|ab|vom|am)\s*(?:zum\s*)?)"
    r"\d{1,2}\.\d{1,2}\.\d{2,4}\)?"
)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_WITH: Final = re.compile(r"\bi\.?\s?v\.?\s?m\b\.?|\bin verbindung mit\b")
_RANGE: Final = re.compile(r"\d\s*[a-h]?\s*(?:-|–|bis)\s*(?:§\s*)?\d|\b(?:ff?)\.")
_PART: Final = re.compile(r"[(),;:/|]|\s[-–]\s")
_PERMIT: Final = frozenset({"ae", "aufenthaltserlaubnis", "aufenthaltstitel", "titel", "at", "eat"})
_NEUTRAL: Final = frozenset(
    {
        *_PERMIT, "nach", "gem", "gemäß", "gemaess", "gemäss", "laut", "lt", "i", "s", "v", "m",
        "ivm", "isd", "der", "des", "dem", "vom", "von", "und", "u", "oder", "bzw", "zu", "mit",
        "person", "personen", "inhaber", "inhaberin", "erteilt", "aufenthalt", "status", "im",
        "sinne", "o", "a", "b", "c", "d", "e", "f", "g", "eu", "befristet", "ukraine",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Titles:
    """The table: what sections and words mean, and the source of each entry."""

    sections: Mapping[tuple[str, str], Meaning]
    words: Mapping[str, Meaning]
    sources: tuple[str, ...]


@cache
def titles() -> Titles:
    """Return the table, read once.

    Raises:
        ValueError: If a section or a word has two meanings.
    """
    entries = tomllib.loads(_FILE.read_text("utf-8"))["title"]
    sections: dict[tuple[str, str], Meaning] = {}
    words: dict[str, Meaning] = {}
    for entry in entries:
        meaning = _meaning(entry)
        for section in entry.get("sections", ()):
            _put(sections, (entry["law"], section.replace(" Abs. ", ".")), meaning)
        for word in entry.get("words", ()):
            _put(words, normal(word), meaning)
    return Titles(sections, words, tuple(entry["source"] for entry in entries))


def title_of(text: str) -> Meaning:
    """Return the group of a residence title, why there is none, or None if it is not known."""
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    if plain.isdecimal():
        return Reason("number_codes")
    word = titles().words.get(normal(plain))
    if word is not None:
        return word
    # Each part names its own law: "§ 25 Abs. 2 AufenthG i. V. m. § 3 AsylG".
    parts = [_parsed(part) for part in _WITH.split(_DAY.sub(" ", plain))]
    if len(set(parts)) > 1 and None not in parts:
        return SEVERAL
    return combined(parts)


def _meaning(entry: Mapping[str, Any]) -> Meaning:
    if "code" in entry:
        return str(entry["code"])
    return Reason(entry["reason"], entry.get("final", False))


def _put(known: dict[Any, Meaning], key: object, meaning: Meaning) -> None:
    if known.setdefault(key, meaning) != meaning:
        raise ValueError(f"{key!r} means {meaning} and another")


def _parsed(text: str) -> Meaning:
    if _RANGE.search(text):
        return None
    named = [law for law, pattern in _LAWS.items() if pattern.search(text)]
    for pattern in _LAWS.values():
        text = pattern.sub(" ", text)
    if len(named) > 1:
        return None
    found = list(_SECTION.finditer(text))
    is_written = bool(named) or any(_says_section(match) for match in found)
    if found and not is_written:
        return None
    sections = [
        meaning for match in found for meaning in _sections(match, tuple(named) or _DEFAULT)
    ]
    rest = _SECTION.sub(" , ", text)
    words = list(_words(rest, has_sections=bool(sections)))
    result = combined([*sections, *words]) if sections or words else None
    is_permit = any(part in _PERMIT for part in re.findall(r"\w+", rest))
    if result == Reason("permit_or_settlement") and is_permit:
        return "other_permit"
    return result


def _says_section(match: re.Match[str]) -> bool:
    """Say whether a number is written as a section, and is not a code of some software.

    ``25.2`` is one because Abs. 2 of section 25 has a meaning of its own.
    """
    if any(match[name] for name in ("sign", "letter", "abs", "bracket", "roman")):
        return True
    return ("AufenthG", f"{match['number']}.{match['short']}") in titles().sections


def _sections(match: re.Match[str], laws: tuple[str, ...]) -> Iterator[Meaning]:
    section = f"{int(match['number'])}{match['letter'] or ''}"
    written = match["abs"] or match["bracket"] or match["roman"] or match["short"] or ""
    paragraphs = re.findall(r"\d[a-z]?|[iv]+", written) or [""]
    for paragraph in paragraphs:
        number = str(_ROMAN.get(paragraph, paragraph))
        yield next(_known(section, number, laws), None)


def _known(section: str, paragraph: str, laws: tuple[str, ...]) -> Iterator[Meaning]:
    known = titles().sections
    for key in (f"{section}.{paragraph}", section):
        yield from (known[law, key] for law in laws if (law, key) in known)


def _words(text: str, *, has_sections: bool) -> Iterator[Meaning]:
    known = titles().words
    for part in _PART.split(text):
        whole = normal(part)
        if not whole or (has_sections and whole in _PERMIT):
            continue
        if whole in known:
            yield known[whole]
            continue
        kept = [
            word for word in re.findall(r"[^\W_]+(?:[-.][^\W_]+)*", part) if word not in _NEUTRAL
        ]
        if kept:
            yield known.get(normal("".join(kept)))
