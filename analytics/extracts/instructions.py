"""What the sender of a file tells about it that the file itself does not say."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class DateOrder(StrEnum):
    """Which part of a date such as ``03/07/2019`` comes first."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class Instructions:
    """What a sender has told about a delivery; nothing at first.

    Attributes:
        columns: Pairs of a header as delivered and the contract column that it means; an empty
            name leaves the column out.
        not_recorded: Contract columns that the sender does not record. What needs them has no
            value, instead of the value that empty cells would give.
        date_order: How dates with slashes are meant, where the column itself does not tell.
        blank_is_no: Yes/no columns in which only yes is marked.
        codes: Triples of a column, a word as delivered, and the code that it means.
        confirmed: Ids of the questions that the sender has answered with "so it is".
    """

    columns: tuple[tuple[str, str], ...] = ()
    not_recorded: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    blank_is_no: tuple[str, ...] = ()
    codes: tuple[tuple[str, str, str], ...] = ()
    confirmed: tuple[str, ...] = ()


NOTHING_TOLD: Final = Instructions()
