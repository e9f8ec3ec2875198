"""What the verdict says in one world: the planned choice of each programme."""

import json
from dataclasses import dataclass, replace
from math import isfinite
from typing import Final

from analytics.coverage.world import published
from analytics.coverage.worlds import World
from analytics.domain.analysis_plan import plan_in_force
from analytics.domain.evaluation import Design, KimChoice, ModelChoice
from analytics.domain.verdict import RULES, Level
from analytics.extracts.demo import DemoConfig
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.kim_effect import kim_effect
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.verdict_report import verdict_of

DRAWS: Final = 499


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came out for one programme in one world, by the primary outcome.

    Attributes:
        world, cases, seed, design: Which.
        estimate, low, high, placebo_p: The headline.
        level: What may be said.
        carried: The assumptions that the sentence names, separated by spaces; empty unless
            compatible.
        limited: The rules that allow no more, separated by spaces.
        values: Value of each rule, as JSON; only that of the first where it forbids everything.
    """

    world: str
    cases: int
    seed: int
    design: str
    estimate: float
    low: float
    high: float
    placebo_p: float
    level: str
    carried: str
    limited: str
    values: str


def judge(world: World, cases: int, seed: int) -> list[Judgement]:
    """Return what the rules allow in one world, for each programme that is judged in it."""
    effects = {design: world.effect if design in world.designs else 0.0 for design in Design}
    config = DemoConfig(
        cases=cases,
        seed=seed,
        model_effect=effects[Design.MODEL_PROJECT],
        kim_effect=effects[Design.KIM_ROLLOUT],
    )
    with published(config, world.disturbance) as store:
        return [_judged(store, world, cases, seed, design) for design in world.designs]


def _judged(store: ParquetStore, world: World, cases: int, seed: int, design: Design) -> Judgement:
    plan = plan_in_force()
    planned = plan.model if design is Design.MODEL_PROJECT else plan.kim
    choice = replace(planned, draws=DRAWS, seed=seed)
    estimate, low, high, p = _headline(store, choice)
    return Judgement(
        world.name, cases, seed, design.value, estimate, low, high, p, *_allowed(store, choice, p)
    )


def _headline(
    store: ParquetStore, choice: ModelChoice | KimChoice
) -> tuple[float, float, float, float]:
    if isinstance(choice, ModelChoice):
        found = model_effect(store, choice)
        effect = found.effect
        return float(effect.estimate), float(effect.low), float(effect.high), found.placebo.p
    kim = kim_effect(store, choice)
    average = kim.result.average
    return float(average.estimate), float(average.low), float(average.high), kim.placebo.p


def _allowed(
    store: ParquetStore, choice: ModelChoice | KimChoice, placebo_p: float
) -> tuple[str, str, str, str]:
    """Return level, assumptions, rules and values; a rank that forbids spares all other rules."""
    placebo = next(rule for rule in RULES if rule.id == "placebo")
    if placebo.level(placebo_p) is Level.NOT:
        return Level.NOT.value, "", placebo.id, json.dumps({placebo.id: placebo_p})
    verdict = verdict_of(store, choice)
    carried = verdict.named if verdict.level is Level.COMPATIBLE else ()
    limits = verdict.limited_by(verdict.level) if verdict.level is not Level.SHOWN else ()
    return (
        verdict.level.value,
        " ".join(weakness.assumption.value for weakness in carried),
        " ".join(check.rule.id for check in limits),
        json.dumps({check.rule.id: _rounded(check.value) for check in verdict.checks}),
    )


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if isfinite(value) else None
