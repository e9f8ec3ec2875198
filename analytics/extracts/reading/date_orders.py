"""Which part of a date comes first: a question to the column, not to the cell.

``03/07/2019`` beside ``07/15/2019`` is 7 March. A column is held together by its separator, as one
program writes all its dates alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.extracts.instructions import DateOrder
from analytics.extracts.reading.date_forms import Parsed, Written

_MONTHS: Final = 12
# Points and spaces are written by those who put the day first. A single date that contradicts is a
# typing error, and so are several beside dates that are impossible in any order.
_SAFE: Final = frozenset(". ")
_SURE: Final = 2


class Basis(StrEnum):
    """Why an order was taken."""

    SHOWN = "shown"
    """Dates of the column can only be read so."""
    HALF = "half"
    """Times with AM and PM are written by programs that put the month first."""
    OTHER = "other"
    """Other columns of the file show it."""
    TOLD = "told"
    ASSUMED = "assumed"
    """Nothing shows it: the day comes first, as in Germany."""
    MIXED = "mixed"
    """The column holds both; the order of most of its dates was taken."""


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """The order in which the dates of a column were read, and why."""

    order: DateOrder
    basis: Basis


@dataclass(frozen=True, slots=True)
class DateTexts:
    """The distinct texts of a date column as parsed, and how many cells hold each."""

    parsed: Sequence[Parsed]
    cells: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Evidence:
    day_first: int = 0
    month_first: int = 0
    open: int = 0
    impossible: int = 0
    halves: int = 0

    def shows_months_first(self, separator: str) -> bool:
        """Say whether dates with this separator begin with the month."""
        if separator in _SAFE:
            return self.month_first >= _SURE and not self.impossible
        return self.month_first > 0


_KINDS: Final = ("day_first", "month_first", "open", "impossible", "halves")

Orders = Mapping[tuple[str, str], ReadOrder]
"""The order of each column and separator."""


def orders(columns: Mapping[str, DateTexts], told: DateOrder | None) -> Orders:
    """Return the order of dates by column and separator, for those whose parts can change places.

    Args:
        columns: The date columns of a file.
        told: What the sender has told; what a column shows itself counts more.
    """
    evidence = {
        (name, separator): found
        for name, column in columns.items()
        for separator, found in _evidence(column).items()
    }
    own = {key: _shown(found, key[1], told) for key, found in evidence.items()}
    return {
        key: found or _from_outside(key, evidence[key], own, told) for key, found in own.items()
    }


def _evidence(column: DateTexts) -> Mapping[str, _Evidence]:
    counts: Counter[tuple[str, str]] = Counter()
    for each, cells in zip(column.parsed, column.cells, strict=True):
        if isinstance(each, Written) and each.separator:
            counts[each.separator, _what_it_shows(each)] += cells
            counts[each.separator, "halves"] += cells * each.has_half
    return {
        separator: _Evidence(*(counts[separator, kind] for kind in _KINDS))
        for separator in {separator for separator, _ in counts}
    }


def _what_it_shows(each: Written) -> str:
    if each.first > _MONTHS:
        return "impossible" if each.second > _MONTHS else "day_first"
    if each.second > _MONTHS:
        return "month_first"
    return "open" if each.first != each.second else "nothing"


def _shown(found: _Evidence, separator: str, told: DateOrder | None) -> ReadOrder | None:
    is_month_first = found.shows_months_first(separator)
    if found.day_first and is_month_first:
        most = DateOrder.MONTH_FIRST if found.month_first > found.day_first else DateOrder.DAY_FIRST
        return ReadOrder(told or most, Basis.MIXED)
    if is_month_first:
        return ReadOrder(DateOrder.MONTH_FIRST, Basis.SHOWN)
    return ReadOrder(DateOrder.DAY_FIRST, Basis.SHOWN) if found.day_first else None


def _from_outside(
    key: tuple[str, str],
    found: _Evidence,
    own: Mapping[tuple[str, str], ReadOrder | None],
    told: DateOrder | None,
) -> ReadOrder:
    column, separator = key
    if found.halves:
        return ReadOrder(DateOrder.MONTH_FIRST, Basis.HALF)
    others = {
        other.order
        for (name, mark), other in own.items()
        if name != column and mark == separator and other and other.basis is Basis.SHOWN
    }
    is_safe = separator in _SAFE and others != {DateOrder.MONTH_FIRST}
    if is_safe or not found.open:
        return ReadOrder(DateOrder.DAY_FIRST, Basis.SHOWN)
    if len(others) == 1:
        return ReadOrder(others.pop(), Basis.OTHER)
    return ReadOrder(told or DateOrder.DAY_FIRST, Basis.TOLD if told else Basis.ASSUMED)


def announced(read: Orders) -> Mapping[str, ReadOrder]:
    """Return the order of each column that holds dates whose parts could change places.

    Points and spaces are written by those who put the day first: such columns are left out unless
    they show the other order.
    """
    found: dict[str, ReadOrder] = {}
    for (name, separator), each in sorted(read.items(), key=lambda item: item[0][1] == "/"):
        if separator not in _SAFE or each.order is DateOrder.MONTH_FIRST:
            found[name] = each
    return found
