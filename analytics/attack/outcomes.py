"""What shares, curves and their exact fractions tell of how many were referred."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor
from typing import Final

import numpy as np
import pandas as pd

from analytics.attack.claims import BETWEEN, LATE, PROMPT, Cell, Claims, Estimate
from analytics.attack.view import SHARE, View, quarters, sampled, years
from analytics.disclosure.transition import DEVIATION
from analytics.domain.areas import registry
from analytics.domain.evaluation import EffectOutcome
from analytics.domain.filters import only
from analytics.domain.periods import Month, Period
from analytics.domain.vocabulary import OfferArea
from analytics.reports.basis.figures import Asked

_SOON: Final = "share_referred_30d"
_EXACT: Final = 1e-9
_LEAST: Final = 10
"""Needs of a site's quarter with a value, as the figure says."""

_MOST: Final = 60
"""A denominator from which on small counts are no longer looked for where none is told."""


def pairs(view: View) -> Claims:
    """Subtract the share referred within 30 days from that within 90 days, times their number."""
    aims: list[Cell] = []
    found: list[Estimate] = []
    choices = [(), *(only(offer_area=[area]) for area in OfferArea)]
    for period in years(view.covered):
        for chosen in choices:
            later = view.table("district", period, chosen, SHARE)
            sooner = view.table("district", period, chosen, _SOON)
            if later is None or sooner is None:
                continue
            for key in map(str, later.index):
                cell = Cell("district", key, period, chosen, BETWEEN)
                aims.append(cell)
                found += _between(view, cell, _events(later, key), _events(sooner, key))
    return Claims(tuple(aims), tuple(found))


def steps(view: View, effort: int) -> Claims:
    """Take the steps of each district's curve for numbers of people."""
    aims: list[Cell] = []
    found: list[Estimate] = []
    for period in (*_latest(view), *years(view.covered)):
        for area in sampled(registry().districts, effort):
            curve = view.figure("district_curve", Asked(district=area.ags, period=period))
            if curve is None:
                continue
            for estimate in _steps(view, curve, area.ags, period):
                aims.append(estimate.cell)
                found.append(estimate)
    return Claims(tuple(aims), tuple(found))


def fractions(view: View) -> Claims:
    """Take the digits of the shares of sites and quarters for the fraction that has them."""
    rows = view.figure("comparison_sites", Asked(outcome=EffectOutcome.SHARE))
    sites = {unit.name: unit.code for unit in registry().model_units}
    aims: list[Cell] = []
    found: list[Estimate] = []
    tables = {period.start: period for period in quarters(view.covered)}
    for period in tables.values():
        for code in sites.values():
            aims += [Cell("unit", code, period, (), measure) for measure in (LATE, PROMPT)]
    if rows is None or "series" not in rows:
        return Claims(tuple(aims), ())
    own = rows[(rows["series"] == "model") & rows["value"].notna()]
    for section, start, share in own[["section", "period", "value"]].itertuples(index=False):
        period = tables[start.date()]
        told = view.table("unit", period)
        code = next(code for name, code in sites.items() if section.startswith(name))
        figure = np.nan if told is None else float(told["n"].get(code, np.nan))
        found += _of_fraction(Cell("unit", code, period), float(share), *view.bounds(figure))
    return Claims(tuple(aims), tuple(found))


def fraction_of(share: float, low: float, high: float) -> list[tuple[int, int]]:
    """Return numerators and denominators from ``low`` to ``high`` that have exactly this share."""
    upto = _MOST if np.isinf(high) else floor(high)
    return [
        (round(share * below), below)
        for below in range(max(ceil(low), 1), upto + 1)
        if abs(share * below - round(share * below)) < _EXACT * below
    ]


def _of_fraction(cell: Cell, share: float, low: float, high: float) -> Iterator[Estimate]:
    possible = fraction_of(share, max(low, _LEAST), high)
    for measure in (LATE, PROMPT):
        counts = {up if measure == PROMPT else below - up for up, below in possible}
        if counts:
            spread = float(np.var(list(counts)))
            of_people = Cell(cell.by, cell.key, cell.period, (), measure)
            yield Estimate(of_people, float(min(counts)), spread, min(counts), max(counts))


def _events(table: pd.DataFrame, key: str) -> float:
    return float(table["value"].get(key, np.nan)) * float(table["n"].get(key, np.nan))


def _between(view: View, cell: Cell, later: float, sooner: float) -> Iterator[Estimate]:
    if np.isnan(later - sooner):
        return
    whole, slack = round(later - sooner), 2 * DEVIATION if view.is_perturbed else 0
    low, high = max(whole - slack, 0), whole + slack
    yield Estimate(cell, later - sooner, 2 * view.noise, low, high)


def _steps(view: View, curve: pd.DataFrame, key: str, period: Period) -> Iterator[Estimate]:
    own = curve[(curve["series"] == "own") & curve["estimate"].notna()]
    if own.empty:
        return
    number = float(own["at_risk"].iloc[0])
    points = zip(own["days"].astype(int), own["estimate"] * number, strict=True)
    slack = 2 * DEVIATION if view.is_perturbed else 0
    for (before, lower), (day, upper) in pairwise(points):
        value = upper - lower
        cell = Cell("district", key, period, (), f"days:{before}:{day}")
        low, high = max(round(value) - slack, 0), round(value) + slack
        yield Estimate(cell, value, 2 * view.noise, low, high)


def _latest(view: View) -> Iterator[Period]:
    last = view.covered.last
    first = max(Month(last.year - 2, 1), view.covered.first)
    yield Period(first, last)
