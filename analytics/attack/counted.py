"""Indicators of what runs between bodies as counts: which rows they count, and how many of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from analytics.attack.claims import PROCESS
from analytics.attack.view import View
from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator, catalogue
from analytics.domain.periods import Period
from analytics.reports.cooperation.processes import OF_VERSION_2
from analytics.reports.indicators.process import optional_table

_ALL: Final = "all"
_DONE: Final = "done"
_LEFT: Final = "left"
_AGREEMENT: Final = "agreement"
_ANSWER: Final = "answer"
_RETURNED: Final = "returned"
_RETURN_DAYS: Final = 180
_SOME: Final = 10
"""A figure from which on there are rows in whatever else counts them."""


@dataclass(frozen=True, slots=True)
class Row:
    """What an answer tells of one key: a number, NaN where it is hidden, a value and its status."""

    key: str
    n: float
    value: float
    status: str


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """An indicator, and what its rows are called in measures of cells.

    Attributes:
        indicator: In the catalogue.
        senders: Districts that deliver what it counts; all others are not zero, but unknown.
        as_of: The data cut.
        is_of_answers: Whether whoever delivers returns delivers answers, too: then both indicators
            count the same hand-overs, as soon as these have been followed for long enough.
    """

    indicator: Indicator
    senders: frozenset[str]
    as_of: date
    is_of_answers: bool = False

    def measures(self, period: Period) -> tuple[str, ...]:
        """Return what is told of rows that began in a period: all, what happened, and the rest."""
        return tuple(self._measure(part, period) for part in (_ALL, *self._parts(period)))

    def counts(self, period: Period, row: Row) -> dict[str, float]:
        """Return what a row tells, by measure but for the rest; NaN where it is hidden."""
        happened = 0.0 if row.n == 0 else np.nan
        if row.n > 0 and row.status == Status.SHOWN:
            happened = float(np.round(row.value * row.n))
        return dict(zip(self.measures(period), (row.n, happened), strict=False))

    def _parts(self, period: Period) -> tuple[str, ...]:
        method = self.indicator.method
        if method == "cumulative_incidence" and self._has_followed(period, self.indicator.day):
            return (_DONE, _LEFT)
        # A median tells no counts, nor does a share of rows of which some are still open.
        return (_DONE, _LEFT) if method == "proportion" else ()

    def _measure(self, part: str, period: Period) -> str:
        rows = str(self.indicator.process or _AGREEMENT)
        if part == _ALL and self.is_of_answers and self._has_followed(period, _RETURN_DAYS):
            rows = _ANSWER
        is_clock = part != _ALL and self.indicator.method == "cumulative_incidence"
        return ":".join([PROCESS, rows, part, *([str(self.indicator.day)] if is_clock else [])])

    def _has_followed(self, period: Period, days: int) -> bool:
        return period.end + timedelta(days=days) <= self.as_of


def by_table(view: View) -> list[tuple[Counted, ...]]:
    """Return what is counted of each table that not everybody delivers."""
    as_of = view.store.manifest.as_of
    chosen = [catalogue()[name] for name in OF_VERSION_2]
    told = {one.id: _told(view, one) for one in chosen}
    of_process = {one.process: told[one.id] for one in chosen}
    is_same = are_senders_alike(of_process[_ANSWER], of_process[_RETURNED])
    found: dict[str, list[Counted]] = {}
    for one in chosen:
        senders, same = frozenset(told[one.id]), is_same and one.process == _RETURNED
        counted = Counted(one, senders, as_of, is_of_answers=same)
        found.setdefault(str(optional_table(one)), []).append(counted)
    return [tuple(each) for each in found.values()]


def _told(view: View, chosen: Indicator) -> dict[str, float]:
    """Return what is told of each district of all months; "no data" is no zero, but no delivery."""
    table = view.table("district", view.covered, (), chosen.id)
    if table is None:
        return {}
    told = table.loc[table["has_row"], "n"]
    return {str(ags): float(n) for ags, n in told.items()}


def are_senders_alike(first: dict[str, float], second: dict[str, float]) -> bool:
    """Say whether the same districts deliver both; few rows may be told as none of one."""
    some = [{ags for ags, n in told.items() if n >= _SOME} for told in (first, second)]
    return some[0] <= set(second) and some[1] <= set(first)
