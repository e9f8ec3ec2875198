"""The panel of an effect estimate: one outcome for each unit and quarter of need.

A cell is missing, never zero, where fewer needs lie in it than a duration needs. A whole quarter is
left out where its last need has not been followed for the outcome's horizon.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import MIN_DURATION_N, Mask, told_panel
from analytics.disclosure.perturbation import Keys, perturbed
from analytics.domain.evaluation import DAY_LIMIT, SHARE_DAY, EffectOutcome
from analytics.domain.filters import Chosen, NeedFilter, as_map
from analytics.domain.periods import Month, Period
from analytics.domain.release import Release
from analytics.queries.editions import ClosedQueryError
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.refusal import refuse_unreleased
from analytics.reports.basis.span import data_period
from analytics.stats.cell_outcomes import restricted_mean_days, share_referred
from analytics.stats.hazard import GroupedWaits, cell_log_hazards

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

QUARTERS_A_YEAR: Final = 4
_WIDTH: Final = 10
"""Days of an interval of the discrete-time model."""

_FACTORS: Final = ("legal_regime", "residence_status", "age_group")


class NoPanelError(ValueError):
    """The snapshot holds no quarter that can be estimated."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Outcomes by unit and quarter of need.

    Attributes:
        units: Codes, shape (U,).
        quarters: First days, shape (Q,).
        values: The outcome, shape (U, Q), NaN where missing: share from 0 to 1, days, or adjusted
            log hazard.
        needs: Needs in each cell, shape (U, Q), those of missing cells included.
        queries: What was asked.
        keys: Of each cell, shape (U, Q), where figures are released and ``needs`` are true counts.
    """

    units: tuple[str, ...]
    quarters: tuple[date, ...]
    values: Floats
    needs: Ints
    queries: tuple[ExecutedQuery, ...] = field(repr=False)
    keys: Keys | None = field(default=None, repr=False)

    @property
    def counted(self) -> int:
        """Return how many needs lie in cells that have an outcome, as it may be told."""
        return self.number_in(np.isfinite(self.values))

    def number_in(self, cells: Mask | Ints) -> int:
        """Return how many needs lie in some cells, or in all those of some units.

        Estimates rest on true counts; the number that stands beside them is told as any other.
        """
        count = self.needs[cells].sum()
        return int(count if self.keys is None else perturbed(count, self.keys[cells].sum()))

    @property
    def period(self) -> Period:
        """Return the months from the first to the last quarter."""
        return Period(Month.of(self.quarters[0]), Month.of(self.quarters[-1]).plus(2))

    @property
    def chosen(self) -> object:
        """Return the choice of needs that it counts, as its queries take it."""
        return dict(self.queries[0].params)["chosen"]

    def column(self, day: date) -> int:
        """Return the column of the quarter that ``day`` lies in, below 0 before the first one."""
        first = self.quarters[0]
        return (day.year - first.year) * 4 + (day.month - 1) // 3 - (first.month - 1) // 3

    def only(self, units: NDArray[np.bool_]) -> "Panel":
        """Return the panel of the units for which ``units``, shape (U,), is true."""
        kept = tuple(unit for unit, keep in zip(self.units, units, strict=True) if keep)
        keys = None if self.keys is None else self.keys[units]
        return Panel(kept, self.quarters, self.values[units], self.needs[units], self.queries, keys)


def build_panel(
    store: ParquetStore,
    outcome: EffectOutcome,
    units: tuple[str, ...],
    period: Period,
    *,
    whole_districts: bool = False,
    chosen: Chosen = (),
    is_shown: bool = False,
) -> Panel:
    """Return the outcome of ``units`` in the quarters of ``period`` that can be estimated.

    ``chosen``: only needs with these codes. ``is_shown``: whether single units are shown, which are
    figures of few people; estimates rest on all of them.

    Raises:
        ClosedQueryError: If hazards of single units would have to be released.
        NoPanelError: If none of the quarters has been followed long enough.
        UnreleasedError: Where figures are released, and not those of such a choice of needs.
    """
    # Months are those of the programmes; which needs are chosen is what could be asked too finely.
    refuse_unreleased(store, NeedFilter(data_period(store), chosen), "state")
    quarters = _followed(period, store.manifest.as_of, outcome.horizon)
    if not quarters:
        raise NoPanelError(f"no quarter of {period} has been followed for {outcome.horizon} days")
    window = {
        "start": quarters[0],
        "end": next_quarter(quarters[-1]),
        "whole_districts": whole_districts,
        "chosen": as_map(chosen),
    }
    params = window | {"limit": DAY_LIMIT}
    counted = params | {"needs_ends": outcome.needs_ends}
    release = store.release if is_shown else Release.CONFIDENTIAL
    fetched = store.fetch("effect_counts", counted)
    counts = told_panel(fetched, release)
    rows = Cells.of(counts, units, quarters)
    queries = [store.executed("effect_counts", counted)]
    if outcome is EffectOutcome.HAZARD:
        if release is Release.RELEASED:
            raise ClosedQueryError("hazard_counts")
        hazard = params | {"width": _WIDTH}
        values = _hazards(Cells.of(store.fetch("hazard_counts", hazard), units, quarters))
        queries.append(store.executed("hazard_counts", hazard))
    else:
        values = _from_counts(rows, outcome)
    needs = rows.sums("needs").astype(np.int64)
    shape = (len(units), len(quarters))
    return Panel(
        units=units,
        quarters=quarters,
        values=np.where(needs >= MIN_DURATION_N, values, np.nan).reshape(shape),
        needs=needs.reshape(shape),
        queries=tuple(queries),
        keys=None
        if store.release is release
        else summed_keys(Cells.of(fetched, units, quarters)).reshape(shape),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Counted rows with the number of their cell: unit times quarters plus quarter."""

    frame: pd.DataFrame
    cell: Ints
    quarter: Ints
    cells: int

    @classmethod
    def of(cls, frame: pd.DataFrame, units: tuple[str, ...], quarters: tuple[date, ...]) -> "Cells":
        """Return the rows of ``frame``, with ``unit`` and ``quarter``, that lie in a cell."""
        unit = pd.Index(units).get_indexer(pd.Index(frame["unit"]))
        quarter = pd.DatetimeIndex(quarters).get_indexer(pd.DatetimeIndex(frame["quarter"]))
        known = (unit >= 0) & (quarter >= 0)
        cell = (unit * len(quarters) + quarter)[known].astype(np.int64)
        size = len(units) * len(quarters)
        return cls(frame[known], cell, quarter[known].astype(np.int64), size)

    def column(self, name: str) -> Ints:
        """Return a column of whole numbers, one value a row."""
        return self.frame[name].to_numpy(dtype=np.int64)

    def sums(self, name: str) -> Floats:
        """Return the sums of a column by cell, shape (C,)."""
        numbers = self.frame[name].to_numpy(dtype=np.float64)
        sums = np.bincount(self.cell, numbers, self.cells)
        return np.asarray(sums, dtype=np.float64)


def summed_keys(rows: Cells) -> Keys:
    """Return the sum of keys of each cell, shape (C,)."""
    sums = np.zeros(rows.cells, dtype=np.uint64)
    np.add.at(sums, rows.cell, rows.frame["needs_key"].to_numpy(np.uint64))
    return sums


def _from_counts(rows: Cells, outcome: EffectOutcome) -> Floats:
    counts = (rows.cell, rows.column("days"), rows.column("event"), rows.column("needs"))
    if outcome is EffectOutcome.SHARE:
        return share_referred(*counts, rows.cells, SHARE_DAY)
    return restricted_mean_days(*counts, rows.cells, DAY_LIMIT)


def _hazards(rows: Cells) -> Floats:
    """Adjust for Rechtskreis, residence status, age, and offer area in each quarter.

    Waiting times for language courses moved otherwise than those of other offers, so an offer area
    has a level of its own in each quarter.
    """
    areas = _levels(rows.frame["offer_area"])
    count = int(areas.max(initial=0)) + 1
    by_quarter = np.where(areas < 0, -1, rows.quarter * count + areas)
    return cell_log_hazards(
        GroupedWaits(
            cell=rows.cell,
            levels=[by_quarter, *(_levels(rows.frame[name]) for name in _FACTORS)],
            intervals=rows.column("intervals"),
            is_event=rows.frame["is_referred"].to_numpy(dtype=bool),
            counts=rows.column("needs").astype(np.float64),
        ),
        rows.cells,
        DAY_LIMIT // _WIDTH,
    )


def _levels(codes: pd.Series) -> Ints:
    """Return the number of each code, the first one being what the others are compared with.

    "Not known" is a level of its own.
    """
    numbers, _ = pd.factorize(codes, sort=True, use_na_sentinel=False)
    return np.asarray(numbers - 1, dtype=np.int64)


def _followed(period: Period, as_of: date, horizon: int) -> tuple[date, ...]:
    quarters = [month.first_day for month in period.months() if month.number % 3 == 1]
    last_days = [next_quarter(quarter) - timedelta(days=1) for quarter in quarters]
    enough = [day + timedelta(days=horizon) <= as_of for day in last_days]
    return tuple(quarter for quarter, keep in zip(quarters, enough, strict=True) if keep)


def next_quarter(quarter: date) -> date:
    """Return the first day of the quarter after the one that begins on ``quarter``."""
    month = quarter.month + 3
    return date(quarter.year + (month > 12), (month - 1) % 12 + 1, 1)
