"""The forms in which people and programs write a day, and what each says.

``parsed`` reads one text alone. Where day and month can change places it returns both as they
stand; which comes first belongs to the column (``date_orders``).
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.reading.notes import Note

_WORDS: Final = tomllib.loads(Path(__file__).with_name("dates.toml").read_text("utf-8"))
_MONTHS: Final[Mapping[str, int]] = {
    word.casefold(): int(number) for number, words in _WORDS["months"].items() for word in words
}
_SERIAL_START: Final = date(1899, 12, 30)
_CACHED: Final = 65_536
_SHORT: Final = 2


class Written(NamedTuple):
    """A day as written.

    Attributes:
        first: The day, unless the column says that months come first.
        second: The month, likewise.
        year: The year as written.
        separator: What stands between the parts; empty where their order is certain.
        is_short: Whether the year has two digits.
        hour: The full hour behind it, -1 for any other time, None for none.
        has_half: Whether the time has AM or PM.
        has_remark: Whether a remark in brackets follows.
    """

    first: int
    second: int
    year: int
    separator: str = ""
    is_short: bool = False
    hour: int | None = None
    has_half: bool = False
    has_remark: bool = False


Parsed = Written | Note | None
"""A day, or why there is none; None for what is no date at all."""

_TIME: Final = re.compile(
    r"(?P<day>.*?\d\.?)(?:,? (?:um |at )?|T|,|:)"
    r"(?P<hours>\d{1,2})(?:[:.h]?(?P<minutes>\d{2})(?::?(?P<seconds>\d{2})(?:[.,]\d{1,9})?)?)?"
    r" ?(?P<half>[AaPp]\.? ?[Mm]\.?)? ?(?P<clock>Uhr|h)?"
    r" ?(?:Z|MEZ|MESZ|CES?T|(?:UTC|GMT)? ?(?:[+-]\d{1,2}(?::?\d{2})?)?)"
)
_Q: Final = r"(?P<quarter>[1-4]|I{1,3}|IV)"
_QUARTER: Final = r"(?:Quartal|Quarter|Quart\.?|Qu\.?|Vierteljahr|Vj\.?|Q)"
# Three months of a quarter are told apart from days by their column only.
_QUARTERS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"0?(?P<quarter>1)[/.-](?P<year>\d{4})",
        rf"{_Q}\.?[ /.-]+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[ /.-]+{_Q}\.?",
        rf"{_Q}\. ?{_QUARTER}[ /.-]*(?P<year>\d{{4}})",
        rf"{_QUARTER}[ .]?{_Q}[ /.,-]*(?P<year>\d{{4}})",
        rf"{_QUARTER}[ .]?{_Q}[ /.,-]+(?P<year>\d{{2}})",
        r"(?P<quarter>[1-4])(?:st|nd|rd|th) quarter(?: of)? (?P<year>\d{4})",
        rf"(?P<year>\d{{4}})[ /.-]?{_QUARTER}[ .]?{_Q}",
        r"(?P<quarter>[1-4])Q(?P<year>\d{4})",
    )
)
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NAME: Final = r"(?P<month>[^\W\d_]{3,9})"
_YEAR: Final = r"(?P<year>\d{4}|'?\d{2})"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4}) ?(?P<cut>[-./ ]) ?(?P<second>\d{1,2}) ?(?P=cut) ?(?P<first>\d{1,2})",
        r"(?P<first>\d{1,2}) ?(?P<separator>[-./ ]) ?(?P<second>\d{1,2}) ?(?P=separator) ?"
        rf"{_YEAR}\.?",
        r"(?P<year>(?:19|20)\d{2})(?P<second>0[1-9]|1[0-2])(?P<first>[0-3]\d)(?:\d{4}|\d{6})?",
        r"(?P<first>[0-3]\d)(?P<second>0[1-9]|1[0-2])(?P<year>(?:19|20)\d{2})",
        rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th)?[. /-]*{_NAME}[. ,/-]*{_YEAR}",
        rf"{_NAME}[. ]*(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?| )(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[. /-]+{_NAME}[. /-]*(?P<first>\d{{1,2}})",
    )
)
_SERIAL: Final = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})([T ]00:00:00)?")
_GERMAN: Final = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_PLAIN_TIME: Final = (
    r"^([12]\d{3}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-][12]\d{3})"
    r"[ T](?:[01]\d|2[01]):\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?Z?$"
)
_REMARK: Final = re.compile(r"(?P<day>.*\d.*?) ?\((?P<remark>[^()]*)\)")
_DAY_MISSING: Final = re.compile(
    rf"(?:(?:19|20)\d{{2}}|\d{{1,2}} ?[./-] ?\d{{4}}|\d{{4}} ?[./-] ?\d{{1,2}}|\d{{1,2}}/\d{{2}}"
    rf"|{_NAME}\.?[ /-]*(?:\d{{4}}|'\d{{2}})"
    r"|KW ?\d{1,2} ?[/.,-]? ?\d{4}|\d{1,2}\. ?KW ?\d{4}"
    rf"|Q ?[1-4][ /.-]*\d{{4}}|\d{{4}}[ /.-]*Q ?[1-4]|[1-4]\. ?Quartal \d{{4}})",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"\d{1,2}\. ?\d{1,2}\. ?\d{0,4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}"
)


def _choice(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE: Final = re.compile(
    rf"(?:(?:{_choice([*_WORDS['weekdays'], *_WORDS['exact']])})[.,]*,? )", re.I
)
_UNCERTAIN: Final = re.compile(
    rf"(?:~|≈|<|>|(?:{_choice(_WORDS['uncertain'])})\b[. ]*).*\d.*|.*\d.*\?", re.I
)
_UNCERTAIN_REMARK: Final = re.compile(rf"\d|\?|\b(?:{_choice(_WORDS['uncertain'])})\b", re.I)


def parsed(text: str, *, is_quarter: bool = False) -> Parsed:
    """Return the day that a text names.

    Args:
        text: A cell without blanks around it.
        is_quarter: Whether the column holds quarters, which are meant by their first day.
    """
    if match := _ISO.fullmatch(text):
        hour = 0 if match[4] else None
        return Written(int(match[3]), int(match[2]), int(match[1]), hour=hour)
    if match := _GERMAN.fullmatch(text):
        return Written(int(match[1]), int(match[2]), int(match[3]), ".")
    plain = " ".join(text.split())
    if is_quarter and (start := _quarter(plain)):
        return start
    if remark := _REMARK.fullmatch(plain):
        found = _dated(remark["day"])
        if isinstance(found, Written) and _UNCERTAIN_REMARK.search(remark["remark"]):
            return Note.DATE_UNCERTAIN
        return found._replace(has_remark=True) if isinstance(found, Written) else found
    return _dated(plain)


def without_times(texts: pa.Array) -> pa.Array:
    """Return texts with the same time wherever it says nothing: few then differ.

    Times late in the evening stay, as they may be midnights that a time zone has shifted.
    """
    if not pc.any(pc.match_substring(texts, ":")).as_py():
        return texts
    return pc.replace_substring_regex(texts, _PLAIN_TIME, r"\1 12:34")


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of ``dates.toml`` that stand in place of a date, as ``bare`` writes them."""
    return frozenset(bare(word) for word in _WORDS[name])


def bare(text: str) -> str:
    """Return a text as words are compared: without case, brackets and points at the end."""
    return " ".join(text.casefold().split()).strip("().!… ")


def _dated(text: str) -> Parsed:
    found = _day(text)
    if found is None and (match := _TIME.fullmatch(text)):
        found = _day(match["day"])
        if isinstance(found, Written):
            found = found._replace(hour=_hour(match), has_half=match["half"] is not None)
    return _reason(text) if found is None else found


def _hour(match: re.Match[str]) -> int:
    """Return a full hour; -1 for any other time, and for one that a person wrote."""
    if match["clock"] or int(match["minutes"] or 0) or int(match["seconds"] or 0):
        return -1
    afternoon = 12 if (match["half"] or "").casefold().startswith("p") else 0
    return int(match["hours"]) % 12 + afternoon if match["half"] else int(match["hours"])


@lru_cache(maxsize=_CACHED)
def _day(text: str) -> Written | None:
    if match := _SERIAL.fullmatch(text):
        day = _SERIAL_START + timedelta(days=int(match[1]))
        return Written(day.day, day.month, day.year)
    bare_day = text
    while match := _BEFORE.match(bare_day):
        bare_day = bare_day[match.end() :]
    for form in _FORMS:
        if match := form.fullmatch(bare_day):
            parts = match.groupdict()
            month = _month(parts)
            year = parts["year"].lstrip("'")
            if month:
                separator = parts.get("separator") or ""
                return Written(
                    int(parts["first"]), month, int(year), separator, len(year) == _SHORT
                )
    return None


def _month(parts: Mapping[str, str]) -> int:
    return int(parts["second"]) if "second" in parts else _MONTHS.get(parts["month"].casefold(), 0)


def _quarter(text: str) -> Written | None:
    for form in _QUARTERS:
        if match := form.fullmatch(text):
            quarter = _ROMAN.get(match["quarter"].upper()) or int(match["quarter"])
            year = match["year"]
            return Written(1, 3 * quarter - 2, int(year), is_short=len(year) == _SHORT)
    return None


def _reason(text: str) -> Note | None:
    """Return why a text names no day, if it is about one."""
    if match := _DAY_MISSING.fullmatch(text):
        month = match["month"]
        if month is None or month.casefold() in _MONTHS:
            return Note.DAY_MISSING
    if _UNCERTAIN.fullmatch(text):
        return Note.DATE_UNCERTAIN
    return Note.SEVERAL_DATES if len(_DAY.findall(text)) > 1 else None
