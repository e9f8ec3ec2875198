"""All tables of the data package and of the grid side by side, as equations for whole numbers."""

from itertools import product
from typing import Final

import numpy as np

from analytics.attack.claims import Cell, Claims, Estimate
from analytics.attack.equations import Equations
from analytics.attack.view import SHARE, View, quarters, sampled, slices
from analytics.domain.areas import registry
from analytics.domain.filters import Chosen
from analytics.domain.periods import Period
from analytics.domain.release import Release, grid
from analytics.i18n import words
from analytics.reports.basis.refusal import RefusedError, refusals
from analytics.reports.catalogue.package_contents import family

_EVEN: Final = 12
"""The square of an interval by the variance of what lies anywhere in it."""


def package(view: View, effort: int, choices: int) -> Claims:
    """Look for the smallest and largest number that each district's needs of a quarter can be.

    All numbers of the grid are taken as equations, within what their perturbation allows, together
    with the package's table of districts: by integer programming (HiGHS).

    Args:
        view: What is answered.
        effort: Cells whose extremes are looked for, of each choice.
        choices: Choices of codes for which that is done besides all needs.
    """
    tried: list[Cell] = []
    found: list[Estimate] = []
    for chosen in slices(choices):
        place = _places(view, chosen)
        equations = Equations(len(place))
        for period in grid(view.covered):
            _add_period(view, equations, period, chosen, place)
        if not chosen:
            _add_package(view, equations, place)
        for cell in sampled(list(place), effort):
            tried.append(cell)
            low, high = equations.limits(place[cell])
            if not np.isnan(low + high) and high < np.inf:
                spread = (high - low) ** 2 / _EVEN
                found.append(Estimate(cell, (low + high) / 2, spread, low, high))
    return Claims(tuple(tried), tuple(found))


def _places(view: View, chosen: Chosen) -> dict[Cell, int]:
    """Return the number of each district's quarter."""
    districts = [area.ags for area in registry().districts]
    cells = product(districts, quarters(view.covered))
    return {Cell("district", *each, chosen): number for number, each in enumerate(cells)}


def _add_period(
    view: View, equations: Equations, period: Period, chosen: Chosen, place: dict[Cell, int]
) -> None:
    """Add what is told of each district and of the state in a period that quarters make up."""
    parts = [part for part in quarters(view.covered) if part.within(period) == part]
    table = view.table("district", period, chosen)
    state = view.table("state", period, chosen, assigned=False)
    if not parts or (parts[0].first, parts[-1].last) != (period.first, period.last):
        return
    if table is not None:
        for key, figure in table["n"].items():
            members = [place[Cell("district", str(key), part, chosen)] for part in parts]
            equations.add(members, *view.bounds(float(figure)))
    if state is not None and len(state):
        every = [number for cell, number in place.items() if cell.period in parts]
        equations.add(every, *view.bounds(float(state["n"].iloc[0])))


def _add_package(view: View, equations: Equations, place: dict[Cell, int]) -> None:
    """Add what the package tells of each district over all months.

    The state's quarters in it may leave out needs of neither group, so they are no equations.
    """
    for key, figure in _packed(view):
        members = [number for cell, number in place.items() if cell.key == key]
        equations.add(members, *view.bounds(figure))


def _packed(view: View) -> list[tuple[str, float]]:
    """Return what the package tells of each district; nothing where there is no package."""
    if view.store.release is not Release.RELEASED:
        return []  # a package is made of released figures alone
    w = words("en")
    view.asked += 1
    try:
        with refusals(w):
            parts = family(view.store, "indicators_by_district", w).parts
    except RefusedError:
        view.refused += 1
        return []
    frames = [p.exhibit.table.frame for p in parts if dict(p.marks)["indicator"] == SHARE]
    return [
        (str(key), float(figure))
        for frame in frames
        for key, figure in zip(frame["key"], frame["n"], strict=True)
    ]
