"""Differences of figures of overlapping months."""

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Final

import numpy as np
import pandas as pd

from analytics.attack.claims import Cell, Claims, Estimate, Person
from analytics.attack.view import View, quarters, slices, years
from analytics.domain.filters import Chosen
from analytics.domain.periods import Month, Period

_QUARTERS: Final = 4


def windows(view: View, effort: int) -> Claims:
    """Subtract the months up to one from the months up to the next, district by district.

    Args:
        view: What is answered.
        effort: Choices of codes for which that is done besides all needs.
    """
    covered = view.covered
    months = list(covered.months())
    aims: list[Cell] = []
    found: list[tuple[list[Estimate], list[Person]]] = []
    for chosen in slices(effort):
        tables = [view.table("district", Period(covered.first, last), chosen) for last in months]
        aims += [Cell("district", k, Period(m, m), chosen) for m in months[1:] for k in _keys(view)]
        pairs = pairwise(zip(months, tables, strict=True))
        found += [_between(view, chosen, *each) for each in pairs]
    estimates = [each for estimated, _ in found for each in estimated]
    persons = [each for _, single in found for each in single]
    return Claims(tuple(aims), tuple(estimates), tuple(persons))


def grid(view: View, effort: int) -> Claims:
    """Subtract from a year its three other quarters, district by district; as in ``windows``."""
    aims: list[Cell] = []
    found: list[Estimate] = []
    for chosen, year in product(slices(effort), years(view.covered)):
        parts = list(quarters(year))
        whole, *tables = (view.numbers("district", each, chosen) for each in (year, *parts))
        known = [table for table in tables if table is not None]
        aims += [Cell("district", key, part, chosen) for part in parts for key in _keys(view)]
        if whole is None or len(known) < _QUARTERS:
            continue
        for place, part in enumerate(parts):
            others = [table for other, table in enumerate(known) if other != place]
            found += remainders(view, part, chosen, whole, others)
    return Claims(tuple(aims), tuple(found))


def remainders(
    view: View,
    part: Period,
    chosen: Chosen,
    whole: "pd.Series[float]",
    others: "list[pd.Series[float]]",
) -> Iterator[Estimate]:
    """Yield of each district what is left of a whole without its other parts."""
    for key, total in whole.items():
        figures = [total, *(table.get(key, np.nan) for table in others)]
        estimate = remainder(view, Cell("district", str(key), part, chosen), figures)
        if estimate is not None:
            yield estimate


def remainder(view: View, cell: Cell, figures: list[float]) -> Estimate | None:
    """Return what is left of the first figure without the others; None where one is hidden."""
    if np.isnan(figures).any():
        return None
    bounds = [view.bounds(figure) for figure in figures]
    low = bounds[0][0] - sum(high for _, high in bounds[1:])
    high = bounds[0][1] - sum(low for low, _ in bounds[1:])
    value = figures[0] - sum(figures[1:])
    return Estimate(cell, value, view.noise * len(figures), max(low, 0), high)


def _between(
    view: View,
    chosen: Chosen,
    before: tuple[Month, pd.DataFrame | None],
    after: tuple[Month, pd.DataFrame | None],
) -> tuple[list[Estimate], list[Person]]:
    (_, shorter), (month, longer) = before, after
    if shorter is None or longer is None:
        return [], []
    part = Period(month, month)
    estimates = list(remainders(view, part, chosen, longer["n"], [shorter["n"]]))
    return estimates, list(_persons(estimates, shorter, longer))


def _persons(
    estimates: list[Estimate], shorter: pd.DataFrame, longer: pd.DataFrame
) -> Iterator[Person]:
    """Yield of each month with one need whether it was referred: the shares tell how many were."""
    referred = _events(longer) - _events(shorter)
    for estimate in estimates:
        outcome = referred.get(estimate.cell.key, np.nan)
        if round(estimate.value) == 1 and outcome in (0, 1):
            yield Person(estimate.cell, bool(outcome))


def _events(table: pd.DataFrame) -> "pd.Series[float]":
    return (table["value"] * table["n"]).where(table["n"] > 0, 0.0).round()


def _keys(view: View) -> list[str]:
    table = view.table("district", view.covered)
    return [] if table is None else [str(key) for key in table.index]
