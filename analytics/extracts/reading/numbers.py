"""Numbers in either notation, as a table of forms.

A point or comma before exactly three digits may separate thousands or decimals. In a column of
whole numbers it can only be thousands; anywhere else such a text is refused.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from analytics.extracts.contract import Kind
from analytics.extracts.reading.notes import Note, Reading
from analytics.extracts.reading.texts import is_formula_error

_UNITS: Final = re.compile(r"(?i)^(?:EUR|Euro|€)\s*|\s*(?:EUR|Euro|€|VZÄ|VZAe)\.?$")
_PERCENT: Final = re.compile(r"(?i)\s*(?:%|Prozent|Proz\.|v\. ?H\.|percent|pct\.?)$")
_PER_MILLE: Final = re.compile(r"(?i)‰|promille|v\. ?T\.|per mille")
_MINUS: Final = "[-−–]"
# 1.250,- and 1.250,–– are whole euros.
_NO_CENTS: Final = re.compile(r",\s?[-−–—]{1,2}$")
_SIGNED: Final = re.compile(
    rf"(?P<before>{_MINUS}|\+)?\s?(?P<open>\()?(?P<body>[\d.,eE+'’´` -]*?\d)(?P<close>\))?"
    rf"\s?(?P<after>{_MINUS})?"
)
_DIGITS: Final = 12
_WHOLE: Final = 100
_AMBIGUOUS: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")

_FORMS: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    # Form, what separates thousands, what separates decimals.
    (re.compile(r"\d*\.?\d+(?:[eE][+-]?\d+)?"), "", "."),
    (re.compile(r"\d*,\d+(?:[eE][+-]?\d+)?"), "", ","),
    (re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"), ".", ","),
    (re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"), ",", "."),
    (re.compile(r"\d{1,3}(?:[ '’´`]\d{3})+(?:\.\d+)?"), " '’´`", "."),
    (re.compile(r"\d{1,3}(?:[ '’´`]\d{3})+,\d+"), " '’´`", ","),
)


def read_numbers(texts: Sequence[str], kind: Kind) -> Reading:
    """Return distinct texts as numbers of a kind."""
    read = _READERS[kind]
    values: list[float | int | None] = []
    notes: dict[int, str] = {}
    for place, text in enumerate(texts):
        found = read(text)
        if isinstance(found, Note):
            notes[place] = found.value
        values.append(None if isinstance(found, Note) else found)
    return _as_percent(values, notes) if kind is Kind.SHARE else Reading(values, notes)


def _as_percent(shares: Sequence[float | None], notes: dict[int, str]) -> Reading:
    """Return a column of shares; where each is above 1 and none above 100, they are percent."""
    given = [share for share in shares if share]
    if not given or not all(1 < share <= _WHOLE for share in given):
        return Reading(shares, notes)
    percent = {place: Note.SHARES_IN_PERCENT.value for place, share in enumerate(shares) if share}
    values = [None if share is None else round(share / _WHOLE, _DIGITS) for share in shares]
    return Reading(values, notes | percent)


def _number(text: str) -> float | Note | None:
    return _signed(text, lambda body: Note.AMBIGUOUS_NUMBER if _AMBIGUOUS.fullmatch(body) else None)


def _integer(text: str) -> int | Note | None:
    # Thousands: without them a figure of three decimals would be no whole number anyway.
    found = _signed(
        text, lambda body: _plain(re.sub("[.,]", "", body)) if _AMBIGUOUS.fullmatch(body) else None
    )
    if found is None or isinstance(found, Note):
        return found
    return int(found) if found == round(found) and abs(found) < 9e15 else None


def _share(text: str) -> float | Note | None:
    if is_formula_error(text):
        return Note.FORMULA_ERROR
    if _PER_MILLE.search(text):
        return Note.PER_MILLE
    bare = _PERCENT.sub("", text)
    value = _signed(bare, _decimal)
    if value is None or isinstance(value, Note):
        return value
    # 11.9 / 100 is not quite 0.119.
    return round(value / _WHOLE, _DIGITS) if bare != text else value


def _decimal(body: str) -> float | None:
    """Return a share: it has no thousands, so a separator is one of decimals."""
    return _plain(body.replace(",", ".")) if re.fullmatch(r"\d*[.,]\d+", body) else None


def _signed(text: str, first: Callable[[str], float | Note | None]) -> float | Note | None:
    """Return a number with its sign; ``first`` may decide what its digits mean."""
    if is_formula_error(text):
        return Note.FORMULA_ERROR
    bare = _UNITS.sub("", text)
    is_whole = _NO_CENTS.search(bare) is not None
    match = _SIGNED.fullmatch(_NO_CENTS.sub(",00", bare) if is_whole else bare)
    if match is None or (match["open"] is None) != (match["close"] is None):
        return None
    marks = [match["before"] not in {None, "+"}, bool(match["open"]), bool(match["after"])]
    if sum(marks) > 1:
        return None
    value = first(match["body"])
    if value is None:
        value = _plain(match["body"])
    return -value if any(marks) and isinstance(value, float) else value


def _plain(body: str) -> float | None:
    for form, thousands, decimals in _FORMS:
        if form.fullmatch(body):
            digits = "".join(each for each in body if each not in thousands)
            return float(digits.replace(decimals, "."))
    return None


_READERS: Final[dict[Kind, Callable[[str], float | int | Note | None]]] = {
    Kind.NUMBER: _number,
    Kind.INTEGER: _integer,
    Kind.SHARE: _share,
}
