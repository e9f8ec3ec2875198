"""From results to what may be said: each rule with its value, and the level that all allow."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import Final

import numpy as np

from analytics.domain.analysis_plan import Role, plan_in_force
from analytics.domain.evaluation import Design, EffectOutcome, KimChoice, ModelChoice
from analytics.domain.verdict import Assumption, Level, Rule, rules, strictest
from analytics.queries.store import ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.evaluation.assumptions import OwnTrend, Weakness, own_trend, weaknesses
from analytics.reports.evaluation.comparability import is_broken
from analytics.reports.evaluation.evidence import Evidence, kim_evidence, model_evidence
from analytics.reports.evaluation.kim_effect import kim_effect, kim_textbook_base
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.robustness import without_each_site
from analytics.reports.evaluation.rule_values import (
    agreement,
    apart,
    breakdown,
    comparability,
    corrected,
    dip,
    distance,
    kim_dip,
    of_records,
    of_trend,
    one_sided,
    others,
    pretrend,
)

_MOST_NAMED: Final = 3


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

        Those that a rule doubts, the ones with a sign of their violation before the ones that are
        only not confirmed; then those whose violation is not excluded as far as it would matter.
        Trends are always among them: a few years before a start never exclude a slow drift.
        """
        doubts = [check.rule for check in self.checks if check.level is not Level.SHOWN]
        doubted = {rule.assumption for rule in doubts}
        seen = {rule.assumption for rule in doubts if rule.is_sign}

        def order(weakness: Weakness) -> tuple[bool, bool, bool, float]:
            about = weakness.assumption
            known = -weakness.explains if isfinite(weakness.explains) else 0.0
            return about is not Assumption.TRENDS, about not in seen, about not in doubted, known

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
    evidence = model_evidence(store, choice)
    estimator = data.estimator(choice)
    trend = own_trend(estimator, data.panel.values)
    estimate = effect.estimate
    values = {
        "placebo": corrected(store, choice, found.placebo.p),
        "interval": distance(effect.low, effect.high, effect.error),
        "wild": found.wild.p,
        "detectable": abs(estimate) / found.detectable,
        "pretrend": pretrend(store, choice),
        "breakdown": breakdown(store, choice),
        "dip": dip(store, choice, estimate),
        "neighbours": one_sided(
            evidence.neighbours, -choice.outcome.faster_is * estimate, unknown=1.0
        ),
        "apart": apart(store, choice, estimate),
        "sites": agreement(estimate, without_each_site(store, choice)),
        "choices": agreement(estimate, others(store, choice)),
        "units": float(len(effect.units)),
        "missing": float(np.isnan(treated).mean()),
        "comparability": comparability(
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
    before = found.pretrend_p
    evidence = kim_evidence(store, replace(choice, outcome=EffectOutcome.SHARE, draws=1))
    trend = own_trend(found.estimator, found.panel.values)
    values = {
        "placebo": corrected(store, choice, found.placebo.p),
        "interval": distance(average.low, average.high, average.error),
        "wild": found.wild.p,
        "detectable": abs(average.estimate) / found.detectable,
        "pretrend": nan if before is None else before,
        "dip": kim_dip(store, choice, average.estimate),
        "base": agreement(average.estimate, [kim_textbook_base(store, choice)]),
        "refused": sum(bool(cell.refused) for cell in after) / len(after),
        "units": float(found.estimated_units),
        "missing": float(np.isnan(found.panel.values).mean()),
        "comparability": comparability(
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
    faster = choice.outcome.faster_is * numbers.estimate
    values = {**own, **of_records(evidence, faster), **of_trend(trend, found)}
    checks = tuple(
        Check(rule, values[rule.id], rule.level(values[rule.id])) for rule in rules(design)
    )
    role = plan_in_force().role(choice)
    return Verdict(design, choice.outcome, role, numbers, checks, found)
