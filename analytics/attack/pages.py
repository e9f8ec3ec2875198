"""The same people on several pages: do their numbers differ, or is one told that another hides?"""

from collections.abc import Iterator
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from analytics.attack.claims import Cell, Claims, Estimate
from analytics.attack.view import View, quarters, sampled, slices
from analytics.domain.areas import registry
from analytics.domain.filters import Chosen
from analytics.domain.periods import Period
from analytics.reports.basis.figures import Asked

_TABLES: Final = (
    "median_days_to_referral", "share_referred_30d", "share_referred_90d", "share_started_180d",
    "reporting_lag_days",
)  # fmt: skip
"""Indicators that count all needs."""

_TRENDS: Final = ("median_days_to_referral_by_quarter", "share_referred_90d_by_quarter")
_JUDGED: Final = "open_over_180d_share"
"""An indicator whose table has a row for whoever has needs at all."""


def pages(view: View, effort: int, choices: int) -> Claims:
    """Put the figures of a quarter side by side that count the same needs of a district.

    Args:
        view: What is answered.
        effort: Districts whose courses are looked at.
        choices: Choices of codes for which that is done besides all needs.
    """
    told: dict[Cell, list[float]] = {}
    some: set[Cell] = set()
    chosen = slices(choices)
    for period, choice in product(quarters(view.covered), chosen):
        for key, figure in _of_tables(view, period, choice):
            told.setdefault(Cell("district", key, period, choice), []).append(figure)
        some.update(_told_to_be_some(view, period, choice))
    for area, choice in product(sampled(registry().districts, effort), chosen):
        for cell, figure in _of_trends(view, area.ags, choice):
            told.setdefault(cell, []).append(figure)
    found = [together(view, cell, figures, is_some=cell in some) for cell, figures in told.items()]
    return Claims(tuple(told), tuple(each for each in found if each is not None))


def _of_tables(view: View, period: Period, chosen: Chosen) -> Iterator[tuple[str, float]]:
    for indicator in _TABLES:
        table = view.table("district", period, chosen, indicator)
        if table is not None:
            yield from ((str(key), float(n)) for key, n in table["n"].items())


def _of_trends(view: View, ags: str, chosen: Chosen) -> Iterator[tuple[Cell, float]]:
    for figure in _TRENDS:
        rows = view.figure(figure, Asked(district=ags, period=view.covered, chosen=chosen))
        if rows is None:
            continue
        for period in quarters(view.covered):
            is_of = pd.to_datetime(rows["period"]).dt.date == period.start
            for n in rows.loc[is_of, "n"].dropna():
                yield Cell("district", ags, period, chosen), float(n)


def _told_to_be_some(view: View, period: Period, chosen: Chosen) -> Iterator[Cell]:
    """Yield districts with a number of 0 that stands in a row: who has no needs has none."""
    table = view.table("district", period, chosen, _JUDGED)
    if table is not None and "has_row" in table:
        keys = table.index[table["has_row"] & (table["n"] == 0)]
        yield from (Cell("district", str(key), period, chosen) for key in keys)


def together(
    view: View, cell: Cell, figures: list[float], *, is_some: bool = False
) -> Estimate | None:
    """Return what distinct figures of the same needs say together; equal ones say it once."""
    distinct = sorted({figure for figure in figures if not np.isnan(figure)})
    if not distinct:
        return None
    bounds = [view.bounds(figure) for figure in distinct]
    low, high = max(low for low, _ in bounds), min(high for _, high in bounds)
    low = max(low, 1.0) if is_some else low
    value = float(np.clip(np.mean(distinct), low, max(low, high)))
    return Estimate(cell, value, view.noise / len(distinct), low, high)
