"""An effect estimate in the few numbers that a script or a letter needs."""

from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Final

from analytics.domain.analysis_plan import Role
from analytics.domain.evaluation import (
    USUAL_DRAWS,
    USUAL_SEED,
    Design,
    EffectOutcome,
    KimChoice,
    ModelChoice,
)
from analytics.domain.release import Release
from analytics.domain.verdict import Assumption, Level
from analytics.queries.store import ParquetStore
from analytics.reports.basis.fineness import decimals
from analytics.reports.basis.formatting import P_DIGITS
from analytics.reports.evaluation.assumptions import Weakness
from analytics.reports.evaluation.effect_halves import effect_halves
from analytics.reports.evaluation.few_units import refused_as
from analytics.reports.evaluation.judging import Verdict, kim_verdict, model_verdict
from analytics.reports.evaluation.kim_effect import KimEffect, kim_effect
from analytics.reports.evaluation.model_effect import model_effect, shown
from analytics.reports.evaluation.scale import Scale
from analytics.stats.halves import Change, Halves
from analytics.stats.honest import LARGEST_MOVE

Choice = ModelChoice | KimChoice

_BREAKDOWN_DIGITS: Final = 2
_VIOLATIONS: Final = {"days": 1, "share": 3}
"""Decimals of violations by their unit; those of the outcome are told as estimates are."""


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A group-time effect that is not estimated.

    Attributes:
        start: First day of the quarter in which its units started.
        quarter: First day of the quarter of need.
        reason: ``small_pool``, ``no_base`` or ``no_units``; where figures are released also
            ``few_units``.
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
        summary = _summary(_planned(model_verdict(store, choice), choice), placebo, halves, ())
    else:
        found = kim_effect(store, choice)
        verdict = _planned(kim_verdict(store, choice), choice)
        summary = _summary(verdict, found.placebo.p, None, _refused(store, found))
    return _as_released(summary) if store.release is Release.RELEASED else summary


def _as_released(summary: Summary) -> Summary:
    """Return the summary with estimates no finer than pages word them."""
    scale, halves = Scale(summary.outcome), summary.halves
    return replace(
        summary,
        estimate=scale.told(summary.estimate),
        low=scale.told(summary.low),
        high=scale.told(summary.high),
        mde=scale.told(summary.mde),
        permutation_p=round(summary.permutation_p, P_DIGITS),
        pretrend_p=_rounded(summary.pretrend_p, P_DIGITS),
        breakdown=_rounded(summary.breakdown, _BREAKDOWN_DIGITS),
        halves=halves
        and Halves(_told_change(halves.treated, scale), _told_change(halves.others, scale)),
        rests_on=tuple(_told_violation(each, scale) for each in summary.rests_on),
    )


def _told_change(change: Change, scale: Scale) -> Change:
    return Change(scale.told(change.estimate), scale.told(change.low), scale.told(change.high))


def _told_violation(rests_on: RestsOn, scale: Scale) -> RestsOn:
    form = scale.difference
    digits = _VIOLATIONS.get(rests_on.unit, decimals(form.kind, form.digits))
    return replace(
        rests_on,
        tipping=_rounded(rests_on.tipping, digits),
        not_excluded=_rounded(rests_on.not_excluded, digits),
    )


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


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


def _refused(store: ParquetStore, found: KimEffect) -> tuple[RefusedCell, ...]:
    quarters = found.panel.quarters
    told = ((cell, refused_as(store, cell)) for cell in found.result.effects)
    return tuple(
        RefusedCell(quarters[cell.start], quarters[cell.quarter], reason, cell.pool)
        for cell, reason in told
        if reason
    )


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def _rests_on(weakness: Weakness) -> RestsOn:
    return RestsOn(
        weakness.assumption, weakness.unit, _known(weakness.tipping), _known(weakness.largest)
    )
