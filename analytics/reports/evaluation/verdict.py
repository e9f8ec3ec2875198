"""From results to what may be said: each rule with its value, and the level that all allow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import nan
from typing import Protocol

import numpy as np

from analytics.domain.evaluation import Design, EffectOutcome, KimChoice, ModelChoice
from analytics.domain.verdict import Level, Rule, rules, strictest
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.comparability import is_broken
from analytics.reports.evaluation.kim_effect import kim_effect, kim_textbook_base
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.robustness import (
    model_honest,
    model_sensitivities,
    model_study,
    without_each_site,
)
from analytics.reports.memo import once_per_snapshot
from analytics.stats.did import NoComparisonError


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
        estimated: The numbers.
        checks: Every rule of the design, in order.
    """

    design: Design
    outcome: EffectOutcome
    estimated: Estimated
    checks: tuple[Check, ...]

    @property
    def level(self) -> Level:
        """Return what all rules together allow."""
        return strictest(tuple(check.level for check in self.checks))

    def limited_by(self, level: Level) -> tuple[Check, ...]:
        """Return the checks that allow no more than ``level``."""
        return tuple(check for check in self.checks if check.level is level)


@once_per_snapshot
def model_verdict(store: ParquetStore, choice: ModelChoice) -> Verdict:
    """Judge the effect of the model programme; raises as ``model_effect`` does."""
    found = model_effect(store, choice)
    effect, data = found.effect, found.data
    treated = data.panel.values[data.is_treated]
    values = {
        "placebo": found.placebo.p,
        "interval": _distance(effect.low, effect.high, effect.error),
        "wild": found.wild.p,
        "pretrend": _pretrend(store, choice),
        "detectable": abs(effect.estimate) / found.detectable,
        "breakdown": _breakdown(store, choice),
        "sites": _agreement(effect.estimate, without_each_site(store, choice)),
        "choices": _agreement(effect.estimate, _others(store, choice)),
        "units": float(len(effect.units)),
        "missing": float(np.isnan(treated).mean()),
        "comparability": float(is_broken(store, data.panel, choice.period).mean()),
    }
    numbers = Estimated(
        effect.estimate,
        effect.low,
        effect.high,
        found.detectable,
        len(effect.units),
        effect.controls,
        data.panel.counted,
    )
    return _judged(Design.MODEL_PROJECT, choice.outcome, numbers, values)


@once_per_snapshot
def kim_verdict(store: ParquetStore, choice: KimChoice) -> Verdict:
    """Judge the effect of KIM; raises as ``kim_effect`` does."""
    found = kim_effect(store, choice)
    average = found.result.average
    after = [cell for cell in found.result.effects if cell.quarter >= cell.start]
    pretrend = found.pretrend_p
    values = {
        "placebo": found.placebo.p,
        "interval": _distance(average.low, average.high, average.error),
        "wild": found.wild.p,
        "pretrend": nan if pretrend is None else pretrend,
        "detectable": abs(average.estimate) / found.detectable,
        "base": _agreement(average.estimate, [kim_textbook_base(store, choice)]),
        "refused": sum(bool(cell.refused) for cell in after) / len(after),
        "units": float(found.estimated_units),
        "missing": float(np.isnan(found.panel.values).mean()),
        "comparability": float(is_broken(store, found.panel, found.panel.period).mean()),
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
    return _judged(Design.KIM_ROLLOUT, choice.outcome, numbers, values)


def _judged(
    design: Design, outcome: EffectOutcome, numbers: Estimated, values: Mapping[str, float]
) -> Verdict:
    checks = tuple(
        Check(rule, values[rule.id], rule.level(values[rule.id])) for rule in rules(design)
    )
    return Verdict(design, outcome, numbers, checks)


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
