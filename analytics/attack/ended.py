"""Why needs end: reasons of all needs beside those of groups, and one day beside another."""

from collections.abc import Iterator
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from analytics.attack.claims import Cell, Claims
from analytics.attack.crossed import BOTH
from analytics.attack.view import View, sampled, years
from analytics.attack.wholes import Wholes
from analytics.domain.filters import BREAKDOWNS, only
from analytics.domain.inquiry import WHOLE
from analytics.domain.periods import Period
from analytics.reports.basis.figures import Asked
from analytics.reports.exploring.end_causes import LAST
from analytics.reports.exploring.ends import EARLY

_CLOCK: Final = "restricted_mean_days_180"
"""An indicator of the clock of referral, whose ends are told beside it."""

_DAYS: Final = ((0, EARLY), (EARLY, LAST), (0, LAST))


def ends(view: View, tables: int, cells: int) -> Claims:
    """Put ends by reason and group beside those of all groups, and both days beside each other.

    Shares times their number are counts: those of all groups add up to all needs', and those up to
    the first day and after it to those up to the last.

    Args:
        view: What is answered.
        tables: Fields and years that are drawn; of years that are followed to the last day.
        cells: Hidden cells whose extremes are looked for.
    """
    # A year after which another one is covered has been followed for as long as that.
    followed = list(years(view.covered))[:-1]
    wholes = Wholes()
    for by, year in sampled(list(product(BREAKDOWNS, followed)), tables):
        _add(view, wholes, by, year)
    return wholes.claims(view, cells)


def _add(view: View, wholes: Wholes, by: str, year: Period) -> None:
    groups = view.figure("ends_by_group", Asked(by=by, indicator=_CLOCK, period=year))
    curves = view.figure("ends_by_reason", Asked(indicator=_CLOCK, period=year))
    numbers, whole = (view.answer(each, WHOLE, year, indicator=_CLOCK) for each in (by, WHOLE))
    if groups is None or curves is None or numbers is None or whole is None:
        return
    of_group = numbers.set_index("key")["n"]
    told = dict(_of_groups(groups, of_group, by, year))
    wholes.add(told)
    for reason, days in product(groups["series"].unique(), _DAYS):
        parts = [_cell(by, key, year, reason, days) for key in groups["key"].unique()]
        total = _of_all(curves, reason, days) * float(whole["n"].iloc[0])
        wholes.add_sum(float(np.round(total)), parts)
    for reason, key in product(groups["series"].unique(), groups["key"].unique()):
        early, late, both = (_cell(by, key, year, reason, days) for days in _DAYS)
        wholes.add_sum(told.get(both, np.nan), (early, late))


def _of_groups(
    groups: pd.DataFrame, numbers: "pd.Series[float]", by: str, year: Period
) -> Iterator[tuple[Cell, float]]:
    for _, row in groups.iterrows():
        n = row["n"] if not np.isnan(row["n"]) else numbers.get(row["key"], np.nan)
        counts = np.round(np.array([row["early"], row["value"] - row["early"], row["value"]]) * n)
        for days, count in zip(_DAYS, counts, strict=True):
            yield _cell(by, row["key"], year, row["series"], days), float(count)


def _of_all(curves: pd.DataFrame, reason: str, days: tuple[int, int]) -> float:
    """Return the share of all needs that ended so between two days; NaN where that is not told."""
    own = curves[(curves["series"] == reason) & curves["estimate"].notna()]
    if own.empty:
        return float("nan")
    values = [own.loc[own["days"] <= day, "estimate"] for day in days]
    return float(np.subtract(*(each.iloc[-1] for each in values[::-1])))


def _cell(by: str, key: str, year: Period, reason: str, days: tuple[int, int]) -> Cell:
    after = -1 if days[0] == 0 else days[0]
    return Cell(by, key, year, only(group=BOTH), f"ended:{reason}:{after}:{days[1]}")
