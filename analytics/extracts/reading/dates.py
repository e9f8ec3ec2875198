"""Columns of dates: words, placeholders, years of two digits, and the days themselves."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from analytics.extracts.columns import Column, Empty
from analytics.extracts.instructions import DateOrder
from analytics.extracts.reading.date_forms import Written, bare, parsed, words
from analytics.extracts.reading.date_orders import Basis, DateTexts, Orders, ReadOrder
from analytics.extracts.reading.not_yet import says_not_yet
from analytics.extracts.reading.notes import Note, Reading, joined
from analytics.extracts.reading.texts import is_formula_error

QUARTER: Final = "quarter"

# What programs store for "no date": zero, the first day of their calendar, or a day never reached.
_NO_DATES: Final = frozenset(
    {
        date(1, 1, 1), date(1601, 1, 1), date(1753, 1, 1), date(1899, 12, 30), date(1899, 12, 31),
        date(1900, 1, 1), date(1904, 1, 1), date(1970, 1, 1),
    }
)  # fmt: skip
_ZERO: Final = re.compile(
    r"(?:0{1,2}[-./]0{1,2}[-./]0{2,4}|0{4}[-./]0{2}[-./]0{2})(?:[ T]00:00(?::00)?)?"
    r"|00\.01\.1900|0(?:[.,]0+)?|00:00(?::00)?|2958465(?:[.,]\d+)?|0{8}|99991231|9{8}"
)
_MONTHS: Final = 12
_NEVER: Final = 2090
_FIRST_YEAR: Final = 1900
_CENTURY: Final = 2000
_LAST_CENTURY: Final = 1900
# Years of two digits: up to 20 years after the cut they are of this century (steps are planned);
# from 90 on of the last; between them nobody can tell.
_YEARS_AHEAD: Final = 20
_NINETIES: Final = 90
# 19-07-01 may begin with the year: a column whose years would be such ones is not read.
_DOUBTFUL_MARKS: Final = frozenset("-/")
_DOUBTFUL_BEFORE: Final = 10
_DOUBTFUL_AHEAD: Final = 5
_LATE: Final = frozenset({22, 23})
_SHORT_NEVER: Final = (31, 12, 99)
_SHORT_ZERO: Final = (1, 1, 0)


@dataclass(frozen=True)
class DateColumn:
    """A column of dates: its distinct texts, and how many cells hold each."""

    column: Column
    texts: Sequence[str]
    cells: Sequence[int]
    as_of: date

    @cached_property
    def parsed(self) -> DateTexts:
        """Return what each text says alone."""
        is_quarter = self.column.name == QUARTER
        found = [
            _word(text, self.column) or parsed(text, is_quarter=is_quarter) for text in self.texts
        ]
        return DateTexts(found, self.cells)

    def read(self, orders: Orders) -> Reading:
        """Return the days, with the order of their parts known."""
        found = self.parsed.parsed
        written = {each for each in found if isinstance(each, Written)}
        doubtful = {each.separator for each in written if _is_doubtful(each, self.as_of)}
        hours = {each.hour for each in written if each.hour is not None}
        shift = timedelta(days=1 if hours and hours <= _LATE else 0)
        meanings = {each: self._meaning(each, orders, doubtful, shift) for each in written}
        values: list[date | None] = []
        notes: dict[int, str] = {}
        for place, each in enumerate(found):
            if isinstance(each, Written):
                value, note = meanings[each]
            else:
                value, note = None, each or ""
            values.append(value)
            if note:
                notes[place] = str(note)
        return Reading(values, notes)

    def _meaning(
        self, each: Written, orders: Orders, doubtful: Set[str], shift: timedelta
    ) -> tuple[date | None, str]:
        if each.is_short and each.separator in doubtful:
            return None, Note.CENTURY_UNCLEAR
        read = orders.get((self.column.name, each.separator))
        is_month_first = read is not None and read.order is DateOrder.MONTH_FIRST
        day, month = (each.second, each.first) if is_month_first else (each.first, each.second)
        if month > _MONTHS >= day:
            return None, Note.OTHER_ORDER if each.separator in _DOUBTFUL_MARKS else ""
        year = _year(each, self.as_of)
        if year is None:
            return None, Note.CENTURY_UNCLEAR
        try:
            value = date(year, month, day)
        except ValueError:
            return None, ""
        if not self.column.required and _is_placeholder(each, value):
            return None, _empty(self.column)
        if value.year < _FIRST_YEAR:
            return None, ""
        is_late = each.hour in _LATE and bool(shift)
        notes = joined(
            Note.REMARK_DROPPED if each.has_remark else None,
            Note.TWO_DIGIT_YEAR if each.is_short else None,
            Note.MIDNIGHT_SHIFTED if is_late else None,
            _announced(each, read),
        )
        return value + shift if is_late else value, notes


def _word(text: str, column: Column) -> Note | None:
    """Return what a text that stands in place of a date says."""
    if is_formula_error(text):
        return Note.FORMULA_ERROR
    if column.required:
        return None
    if _ZERO.fullmatch(text):
        return _empty(column)
    if says_not_yet(column, text):
        return _empty(column)
    if (bare(text) or text) in words("unknown"):
        return Note.DATE_UNKNOWN if column.empty is Empty.NOT_YET else Note.READ_AS_EMPTY
    return None


def _empty(column: Column) -> Note:
    return Note.NOT_YET if column.empty is Empty.NOT_YET else Note.READ_AS_EMPTY


def _is_placeholder(each: Written, value: date) -> bool:
    short = (each.first, each.second, each.year) if each.is_short else None
    return value.year >= _NEVER or value in _NO_DATES or short in {_SHORT_NEVER, _SHORT_ZERO}


def _is_doubtful(each: Written, as_of: date) -> bool:
    if not each.is_short or each.separator not in _DOUBTFUL_MARKS:
        return False
    if (each.first, each.second, each.year) in {_SHORT_NEVER, _SHORT_ZERO}:
        return False
    return not _DOUBTFUL_BEFORE <= each.year <= as_of.year + _DOUBTFUL_AHEAD - _CENTURY


def _year(each: Written, as_of: date) -> int | None:
    if not each.is_short:
        return each.year
    if each.year >= _NINETIES:
        return _LAST_CENTURY + each.year
    year = _CENTURY + each.year
    return year if year <= as_of.year + _YEARS_AHEAD else None


def _announced(each: Written, read: ReadOrder | None) -> Note | None:
    """Return how to announce a date whose day and month could change places."""
    if read is None or max(each.first, each.second) > _MONTHS or each.first == each.second:
        return None
    if read.basis in {Basis.ASSUMED, Basis.MIXED}:
        return Note.ORDER_ASSUMED
    is_plain = read.basis is Basis.SHOWN and read.order is DateOrder.DAY_FIRST
    return None if is_plain or read.basis is Basis.TOLD else Note.ORDER_FOUND
