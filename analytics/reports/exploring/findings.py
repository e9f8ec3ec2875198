"""What is said of each district in each indicator of a view, with false claims limited over all."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analytics.domain.estimates import Estimate, Status
from analytics.domain.grid_choice import Finding
from analytics.domain.indicators import indicator
from analytics.domain.periods import Period
from analytics.domain.position import Comparison, Position, Reason, unplaced
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.districts.position import positions
from analytics.reports.districts.values import district_values
from analytics.stats.multiple import benjamini_yekutieli
from analytics.stats.screening import Differences, among_others, by_chance

FALSE_SHARE: Final = 0.05
"""Of the claims of one kind in a view, so many are false at most, on average."""

_LEAST: Final = 0.001
"""Nearer to nothing or to all a value is not taken to lie: logarithms have no end there."""

_FINDINGS: Final[Mapping[Comparison, Finding]] = {
    Comparison.BETTER: Finding.BETTER,
    Comparison.WORSE: Finding.WORSE,
    Comparison.HIGHER: Finding.HIGHER,
    Comparison.LOWER: Finding.LOWER,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One district in one indicator.

    Attributes:
        district: AGS-5.
        indicator: Id of the catalogue.
        estimate: Its protected value.
        position: How it lies by itself, as the district's profile says it.
        finding: What is said of it beside all other cells of the view.
        is_unusual: Whether it lies outside the usual spread between districts as well.
        p: Probability of such a difference from the rest of the state by chance; None unjudged.
        p_spread: The same of such a place among districts.
        adjusted: ``p`` with all cells of the view taken into account.
    """

    district: str
    indicator: str
    estimate: Estimate
    position: Position
    finding: Finding
    is_unusual: bool = False
    p: float | None = None
    p_spread: float | None = None
    adjusted: float | None = None

    @classmethod
    def alone(cls, district: str, name: str, estimate: Estimate, position: Position) -> "Cell":
        """Return a cell before anything is said of it beside others."""
        return cls(district, name, estimate, position, _unjudged(estimate.status))


def cells(
    store: ParquetStore, names: Sequence[str], shown: Sequence[str], period: Period
) -> tuple[tuple[Cell, ...], tuple[ExecutedQuery, ...]]:
    """Return a cell for each district shown and indicator, and what was asked.

    Each indicator is asked for by district once. How districts usually differ is told over all of
    them; false claims are limited over the cells that are shown.

    Args:
        store: The snapshot.
        names: Ids of indicators by district.
        shown: AGS-5, in the order of the cells.
        period: Months in which needs were recorded.
    """
    found: list[Cell] = []
    queries: dict[str, ExecutedQuery] = {}
    for name in names:
        column, asked = _column(store, name, period)
        found += [column[ags] if ags in column else _empty(ags, name) for ags in shown]
        queries |= {query.text: query for query in asked}
    return judged(found), tuple(queries.values())


def judged(found: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells with what may be said where all of them are looked at together.

    A cell is told apart from the rest of the state if its own interval does and if it is among
    those that Benjamini & Yekutieli (2001) take for true: of these, one in twenty is false at most,
    on average. It is unusual where the same holds of its place among districts. The less strict
    procedure of Benjamini & Hochberg would not do: indicators depend on each other, and intervals
    of medians are short of the normal tail (docs/methods/district-grid.md).
    """
    tested = [place for place, cell in enumerate(found) if cell.p is not None]
    chance = benjamini_yekutieli([float(found[place].p or 0) for place in tested])
    spread = benjamini_yekutieli([_spread_p(found[place]) for place in tested])
    told = list(found)
    for place, one, other in zip(tested, chance, spread, strict=True):
        cell = found[place]
        is_told = one <= FALSE_SHARE and cell.position.comparison.is_different
        told[place] = replace(
            cell,
            finding=_FINDINGS[cell.position.comparison] if is_told else Finding.ALIKE,
            is_unusual=is_told and other <= FALSE_SHARE,
            adjusted=one,
        )
    return tuple(told)


def _spread_p(cell: Cell) -> float:
    """Return the p value of a place among districts; 1 where the profile calls it usual.

    A p value may be larger than it must be. So no cell is unusual here that is not so by itself,
    and none that does not differ from the rest of the state, as that p value is never larger.
    """
    return float(cell.p_spread or 0) if cell.position.spread.is_unusual else 1.0


def _column(
    store: ParquetStore, name: str, period: Period
) -> tuple[dict[str, Cell], tuple[ExecutedQuery, ...]]:
    """Return the cells of one indicator by AGS-5, each judged by itself."""
    values = district_values(store, name, period)
    placed = positions(store, name, period)
    found = {
        ags: Cell.alone(ags, name, estimate, placed.of(ags))
        for ags, estimate in values.by_district.items()
    }
    return with_p_values(name, found), (*values.queries, *placed.queries)


def with_p_values(name: str, found: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the cells of one indicator with their p values, by what they were given by.

    How districts usually differ is told from all of them.
    """
    tested = {key: cell for key, cell in found.items() if cell.position.is_judged}
    if len(tested) < 2:
        return dict(found)
    told = [cell.position for cell in tested.values()]
    apart = Differences.of(*_ends(told))
    others = among_others(apart.on_scale(_ratios(name, told)))
    rows = zip(tested.items(), by_chance(apart), others, strict=True)
    return dict(found) | {
        key: replace(cell, p=float(one), p_spread=float(other)) for (key, cell), one, other in rows
    }


def _ratios(name: str, told: Sequence[Position]) -> list[float]:
    """Return how far each district lies from the rest as a ratio's logarithm, of shares of odds.

    A pair of values without such a ratio keeps its difference.
    """
    is_share = indicator(name).unit == "share"
    found = []
    for position in told:
        gap, rest = position.difference or 0.0, position.rest or 0.0
        own = rest + gap
        if is_share:
            found.append(_log_odds(own) - _log_odds(rest))
        else:
            found.append(math.log(max(own, _LEAST * rest) / rest) if rest > 0 else gap)
    return found


def _log_odds(share: float) -> float:
    kept = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))


def _ends(told: Sequence[Position]) -> tuple[list[float], list[float], list[float]]:
    gaps = [each.difference or 0.0 for each in told]
    lows = [-np.inf if each.low is None else each.low for each in told]
    highs = [np.inf if each.high is None else each.high for each in told]
    return gaps, lows, highs


def _unjudged(status: Status) -> Finding:
    match status:
        case Status.SUPPRESSED:
            return Finding.PROTECTED
        case Status.NO_DATA:
            return Finding.NO_DATA
        case _:
            return Finding.UNJUDGED


def _empty(ags: str, name: str) -> Cell:
    nothing = Estimate(None, None, None, None, Status.NO_DATA)
    return Cell.alone(ags, name, nothing, unplaced(Reason.UNSHOWN))
