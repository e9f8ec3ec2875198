"""Ages in years, spans of ages and years of birth as age groups of the data contract."""

import re
from collections.abc import Sequence
from typing import Final

from analytics.domain.vocabulary import AgeGroup
from analytics.extracts.reasons import Meaning, Reason

_ENDLESS: Final = 120
_GROUPS: Final = (
    (AgeGroup.UNDER_18, 0, 17),
    (AgeGroup.FROM_18_TO_24, 18, 24),
    (AgeGroup.FROM_25_TO_34, 25, 34),
    (AgeGroup.FROM_35_TO_54, 35, 54),
    (AgeGroup.FROM_55, 55, _ENDLESS),
)
_UNIT: Final = (
    r"\s*-?\s*(?:jahren?|jähriger?|jährige|jährig|j\.?|years?(?: old)?|yrs?\.?|y)?\.?(?: alt)?"
)
_AGE: Final = rf"(\d{{1,3}})(?:[.,]0+)?{_UNIT}"
_SPANS: Final = tuple(
    (re.compile(pattern), low, high)
    for pattern, low, high in (
        (rf"{_AGE}", 0, 0),
        (rf"(?:unter|u|<|under|jünger als)\s*{_AGE}", None, -1),
        (rf"(?:bis|bis zu|max\.?|höchstens|≤|<=|up to)\s*{_AGE}", None, 0),
        (rf"(?:ab|mind\.?|mindestens|≥|>=|from)\s*{_AGE}", 0, None),
        (rf"(?:über|ü|>|over|älter als)\s*{_AGE}", 1, None),
        (rf"{_AGE}\s*(?:\+|plus|und älter|u\.\s?ä\.?|oder älter|and over|and older)", 0, None),
        (rf"(?:von |zwischen )?{_AGE}\s*(?:-|–|—|bis|to|und|and)\s*{_AGE}", 0, 0),
        (rf"(?:von )?{_AGE}\s*(?:-|–|bis)?\s*(?:unter|<)\s*{_AGE}", 0, -1),
    )
)
_YEAR: Final = re.compile(
    r"(?:(?:jg\.?|jahrgang|geb(?:oren)?\.?|\*)\s*)?((?:19|20)\d\d)(?:[.,]0+)?", re.IGNORECASE
)
_BABY: Final = re.compile(r"\d{1,2}\s*(?:monate?|mon\.?|months?|wochen?|weeks?)(?: alt| old)?")
_CODE: Final = re.compile(r"\d")
AGE_CUT: Final = Reason("age_cut")
NUMBER_CODES: Final = Reason("number_codes")
BIRTH_YEAR: Final = Reason("birth_year")


def ages(texts: Sequence[str]) -> list[Meaning]:
    """Return the age group of each text of one column; the texts are all that it holds.

    Where no number has two digits they are codes of some software, not children alone.
    """
    numbers = [text for text in texts if text.strip().isdecimal()]
    are_codes = bool(numbers) and all(_CODE.fullmatch(text.strip()) for text in numbers)
    return [
        NUMBER_CODES if are_codes and text.strip().isdecimal() else age_group(text)
        for text in texts
    ]


def age_group(text: str) -> Meaning:
    """Return the group of an age or of a span of ages that lies within one group."""
    plain = " ".join(text.lower().split())
    if _YEAR.fullmatch(plain):
        return BIRTH_YEAR
    if _BABY.fullmatch(plain):
        return AgeGroup.UNDER_18.value
    for pattern, low, high in _SPANS:
        if match := pattern.fullmatch(plain):
            found = [int(number) for number in match.groups()]
            first = 0 if low is None else found[0] + low
            last = _ENDLESS if high is None else found[-1] + high
            return _group(first, last)
    return None


def group_of_birth_year(birth_year: int, year: int) -> str | None:
    """Return the group of somebody born in one year and seen in another.

    The birthday may not have been yet, so it is the group of both ages that are possible, or none.
    """
    found = _group(year - birth_year - 1, year - birth_year)
    return found if isinstance(found, str) else None


def birth_year(text: str) -> int | None:
    """Return the year in which somebody may have been born that a text names, if it names one."""
    found = _YEAR.fullmatch(text.strip())
    return int(found[1]) if found else None


def _group(first: int, last: int) -> Meaning:
    if not -1 <= first <= last <= _ENDLESS:
        return None
    within = (code for code, low, high in _GROUPS if low <= max(first, 0) and last <= high)
    return next((code.value for code in within), AGE_CUT)
