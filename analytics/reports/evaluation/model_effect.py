"""The effect of the model programme: panel, estimate, placebo rank, detectable effect."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.domain.areas import registry
from analytics.domain.evaluation import (
    ComparisonGroup,
    EffectOutcome,
    ModelChoice,
    Towns,
    model_starts,
)
from analytics.domain.vocabulary import Group
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.evaluation.designs import SiteEstimator
from analytics.reports.evaluation.matching import matched_units
from analytics.reports.evaluation.panel import Panel, build_panel
from analytics.stats import did
from analytics.stats.imputation import NEVER
from analytics.stats.placebo import Placebo, detectable_effect
from analytics.stats.wild import Wild, wild_bootstrap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WILD_DRAWS: Final = 1999


@dataclass(frozen=True, slots=True, eq=False)
class ModelPanel:
    """A panel and who is treated in it.

    Attributes:
        panel: Outcomes.
        starts: First treated column of each unit, ``NEVER`` for comparison units, shape (U,).
        exposure: Share of each unit that is treated, shape (U,).
        queries: What was asked.
    """

    panel: Panel
    starts: Ints
    exposure: Floats
    queries: tuple[ExecutedQuery, ...]

    @property
    def is_treated(self) -> NDArray[np.bool_]:
        """Return which units are treated, shape (U,)."""
        return np.asarray(self.starts != NEVER)

    def only(self, units: NDArray[np.bool_]) -> "ModelPanel":
        """Return the panel of the units for which ``units``, shape (U,), is true."""
        return replace(
            self,
            panel=self.panel.only(units),
            starts=self.starts[units],
            exposure=self.exposure[units],
        )

    def estimator(self, choice: ModelChoice) -> SiteEstimator:
        """Return the design, with the draws and the seed of a choice."""
        return SiteEstimator(
            self.starts, self.exposure, least_before(choice), choice.draws, choice.seed
        )

    def estimate(self, choice: ModelChoice) -> did.Effect:
        """Return the average effect; raises NoComparisonError where there is none."""
        return self.estimator(choice).average(self.panel.values)


@dataclass(frozen=True, slots=True, eq=False)
class ModelEffect:
    """The headline of design 1.

    Attributes:
        choice: How it was estimated.
        data: Panel and treatment.
        effect: Estimate and interval, in the panel's unit (log hazard for hazard ratios).
        placebo: Rank among random assignments of the label.
        wild: The same question by random signs.
        detectable: Smallest effect found with probability 80 %.
    """

    choice: ModelChoice
    data: ModelPanel
    effect: did.Effect
    placebo: Placebo
    wild: Wild
    detectable: float


@once_per_snapshot
def model_panel(store: ParquetStore, choice: ModelChoice) -> ModelPanel:
    """Return the panel of a choice; draws and seed do not matter to it.

    Raises:
        NoPanelError: If no quarter can be estimated.
        NotConvergedError: If there is nothing to adjust hazards with.
    """
    whole = choice.towns is Towns.EXPOSURE
    units = _units(choice)
    panel = build_panel(
        store,
        choice.outcome,
        units,
        choice.period,
        whole_districts=whole,
        chosen=choice.chosen,
    )
    exposure, queries = _exposure(store, panel) if whole else (None, ())
    data = ModelPanel(
        panel=panel,
        starts=_starts(panel, whole=whole),
        exposure=np.ones(len(units)) if exposure is None else exposure,
        queries=(*panel.queries, *queries),
    )
    if choice.comparison is ComparisonGroup.ALL:
        return data
    matched = np.isin(units, matched_units(store))
    return data.only(data.is_treated | matched)


@once_per_snapshot
def model_effect(store: ParquetStore, choice: ModelChoice) -> ModelEffect:
    """Return the headline of a choice.

    Raises:
        NoPanelError: If no quarter can be estimated.
        NoComparisonError: If too few units are left.
        NotConvergedError: If there is nothing to adjust hazards with.
    """
    data = model_panel(store, replace(choice, draws=1, seed=0))
    estimator = data.estimator(choice)
    effect = estimator.average(data.panel.values)
    if not effect.error > 0:
        raise did.NoSpreadError("the units do not vary: no error can be told")
    placebo = estimator.placebo(data.panel.values)
    used = np.isfinite(effect.without)
    wild = wild_bootstrap(
        effect.influence[used],
        data.is_treated[used].astype(np.int64),
        effect.statistic,
        draws=_WILD_DRAWS,
        seed=choice.seed,
    )
    return ModelEffect(
        choice=choice,
        data=data,
        effect=effect,
        placebo=placebo,
        wild=wild,
        detectable=detectable_effect(wild.draws, effect.error, placebo.critical),
    )


def least_before(choice: ModelChoice) -> int:
    """Return the quarters a site needs before its start: one, where earlier years are cut off."""
    last_start = max(model_starts().values()).first_day
    quarters = (last_start.year - choice.first_year) * 4 + (last_start.month - 1) // 3
    return min(did.LEAST_BEFORE, max(quarters, 1))


def shown(outcome: EffectOutcome, value: float) -> float:
    """Return an estimate as people read it: hazard ratios instead of their logarithms."""
    return float(np.exp(value)) if outcome is EffectOutcome.HAZARD else float(value)


def _units(choice: ModelChoice) -> tuple[str, ...]:
    areas = registry()
    if choice.towns is Towns.EXPOSURE:
        return tuple(district.ags for district in areas.districts)
    units = areas.evaluation_units
    if choice.towns is Towns.DROP:
        units = tuple(unit for unit in units if unit.district not in areas.split_districts)
    return tuple(unit.code for unit in units)


def _starts(panel: Panel, *, whole: bool) -> Ints:
    """Return the first treated column of each unit; a whole district starts with its model town."""
    first = {
        unit.district if whole else unit.code: panel.column(model_starts()[unit.code].first_day)
        for unit in registry().evaluation_units
        if unit.group is Group.MODEL
    }
    return np.array([first.get(unit, NEVER) for unit in panel.units], dtype=np.int64)


def _exposure(store: ParquetStore, panel: Panel) -> tuple[Floats, tuple[ExecutedQuery, ...]]:
    """Return the share of each district's needs that are its model town's, else 1."""
    areas = registry()
    params: dict[str, object] = {
        "start": panel.quarters[0],
        "end": store.manifest.as_of,
        "districts": list(areas.split_districts),
        "chosen": panel.chosen,
    }
    counts = store.fetch("town_shares", params).set_index("district")
    shares = (counts["of_town"] / counts["needs"]).to_dict()
    exposure = np.array([shares.get(unit, 1.0) for unit in panel.units], dtype=np.float64)
    return exposure, (store.executed("town_shares", params),)
