"""Tables of two dimensions against their margins, and what else is told of the same needs."""

from collections.abc import Iterator
from itertools import combinations, pairwise, product
from typing import Final

import numpy as np
import pandas as pd

from analytics.attack.claims import NEEDS, PROMPT, REFERRED, Cell, Claims
from analytics.attack.pages import together
from analytics.attack.view import SHARE, View, sampled, years
from analytics.attack.wholes import Wholes
from analytics.domain.filters import BREAKDOWNS, UNKNOWN, fields, only
from analytics.domain.inquiry import WHOLE, Groups
from analytics.domain.periods import Month, Period
from analytics.domain.vocabulary import Group
from analytics.reports.basis.figures import Asked
from analytics.reports.cooperation.handovers import BODY, OFFICE

BOTH: Final = (Group.MODEL, Group.COMPARISON)
"""Whom all figures count that are not of areas: a need of neither group is in none of them."""

_OF_REFERRED: Final = "start_rate_of_referred"
_MATRIX: Final = "handover_matrix_needs"
_QUARTER: Final = 3

Figures = dict[Cell, list[float]]
"""What is told of each cell, by whichever answer."""


def crossed(view: View, tables: int, cells: int) -> Claims:
    """Put tables of two dimensions beside tables of either, of the same months and needs.

    Fields by fields, and fields by the quarters of a year, whose margins are the year's and each
    quarter's tables.

    Args:
        view: What is answered.
        tables: Pairs of dimensions and years that are drawn.
        cells: Hidden cells whose extremes are looked for.
    """
    pairs = [*combinations(BREAKDOWNS, 2), *((name, "quarter") for name in BREAKDOWNS)]
    wholes = Wholes()
    for (rows, columns), year in sampled(list(product(pairs, years(view.covered))), tables):
        add_table(view, wholes, rows, columns, year)
    return wholes.claims(view, cells)


def add_table(
    view: View, wholes: Wholes, rows: str, columns: str, period: Period, measure: str = NEEDS
) -> None:
    """Add a table of two dimensions with its margins, asked for as tables of one."""
    indicator = _OF_REFERRED if measure == REFERRED else SHARE
    table = view.answer(rows, columns, period, indicator=indicator)
    if table is None:
        return
    told = {
        (key, code): (_cell(rows, columns, key, code, period, measure), float(n))
        for key, code, n in _codes(table, columns)
    }
    wholes.add(dict(told.values()))
    for place, dimension in enumerate((rows, columns)):
        margin = view.answer(dimension, WHOLE, period, indicator=indicator)
        for key, n in () if margin is None else zip(margin["key"], margin["n"], strict=True):
            parts = [cell for codes, (cell, _) in told.items() if codes[place] == key]
            wholes.add_sum(float(n), parts)


def answers(view: View, tables: int) -> Claims:
    """Put all figures of the same needs, or of the same ones that were referred, side by side.

    Args:
        view: What is answered.
        tables: Pairs of fields and years that are drawn.
    """
    return side_by_side(view, figures_of(view, tables))


def side_by_side(view: View, told: Figures) -> Claims:
    """Return what distinct figures of each cell say together."""
    found = [together(view, cell, figures) for cell, figures in told.items()]
    return Claims(tuple(told), tuple(each for each in found if each is not None))


def figures_of(view: View, tables: int) -> Figures:
    """Return what different answers tell of the same cells, as ``answers`` holds together."""
    told: Figures = {}
    drawn = list(product(combinations(BREAKDOWNS, 2), pairwise(years(view.covered))))
    for (rows, columns), (before, year) in sampled(drawn, tables):
        found = (
            _of_two(view, rows, columns, year),
            _of_two(view, columns, rows, year),
            _of_filters(view, rows, columns, year),
            _of_sides(view, rows, columns, year, before),
            _of_quarters(view, rows, year),
            _of_fairness(view, rows, columns, year),
            _of_standouts(view, year),
            of_matrix(view, year),
            _of_pairs(view, year),
        )
        for cell, figure in (each for part in found for each in part):
            told.setdefault(cell, []).append(figure)
    return told


def _codes(table: pd.DataFrame, columns: str) -> Iterator[tuple[str, str, float]]:
    """Yield key, code of the column and number of each row; quarters are days there."""
    codes = table["series"]
    if columns == "quarter":
        codes = pd.to_datetime(table["period"]).dt.strftime("%Y-%m-%d")
    yield from zip(table["key"], codes, table["n"], strict=True)


def _cell(
    rows: str, columns: str, key: str, code: str, period: Period, measure: str = NEEDS
) -> Cell:
    """Return the cell of two codes; the same whichever of them stands in the row."""
    if columns == "quarter":
        first = Month.parse(code[:7])
        months = Period(first, first.plus(_QUARTER - 1))
        return Cell(rows, key, months, only(group=BOTH), measure)
    codes = {name: each for name, each in ((rows, key), (columns, code)) if name != WHOLE}
    by, *others = sorted(codes, key=list(fields()).index)
    chosen = only(group=BOTH, **{name: [codes[name]] for name in others})
    return Cell(by, codes[by], period, chosen, measure)


def _told(
    cell: Cell, n: float, value: float, status: str = "shown"
) -> Iterator[tuple[Cell, float]]:
    """Yield the number of needs, and of those of them that were referred in time."""
    yield cell, float(n)
    referred = Cell(cell.by, cell.key, cell.period, cell.chosen, PROMPT)
    yield referred, float(np.round(value * n)) if status == "shown" else np.nan


def _of_two(view: View, rows: str, columns: str, period: Period) -> Iterator[tuple[Cell, float]]:
    table = view.answer(rows, columns, period)
    for _, row in () if table is None else table.iterrows():
        cell = _cell(rows, columns, row["key"], row["series"], period)
        yield from _told(cell, row["n"], row["value"], row["status"])


def _of_filters(
    view: View, rows: str, columns: str, period: Period
) -> Iterator[tuple[Cell, float]]:
    for code in fields()[columns].all_codes():
        table = view.answer(rows, WHOLE, period, only(**{columns: [code]}))
        for _, row in () if table is None else table.iterrows():
            cell = _cell(rows, columns, row["key"], code, period)
            yield from _told(cell, row["n"], row["value"], row["status"])


def _of_sides(
    view: View, rows: str, columns: str, period: Period, before: Period
) -> Iterator[tuple[Cell, float]]:
    """Yield both sides of comparisons: of two codes, and of two years."""
    sides = ("first", "n"), ("second", "n_second")
    for codes in pairwise(fields()[columns].all_codes()):
        table = view.answer(rows, WHOLE, period, groups=Groups(columns, *codes))
        for _, row in () if table is None else table.iterrows():
            for code, (value, n) in zip(codes, sides, strict=True):
                cell = _cell(rows, columns, row["key"], code, period)
                yield from _told(cell, row[n], row[value])
    table = view.answer(rows, columns, period, against=before)
    for _, row in () if table is None else table.iterrows():
        for months, (value, n) in zip((period, before), sides, strict=True):
            cell = _cell(rows, columns, row["key"], row["series"], months)
            yield from _told(cell, row[n], row[value])


def _of_quarters(view: View, rows: str, period: Period) -> Iterator[tuple[Cell, float]]:
    table = view.answer(rows, "quarter", period)
    for key, code, n in () if table is None else _codes(table, "quarter"):
        cell = _cell(rows, "quarter", key, code, period)
        yield cell, float(n)
        single = view.answer(rows, WHOLE, cell.period)
        if single is not None:
            yield cell, float(single.set_index("key")["n"].get(key, np.nan))


def _of_fairness(
    view: View, rows: str, columns: str, period: Period
) -> Iterator[tuple[Cell, float]]:
    for code in fields()[columns].all_codes():
        chosen = only(**{columns: [code]})
        asked = Asked(by=rows, indicator=SHARE, period=period, chosen=chosen)
        table = view.figure("fairness_gaps", asked)
        for _, row in () if table is None else table.iterrows():
            cell = _cell(rows, columns, row["key"], code, period)
            yield from _told(cell, row["n"], row["own"])


def _of_standouts(view: View, period: Period) -> Iterator[tuple[Cell, float]]:
    table = view.figure("standouts", Asked(indicator=SHARE, period=period))
    for _, row in () if table is None else table.iterrows():
        names = [name for name in (row["rows"], row["columns"]) if name]
        if set(names) <= set(BREAKDOWNS) and names and UNKNOWN not in row["key"]:
            rows, columns = (*names, WHOLE)[:2]
            cell = _cell(rows, columns, row["row_code"], row["column_code"], period)
            yield from _told(cell, row["n"], row["now"])


def of_matrix(view: View, period: Period) -> Iterator[tuple[Cell, float]]:
    """Yield what the matrix of hand-overs tells of needs by office and receiving body."""
    table = view.figure(_MATRIX, Asked(period=period))
    for _, row in () if table is None else table.iterrows():
        yield _cell(OFFICE, BODY, row["key"], row["code"], period, REFERRED), float(row["value"])


def _of_pairs(view: View, period: Period) -> Iterator[tuple[Cell, float]]:
    """Yield what an answer by both tells of the same needs."""
    table = view.answer(OFFICE, BODY, period, indicator=_OF_REFERRED)
    for key, code, n in () if table is None else _codes(table, BODY):
        yield _cell(OFFICE, BODY, key, code, period, REFERRED), float(n)
