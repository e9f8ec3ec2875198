"""Whether the values below a header are of the kind that a column holds."""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from analytics.extracts.ages import birth_year
from analytics.extracts.aliases import aliases
from analytics.extracts.code_words import meaning_of, meanings
from analytics.extracts.contract import Column, Kind

# Rough on purpose: reading a date exactly comes later; here it only has to be told from words.
_MONTH: Final = r"(jan|feb|mär|maer|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*"
_DATE: Final = re.compile(
    r"\W*((\d{1,4}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,4}|(19|20)\d{6}"
    rf"|\d{{1,2}}\.?\s*{_MONTH}\.?\s*\d{{2,4}}|{_MONTH}\.?\s*\d{{1,2}},?\s*\d{{2,4}})\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_SERIAL: Final = re.compile(r"[2-7]\d{4}([.,]\d+)?")
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"\D*[^\W\d_]{2}\D*")
_NUMBER: Final = re.compile(r"[+-]?[\d.,'\s]*\d[\d.,'\s]*(€|eur|euro|%)?", re.IGNORECASE)
_WAITING: Final = frozenset(
    (
        "offen", "noch offen", "laufend", "läuft", "läuft noch", "in bearbeitung", "in arbeit",
        "ausstehend", "entfällt", "unbekannt", "?", "nein", "keine", "kein", "ohne",
    )
)  # fmt: skip
_MOSTLY: Final = 0.9
_SENTENCE: Final = 3
_WHOLE_DISTRICT: Final = re.compile(r"0?\d{4}(0{3})?([.,]0+)?|\d{12}|\D.*", re.DOTALL)


class Fit(IntEnum):
    """How well values fit a column; ``PARTLY`` where only a few of its words are known."""

    NO = 0
    EMPTY = 1
    UNSURE = 2
    PARTLY = 3
    YES = 4


def fit_of(column: Column, cells: Sequence[str | None], *, is_key: bool = False) -> Fit:
    """Return how well the cells of a column fit what it is to hold.

    Args:
        column: The column of the contract.
        cells: The first cells below the header.
        is_key: Whether the column is the table's own key, so that values hardly repeat.
    """
    filled = _filled(cells)
    if not filled:
        return Fit.EMPTY
    if column.kind is Kind.DATE:
        return _fit_of_dates(filled)
    if _are_dates(filled):
        return Fit.NO
    if column.kind in {Kind.CODE, Kind.BOOLEAN}:
        return _fit_of_words(column, filled)
    if column.kind is Kind.TEXT:
        return _fit_of_text(column, filled, len(cells), is_key=is_key)
    return Fit.YES if any(_NUMBER.fullmatch(text) for text in filled) else Fit.NO


def holds_dates(cells: Sequence[str | None]) -> bool:
    """Say whether most of the filled cells are dates."""
    return _are_dates(_filled(cells))


def _filled(cells: Sequence[str | None]) -> list[str]:
    texts = [cell.strip() for cell in cells if cell and cell.strip()]
    return [text for text in texts if text.lower() not in aliases().missing]


def _fit_of_dates(filled: Sequence[str]) -> Fit:
    with_digits = {text for text in filled if _DIGIT.search(text)}
    dates = {text for text in with_digits if _DATE.fullmatch(text) or _SERIAL.fullmatch(text)}
    words = {text.lower() for text in filled} - {text.lower() for text in with_digits}
    if not with_digits and words <= _WAITING:
        return Fit.EMPTY
    is_mostly = 2 * len(dates) >= len(with_digits) and len(dates) >= len(words - _WAITING)
    return Fit.YES if dates and is_mostly else Fit.NO


def _fit_of_words(column: Column, filled: Sequence[str]) -> Fit:
    code_list = str(column.code_list or Kind.BOOLEAN)
    distinct = list(dict.fromkeys(filled))
    found = dict(zip(distinct, meanings(code_list, distinct), strict=True))
    if column.name == "age_group" and any(map(birth_year, filled)):
        return Fit.YES
    # "unknown" and "other" are said of everything.
    if not set(found.values()) - {None, "unknown", "other"}:
        return Fit.UNSURE
    # A word with a reason is one of the list, though it has no code.
    is_known = {text: bool(code or meaning_of(code_list, text)) for text, code in found.items()}
    return Fit.YES if 2 * sum(is_known[text] for text in filled) >= len(filled) else Fit.PARTLY


def _fit_of_text(column: Column, filled: Sequence[str], rows: int, *, is_key: bool) -> Fit:
    if is_key:
        is_filled = len(filled) >= _MOSTLY * rows
        is_distinct = len(set(filled)) >= _MOSTLY * len(filled)
        return Fit.YES if is_filled and is_distinct and not _are_words(filled) else Fit.NO
    if column.name == "district":
        return Fit.YES if all(map(_WHOLE_DISTRICT.fullmatch, filled)) else Fit.NO
    if column.name == "case_id":
        sentences = sum(len(text.split()) >= _SENTENCE for text in filled)
        return Fit.NO if 2 * sentences > len(filled) else Fit.YES
    # A need that a row refers to: "Bedarf" may hold its id as well as what is needed.
    if column.name == "referral_id":
        return Fit.NO if _are_words(filled) else Fit.YES
    return Fit.YES


def _are_words(filled: Sequence[str]) -> bool:
    """Say whether most texts are words without a digit: they say what it is about, not which."""
    return 2 * sum(bool(_WORD.fullmatch(text)) for text in filled) > len(filled)


def _are_dates(filled: Sequence[str]) -> bool:
    # Numbers of five digits are days only where days are expected.
    return 2 * sum(bool(_DATE.fullmatch(text)) for text in filled) > len(filled)
