"""The model programme's estimate as exhibits: what could be found, what was, the placebo rank."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.evaluation import ModelChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import units_note
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import P_DIGITS, p_text
from analytics.reports.basis.making import Column, Exhibit, internal
from analytics.reports.evaluation.effect_halves import (
    SIDES,
    Told,
    effect_halves,
    halves_text,
    halves_told,
)
from analytics.reports.evaluation.model_effect import ModelEffect, model_effect
from analytics.reports.evaluation.model_parts import (
    based_on_model,
    estimate_columns,
    includes_none,
    size_text,
    why_no_comparison,
)
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.scale import Scale
from analytics.stats.halves import Change

_BARS: Final = 8
"""Bars of the placebo picture between zero and the critical value, so that none lies astride."""
_LEAST_REACH: Final = 4.0
_P_VALUES: Final = ("placebo_p", "wild_p")


@figure("model_estimate", "effect/model", takes.MODEL, "estimate")
@or_refusal("model_estimate", "report_model_effect.estimate_name", why_no_comparison)
def estimate(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return the estimate beside what could have been found, and what both stand on.

    Rows ``key, label, value, low, high, status, unit, digits``: ``estimate``, ``treated`` and
    ``others`` (its two halves, where it has them), ``detectable`` (differences, or ratios of
    hazards), the p values, and the numbers behind them.
    """
    found = model_effect(store, choice)
    told = effect_halves(store, choice)
    scale, effect = Scale(choice.outcome), found.effect
    interval = (effect.low, effect.high)
    size = size_text(scale, found.detectable, w)
    is_open = includes_none(*interval)
    judgement = w(f"report_model_effect.interval_{'includes' if is_open else 'excludes'}")
    texts = {
        "estimate": scale.difference_text(effect.estimate, w),
        "range": scale.interval_text(interval, w),
    }
    return based_on_model(store, choice, w).exhibit(
        "model_estimate",
        w(f"report_model_effect.estimate_title_{choice.outcome}", **texts),
        w(
            "report_model_effect.estimate_sentence",
            **texts,
            size=size,
            needs=w.number(found.data.panel.counted),
            halves=halves_told(told, scale, w),
            judgement=judgement if is_open else "",
        ).strip(),
        (
            *estimate_columns(scale, w("report_model_effect.column_measure"), w),
            Column("unit", w("report_model_effect.column_unit"), internal=True),
            Column("digits", w("report_model_effect.column_digits"), internal=True),
            *internal(w, key="indicator.key", status="indicator.status"),
        ),
        _estimate_rows(found, told, scale, w),
        notes=(
            w(
                "report_model_effect.note_estimate",
                reading=w(f"report_model_effect.reading_{choice.outcome}"),
                judgement=judgement,
                basis=_basis(found, w),
            ),
            *_notes_on_halves(told, scale, w),
            w("report_model_effect.note_design"),
            w("report_model_effect.note_error"),
            w("report_model_effect.note_detectable_size", size=size),
            w("report_model_effect.note_detectable"),
            w("report_model_effect.note_missing"),
            units_note(w),
        ),
        queries=found.data.queries,
        measure=scale.estimated_measure(w),
    )


@figure("model_placebo", "effect/model", takes.MODEL, "placebo")
@or_refusal("model_placebo", "report_model_effect.placebo_name", why_no_comparison)
def placebo(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return how often each size of statistic came up when the label was drawn at random.

    Rows ``key, label, low, high`` (standard errors), ``value`` (draws), ``status``; columns
    ``statistic`` and ``critical`` hold the true statistic and what 5 % of the draws exceed.
    """
    found = model_effect(store, choice)
    rank = found.placebo
    counts = _rank(found, w)
    kind = "none" if counts["beyond"] == "0" else "one" if counts["beyond"] == "1" else "some"
    return based_on_model(store, choice, w).exhibit(
        "model_placebo",
        w(f"report_model_effect.placebo_title_{kind}", **counts),
        w(
            "report_model_effect.placebo_sentence",
            critical=w.number(rank.critical, 1),
            statistic=w.signed(rank.statistic, 1),
            p=p_text(rank.p, w),
            wild=p_text(found.wild.p, w),
        ),
        (
            Column("low", w("report_model_effect.column_from"), "number", 2),
            Column("high", w("report_model_effect.column_to"), "number", 2),
            Column("value", w("report_model_effect.column_draws"), "number"),
            Column(
                "statistic", w("report_model_effect.column_statistic"), "number", 2, internal=True
            ),
            Column(
                "critical", w("report_model_effect.column_critical"), "number", 2, internal=True
            ),
            *internal(w, key="indicator.key", status="indicator.status"),
        ),
        _placebo_rows(found, w),
        notes=(
            w(
                "report_model_effect.note_lots",
                treated=w.number(len(found.effect.units)),
                units=w.number(len(found.data.starts)),
                draws=counts["draws"],
            ),
            w("report_model_effect.note_placebo", seed=str(choice.seed)),
            w("report_model_effect.note_wild"),
            units_note(w),
        ),
        queries=found.data.queries,
        measure=Scale(choice.outcome).estimated_measure(w),
    )


def _notes_on_halves(told: Told, scale: Scale, w: Words) -> list[str]:
    if told.halves:
        return [halves_text(told, scale, w), w("report_model_effect.note_halves")]
    return [w("report_model_effect.note_no_halves_hazard")] if told.reason == "hazard" else []


def _basis(found: ModelEffect, w: Words) -> str:
    return w(
        "report_model_effect.basis",
        treated=w.number(len(found.effect.units)),
        controls=w.number(found.effect.controls),
        quarters=w.number(len(found.data.panel.quarters)),
        needs=w.number(found.data.panel.counted),
    )


def _rank(found: ModelEffect, w: Words) -> dict[str, str]:
    """Return how many of the random assignments reach the true statistic."""
    draws = int(np.isfinite(found.placebo.draws).sum())
    beyond = round(found.placebo.p * (draws + 1)) - 1
    return {"beyond": w.number(beyond), "draws": w.number(draws)}


def _estimate_rows(found: ModelEffect, told: Told, scale: Scale, w: Words) -> pd.DataFrame:
    effect, nothing = found.effect, float("nan")
    size = found.detectable * found.choice.outcome.faster_is
    differences = {"estimate": (effect.estimate, effect.low, effect.high)}
    for side in SIDES if told.halves else ():
        change: Change = getattr(told.halves, side)
        differences[side] = (change.estimate, change.low, change.high)
    differences["detectable"] = (size, nothing, nothing)
    numbers = {
        "placebo_p": (found.placebo.p, P_DIGITS),
        "wild_p": (found.wild.p, P_DIGITS),
        "sites": (len(effect.units), 0),
        "controls": (effect.controls, 0),
        "quarters": (len(found.data.panel.quarters), 0),
        "needs": (found.data.panel.counted, 0),
    }
    form = scale.difference
    rows = [
        (key, *scale.shown(values).tolist(), form.kind, form.digits)
        for key, values in differences.items()
    ]
    rows += [
        (key, float(value), nothing, nothing, "p" if key in _P_VALUES else "number", digits)
        for key, (value, digits) in numbers.items()
    ]
    frame = pd.DataFrame(rows, columns=["key", "value", "low", "high", "unit", "digits"])
    labels = [w(f"report_model_effect.measure_{key}") for key in frame["key"]]
    return frame.assign(label=labels, status=Status.SHOWN.value)


def _placebo_rows(found: ModelEffect, w: Words) -> pd.DataFrame:
    rank = found.placebo
    draws = rank.draws[np.isfinite(rank.draws)]
    reach = max(_LEAST_REACH, float(np.abs(draws).max()))
    width = rank.critical / _BARS
    count = int(np.ceil(reach / width))
    edges = np.arange(-count, count + 1) * width
    frame = pd.DataFrame(
        {"low": edges[:-1], "high": edges[1:], "value": np.histogram(draws, edges)[0]}
    )
    ends = zip(frame["low"], frame["high"], strict=True)
    labels = [w("estimate.from_to", low=w.number(a, 2), high=w.number(b, 2)) for a, b in ends]
    return frame.assign(
        key=frame["low"].map("{:.2f}".format),
        label=labels,
        statistic=rank.statistic,
        critical=rank.critical,
        status=Status.SHOWN.value,
    )
