"""People of the demonstration data without their outcomes, for the search to go through."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from numpy.typing import NDArray

from analytics.coverage.world import published
from analytics.domain.filters import UNKNOWN, fields
from analytics.domain.vocabulary import Group
from analytics.extracts.demo import DemoConfig
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME
from analytics.reports.exploring.tables import (
    DISTRICT,
    FIELDS,
    QUARTER,
    layer_of,
    table_of,
    table_of_districts,
)
from analytics.stats.cell_contrasts import BEFORE, NOW, Cells
from analytics.stats.comparisons import Part, Table
from analytics.stats.counts import Ints

Mask = NDArray[np.bool_]

_SEED: Final = 7
_COLUMNS: Final = ("district", "unit_group", "need_on", "need_quarter", "case_hash", *FIELDS)
_OF_ALL: Final = tuple(name for name in FIELDS if not fields()[name].is_of_referred)


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Needs of both periods, shape (N,) each.

    Attributes:
        cases: Of the demonstration data.
        districts: AGS-5.
        district, period, case: Numbers.
        is_assigned: Whether the group is known: the others count for their district alone.
        code: Number of the code of each field, and of the quarter.
        codes: Codes of each field.
        halves: Period of each quarter.
    """

    cases: int
    districts: tuple[str, ...]
    district: Ints
    period: Ints
    case: Ints
    is_assigned: Mask
    code: Mapping[str, Ints]
    codes: Mapping[str, tuple[str, ...]]
    halves: Ints

    @property
    def size(self) -> int:
        """Return how many needs there are."""
        return int(self.district.size)

    @property
    def of_cases(self) -> int:
        """Return how many cases they belong to."""
        return int(self.case.max()) + 1

    def of_largest(self, districts: int) -> "Population":
        """Return the needs of the largest districts."""
        sizes = np.bincount(self.district, minlength=len(self.districts))
        kept = np.sort(np.argsort(-sizes)[:districts])
        chosen = np.isin(self.district, kept)
        return replace(
            self,
            districts=tuple(self.districts[number] for number in kept),
            district=np.searchsorted(kept, self.district[chosen]),
            period=self.period[chosen],
            case=self.case[chosen],
            is_assigned=self.is_assigned[chosen],
            code={name: code[chosen] for name, code in self.code.items()},
        )

    def parts(self) -> tuple[Part, ...]:
        """Return the tables that the page searches."""
        single: list[Part] = [(), *((name,) for name in (*_OF_ALL, DISTRICT, QUARTER))]
        return (*single, *combinations(_OF_ALL, 2))

    def cell(self, part: Part) -> Ints:
        """Return the cell of each need in a table."""
        if part == (DISTRICT,):
            return self.district
        cell = np.zeros(self.size, dtype=np.int64)
        for name in part:
            cell = cell * len(self.codes[name]) + self.code[name]
        return cell

    def members(self, part: Part, cell: int) -> Mask:
        """Return which needs are in a cell."""
        return np.asarray(self.cell(part) == cell)

    def tables(self, happened: Mask) -> dict[Part, Table]:
        """Return the tables that are searched, as the page makes them of its counts."""
        return {part: self._table(part, happened) for part in self.parts()}

    def _table(self, part: Part, happened: Mask) -> Table:
        if part == (DISTRICT,):
            size, counted = len(self.districts), np.ones(self.size, dtype=np.bool_)
        else:
            size, counted = math.prod(len(self.codes[name]) for name in part), self.is_assigned
        shape = (2, len(self.districts), size)
        layer = layer_of(part, self.period)
        place = np.ravel_multi_index((layer, self.district, self.cell(part)), shape)[counted]
        trials, events = (
            np.bincount(place, weights, minlength=math.prod(shape)).astype(float).reshape(shape)
            for weights in (None, happened[counted])
        )
        cells = Cells.counted(events, trials)
        if part == (DISTRICT,):
            return table_of_districts(self.districts, cells)
        return table_of(part, self.codes, cells, self.halves)


@cache
def population(cases: int) -> Population:
    """Return the needs of demonstration data of a size, recorded in the years compared."""
    with published(DemoConfig(cases=cases, seed=_SEED)) as store:
        path = store.folder / "referral_clock.parquet"
        needs = pq.read_table(path, columns=list(_COLUMNS)).to_pandas()
    inside = needs["need_on"].between(BEFORE_PROGRAMME.start, PROGRAMME.end, inclusive="left")
    return population_of(needs[inside].reset_index(drop=True), cases)


def population_of(needs: pd.DataFrame, cases: int) -> Population:
    """Return needs in arrays; columns as of the derived table of needs."""
    period = np.where(needs["need_on"] >= PROGRAMME.start, NOW, BEFORE).astype(np.int64)
    district, districts = pd.factorize(needs["district"], sort=True)
    quarter, quarters = pd.factorize(needs["need_quarter"].astype(str), sort=True)
    halves = np.zeros(len(quarters), dtype=np.int64)
    halves[quarter] = period
    code: dict[str, Ints] = {QUARTER: np.asarray(quarter, dtype=np.int64)}
    codes: dict[str, tuple[str, ...]] = {QUARTER: tuple(quarters)}
    for name in _OF_ALL:
        codes[name] = fields()[name].all_codes()
        places = {each: number for number, each in enumerate(codes[name])}
        code[name] = np.asarray(needs[name].fillna(UNKNOWN).map(places), dtype=np.int64)
    return Population(
        cases,
        tuple(districts),
        np.asarray(district, dtype=np.int64),
        period,
        pd.factorize(needs["case_hash"])[0].astype(np.int64),
        (needs["unit_group"] != Group.UNASSIGNED).to_numpy(),
        code,
        codes,
        halves,
    )
