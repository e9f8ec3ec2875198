"""How the estimate runs around the start, and how much diverging trends it would survive."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.evaluation import ModelChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import p_text
from analytics.reports.basis.making import Column, Exhibit, internal
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.model_parts import (
    based_on_model,
    estimate_columns,
    why_no_comparison,
)
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.robustness import model_honest, model_study
from analytics.reports.evaluation.scale import Scale
from analytics.stats.did import Effect
from analytics.stats.event_study import Course
from analytics.stats.honest import HonestCurve

_POOLED: Final = ("estimate", "estimate_low", "estimate_high")
_CLEAR: Final = 0.05
_FAINT: Final = 0.10
_ONCE: Final = 1.0


@figure("model_event_study", "effect/model", takes.MODEL, "event_study")
@or_refusal("model_event_study", "report_model_effect.events_name", why_no_comparison)
def event_study(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return the differences by quarters since the start from the mean of the quarters before.

    Rows ``key, event, label, phase`` (``before``, ``after``), ``value, low, high, status``; the
    columns ``estimate, estimate_low, estimate_high`` hold the estimate over all quarters.
    """
    study = model_study(store, choice)
    found = model_effect(store, choice)
    scale, effect = Scale(choice.outcome), found.effect
    course = study.from_mean_before()
    is_after = course.events >= 0
    apart = (course.low > 0) | (course.high < 0)
    texts = {
        "p": p_text(study.pretrend_p, w),
        "estimate": scale.difference_text(effect.estimate, w),
        "range": scale.interval_text((effect.low, effect.high), w),
    }
    return based_on_model(store, choice, w).exhibit(
        "model_event_study",
        w(f"report_model_effect.events_title_{_pretrend(study.pretrend_p)}", **texts),
        w(
            "report_model_effect.events_sentence",
            **texts,
            apart=w.number(int((apart & is_after).sum())),
            quarters_after=w.number(int(is_after.sum())),
            needs=w.number(found.data.panel.counted),
        ),
        _event_columns(scale, w),
        _event_rows(course, effect, scale, w),
        notes=(
            w(
                "report_model_effect.note_points",
                quarters_before=w.number(int((~is_after).sum())),
                treated=w.number(len(effect.units)),
                controls=w.number(effect.controls),
            ),
            w("report_model_effect.note_events"),
            w("report_model_effect.note_pretrend"),
        ),
        queries=found.data.queries,
        measure=scale.estimated_measure(w),
    )


@figure("model_honest", "effect/model", takes.MODEL, "honest")
@or_refusal("model_honest", "report_model_effect.honest_name", why_no_comparison)
def honest(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return the interval of the mean difference by how far trends may have diverged.

    Rows ``key, allowed, low, high, status``; the column ``breakdown`` holds the departure from
    which on the interval contains no difference, infinite if none of those tried.
    """
    curve = model_honest(store, choice)
    found = model_effect(store, choice)
    scale = Scale(choice.outcome)
    kind = _breakdown_kind(curve.breakdown)
    texts = {"breakdown": w.number(curve.breakdown, 1) if kind == "some" else ""}
    once = int(np.argmin(np.abs(curve.m_bars - _ONCE)))
    return based_on_model(store, choice, w).exhibit(
        "model_honest",
        w(f"report_model_effect.honest_title_{kind}", **texts),
        w(
            "report_model_effect.honest_sentence",
            range_none=scale.interval_text((curve.low[0], curve.high[0]), w),
            range_once=scale.interval_text((curve.low[once], curve.high[once]), w),
            needs=w.number(found.data.panel.counted),
        ),
        _honest_columns(scale, w),
        _honest_rows(curve, scale),
        notes=(
            w(
                "report_model_effect.note_alike",
                treated=w.number(len(found.effect.units)),
                judgement=w(f"report_model_effect.honest_judgement_{kind}", **texts),
            ),
            w("report_model_effect.note_honest"),
            w("report_model_effect.note_honest_years"),
        ),
        queries=found.data.queries,
        measure=scale.estimated_measure(w),
    )


def _pretrend(p: float) -> str:
    if p < _CLEAR:
        return "clear"
    return "faint" if p < _FAINT else "quiet"


def _breakdown_kind(breakdown: float) -> str:
    if breakdown <= 0:
        return "zero"
    return "some" if np.isfinite(breakdown) else "never"


def _event_columns(scale: Scale, w: Words) -> tuple[Column, ...]:
    label, *figures = estimate_columns(scale, w("report_model_effect.column_event"), w)
    form = scale.difference
    return (
        label,
        Column("phase_label", w("report_model_effect.column_phase")),
        *figures,
        Column("event", w("report_model_effect.column_event_number"), "number", internal=True),
        Column("phase", w("report_model_effect.column_phase_key"), internal=True),
        *(
            Column(name, w(f"report_model_effect.column_{name}"), form.kind, form.digits, True)
            for name in _POOLED
        ),
        *internal(w, key="indicator.key", status="indicator.status"),
    )


def _event_rows(course: Course, effect: Effect, scale: Scale, w: Words) -> pd.DataFrame:
    figures = np.column_stack([course.estimates, course.low, course.high])
    frame = pd.DataFrame(scale.shown(figures), columns=["value", "low", "high"])
    pooled = scale.shown([effect.estimate, effect.low, effect.high]).tolist()
    events = course.events.tolist()
    phases = ["after" if event >= 0 else "before" for event in events]
    return frame.assign(
        event=events,
        key=[str(event) for event in events],
        label=[_event_label(event, w) for event in events],
        phase=phases,
        phase_label=[w(f"report_model_effect.phase_{phase}") for phase in phases],
        status=Status.SHOWN.value,
        **dict(zip(_POOLED, pooled, strict=True)),
    )


def _event_label(event: int, w: Words) -> str:
    """Count the quarters from the start: the first one begins with it."""
    if event >= 0:
        return w("report_model_effect.event_after", number=w.number(event + 1))
    return w("report_model_effect.event_before", number=w.number(-event))


def _honest_columns(scale: Scale, w: Words) -> tuple[Column, ...]:
    form = scale.difference
    return (
        Column("allowed", w("report_model_effect.column_allowed"), "number", 2),
        Column("low", w("report_model_effect.column_low"), form.kind, form.digits),
        Column("high", w("report_model_effect.column_high"), form.kind, form.digits),
        Column("breakdown", w("report_model_effect.column_breakdown"), "number", 2, internal=True),
        *internal(w, key="indicator.key", status="indicator.status"),
    )


def _honest_rows(curve: HonestCurve, scale: Scale) -> pd.DataFrame:
    known = np.isfinite(curve.low) & np.isfinite(curve.high)
    return pd.DataFrame(
        {
            "key": [f"{allowed:g}" for allowed in curve.m_bars],
            "allowed": curve.m_bars,
            "low": scale.shown(np.where(known, curve.low, np.nan)),
            "high": scale.shown(np.where(known, curve.high, np.nan)),
            "breakdown": curve.breakdown,
            "status": np.where(known, Status.SHOWN.value, Status.NO_DATA.value),
        }
    )
