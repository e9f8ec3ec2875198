"""What runs between bodies: parts against their totals, and all that is told of the same rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Final

import numpy as np

from analytics.attack.claims import Cell, Claims
from analytics.attack.counted import Counted, Row, by_table
from analytics.attack.crossed import BOTH
from analytics.attack.sheets import Sheet, together_told
from analytics.attack.view import View, quarters, sampled, years
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.filters import Chosen, only
from analytics.domain.indicators import Dimension
from analytics.domain.periods import Period
from analytics.domain.vocabulary import Group
from analytics.reports.basis.figures import Asked

PAGE: Final = "process_table"
_GROUPS: Final = (str(Group.MODEL), str(Group.COMPARISON))
_SIDES: Final = ("first", "second")

_Place = tuple[str, str, Chosen]
"""Of whom a cell is: ``by``, ``key`` and what is chosen."""
_Paged = Mapping[tuple[str, str], Row]
"""What the page's table tells, by indicator and group or district."""


def processes(view: View, effort: int, cells: int, districts: int) -> Claims:
    """Put what is told of processes by state, group, district and quarter beside each other.

    Args:
        view: What is answered.
        effort: Years that are drawn.
        cells: Hidden cells whose extremes are looked for.
        districts: That are chosen as a filter.
    """
    return together_told(view, sheets_of(view, effort, districts), cells)


def sheets_of(view: View, effort: int, districts: int) -> list[Sheet]:
    """Return what is told of the years that are drawn, as ``processes`` holds together.

    Shares times their number are counts. All indicators of one table of the contract go together,
    as several of them count the same rows, and with them the page's table, and districts that are
    chosen as a filter.
    """
    found, sheets = by_table(view), list[Sheet]()
    senders = sorted({ags for counted in found for each in counted for ags in each.senders})
    some = sampled(senders, districts)
    for year in sampled(list(years(view.covered)), effort):
        read = dict(_of_page(view, year, some))
        for counted in found:
            parts = [_of_period(view, counted, each) for each in quarters(year)]
            whole = _of_period(view, counted, year, some, read)
            sheets += [*parts, whole]
            sheets += [_course(view, counted, year, ags) for ags in ("", *some)]
            if view.is_perturbed:
                sheets.append(_of_quarters(counted, year, whole, parts))
    return sheets


def _of_period(
    view: View,
    counted: Iterable[Counted],
    period: Period,
    some: Iterable[str] = (),
    read: _Paged | None = None,
) -> Sheet:
    """Return what is told of some months: districts, groups and the state, which they add up to."""
    sheet = Sheet()
    for each in counted:
        for place, row in _answers(view, each, period, some):
            _tell(sheet, each, place, period, row)
        for (indicator, key), row in (read or {}).items():
            if indicator == each.indicator.id and key in (*_GROUPS, *each.senders):
                place = ("group", key, ()) if key in _GROUPS else _district(key)
                _tell(sheet, each, place, period, row)
        _add_rest(view, sheet, each, period)
        for measure in each.measures(period):
            _add_sums(view, sheet, each, period, measure)
    return sheet


def _answers(
    view: View, each: Counted, period: Period, some: Iterable[str]
) -> Iterator[tuple[_Place, Row]]:
    """Yield what tables of an indicator tell; of some districts also as the only ones chosen."""
    for row in _rows(view, each, "district", period):
        # Whoever delivers nothing is not zero: no cell of it can be told.
        if row.key in each.senders:
            yield _district(row.key), row
    for row in _rows(view, each, "group", period):
        yield ("group", row.key, ()), row
    for assigned in (None, False) if each.indicator.is_of_cases else (None,):
        for row in _rows(view, each, "state", period, assigned=assigned):
            yield _state(each, assigned), row
    for ags in each.senders.intersection(some):
        for row in _rows(view, each, "state", period, only(district=[ags])):
            yield _district(ags), row


def _add_rest(view: View, sheet: Sheet, each: Counted, period: Period) -> None:
    """Add of each cell those that have not happened, which with those that have are all."""
    every, *parts = each.measures(period)
    places = [cell for cell in sheet.told if cell.measure == every and cell.period == period]
    for cell in places if parts else ():
        done, left = (replace(cell, measure=part) for part in parts)
        if view.is_perturbed:
            sheet.infer(view, left, cell, done)
        elif done in sheet.told:
            sheet.add({left: sheet.figure(cell) - sheet.figure(done)})
            sheet.sum_of([done, left], cell)


def _add_sums(view: View, sheet: Sheet, each: Counted, period: Period, measure: str) -> None:
    """Add what parts of the state add up to: districts, groups and the districts of groups.

    Rows of cases in split districts belong to towns, of which nothing is told by themselves.
    """
    whole, asked = (_cell(_state(each, assigned), period, measure) for assigned in (False, None))
    groups = {key: _cell(("group", key, ()), period, measure) for key in _GROUPS}
    nobody = _cell(("group", str(Group.UNASSIGNED), ()), period, measure)
    districts = {ags: _cell(_district(ags), period, measure) for ags in sorted(each.senders)}
    has_split = bool(districts.keys() & set(registry().split_districts))
    sheet.sum_of(districts.values(), whole)
    if not has_split or each.indicator.is_of_cases:
        sheet.sum_of(groups.values(), asked)
    if view.is_perturbed and has_split:
        sheet.infer(
            view,
            nobody,
            *([whole, asked] if each.indicator.is_of_cases else [asked, *groups.values()]),
        )
    elif has_split and not each.indicator.is_of_cases:
        sheet.add({nobody: np.nan})
        sheet.sum_of([*groups.values(), nobody], asked)
    if not has_split or not each.indicator.is_of_cases:
        _add_groups(view, sheet, whole, groups, districts)


def _add_groups(
    view: View, sheet: Sheet, whole: Cell, groups: Mapping[str, Cell], districts: Mapping[str, Cell]
) -> None:
    members: dict[str, list[Cell]] = {}
    for ags, cell in districts.items():
        members.setdefault(str(registry().group_of(ags)), []).append(cell)
    for key, cell in groups.items():
        sheet.sum_of(members.get(key, ()), cell)
    told = [key for key, cell in groups.items() if not np.isnan(sheet.figure(cell))]
    if told and not view.is_perturbed:
        # What the groups that are told leave of the state is that of all other districts.
        rest = sheet.figure(whole) - sum(sheet.figure(groups[key]) for key in told)
        others = [cell for key, cells in members.items() if key not in told for cell in cells]
        sheet.wholes.add_sum(rest, others)


def _course(view: View, counted: Iterable[Counted], year: Period, ags: str) -> Sheet:
    """Return the quarters of a year, of the state or of one district, and the year itself."""
    sheet, chosen = Sheet(), only(district=[ags] if ags else [])
    for each in counted:
        if ags and ags not in each.senders:
            continue
        place = _district(ags) if ags else _state(each, None)
        parts = {str(part.start): part for part in quarters(year)}
        for row in _rows(view, each, "quarter", year, chosen):
            _tell(sheet, each, place, parts[row.key], row)
        for row in _rows(view, each, "state", year, chosen):
            _tell(sheet, each, place, year, row)
        for period in (year, *parts.values()):
            _add_rest(view, sheet, each, period)
        _add_year(sheet, each, year, [place])
    return sheet


def _of_quarters(
    counted: Iterable[Counted], year: Period, whole: Sheet, parts: Iterable[Sheet]
) -> Sheet:
    """Return the sums of quarters that years are, of all areas and groups."""
    sheet = Sheet()
    for each in (whole, *parts):
        sheet.wholes.add(each.wholes.figures)
    for one in counted:
        groups = [("group", key, ()) for key in _GROUPS]
        areas = [*map(_district, sorted(one.senders)), _state(one, None), _state(one, False)]
        _add_year(sheet, one, year, [*areas, *groups])
    return sheet


def _add_year(sheet: Sheet, each: Counted, year: Period, places: Iterable[_Place]) -> None:
    for place, (number, measure) in product(places, enumerate(each.measures(year))):
        cells = [_cell(place, part, each.measures(part)[number]) for part in quarters(year)]
        if all(cell in sheet.wholes.figures for cell in cells):
            sheet.sum_of(cells, _cell(place, year, measure))


def _rows(
    view: View,
    each: Counted,
    by: Dimension,
    period: Period,
    chosen: Chosen = (),
    *,
    assigned: bool | None = None,
) -> Iterator[Row]:
    table = view.table(by, period, chosen, each.indicator.id, assigned)
    for key, row in () if table is None else table.iterrows():
        yield Row(str(key), float(row["n"]), float(row["value"]), str(row["status"]))


def _of_page(
    view: View, year: Period, some: Iterable[str]
) -> Iterator[tuple[tuple[str, str], Row]]:
    """Yield what the table on the page tells of groups, and of each district chosen there."""
    sides = [((), _GROUPS), *((only(district=[ags]), (ags,)) for ags in some)]
    for chosen, keys in sides:
        table = view.figure(PAGE, Asked(period=year, chosen=chosen))
        if table is None:
            continue
        for side, key in zip(_SIDES, keys, strict=False):
            names = [f"{side}_n", f"{side}_value"]
            told = table.set_index("key")[names].astype(float).dropna(subset=names[:1])
            # It has no status: of rows without a number it is open whether there are any.
            for indicator, (n, value) in zip(told.index, told.to_numpy(), strict=True):
                status = Status.SUPPRESSED if np.isnan(value) else Status.SHOWN
                yield (str(indicator), key), Row(key, float(n), float(value), status)


def _tell(sheet: Sheet, each: Counted, place: _Place, period: Period, row: Row) -> None:
    told = each.counts(period, row)
    sheet.add({_cell(place, period, measure): figure for measure, figure in told.items()})


def _cell(place: _Place, period: Period, measure: str) -> Cell:
    by, key, chosen = place
    return Cell(by, key, period, chosen, measure)


def _district(ags: str) -> _Place:
    return "district", ags, ()


def _state(each: Counted, assigned: bool | None) -> _Place:
    """Return the state as it is asked for: of cases those of both groups, unless all are wanted."""
    is_of_both = each.indicator.is_of_cases and assigned is None
    return "state", "", only(group=BOTH) if is_of_both else ()
