"""The answer on the first screen and the first slide: what may be said, and what it hangs on."""

from dataclasses import dataclass
from math import isnan
from typing import Final

import pandas as pd

from analytics.domain.analysis_plan import plan_in_force
from analytics.domain.evaluation import Design, ModelChoice
from analytics.domain.periods import Period
from analytics.domain.verdict import Level
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Exhibit, based_on
from analytics.reports.basis.selection import period_text
from analytics.reports.basis.span import BEFORE_PROGRAMME
from analytics.reports.evaluation import kim_starts
from analytics.reports.evaluation.assumption_words import violation
from analytics.reports.evaluation.assumptions import Weakness
from analytics.reports.evaluation.distributions import TABLES
from analytics.reports.evaluation.effect_halves import SIDES, effect_halves
from analytics.reports.evaluation.judging import Verdict
from analytics.reports.evaluation.model_parts import why_no_comparison
from analytics.reports.evaluation.refused import REFUSING, or_refusal, reason_of
from analytics.reports.evaluation.sayings import short
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.site_trends import group_trends
from analytics.reports.evaluation.verdict_report import Choice, design_of, verdict_of
from analytics.stats.halves import Halves

_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be said, in the verdict's own words.

    Attributes:
        headline: The estimate and its kind of sentence.
        level: What the rules allow; None where there is no estimate.
        label: The level in words, or that there is none.
        basis: What the number is, with interval and n.
        doubts_heading: What the doubts are: conditions, or what stands against it.
        doubts: The first of them.
        number: The estimate's number alone, as seen from afar; empty where it supports nothing.
        unit: Of that number, which stands apart from it.
    """

    headline: str
    level: Level | None
    label: str
    basis: str
    doubts_heading: str = ""
    doubts: tuple[str, ...] = ()
    number: str = ""
    unit: str = ""


def primary() -> ModelChoice:
    """Return the estimate for the model project that counts as the answer."""
    return plan_in_force().model


def answer(store: ParquetStore, w: Words) -> Answer:
    """Return what may be said of the primary estimate for the model project."""
    return _answer(store, primary(), w)


def kim_answer(store: ParquetStore, w: Words) -> Answer:
    """Return what may be said of the primary estimate for KIM."""
    return _answer(store, plan_in_force().kim, w)


def _answer(store: ParquetStore, choice: Choice, w: Words) -> Answer:
    try:
        verdict = verdict_of(store, choice)
    except REFUSING as error:
        is_model = design_of(choice) is Design.MODEL_PROJECT
        headline = w("answer.none") if is_model else w("answer.none_kim")
        why = why_no_comparison if is_model else kim_starts.why_no_comparison
        return Answer(headline, None, w("answer.label_none"), reason_of(error, store, why, w))
    is_not = verdict.level is Level.NOT
    scale, estimate = Scale(verdict.outcome), verdict.estimated.estimate
    return Answer(
        short(verdict, w),
        verdict.level,
        w(f"verdict.level_{verdict.level}"),
        _basis(verdict, w),
        w(f"answer.doubts_{verdict.level}"),
        _reasons(verdict, w) if is_not else _conditions(verdict, w),
        "" if is_not else scale.difference.bare(float(scale.shown(estimate)), w),
        "" if is_not else scale.unit(w),
    )


def _basis(verdict: Verdict, w: Words) -> str:
    scale, found = Scale(verdict.outcome), verdict.estimated
    numbers = {
        "range": scale.interval_text((found.low, found.high), w),
        "needs": w.number(found.needs),
    }
    if verdict.level is Level.NOT:
        return w("answer.basis_not", size=scale.difference_text(found.estimate, w), **numbers)
    if verdict.design is Design.KIM_ROLLOUT:
        return w("answer.basis_kim", **numbers)
    return w("answer.basis", **numbers)


def _reasons(verdict: Verdict, w: Words) -> tuple[str, ...]:
    deciding = verdict.limited_by(verdict.level)[:_MOST]
    return tuple(w(f"verdict.rule_{check.rule.id}_reason") for check in deciding)


def _conditions(verdict: Verdict, w: Words) -> tuple[str, ...]:
    return tuple(_condition(each, verdict, w) for each in verdict.carried_by[:_MOST])


def _condition(weakness: Weakness, verdict: Verdict, w: Words) -> str:
    """Name an assumption, and how small a violation would be enough."""
    name = w(f"verdict.assumption_{weakness.assumption}")
    if isnan(weakness.tipping):
        return w("answer.doubt_unknown", assumption=name)
    size = violation(weakness, weakness.tipping, verdict.outcome, w)
    return w("answer.doubt", assumption=name, violation=size)


@figure("answer_course", "overview", takes.SNAPSHOT, "answer_course")
@or_refusal("answer_course", "answer.course_name", why_no_comparison)
def answer_course(store: ParquetStore, w: Words) -> Exhibit:
    """Return the mean of both groups by quarter, up to the end of the estimate.

    Rows as ``group_trends``. How far the lines lie apart is not told beside them: quarters that
    count alike make another difference than the estimate, and the answer has one.
    """
    choice = primary()
    whole = group_trends(store, choice.outcome, choice.comparison, w)
    columns, frame = whole.table.columns, whole.table.frame
    if not columns:
        return whole
    scale, until = Scale(choice.outcome), choice.end.plus(1).first_day
    shown = frame[frame["period"] < pd.Timestamp(until)].reset_index(drop=True)
    # The lines bear the names of the title.
    names = {side: w(f"answer.course_{side}") for side in ("model", "comparison")}
    halves = effect_halves(store, choice).halves
    return based_on(store, TABLES, w).exhibit(
        "answer_course",
        _course_title(halves, scale, w) if halves else whole.title,
        w("answer.course_sentence", outcome=scale.name(w)),
        columns,
        shown.assign(label=shown["series"].map(names)),
        indicators=whole.indicators,
        notes=whole.notes,
        queries=whole.queries,
        choice=whole.choice,
        measure=w("answer.course_measure", outcome=scale.name(w)),
        span=period_text(Period(BEFORE_PROGRAMME.first, choice.end), w),
        alt=whole.alt,
    )


def _course_title(halves: Halves, scale: Scale, w: Words) -> str:
    """Return how much each side has changed since the start."""
    sizes = {side: scale.difference_text(getattr(halves, side).estimate, w) for side in SIDES}
    return w("answer.course_title", **sizes)
