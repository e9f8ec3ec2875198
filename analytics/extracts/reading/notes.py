"""What a reading has to say about a cell besides its value."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Note(StrEnum):
    """Remarks on cells; the rule of the same name tells the sender.

    A cell may have several, so they are joined by spaces; none is a part of another.
    """

    # No value can be taken.
    FORMULA_ERROR = "formula_error"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    PER_MILLE = "per_mille"
    DAY_MISSING = "day_missing"
    DATE_UNCERTAIN = "date_uncertain"
    DATE_UNKNOWN = "date_unknown"
    SEVERAL_DATES = "several_dates"
    CENTURY_UNCLEAR = "century_unclear"
    OTHER_ORDER = "other_order"
    COUNT_COLUMN = "count_column"
    ONLY_YES = "only_yes"
    # Read, and the sender must know how.
    NOT_YET = "not_yet"
    READ_AS_EMPTY = "read_as_empty"
    REMARK_DROPPED = "remark_dropped"
    TWO_DIGIT_YEAR = "two_digit_year"
    ORDER_ASSUMED = "order_assumed"
    ORDER_FOUND = "order_found"
    MIDNIGHT_SHIFTED = "midnight_shifted"
    AFTER_CUT = "after_cut"
    SHARES_IN_PERCENT = "shares_in_percent"
    OUTCOME_BEHIND = "outcome_behind"
    DISTRICT_FILLED = "district_filled"


@dataclass(frozen=True, slots=True)
class Reading:
    """Values of distinct texts, None where there is none, and the notes on them by place."""

    values: Sequence[Any]
    notes: dict[int, str] = field(default_factory=dict)


def joined(*notes: Note | None) -> str:
    """Return notes as one text."""
    return " ".join(note for note in notes if note)
