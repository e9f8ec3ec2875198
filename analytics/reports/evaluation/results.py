"""An effect estimate in the few numbers that a script or a letter needs."""

from dataclasses import dataclass, replace
from datetime import date
from math import isfinite

from analytics.domain.analysis_plan import Role
from analytics.domain.evaluation import (
    USUAL_DRAWS,
    USUAL_SEED,
    Design,
    EffectOutcome,
    KimChoice,
    ModelChoice,
)
from analytics.domain.verdict import Assumption, Level
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.assumptions import Weakness
from analytics.reports.evaluation.effect_halves import effect_halves
from analytics.reports.evaluation.judging import Verdict, kim_verdict, model_verdict
from analytics.reports.evaluation.kim_effect import KimEffect, kim_effect
from analytics.reports.evaluation.model_effect import model_effect, shown
from analytics.stats.halves import Halves
from analytics.stats.honest import LARGEST_MOVE

Choice = ModelChoice | KimChoice


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A group-time effect that is not estimated.

    Attributes:
        start: First day of the quarter in which its units started.
        quarter: First day of the quarter of need.
        reason: ``small_pool``, ``no_base`` or ``no_units``.
        pool: Units not yet started with a value in this quarter.
    """

    start: date
    quarter: date
    reason: str
    pool: int


@dataclass(frozen=True, slots=True)
class RestsOn:
    """An assumption that an estimate rests on.

    Attributes:
        assumption: Which.
        unit: Of the next two: ``outcome``, ``days`` or ``share``; for trends of the outcome, else
            of the share met within 90 days.
        tipping: The violation that would explain the estimate; None where none could or it is not
            known.
        not_excluded: The largest violation that the records do not exclude; None where not known.
    """

    assumption: Assumption
    unit: str
    tipping: float | None
    not_excluded: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """One estimate and what is known of it.

    Attributes:
        design, outcome: What was estimated.
        estimate, low, high: Difference of shares (0 to 1), days, or hazard ratio.
        permutation_p: Share of random assignments with a statistic at least as large.
        pretrend_p: That the units moved alike before; None where that cannot be tested.
        breakdown: Departure from parallel trends that the estimate survives, in multiples of the
            largest one before, at most 20; None where it cannot be computed or is not defined.
        halves: The two changes whose difference the estimate is, in its unit; None where it is no
            such difference, and for KIM.
        mde: Smallest effect found in 80 % of such data sets, as ``estimate``.
        units_treated, units_control: Units behind it; with staggered starts the second number is
            that of units not yet started in the first quarter.
        cases: Needs in the cells of the panel. A case may have several.
        refused: Group-time effects without an estimate; empty for the model programme.
        verdict: What may be said.
        role: What the analysis plan says about the choice.
        rests_on: The assumptions that the estimate rests on, the most doubtful first.
        details: The verdict with all its checks.
    """

    design: Design
    outcome: EffectOutcome
    estimate: float
    low: float
    high: float
    permutation_p: float
    pretrend_p: float | None
    breakdown: float | None
    halves: Halves | None
    mde: float
    units_treated: int
    units_control: int
    cases: int
    refused: tuple[RefusedCell, ...]
    verdict: Level
    role: Role
    rests_on: tuple[RestsOn, ...]
    details: Verdict


def evaluation_summary(store: ParquetStore, choice: Choice) -> Summary:
    """Return the summary of one estimate: of the model programme or of KIM, as the choice is.

    Raises:
        NoPanelError: If no quarter has been followed long enough.
        NoComparisonError: If there are too few units to compare.
        NotConvergedError: If there is nothing to adjust hazards with.
    """
    if isinstance(choice, ModelChoice):
        placebo = model_effect(store, choice).placebo.p
        halves = effect_halves(store, choice).halves
        return _summary(_planned(model_verdict(store, choice), choice), placebo, halves, ())
    found = kim_effect(store, choice)
    verdict = _planned(kim_verdict(store, choice), choice)
    return _summary(verdict, found.placebo.p, None, _refused(found))


def _planned(verdict: Verdict, choice: Choice) -> Verdict:
    """Return the verdict as exploratory where other random draws are asked for than planned.

    Whoever may try seeds until one shows an effect has chosen the result.
    """
    if (choice.draws, choice.seed) == (USUAL_DRAWS, USUAL_SEED):
        return verdict
    return replace(verdict, role=Role.EXPLORATORY)


def _summary(
    verdict: Verdict, permutation_p: float, halves: Halves | None, refused: tuple[RefusedCell, ...]
) -> Summary:
    found, outcome = verdict.estimated, verdict.outcome
    values = {check.rule.id: check.value for check in verdict.checks}
    breakdown = values.get("breakdown")
    return Summary(
        design=verdict.design,
        outcome=outcome,
        estimate=shown(outcome, found.estimate),
        low=shown(outcome, found.low),
        high=shown(outcome, found.high),
        permutation_p=permutation_p,
        pretrend_p=_known(values["pretrend"]),
        breakdown=None if breakdown is None else _known(min(breakdown, LARGEST_MOVE)),
        halves=halves,
        mde=shown(outcome, found.detectable),
        units_treated=found.treated,
        units_control=found.controls,
        cases=found.needs,
        refused=refused,
        verdict=verdict.level,
        role=verdict.role,
        rests_on=tuple(_rests_on(weakness) for weakness in verdict.carried_by),
        details=verdict,
    )


def _refused(found: KimEffect) -> tuple[RefusedCell, ...]:
    quarters = found.panel.quarters
    return tuple(
        RefusedCell(quarters[cell.start], quarters[cell.quarter], cell.refused, cell.pool)
        for cell in found.result.effects
        if cell.refused
    )


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def _rests_on(weakness: Weakness) -> RestsOn:
    return RestsOn(
        weakness.assumption, weakness.unit, _known(weakness.tipping), _known(weakness.largest)
    )
