"""From results to what may be said: each rule with its value, and the level that all allow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.domain.analysis_plan import Role, plan_in_force
from analytics.domain.evaluation import Design, EffectOutcome, KimChoice, ModelChoice
from analytics.domain.verdict import Assumption, Level, Rule, rules, strictest
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.assumptions import OwnTrend, Weakness, own_trend, weaknesses
from analytics.reports.evaluation.comparability import is_broken
from analytics.reports.evaluation.designs import Estimator
from analytics.reports.evaluation.evidence import (
    Contrast,
    Evidence,
    kim_evidence,
    model_evidence,
)
from analytics.reports.evaluation.kim_effect import kim_effect, kim_textbook_base, kim_without_year
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.panel import NoPanelError, Panel
from analytics.reports.evaluation.robustness import (
    model_honest,
    model_sensitivities,
    model_study,
    without_each_site,
    without_neighbours,
    without_years_before,
)
from analytics.reports.memo import once_per_snapshot
from analytics.stats.did import NoComparisonError
from analytics.stats.hazard import NotConvergedError
from analytics.stats.multiple import holm

_KIM_DIP_LEVEL: Final = 0.10
_MOST_NAMED: Final = 3


class HasInterval(Protocol):
    """An estimate with its interval."""

    @property
    def estimate(self) -> float: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with what it was applied to; ``value`` is NaN where it could not be computed."""

    rule: Rule
    value: float
    level: Level


@dataclass(frozen=True, slots=True)
class Estimated:
    """The numbers a sentence needs, in the panel's unit (log hazard for hazard ratios)."""

    estimate: float
    low: float
    high: float
    detectable: float
    treated: int
    controls: int
    needs: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said of one estimate.

    Attributes:
        design, outcome: What was estimated.
        role: What the analysis plan says about this choice.
        estimated: The numbers.
        checks: Every rule of the design, in order.
        weaknesses: What a violation of each assumption would do.
    """

    design: Design
    outcome: EffectOutcome
    role: Role
    estimated: Estimated
    checks: tuple[Check, ...]
    weaknesses: tuple[Weakness, ...]

    @property
    def level(self) -> Level:
        """Return what all rules together allow; only the primary choice can be shown."""
        own = Level.SHOWN if self.role is Role.PRIMARY else Level.COMPATIBLE
        return strictest((own, *(check.level for check in self.checks)))

    def limited_by(self, level: Level) -> tuple[Check, ...]:
        """Return the checks that allow no more than ``level``."""
        return tuple(check for check in self.checks if check.level is level)

    @property
    def carried_by(self) -> tuple[Weakness, ...]:
        """Return the assumptions that the estimate rests on: trends first, then the most doubtful.

        Those that a rule doubts, and those whose violation is not excluded as far as it would matter.
        Trends are always among them: a few years before a start never exclude a slow drift.
        """
        doubted = {check.rule.assumption for check in self.checks if check.level is not Level.SHOWN}

        def order(weakness: Weakness) -> tuple[bool, bool, float]:
            known = -weakness.explains if isfinite(weakness.explains) else 0.0
            is_doubted = weakness.assumption in doubted
            return weakness.assumption is not Assumption.TRENDS, not is_doubted, known

        found = [w for w in self.weaknesses if w.carries or w.assumption in doubted]
        return tuple(sorted(found, key=order))

    @property
    def named(self) -> tuple[Weakness, ...]:
        """Return the assumptions that a sentence names."""
        return self.carried_by[:_MOST_NAMED]


@once_per_snapshot
def model_verdict(store: ParquetStore, choice: ModelChoice) -> Verdict:
    """Judge the effect of the model programme; raises as ``model_effect`` does."""
    found = model_effect(store, choice)
    effect, data = found.effect, found.data
    treated = data.panel.values[data.is_treated]
    evidence = model_evidence(store, replace(choice, outcome=EffectOutcome.SHARE, draws=1))
    estimator = data.estimator(choice)
    trend = own_trend(estimator, data.panel.values)
    estimate = effect.estimate
    values = {
        "placebo": _corrected(store, choice, found.placebo.p),
        "interval": _distance(effect.low, effect.high, effect.error),
        "wild": found.wild.p,
        "detectable": abs(estimate) / found.detectable,
        "pretrend": _pretrend(store, choice),
        "breakdown": _breakdown(store, choice),
        "dip": _dip(store, choice, estimate),
        "neighbours": _one_sided(evidence.neighbours, -evidence.average.estimate, unknown=1.0),
        "apart": _apart(store, choice, estimate),
        "sites": _agreement(estimate, without_each_site(store, choice)),
        "choices": _agreement(estimate, _others(store, choice)),
        "units": float(len(effect.units)),
        "missing": float(np.isnan(treated).mean()),
        "comparability": _comparability(
            estimator, data.panel, is_broken(store, data.panel, choice.period), estimate
        ),
    }
    numbers = Estimated(
        estimate,
        effect.low,
        effect.high,
        found.detectable,
        len(effect.units),
        effect.controls,
        data.panel.counted,
    )
    return _judged(store, choice, numbers, values, evidence, trend)


@once_per_snapshot
def kim_verdict(store: ParquetStore, choice: KimChoice) -> Verdict:
    """Judge the effect of KIM; raises as ``kim_effect`` does."""
    found = kim_effect(store, choice)
    average = found.result.average
    after = [cell for cell in found.result.effects if cell.quarter >= cell.start]
    pretrend = found.pretrend_p
    evidence = kim_evidence(store, replace(choice, outcome=EffectOutcome.SHARE, draws=1))
    trend = own_trend(found.estimator, found.panel.values)
    values = {
        "placebo": _corrected(store, choice, found.placebo.p),
        "interval": _distance(average.low, average.high, average.error),
        "wild": found.wild.p,
        "detectable": abs(average.estimate) / found.detectable,
        "pretrend": nan if pretrend is None else pretrend,
        "dip": _kim_dip(store, choice, average.estimate),
        "base": _agreement(average.estimate, [kim_textbook_base(store, choice)]),
        "refused": sum(bool(cell.refused) for cell in after) / len(after),
        "units": float(found.estimated_units),
        "missing": float(np.isnan(found.panel.values).mean()),
        "comparability": _comparability(
            found.estimator,
            found.panel,
            is_broken(store, found.panel, found.panel.period),
            average.estimate,
        ),
    }
    numbers = Estimated(
        average.estimate,
        average.low,
        average.high,
        found.detectable,
        found.estimated_units,
        found.waiting_at_first,
        found.panel.counted,
    )
    return _judged(store, choice, numbers, values, evidence, trend)


def _judged(
    store: ParquetStore,
    choice: ModelChoice | KimChoice,
    numbers: Estimated,
    own: Mapping[str, float],
    evidence: Evidence,
    trend: OwnTrend | None,
) -> Verdict:
    design = Design.MODEL_PROJECT if isinstance(choice, ModelChoice) else Design.KIM_ROLLOUT
    found = weaknesses(store, evidence, trend, numbers.estimate)
    values = {**own, **_of_records(evidence), **_of_trend(trend, found)}
    checks = tuple(
        Check(rule, values[rule.id], rule.level(values[rule.id])) for rule in rules(design)
    )
    role = plan_in_force().role(choice)
    return Verdict(design, choice.outcome, role, numbers, checks, found)


def _of_records(evidence: Evidence) -> dict[str, float]:
    """Return the values of the rules on recording: twins that must follow, signs that must not show."""
    faster = evidence.average.estimate
    return {
        "clock": _one_sided(evidence.clock, faster, unknown=nan),
        "reach": _one_sided(evidence.reach, faster, unknown=nan),
        "mix": _one_sided(evidence.adjusted, faster, unknown=nan),
        "clock_lead": _one_sided(evidence.clock_lead, faster, unknown=nan),
        "reach_lead": _one_sided(evidence.reach_lead, faster, unknown=nan),
        "fast": _one_sided(evidence.fast, faster, unknown=nan),
        "silent": _one_sided(evidence.silent, -faster, unknown=nan),
        "expected": _two_sided(evidence.expected),
        "needs": _two_sided(evidence.needs),
        "cases": _two_sided(evidence.cases),
    }


def _of_trend(trend: OwnTrend | None, found: tuple[Weakness, ...]) -> dict[str, float]:
    if trend is None:
        return {"slope": nan, "drift": nan}
    return {"slope": trend.slope.p, "drift": found[0].explains}


def _one_sided(found: Contrast | None, direction: float, *, unknown: float) -> float:
    return unknown if found is None else found.p_towards(float(np.sign(direction)))


def _two_sided(found: Contrast | None) -> float:
    return nan if found is None else found.placebo.p


def _corrected(store: ParquetStore, choice: ModelChoice | KimChoice, p: float) -> float:
    """Return the p value of an estimate in the plan: Holm's among the secondary outcomes, else its own.

    A secondary outcome that cannot be estimated counts as one with p = 1.
    """
    plan = plan_in_force()
    if plan.role(choice) is not Role.SECONDARY:
        return p
    family = [
        replace(other, draws=choice.draws, seed=choice.seed) for other in plan.choices(choice)
    ]
    adjusted = holm([p if other == choice else _p_of(store, other) for other in family])
    return adjusted[family.index(choice)]


def _p_of(store: ParquetStore, choice: ModelChoice | KimChoice) -> float:
    try:
        if isinstance(choice, ModelChoice):
            return model_effect(store, choice).placebo.p
        return kim_effect(store, choice).placebo.p
    except (NoPanelError, NoComparisonError, NotConvergedError):
        return 1.0


def _dip(store: ParquetStore, choice: ModelChoice, estimate: float) -> float:
    """Return the agreement without each year before; same sign only, where nothing would be left."""
    try:
        others = without_years_before(store, choice)
    except NoComparisonError:
        return 0.0
    return _agreement(estimate, others) if others else 0.0


def _apart(store: ParquetStore, choice: ModelChoice, estimate: float) -> float:
    """Return the agreement without the units that border on a site; same sign only, if none is left."""
    try:
        return _agreement(estimate, [without_neighbours(store, choice)])
    except NoComparisonError:
        return 0.0


def _comparability(
    estimator: Estimator, panel: Panel, is_broken: NDArray[np.bool_], estimate: float
) -> float:
    """Return the agreement without the units whose records changed by their own account."""
    if not is_broken.any():
        return 1.0
    try:
        found = estimator.only(~is_broken).average(panel.values[~is_broken])
    except NoComparisonError:
        return 0.0
    return _agreement(estimate, [found])


def _kim_dip(store: ParquetStore, choice: KimChoice, estimate: float) -> float:
    """Return the agreement without the year before the start, one-sided: a long base is a noisy one."""
    try:
        found = kim_without_year(store, choice)
    except NoComparisonError:
        return 0.0
    if np.sign(found.estimate) != np.sign(estimate):
        return -1.0
    p = float(stats.t.sf(abs(found.estimate) / found.error, found.freedom))
    return float(p <= _KIM_DIP_LEVEL)


def _distance(low: float, high: float, error: float) -> float:
    """Return how far the interval lies from 0, in standard errors; negative if 0 is inside."""
    return float(max(low, -high) / error)


def _pretrend(store: ParquetStore, choice: ModelChoice) -> float:
    try:
        return model_study(store, choice).pretrend_p
    except NoComparisonError:
        return nan


def _breakdown(store: ParquetStore, choice: ModelChoice) -> float:
    try:
        return model_honest(store, choice).breakdown
    except NoComparisonError:
        return nan


def _others(store: ParquetStore, choice: ModelChoice) -> list[HasInterval]:
    return [tried for tried in model_sensitivities(store, choice) if not tried.is_refused]


def _agreement(estimate: float, others: Iterable[HasInterval]) -> float:
    """Return 1 if all others agree in sign and exclude 0, 0 if in sign, -1 if one does not."""
    signs = [np.sign(other.estimate) == np.sign(estimate) for other in others]
    if not all(signs):
        return -1.0
    return float(all(other.low * other.high > 0 for other in others))
