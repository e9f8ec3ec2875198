"""What is left of a whole without its parts: groups, districts, towns, and one's own rows."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from analytics.attack.claims import Cell, Claims, Estimate
from analytics.attack.truth import Truth
from analytics.attack.view import View, quarters, sampled, years
from analytics.attack.windows import remainder
from analytics.domain.areas import registry
from analytics.domain.filters import Chosen, fields, only
from analytics.domain.periods import Period
from analytics.domain.release import grid
from analytics.domain.vocabulary import Group

_TABLES: Final = ("offer_area", "sex", "age_group")
"""Fields by whose codes an insider looks at tables of districts."""


def groups(view: View) -> Claims:
    """Subtract districts from their group, groups from the state, and towns from their district."""
    aims: list[Cell] = []
    found: dict[Cell, Estimate] = {}
    for period in (*quarters(view.covered), *years(view.covered)):
        aims += [Cell("unit", key, period) for key in _split_units()]
        aims.append(Cell("group", Group.UNASSIGNED, period))
        for estimate in _of_groups(view, period):
            known = found.get(estimate.cell)
            if known is None or estimate.variance < known.variance:
                found[estimate.cell] = estimate
    return Claims(tuple(aims), tuple(found.values()))


def insider(view: View, truth: Truth, effort: int) -> Claims:
    """Subtract from the state and its groups all districts that are shown, and one's own rows.

    Each district is the insider in turn; one speaks where a single number is left that is unknown.
    """
    aims: list[Cell] = []
    found: dict[Cell, Estimate] = {}
    tables = list(product(grid(view.covered), [(), *_choices()]))
    for period, chosen in sampled(tables, effort):
        table = view.table("district", period, chosen)
        state = view.table("state", period, chosen, assigned=False)
        if table is None or state is None or state.empty:
            continue
        cells = {str(key): Cell("district", str(key), period, chosen) for key in table.index}
        aims += cells.values()
        for total, members in _totals(view, table, state, period, chosen):
            told = table["n"].reindex(members)
            for estimate in _told_to_insiders(view, truth, total, told, cells):
                found.setdefault(estimate.cell, estimate)
    return Claims(tuple(aims), tuple(found.values()))


def _of_groups(view: View, period: Period) -> Iterator[Estimate]:
    names = ("district", "unit", "group")
    districts, units, of_groups = (view.table(by, period) for by in names)
    state = view.table("state", period, assigned=False)
    if districts is None or units is None or of_groups is None:
        return
    for district in sorted(registry().split_districts):
        parts = [key for key in _split_units() if key[:5] == district]
        for key in parts:
            others = [units["n"].get(other, np.nan) for other in parts if other != key]
            yield from _left(view, Cell("unit", key, period), districts["n"][district], others)
    for group, total in of_groups["n"].items():
        members = [each.code for each in registry().evaluation_units if each.group == group]
        told = units["n"].reindex(members)
        for key in told.index[told.isna()]:
            yield from _left(view, Cell("unit", str(key), period), total, told.drop(key))
    if state is not None and len(state):
        cell = Cell("group", Group.UNASSIGNED, period)
        yield from _left(view, cell, state["n"].iloc[0], of_groups["n"])


def _left(
    view: View, cell: Cell, total: float, others: "Sequence[float] | pd.Series[float]"
) -> Iterator[Estimate]:
    estimate = remainder(view, cell, [float(total), *map(float, others)])
    if estimate is not None:
        yield estimate


def _totals(
    view: View, table: pd.DataFrame, state: pd.DataFrame, period: Period, chosen: Chosen
) -> Iterator[tuple[float, list[str]]]:
    """Yield numbers that are told with the districts that add up to them."""
    yield float(state["n"].iloc[0]), [str(key) for key in table.index]
    of_groups = view.table("group", period, chosen)
    units = view.table("unit", period, chosen)
    if of_groups is None or units is None:
        return
    for group, total in of_groups["n"].items():
        members = [each for each in registry().evaluation_units if each.group == group]
        split = [each.code for each in members if each.district in registry().split_districts]
        whole = [each.code for each in members if each.code not in split]
        yield float(total - units["n"].reindex(split).sum(skipna=False)), whole


def _told_to_insiders(
    view: View, truth: Truth, total: float, told: "pd.Series[float]", cells: dict[str, Cell]
) -> Iterator[Estimate]:
    hidden = [str(key) for key in told.index[told.isna()]]
    shown = told.dropna().tolist()
    if len(hidden) == 1:
        yield from _left(view, cells[hidden[0]], total, shown)
    if len(hidden) == 2:
        for own, other in (hidden, hidden[::-1]):
            yield from _left(view, cells[other], total - truth.count(cells[own]), shown)


def _choices() -> list[Chosen]:
    return [only(**{name: [code]}) for name in _TABLES for code in fields()[name].all_codes()]


def _split_units() -> list[str]:
    """Return the towns of districts that are told apart, what is left, and what is of neither."""
    units = registry().evaluation_units
    split = registry().split_districts
    return [*(each.code for each in units if each.district in split), *split]
