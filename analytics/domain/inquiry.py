"""What someone asks of the needs, as one frozen value: the question behind every answer.

It is the key of an address, of a cache and of a command; a notebook writes it as one line.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from analytics.domain.filters import BREAKDOWNS, NeedFilter, fields
from analytics.domain.indicators import Dimension, indicator
from analytics.domain.periods import Period

_APART: Final = ":"

WHOLE: Final = "state"
"""The dimension that tells nothing apart."""
ALIKE: Final = "alike"
"""What stands for needs of the same mix where it is said what values are compared with."""
AREAS: Final = ("district", "unit")
"""Dimensions that are rows only: there are more of them than anybody reads side by side."""


class Measure(StrEnum):
    """What of an indicator is shown."""

    VALUE = "value"
    CHANGE = "change"
    """The value less that of an earlier period."""
    GAP = "gap"
    """The value of one group less that of another."""
    EXPECTED = "expected"
    """The value less what is expected: that of all others' needs of the same mix."""


class ImpossibleInquiryError(ValueError):
    """A question that has no meaning; ``reason`` is the key of the sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Groups:
    """Two codes of a field, whose needs are compared: the first less the second."""

    field: str
    first: str
    second: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``sex:female:male``.

        Raises:
            ImpossibleInquiryError: If these are no two codes of a field.
        """
        field, *codes = text.split(_APART)
        known = fields()[field].all_codes() if field in fields() else ()
        if len(codes) != 2 or not set(codes) <= set(known):
            raise ImpossibleInquiryError("groups")
        return cls(field, codes[0], codes[1])

    def __str__(self) -> str:
        return _APART.join((self.field, self.first, self.second))


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question: an indicator by one or two dimensions, of some needs, perhaps compared.

    Attributes:
        indicator: Id in the catalogue.
        needs: Which needs count, and when.
        rows: Dimension of the rows.
        columns: A second one; ``state`` for none.
        against: Months whose value is taken off.
        groups: Groups that are compared instead.
        is_beside_alike: Whether each row is held against all others' needs of the same mix.

    Raises:
        ImpossibleInquiryError: If the question has no meaning.
    """

    indicator: str
    needs: NeedFilter
    rows: Dimension = WHOLE
    columns: Dimension = WHOLE
    against: Period | None = None
    groups: Groups | None = None
    is_beside_alike: bool = False

    def __post_init__(self) -> None:
        chosen = indicator(self.indicator)
        dimensions = [each for each in (self.rows, self.columns) if each != WHOLE]
        if len(set(dimensions)) < len(dimensions):
            raise ImpossibleInquiryError("twice")
        if any(each not in chosen.dimensions for each in dimensions):
            raise ImpossibleInquiryError("dimension")
        if self.columns != WHOLE and not chosen.counts_needs:
            raise ImpossibleInquiryError("columns")
        if self.columns in AREAS:
            raise ImpossibleInquiryError("areas")
        if self.is_compared:
            self._check_comparison(dimensions, counts_needs=chosen.counts_needs)
        if self.is_beside_alike:
            self._check_mix(is_standardised=chosen.is_standardised)

    @property
    def measure(self) -> Measure:
        """Return what is shown."""
        if self.is_beside_alike:
            return Measure.EXPECTED
        if self.groups is not None:
            return Measure.GAP
        return Measure.VALUE if self.against is None else Measure.CHANGE

    @property
    def is_compared(self) -> bool:
        """Say whether two values are compared in each cell."""
        return self.measure is not Measure.VALUE

    def sides(self) -> tuple[NeedFilter, NeedFilter]:
        """Return the needs of both values that are compared; raises ValueError if none are."""
        if self.groups is not None:
            field = self.groups.field
            first, second = (
                self.needs.but(**{field: (code,)})
                for code in (self.groups.first, self.groups.second)
            )
            return first, second
        if self.against is None:
            raise ValueError("nothing is compared")
        return self.needs, replace(self.needs, period=self.against)

    def parameters(self) -> dict[str, str | list[str]]:
        """Return it as parameters of an address, as far as ``parsed`` needs them."""
        period = self.needs.period
        told: dict[str, str | list[str]] = {
            "indicator": self.indicator,
            "rows": self.rows,
            "from": str(period.first),
            "to": str(period.last),
        }
        if self.columns != WHOLE:
            told["columns"] = self.columns
        if self.against is not None:
            told |= {"compare": "period", "against": str(self.against)}
        if self.groups is not None:
            groups = self.groups
            told |= {"compare": groups.field, "first": groups.first, "second": groups.second}
        if self.is_beside_alike:
            told["compare"] = ALIKE
        return told | {fields()[name].option: list(codes) for name, codes in self.needs.chosen}

    def narrowed(self, row: str, column: str = "") -> Self:
        """Return the question about one of its cells: by quarter where it was by something else.

        Args:
            row: Code of the row.
            column: Code of the column, if there are any.
        """
        cell = ((self.rows, row), (self.columns, column))
        codes = {name: (code,) for name, code in cell if name in fields()}
        asked = replace(self, is_beside_alike=False)
        rows = "quarter" if asked.rows != "quarter" and not asked.is_compared else WHOLE
        return replace(asked, needs=self.needs.but(**codes), rows=rows, columns=WHOLE)

    def _check_mix(self, *, is_standardised: bool) -> None:
        if not is_standardised:
            raise ImpossibleInquiryError("alike_indicator")
        if self.rows not in BREAKDOWNS or self.columns != WHOLE:
            raise ImpossibleInquiryError("alike_rows")
        if len(self.needs[self.rows]) == 1:
            raise ImpossibleInquiryError("alike_one")

    def _check_comparison(self, dimensions: list[str], *, counts_needs: bool) -> None:
        if not counts_needs:
            raise ImpossibleInquiryError("compared")
        if sum((self.groups is not None, self.against is not None, self.is_beside_alike)) > 1:
            raise ImpossibleInquiryError("both")
        if self.groups is not None and self.groups.field in dimensions:
            raise ImpossibleInquiryError("grouped")
        if self.groups is not None and self.groups.first == self.groups.second:
            raise ImpossibleInquiryError("same")
        if self.against is not None and "quarter" in dimensions:
            raise ImpossibleInquiryError("quarters")
        if self.against == self.needs.period:
            raise ImpossibleInquiryError("same")
