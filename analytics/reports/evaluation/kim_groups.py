"""KIM's effect by quarter of start and quarter, refused where too few had not started yet."""

from datetime import date

import numpy as np
import pandas as pd
from scipy import stats

from analytics.domain.estimates import Status
from analytics.domain.evaluation import EffectOutcome, KimChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, estimated, internal, readable
from analytics.reports.evaluation.few_units import FEW_UNITS, LEAST_UNITS, refused_as
from analytics.reports.evaluation.kim_effect import KimEffect, kim_effect
from analytics.reports.evaluation.kim_starts import why_no_comparison
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.scale import Scale, based_on_outcome
from analytics.stats.staggered import LEAST_POOL, GroupTimeEffect


@figure("kim_effect_groups", "effect/kim", takes.OUTCOME, "group_times")
@or_refusal("kim_effect_groups", "report_kim_effect.groups_name", why_no_comparison)
def group_times(store: ParquetStore, outcome: EffectOutcome, w: Words) -> Exhibit:
    """Return the effect on the units of each start quarter, quarter by quarter from then on.

    Rows ``start, period`` (first days), ``value, low, high, n`` (units that started), ``pool``
    (units that had not), ``refused`` (code), ``reason, status``. A refused row has no figures: its
    status is ``no_data``, or ``suppressed`` where it rests on too few units to be released, and
    ``reason`` says why.
    """
    found = kim_effect(store, KimChoice(outcome))
    scale = Scale(outcome)
    frame = _rows(store, found, scale, w)
    refused = int((frame["refused"] != "").sum())
    small = int((frame["refused"] == "small_pool").sum())
    texts = {
        "cells": w.number(len(frame)),
        "refused": w.number(refused),
        "estimated": w.number(len(frame) - refused),
        "small": w.number(small),
        "least": w.number(LEAST_POOL),
    }
    return based_on_outcome(
        store, ("cases", "referrals", "rollout"), outcome, found.queries, w, is_estimate=True
    ).exhibit(
        "kim_effect_groups",
        w("report_kim_effect.groups_title", **texts),
        w("report_kim_effect.groups_sentence", **texts),
        _columns(scale, w),
        frame,
        notes=(
            w("report_kim_effect.note_cells"),
            w("report_kim_effect.note_groups"),
            w("report_kim_effect.note_single"),
        ),
        alt=w("report_kim_effect.groups_alt", **texts),
        measure=scale.estimated_measure(w),
    )


def _rows(store: ParquetStore, found: KimEffect, scale: Scale, w: Words) -> pd.DataFrame:
    quarters = found.panel.quarters
    effects = [each for each in found.result.effects if each.quarter >= each.start]
    margin = float(stats.t.ppf(0.975, found.result.average.freedom))
    refused = np.array([refused_as(store, each) for each in effects], dtype=object)
    few = refused == FEW_UNITS
    values = np.array([each.estimate for each in effects], dtype=np.float64)
    values[few] = np.nan
    errors = np.array([each.error for each in effects], dtype=np.float64)
    return pd.DataFrame(
        {
            "start": pd.to_datetime([quarters[each.start] for each in effects]),
            "period": pd.to_datetime([quarters[each.quarter] for each in effects]),
            "value": scale.shown(values),
            "low": scale.shown(values - margin * errors),
            "high": scale.shown(values + margin * errors),
            "n": [each.units for each in effects],
            "pool": [each.pool for each in effects],
            "refused": refused,
            "reason": [
                _reason(each, code, quarters[each.quarter], w)
                for each, code in zip(effects, refused, strict=True)
            ],
            "status": np.select(
                [refused == "", few],
                [Status.SHOWN.value, Status.SUPPRESSED.value],
                default=Status.NO_DATA.value,
            ),
        }
    )


def _reason(effect: GroupTimeEffect, refused: str, quarter: date, w: Words) -> str:
    match refused:
        case "":
            return ""
        case "few_units":
            return w("report_kim_effect.refused_few_units", least=w.number(LEAST_UNITS))
        case "small_pool":
            return w(
                "report_kim_effect.refused_small_pool",
                pool=w.number(effect.pool),
                least=w.number(LEAST_POOL),
            )
        case "no_base":
            return w("report_kim_effect.refused_group_no_base")
        case _:
            return w("report_kim_effect.refused_no_units", quarter=w.quarter(quarter))


def _columns(scale: Scale, w: Words) -> tuple[Column, ...]:
    form = scale.difference
    return (
        Column("start", w("report_kim_effect.start"), "quarter"),
        Column("period", w("report_kim_effect.quarter"), "quarter"),
        *estimated(scale.estimate_label(w), form.kind, form.digits, w),
        # Units are offices, not people: the rule on small counts does not apply to them.
        *readable(w, "number", n="report_kim_effect.started_units", pool="report_kim_effect.pool"),
        Column("reason", w("report_kim_effect.reason")),
        *internal(w, refused="report_kim_effect.reason_code", status="indicator.status"),
    )
