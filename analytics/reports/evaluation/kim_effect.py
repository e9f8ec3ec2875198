"""The effect of KIM: case management (module 2) starts at different times in every district."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analytics.domain.areas import registry
from analytics.domain.evaluation import KIM_FIRST, KimChoice
from analytics.domain.periods import Month, Period
from analytics.domain.vocabulary import Module
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.evaluation.designs import RolloutEstimator
from analytics.reports.evaluation.panel import QUARTERS_A_YEAR, Panel, build_panel
from analytics.stats.did import NoComparisonError, NoSpreadError
from analytics.stats.dose import DoseResponse, dose_response
from analytics.stats.imputation import NEVER
from analytics.stats.placebo import Placebo, detectable_effect
from analytics.stats.staggered import LEAST_POOL, Average, Staggered, staggered_effects
from analytics.stats.wild import Wild, wild_bootstrap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WILD_DRAWS: Final = 1999


@dataclass(frozen=True, slots=True, eq=False)
class KimEffect:
    """What is known of KIM's effect from one snapshot.

    Attributes:
        choice: How it was estimated.
        panel: Outcomes.
        starts: First treated column of each unit, ``NEVER`` if it has not started in the panel.
        clusters: Number of each unit's district: starts are decided for districts.
        result: Group-time effects and averages, in the panel's unit.
        placebo: Rank among random assignments of the starts to districts.
        wild: The same question by random signs.
        detectable: Smallest effect found with probability 80 %.
        queries: What was asked.
    """

    choice: KimChoice
    panel: Panel
    starts: Ints
    clusters: Ints
    result: Staggered
    placebo: Placebo
    wild: Wild
    detectable: float
    queries: tuple[ExecutedQuery, ...]

    @property
    def estimator(self) -> RolloutEstimator:
        """Return the design, with the draws and the seed of the choice."""
        return RolloutEstimator(self.starts, self.clusters, self.choice.draws, self.choice.seed)

    @property
    def estimated_units(self) -> int:
        """Return how many units have an effect of their own: that start early enough for a pool."""
        return int(np.isfinite(self.result.unit_effects).sum())

    @property
    def waiting_at_first(self) -> int:
        """Return the units that had not started in the quarter in which the first ones did."""
        return int(self.result.pool[self.starts.min()])

    @property
    def pretrend_p(self) -> float | None:
        """Return the p value that the year before the base shows no difference yet."""
        before = self.result.before
        if before is None or not before.error > 0:
            return None
        return float(2 * stats.t.sf(abs(before.estimate / before.error), before.freedom))


@once_per_snapshot
def kim_effect(store: ParquetStore, choice: KimChoice) -> KimEffect:
    """Return the effect of KIM by one outcome.

    Raises:
        NoPanelError: If no quarter can be estimated.
        NoComparisonError: If too few units had not started yet.
        NotConvergedError: If there is nothing to adjust hazards with.
    """
    first_day, started = _starts(store)
    units = tuple(unit.code for unit in registry().evaluation_units)
    period = Period(KIM_FIRST, _last_month(store, first_day))
    panel = build_panel(store, choice.outcome, units, period, chosen=choice.chosen)
    starts = np.array([_column(panel, first_day.get(unit)) for unit in units], dtype=np.int64)
    clusters = _clusters()
    result = staggered_effects(panel.values, starts, clusters)
    if not result.average.error > 0:
        raise NoSpreadError("the units do not vary: no error can be told")
    placebo = RolloutEstimator(starts, clusters, choice.draws, choice.seed).placebo(panel.values)
    wild = wild_bootstrap(
        result.influence,
        np.zeros(len(result.influence), dtype=np.int64),
        result.average.estimate / result.average.error,
        draws=_WILD_DRAWS,
        seed=choice.seed,
    )
    return KimEffect(
        choice=choice,
        panel=panel,
        starts=starts,
        clusters=clusters,
        result=result,
        placebo=placebo,
        wild=wild,
        detectable=detectable_effect(wild.draws, result.average.error, placebo.critical),
        queries=(*panel.queries, started),
    )


@once_per_snapshot
def kim_textbook_base(store: ParquetStore, choice: KimChoice) -> Average:
    """Return the average with only the quarter before the start as base."""
    found = kim_effect(store, choice)
    return staggered_effects(found.panel.values, found.starts, found.clusters, base=1).average


_LONG_BASE: Final = 8


@once_per_snapshot
def kim_without_year(store: ParquetStore, choice: KimChoice) -> Average:
    """Return the average without the year before each start, neither as base nor to compare with.

    What comes before that year is the base, so a dip just before the start does not enter.

    Raises:
        NoComparisonError: If no quarter is left that can be estimated.
    """
    found = kim_effect(store, choice)
    columns = np.arange(len(found.panel.quarters))[None, :]
    starts = found.starts[:, None]
    in_year = (starts - QUARTERS_A_YEAR <= columns) & (columns < starts)
    values = np.where(in_year, np.nan, found.panel.values)
    return staggered_effects(values, found.starts, found.clusters, base=_LONG_BASE).average


@dataclass(frozen=True, slots=True, eq=False)
class KimDose:
    """Units' effects by posts filled.

    Attributes:
        units: Codes, shape (U,).
        doses: Filled posts of module 2 per 10,000 foreign residents of the district, mean over the
            quarters that count, shape (U,), NaN where unknown.
        effects: Each unit's own effect, shape (U,), NaN where it has none.
        line: The straight line through them.
        queries: What was asked.
    """

    units: tuple[str, ...]
    doses: Floats
    effects: Floats
    line: DoseResponse
    queries: tuple[ExecutedQuery, ...]


@once_per_snapshot
def kim_dose(store: ParquetStore, choice: KimChoice) -> KimDose:
    """Return the units' effects by posts filled; raises as ``kim_effect`` does."""
    found = kim_effect(store, choice)
    posts_params = {"module": Module.CASE_MANAGEMENT.value, "as_of": store.manifest.as_of}
    posts = store.fetch("posts_by_district", posts_params)
    wide = posts.set_index(["district", "quarter"])["filled"].unstack()  # noqa: PD010
    people_params = {"on": store.manifest.as_of, "before": store.manifest.as_of}
    people = store.fetch("district_structure", people_params).set_index("district")
    residents = people["population"] * people["foreign_share"]
    doses = _mean_doses(found, wide.div(residents, axis=0) * 10_000)
    return KimDose(
        units=found.panel.units,
        doses=doses,
        effects=found.result.unit_effects,
        line=dose_response(found.result.unit_effects, doses, found.clusters),
        queries=(
            *found.queries,
            store.executed("posts_by_district", posts_params),
            store.executed("district_structure", people_params),
        ),
    )


def _mean_doses(found: KimEffect, rates: pd.DataFrame) -> Floats:
    """Return each unit's mean rate of posts from its start to the last quarter with a pool."""
    last = int(np.flatnonzero(found.result.pool >= LEAST_POOL).max(initial=0))
    columns = [pd.Timestamp(quarter) for quarter in found.panel.quarters]
    by_quarter = rates.reindex(columns=columns).to_numpy(dtype=np.float64)
    row = {district: place for place, district in enumerate(rates.index)}
    doses = np.full(len(found.panel.units), np.nan)
    for place, unit in enumerate(registry().evaluation_units):
        start = found.starts[place]
        if start <= last and unit.district in row:
            seen = by_quarter[row[unit.district], start : last + 1]
            if np.isfinite(seen).any():
                doses[place] = np.nanmean(seen)
    return doses


def _starts(store: ParquetStore) -> tuple[dict[str, date], ExecutedQuery]:
    """Return the day on which module 2 started in each unit's district, where it has."""
    params = {"module": Module.CASE_MANAGEMENT.value, "as_of": store.manifest.as_of}
    rows = store.fetch("kim_starts", params)
    known = rows.dropna(subset="started_on")
    days = pd.DatetimeIndex(known["started_on"]).date
    by_district = dict(zip(known["district"], days, strict=True))
    first = {
        unit.code: by_district[unit.district]
        for unit in registry().evaluation_units
        if unit.district in by_district
    }
    return first, store.executed("kim_starts", params)


def _last_month(store: ParquetStore, first_day: dict[str, date]) -> Month:
    """Return the month up to which there is anything to compare: of the last start, if all have."""
    cut = Month.of(store.manifest.as_of)
    if len(first_day) < len(registry().evaluation_units):
        return cut
    last = Month.of(max(first_day.values()))
    return min(cut, last.plus(-last.number % 3))


def _column(panel: Panel, day: date | None) -> int:
    if day is None:
        return int(NEVER)
    column = panel.column(day)
    if column < 0:
        raise NoComparisonError("a district started before the first quarter of the panel")
    return column if column < len(panel.quarters) else int(NEVER)


def _clusters() -> Ints:
    districts = [unit.district for unit in registry().evaluation_units]
    return np.unique(districts, return_inverse=True)[1].astype(np.int64)
