"""Synthetic difference in differences as exhibits: both paths, and whose weight is how large."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.evaluation import COMMON_START, ModelChoice
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import p_text
from analytics.reports.basis.making import Column, Exhibit, internal
from analytics.reports.basis.names import sort_key
from analytics.reports.evaluation.few_units import effective, refuse_few
from analytics.reports.evaluation.model_effect import ModelPanel, model_effect
from analytics.reports.evaluation.model_parts import (
    based_on_model,
    site_label,
    why_no_comparison,
)
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.robustness import model_synthetic
from analytics.reports.evaluation.scale import Scale
from analytics.stats.synthetic import Synthetic

LARGEST: Final = 10
"""Weights that are named; the others are one row."""
_POOR_FIT: Final = 0.05
REST: Final = "rest"
EQUAL: Final = "equal"


@figure("model_synthetic", "effect/model", takes.MODEL, "path")
@or_refusal("model_synthetic", "report_model_effect.synthetic_name", why_no_comparison)
def synthetic_path(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return the mean outcome of the model sites and of the weighted comparison, by quarter.

    Rows ``series`` (``model``, ``comparison``), ``label, period, value, low, high, status,
    provisional``; there are no intervals of single quarters.
    """
    found = model_synthetic(store, choice)
    refuse_few(store, len(found.treated_units), effective(found.weights))
    data = model_effect(store, choice).data
    scale = Scale(choice.outcome)
    texts = {
        "estimate": scale.difference_text(found.estimate, w),
        "range": scale.interval_text((found.low, found.high), w),
    }
    return based_on_model(store, choice, w).exhibit(
        "model_synthetic",
        w("report_model_effect.synthetic_title", **texts),
        w(
            "report_model_effect.synthetic_sentence",
            treated=w.number(len(found.treated_units)),
            controls=w.number(len(found.units)),
            needs=w.number(_needs(found, data)),
            **texts,
        ),
        _path_columns(scale, w),
        _path_rows(found, data, scale, w),
        notes=(
            w("report_model_effect.note_weighted", start=w.quarter(COMMON_START.first_day)),
            w("report_model_effect.note_synthetic"),
            w("report_model_effect.note_synthetic_level"),
            _fit_note(found, w),
        ),
        queries=data.queries,
    )


@figure("model_synthetic_weights", "effect/model", takes.MODEL, "weights")
@or_refusal("model_synthetic_weights", "report_model_effect.weights_name", why_no_comparison)
def synthetic_weights(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return the largest weights by name, and what is left as one row.

    Rows ``key`` (unit), ``label, value`` (share of all weights), ``low, high, status``; ``rest``
    are all others together, ``equal`` is what each would have without weighting.
    """
    found = model_synthetic(store, choice)
    refuse_few(store, len(found.treated_units), effective(found.weights))
    data = model_effect(store, choice).data
    frame = _weight_rows(found, data, w)
    named = frame[~frame["key"].isin((REST, EQUAL))]
    return based_on_model(store, choice, w).exhibit(
        "model_synthetic_weights",
        w(
            "report_model_effect.weights_title",
            named=w.number(len(named)),
            share=w.percent(float(named["value"].sum())),
        ),
        w(
            "report_model_effect.weights_sentence",
            controls=w.number(len(found.units)),
            equal=w.percent(1 / len(found.units), 1),
            largest=w.percent(float(named["value"].max()), 1),
            needs=w.number(_needs(found, data)),
        ),
        (
            Column("label", w("report_model_effect.column_comparison_unit")),
            Column("value", w("report_model_effect.column_weight"), "share", 1),
            *internal(w, key="indicator.key", status="indicator.status"),
        ),
        frame,
        notes=(
            w("report_model_effect.note_weight_meaning"),
            w("report_model_effect.note_weights"),
        ),
        queries=data.queries,
        measure=w("report_model_effect.measure_weights"),
    )


def _fit_note(found: Synthetic, w: Words) -> str:
    """Say whether the weights reproduce the sites' course before, or why that is unknown."""
    if found.fit_p is None:
        return w("report_model_effect.note_fit_unknown")
    kind = "poor" if found.fit_p <= _POOR_FIT else "usual"
    return w(f"report_model_effect.note_fit_{kind}", p=p_text(found.fit_p, w))


def _needs(found: Synthetic, data: ModelPanel) -> int:
    rows = np.concatenate([found.treated_units, found.units])
    return data.panel.number_in(rows)


def _path_columns(scale: Scale, w: Words) -> tuple[Column, ...]:
    form = scale.level
    return (
        Column("label", w("dimension.group")),
        Column("period", w("dimension.quarter"), "quarter"),
        Column("value", scale.name(w), form.kind, form.digits),
        Column("series", w("indicator.key"), internal=True),
        Column("status", w("indicator.status"), internal=True),
    )


def _path_rows(found: Synthetic, data: ModelPanel, scale: Scale, w: Words) -> pd.DataFrame:
    quarters = list(data.panel.quarters)
    count = len(quarters)
    labels = [w(f"report_model_effect.path_{name}") for name in ("model", "synthetic")]
    return pd.DataFrame(
        {
            "series": np.repeat([Group.MODEL.value, Group.COMPARISON.value], count),
            "label": np.repeat(labels, count),
            "period": quarters + quarters,
            "value": scale.shown(np.concatenate([found.treated, found.synthetic])),
            "low": np.nan,
            "high": np.nan,
            "status": Status.SHOWN.value,
            "provisional": False,
        }
    )


def _weight_rows(found: Synthetic, data: ModelPanel, w: Words) -> pd.DataFrame:
    order = np.argsort(-found.weights, kind="stable")
    chosen, others = order[:LARGEST], order[LARGEST:]
    codes = [data.panel.units[row] for row in found.units[chosen]]
    named = pd.DataFrame(
        {
            "key": codes,
            "label": [site_label(code, w) for code in codes],
            "value": found.weights[chosen],
        }
    ).sort_values("label", key=lambda labels: labels.map(sort_key), ignore_index=True)
    others_together = (
        REST,
        w("report_model_effect.weights_rest", count=w.number(len(others))),
        found.weights[others].sum(),
    )
    equal = (EQUAL, w("report_model_effect.weights_equal"), 1 / len(found.units))
    added = [others_together, equal] if len(others) else [equal]
    rows = [named, pd.DataFrame(added, columns=["key", "label", "value"])]
    frame = pd.concat(rows, ignore_index=True)
    return frame.assign(low=np.nan, high=np.nan, status=Status.SHOWN.value)
