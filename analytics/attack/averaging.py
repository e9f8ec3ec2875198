"""The mean of all figures that count the same people, with the weights that leave least noise."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

import numpy as np

from analytics.attack.claims import Cell, Claims, Estimate
from analytics.attack.rounding import possible
from analytics.attack.view import View, quarters, sampled, years
from analytics.domain.filters import BREAKDOWNS, Chosen, fields, only
from analytics.domain.periods import Period

_AREAS: Final = "offer_area"
_HIDDEN: Final = 3.5
"""A figure that is protected is 3 or 4, unless it is hidden beside others."""

_MAY_BE: Final = (3, 4)
_FAR: Final = 4
"""A year and its three other quarters: that many figures whose noise adds up."""

_FEW: Final = 2
"""Codes that a few people have at least, as a rule."""

Figures = Mapping[Chosen, float]
"""What is told of one district and quarter, by the codes chosen."""


def averaging(view: View, effort: int, areas: int) -> Claims:
    """Average the needs of a district's quarter over all tables that they can be put together from.

    By the codes of every field, and from the year without its other quarters; by least squares,
    among the codes that anybody is told to have.

    Args:
        view: What is answered.
        effort: Years that are drawn; 0 for all.
        areas: Offer areas that are drawn, whose needs are looked for besides all.
    """
    aims: list[Cell] = []
    found: list[Estimate] = []
    codes = fields()[_AREAS].all_codes()
    drawn = sampled(codes, areas) if areas else []
    bases = [(), *(only(**{_AREAS: [code]}) for code in drawn)]
    for year, base in product(sampled(list(years(view.covered)), effort), bases):
        parts = list(quarters(year))
        told = {period: _by_district(view, period, base) for period in (year, *parts)}
        for part in parts:
            for key, figures in told[part].items():
                cell = Cell("district", key, part, base)
                aims.append(cell)
                others = [told[other].get(key, {}) for other in parts if other != part]
                estimate = average(view, cell, figures, _left(told[year].get(key, {}), others))
                found += [estimate] if estimate else []
    return Claims(tuple(aims), tuple(found), averages=view.is_perturbed)


def average(view: View, cell: Cell, figures: Figures, left: float) -> Estimate | None:
    """Return the best linear estimate of all needs from what is told of their parts.

    Args:
        view: Whose figures are perturbed or not.
        cell: Of all needs.
        figures: Of all needs, and of those with each choice of codes.
        left: The same needs, as what is left of the year without other quarters; NaN if unknown.
    """
    own = figures.get((), np.nan)
    if not view.is_perturbed:
        return _exact(cell, [own, left, *(sum(parts) for parts in _by_field(figures).values())])
    value, share = _least_squares({c: _HIDDEN if np.isnan(n) else n for c, n in figures.items()})
    if not np.isnan(left):
        # What is left of the year has the noise of four figures, independent of all others.
        weight = share / (share + _FAR)
        value, share = (1 - weight) * value + weight * left, (1 - weight) * share
    may_be = _MAY_BE if np.isnan(own) else (int(own),)
    return Estimate(cell, value, view.noise * share, *possible(own), may_be)


def _exact(cell: Cell, sums: list[float]) -> Estimate | None:
    told = [figure for figure in sums if not np.isnan(figure)]
    return Estimate(cell, told[0], 0.0, told[0], told[0]) if told else None


def _by_field(figures: Figures) -> dict[str, list[float]]:
    """Return the figures of each field's codes; by no name that of all needs."""
    parts: dict[str, list[float]] = {}
    for chosen, figure in figures.items():
        parts.setdefault("".join(name for name, _ in chosen), []).append(figure)
    return parts


def _least_squares(told: Figures) -> tuple[float, float]:
    """Return the estimate of all needs, and its variance by that of one figure.

    The codes of each field add up to all needs: so many sums, each with the noise of its figures.
    Codes that nobody has add none, and who has a code may be told as 0.
    """
    parts = _by_field(told)
    noise = {
        name: max(sum(n > 0 for n in all_), _FEW if name else 1) for name, all_ in parts.items()
    }
    weights = np.array([1 / noise[name] for name in parts])
    sums = np.array([sum(figures) for figures in parts.values()])
    return float(weights @ sums / weights.sum()), float(1 / weights.sum())


def _by_district(view: View, period: Period, base: Chosen) -> dict[str, dict[Chosen, float]]:
    """Return what is told of each district, by the codes chosen besides those of the base."""
    found: dict[str, dict[Chosen, float]] = {}
    for more in _choices(base):
        table = view.table("district", period, only(**dict((*base, *more))))
        for key, figure in () if table is None else table["n"].items():
            found.setdefault(str(key), {})[more] = float(figure)
    return found


def _choices(base: Chosen) -> Iterator[Chosen]:
    yield ()
    for name in BREAKDOWNS:
        if name not in dict(base):
            yield from (only(**{name: [code]}) for code in fields()[name].all_codes())


def _left(year: Figures, others: list[dict[Chosen, float]]) -> float:
    figures = [year.get((), np.nan), *(other.get((), np.nan) for other in others)]
    return figures[0] - sum(figures[1:])
