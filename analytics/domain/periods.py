"""Calendar months and periods of whole months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

# Years that every calendar of the libraries below can hold.
_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written ``YYYY-MM`` in URLs and on the command line."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``YYYY-MM``.

        Raises:
            ValueError: If the text is anything else.
        """
        match = _MONTH.fullmatch(text)
        if match is None:
            raise ValueError(f"not a month as YYYY-MM: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that ``day`` lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """Return the first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def quarter(self) -> int:
        """Return the quarter of the year, 1 to 4."""
        return (self.number + 2) // 3

    def plus(self, months: int) -> "Month":
        """Return the month ``months`` later, or earlier when negative."""
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months from ``first`` to ``last``, both included."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"period ends ({self.last}) before it starts ({self.first})")

    @classmethod
    def parse(cls, first: str, last: str) -> Self:
        """Read two months as ``YYYY-MM``; raises ValueError as ``Month.parse`` does."""
        return cls(Month.parse(first), Month.parse(last))

    def __str__(self) -> str:
        return f"{self.first}:{self.last}"

    @property
    def start(self) -> date:
        """Return the first day of the period."""
        return self.first.first_day

    @property
    def end(self) -> date:
        """Return the first day after the period, so that days are in [start, end)."""
        return self.last.plus(1).first_day

    def months(self) -> Iterator[Month]:
        """Yield the months of the period in order."""
        month = self.first
        while month <= self.last:
            yield month
            month = month.plus(1)

    def within(self, outer: "Period") -> "Period | None":
        """Return the part of the period inside ``outer``, or None if there is none."""
        first, last = max(self.first, outer.first), min(self.last, outer.last)
        return Period(first, last) if first <= last else None
