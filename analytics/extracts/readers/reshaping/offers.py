"""Offer areas in the words of a sender: which texts name one, and which name several."""

import re
from typing import Final

from analytics.extracts.code_words import meanings, told_words
from analytics.extracts.contract import REFERRALS
from analytics.extracts.instructions import NOTHING_TOLD, Instructions

_AREA: Final = REFERRALS.column("offer_area")

# From the strongest to the weakest: "Schule und Bildung, Arbeit" are two areas, not three.
_SEPARATORS: Final = (
    re.compile(r"\s*(?:\|##\||[;\n\r|•·])\s*"),
    re.compile(r"\s*,\s*|\s+[+&]\s+"),
    re.compile(r"\s*[/\\+&]\s*|\s+[-–]\s+"),
    re.compile(r"\s+(?:und|u\.|sowie|and)\s+"),
)

_BULLET: Final = re.compile(r"^\s*(?:[-–*]|\d{1,2}[.)])\s+")


def area_of(text: str, told: Instructions = NOTHING_TOLD) -> str | None:
    """Return the offer area that a whole text means."""
    return meanings(str(_AREA.code_list), [text], told_words(_AREA, told))[0]


def names_areas(text: str, told: Instructions) -> bool:
    """Say whether a text names one offer area or several, and nothing else."""
    return area_of(text, told) is not None or bool(areas_in(text, told))


def areas_in(text: str, told: Instructions) -> tuple[str, ...]:
    """Return the parts of a text that name one offer area each, one of several names of an area.

    Empty where the whole text is a known name, or any part of it is none: then nothing is split.
    """
    if area_of(text, told):
        return ()
    names: dict[str | None, str] = {}
    for part in _split(text, told, 0) or ():
        names.setdefault(area_of(part, told), part)
    return tuple(names.values())


def _split(text: str, told: Instructions, level: int) -> list[str] | None:
    """Return known names in a text, None where a part is not known."""
    if area_of(text, told):
        return [text]
    if level == len(_SEPARATORS):
        return _listed_codes(text, told)
    names: list[str] = []
    for part in filter(str.strip, _SEPARATORS[level].split(text.strip())):
        inner = _split(_BULLET.sub("", part), told, level + 1)
        if inner is None:
            return None
        names += inner
    return names or None


def _listed_codes(text: str, told: Instructions) -> list[str] | None:
    """Return names with blanks between them, as forms on telephones write a choice of several.

    Only in lower case, as they do: "Sprache Beruf" is the language course for a job.
    """
    words = text.split()
    is_list = len(words) > 1 and text == text.lower()
    return words if is_list and all(area_of(word, told) for word in words) else None
