"""What the records say about each assumption: signs of its violation, and twins."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.domain.areas import registry
from analytics.domain.evaluation import EffectOutcome, KimChoice, ModelChoice, Towns
from analytics.geography.neighbours import neighbours_of
from analytics.queries.store import ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.evaluation.designs import Estimated, Estimator, SiteEstimator
from analytics.reports.evaluation.kim_effect import kim_effect
from analytics.reports.evaluation.model_effect import model_panel
from analytics.reports.evaluation.panel import Panel
from analytics.reports.evaluation.recording import RecordingPanels, recording_panels
from analytics.stats.did import NoComparisonError
from analytics.stats.imputation import NEVER
from analytics.stats.placebo import Placebo

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

DRAWS: Final = 499
"""Random assignments behind the p value of a sign or twin."""


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """An outcome as the design's estimator sees it.

    Attributes:
        estimate, low, high: Average effect, in the outcome's unit.
        placebo: Its rank among random assignments.
    """

    estimate: float
    low: float
    high: float
    placebo: Placebo

    def p_towards(self, direction: float) -> float:
        """Return the one-sided p value of a change upwards (1) or downwards (-1)."""
        draws = self.placebo.draws[np.isfinite(self.placebo.draws)] * direction
        statistic = self.placebo.statistic * direction
        beyond = int((draws >= statistic - 1e-9 * abs(statistic)).sum())
        return (1 + beyond) / (1 + len(draws))

    def bound(self, direction: float) -> float:
        """Return the end of the interval that lies furthest upwards (1) or downwards (-1)."""
        return self.high if direction > 0 else self.low


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What speaks for and against the assumptions of one design, on needs met within 90 days.

    Attributes:
        share: The panel of the share met within 90 days.
        average: Its average effect.
        panels: The outcomes about recording.
        estimator: The design.
        fast, silent, expected, adjusted, reach, clock, needs, cases: As in ``RecordingPanels``,
            through the estimator; None where it cannot be estimated.
        neighbours: Units that border on a site, as if treated, beside those that do not; None with
            KIM, where every district starts, or where it cannot be estimated.
        bordering: Share of the comparison units that border on a site.
        clock_lead, reach_lead: The share's average less that of a twin brought to its scale: what a
            fault of the records would add to the share alone.
    """

    share: Panel
    average: Estimated
    panels: RecordingPanels
    estimator: Estimator
    fast: Contrast | None
    silent: Contrast | None
    expected: Contrast | None
    adjusted: Contrast | None
    reach: Contrast | None
    clock: Contrast | None
    needs: Contrast | None
    cases: Contrast | None
    neighbours: Contrast | None
    bordering: float
    clock_lead: Contrast | None
    reach_lead: Contrast | None


def model_evidence(store: ParquetStore, choice: ModelChoice) -> Evidence:
    """Return the evidence for a choice of the model programme: one for all outcomes and draws.

    Raises:
        NoPanelError: If no quarter can be estimated.
        NoComparisonError: If too few units are left.
    """
    return _of_model(store, replace(choice, outcome=EffectOutcome.SHARE, draws=1))


@once_per_snapshot
def _of_model(store: ParquetStore, choice: ModelChoice) -> Evidence:
    data = model_panel(store, replace(choice, seed=0))
    whole = choice.towns is Towns.EXPOSURE
    estimator = data.estimator(replace(choice, draws=DRAWS))
    turning = data.panel.quarters[int(data.starts.min())]
    effect = estimator.average(data.panel.values).estimate
    panels = recording_panels(store, data.panel, effect, turning, whole_districts=whole)
    near = bordering_units(data.panel.units, estimator.drifting)
    others = ~estimator.drifting
    neighbours = _near_effect(data.panel, estimator, near)
    bordering = float(near[others].mean()) if others.any() else 0.0
    return _evidence(data.panel, panels, estimator, neighbours, bordering)


@once_per_snapshot
def kim_evidence(store: ParquetStore, choice: KimChoice) -> Evidence:
    """Return the evidence for KIM; raises as ``kim_effect`` does."""
    found = kim_effect(store, replace(choice, outcome=EffectOutcome.SHARE, draws=1))
    estimator = replace(found.estimator, draws=DRAWS, seed=choice.seed)
    turning = found.panel.quarters[int(found.starts.min())]
    effect = found.result.average.estimate
    panels = recording_panels(store, found.panel, effect, turning, whole_districts=False)
    return _evidence(found.panel, panels, estimator, None, 0.0)


def _evidence(
    share: Panel,
    panels: RecordingPanels,
    estimator: Estimator,
    neighbours: Contrast | None,
    bordering: float,
) -> Evidence:
    clock_lead = share.values - panels.clock / panels.clock_scale
    reach_lead = share.values - panels.reach / panels.reach_scale
    return Evidence(
        share=share,
        average=estimator.average(share.values),
        panels=panels,
        estimator=estimator,
        fast=contrast(estimator, panels.fast),
        silent=contrast(estimator, panels.silent),
        expected=contrast(estimator, panels.expected),
        adjusted=contrast(estimator, panels.adjusted),
        reach=contrast(estimator, panels.reach),
        clock=contrast(estimator, panels.clock),
        needs=contrast(estimator, panels.needs),
        cases=contrast(estimator, panels.cases),
        neighbours=neighbours,
        bordering=bordering,
        clock_lead=contrast(estimator, clock_lead),
        reach_lead=contrast(estimator, reach_lead),
    )


def contrast(estimator: Estimator, values: Floats) -> Contrast | None:
    """Return what the estimator sees in an outcome, shape (U, Q); None where it cannot."""
    average = _average(estimator, values)
    if average is None:
        return None
    return Contrast(average.estimate, average.low, average.high, estimator.placebo(values))


def _average(estimator: Estimator, values: Floats) -> Estimated | None:
    try:
        found = estimator.average(values)
    except NoComparisonError:
        return None
    return found if found.error > 0 else None


def bordering_units(units: tuple[str, ...], is_site: Mask) -> Mask:
    """Say which units border on a site's district, or surround a model town, shape (U,).

    Args:
        units: Codes of evaluation units or districts.
        is_site: Which of them are sites; a site borders on none.
    """
    districts = _districts(units)
    sites = {district for district, is_one in zip(districts, is_site, strict=True) if is_one}
    near = sites | {other.ags for site in sites for other in neighbours_of(site)}
    return np.array([district in near for district in districts]) & ~is_site


def _districts(units: tuple[str, ...]) -> list[str]:
    by_code = {unit.code: unit.district for unit in registry().evaluation_units}
    return [by_code.get(unit, unit) for unit in units]


def _near_effect(panel: Panel, estimator: SiteEstimator, near: Mask) -> Contrast | None:
    """Return the effect on units near a site, the sites themselves left out.

    They start with the programme: in the quarter in which most sites do.
    """
    others = ~estimator.drifting
    if not near.any() or near[others].all():
        return None
    sites = estimator.starts[estimator.drifting]
    starts = np.where(near, int(np.median(sites)), NEVER)[others]
    placed = SiteEstimator(
        starts, np.ones(len(starts)), estimator.least_before, DRAWS, estimator.seed
    )
    return contrast(placed, panel.values[others])
