"""What is known of KIM's effect, as exhibits: the estimate, and its course since the start."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.evaluation import EffectOutcome, KimChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import units_note
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import P_DIGITS, p_text
from analytics.reports.basis.making import Column, Exhibit, estimated
from analytics.reports.evaluation.few_units import LEAST_UNITS, too_few
from analytics.reports.evaluation.kim_effect import KimEffect, kim_effect
from analytics.reports.evaluation.kim_starts import why_no_comparison
from analytics.reports.evaluation.panel import QUARTERS_A_YEAR
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.scale import Scale, based_on_outcome
from analytics.stats.staggered import Average

_TABLES: Final = ("cases", "referrals", "rollout")


@figure("kim_effect", "effect/kim", takes.OUTCOME, "kim_estimate")
@or_refusal("kim_effect", "report_kim_effect.headline_name", why_no_comparison)
def headline(store: ParquetStore, outcome: EffectOutcome, w: Words) -> Exhibit:
    """Return the average after the start, the year before the base, and what could be detected.

    Rows ``key`` (``average``, ``before``, ``detectable``), ``label, value, low, high, n`` (unit
    quarters), ``p, status``; values are differences, or ratios of hazards.
    """
    found = kim_effect(store, KimChoice(outcome))
    scale = Scale(outcome)
    average = found.result.average
    texts = {
        "outcome": scale.name(w),
        "estimated": scale.estimated(w),
        "estimate": scale.difference_text(average.estimate, w),
        "range": scale.interval_text((average.low, average.high), w),
    }
    return based_on_outcome(store, _TABLES, outcome, found.queries, w, is_estimate=True).exhibit(
        "kim_effect",
        w("report_kim_effect.headline_title", **texts),
        w(
            "report_kim_effect.headline_sentence",
            **texts,
            units=w.number(found.estimated_units),
            needs=w.number(found.panel.counted),
            p=p_text(found.placebo.p, w),
            detectable=scale.size_text(found.detectable, w),
        ),
        (
            Column("key", w("indicator.key"), internal=True),
            Column("label", w("report_kim_effect.figure")),
            *_estimate_columns(scale, w),
            Column("p", w("report_kim_effect.p"), "p", P_DIGITS),
        ),
        _headline_rows(found, scale, w),
        notes=(
            w(
                "report_kim_effect.note_average",
                cells=w.number(average.cells),
                draws=w.number(found.choice.draws),
            ),
            w("report_kim_effect.note_design"),
            w("report_kim_effect.note_placebo"),
            w("report_kim_effect.note_detectable"),
            units_note(w),
            *_ratio_note(outcome, w),
        ),
        alt=w("report_kim_effect.headline_alt", **texts),
        measure=scale.estimated_measure(w),
    )


@figure("kim_effect_events", "effect/kim", takes.OUTCOME, "kim_events")
@or_refusal("kim_effect_events", "report_kim_effect.events_name", why_no_comparison)
def event_time(store: ParquetStore, outcome: EffectOutcome, w: Words) -> Exhibit:
    """Return the averages by quarters since the start of module 2.

    Rows ``event, label, phase`` (``before``, ``base``, ``after``), ``phase_label, value, low,
    high, n`` (unit quarters), ``status``.
    """
    found = kim_effect(store, KimChoice(outcome))
    scale = Scale(outcome)
    before = found.result.before
    average = found.result.average
    texts = {
        "estimated": scale.estimated(w),
        "before": "–" if before is None else scale.difference_text(before.estimate, w),
        "after": scale.difference_text(average.estimate, w),
    }
    pretrend = found.pretrend_p
    frame = _event_rows(store, found, scale, w)
    is_hidden = (frame["status"] == Status.SUPPRESSED).any()
    few = w("report_kim_effect.refused_few_units", least=w.number(LEAST_UNITS))
    return based_on_outcome(store, _TABLES, outcome, found.queries, w, is_estimate=True).exhibit(
        "kim_effect_events",
        w("report_kim_effect.events_title", **texts),
        w(
            "report_kim_effect.events_sentence",
            **texts,
            range=scale.interval_text((average.low, average.high), w),
            needs=w.number(found.panel.counted),
            p="–" if pretrend is None else p_text(pretrend, w),
        ),
        (
            Column("event", w("report_kim_effect.event"), "number", internal=True),
            Column("label", w("report_kim_effect.event")),
            Column("phase", w("report_kim_effect.phase"), internal=True),
            Column("phase_label", w("report_kim_effect.phase")),
            *_estimate_columns(scale, w),
        ),
        frame,
        notes=(
            w("report_kim_effect.note_dots", outcome=scale.name(w)),
            w("report_kim_effect.note_base"),
            w("report_kim_effect.note_events"),
            *([few] if is_hidden else []),
            *_ratio_note(outcome, w),
        ),
        measure=scale.estimated_measure(w),
    )


def _headline_rows(found: KimEffect, scale: Scale, w: Words) -> pd.DataFrame:
    nothing = float("nan")
    average, before = found.result.average, found.result.before
    rows = [
        ("average", average.estimate, average.low, average.high, average.cells, found.placebo.p),
        ("before", nothing, nothing, nothing, nothing, nothing)
        if before is None
        else ("before", *_figures(before), before.cells, found.pretrend_p),
        ("detectable", found.detectable, nothing, nothing, nothing, nothing),
    ]
    frame = pd.DataFrame(rows, columns=["key", "value", "low", "high", "n", "p"])
    frame[["value", "low", "high"]] = scale.shown(frame[["value", "low", "high"]])
    return frame.assign(
        label=[w(f"report_kim_effect.headline_{key}") for key in frame["key"]],
        status=np.where(frame["value"].notna(), Status.SHOWN.value, Status.NO_DATA.value),
    )


def _figures(average: Average) -> tuple[float, float, float]:
    return average.estimate, average.low, average.high


def _event_rows(store: ParquetStore, found: KimEffect, scale: Scale, w: Words) -> pd.DataFrame:
    events = [(each.event or 0, *_figures(each), each.cells) for each in found.result.events]
    frame = pd.DataFrame(events, columns=["event", "value", "low", "high", "n"])
    # A unit has one quarter of each distance from its start.
    few = too_few(store, frame["n"])
    figures = frame[["value", "low", "high"]]
    frame[["value", "low", "high"]] = np.where(few[:, None], np.nan, scale.shown(figures))
    phases = [_phase(int(event)) for event in frame["event"]]
    return frame.assign(
        label=[_event_label(int(event), w) for event in frame["event"]],
        phase=phases,
        phase_label=[w(f"report_kim_effect.phase_{phase}") for phase in phases],
        status=np.where(few, Status.SUPPRESSED.value, Status.SHOWN.value),
    )


def _phase(event: int) -> str:
    if event >= 0:
        return "after"
    return "base" if event >= -QUARTERS_A_YEAR else "before"


def _event_label(event: int, w: Words) -> str:
    if event == 0:
        return w("report_kim_effect.event_start")
    if abs(event) == 1:
        return w("report_kim_effect.event_next" if event > 0 else "report_kim_effect.event_last")
    name = "report_kim_effect.event_after" if event > 0 else "report_kim_effect.event_before"
    return w(name, quarters=abs(event))


def _ratio_note(outcome: EffectOutcome, w: Words) -> tuple[str, ...]:
    is_ratio = outcome is EffectOutcome.HAZARD
    return (w("evaluation.note_ratio"),) if is_ratio else ()


def _estimate_columns(scale: Scale, w: Words) -> tuple[Column, ...]:
    form = scale.difference
    return (
        *estimated(scale.estimate_label(w), form.kind, form.digits, w),
        # Units are offices, not people: the rule on small counts does not apply to them.
        Column("n", w("report_kim_effect.cells"), "number"),
        Column("status", w("indicator.status"), internal=True),
    )
