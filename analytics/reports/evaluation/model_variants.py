"""The estimate under other choices and without each site, as exhibits."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.evaluation import LAST_MONTHS, ModelChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, internal
from analytics.reports.basis.names import sort_key
from analytics.reports.evaluation.few_units import refuse_few
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.model_parts import (
    based_on_model,
    estimate_columns,
    includes_none,
    site_label,
    why_no_comparison,
)
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.robustness import (
    Sensitivity,
    WithoutSite,
    model_sensitivities,
    without_each_site,
)
from analytics.reports.evaluation.scale import Scale
from analytics.stats import did

HEADLINE: Final = "headline"


@figure("model_sensitivities", "effect/model", takes.MODEL, "forest")
@or_refusal("model_sensitivities", "report_model_effect.variants_name", why_no_comparison)
def sensitivities(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return the chosen estimate first, then what each other choice makes of it.

    Rows ``key, label, value, low, high, treated, controls, reason, status``; a refused one has no
    figures and says why.
    """
    tried = [each for each in model_sensitivities(store, choice) if _is_shown(each)]
    found = model_effect(store, choice)
    scale = Scale(choice.outcome)
    estimated = [each for each in tried if not each.is_refused]
    refused = len(tried) - len(estimated)
    loose = sum(includes_none(each.low, each.high) for each in estimated)
    return based_on_model(store, choice, w).exhibit(
        "model_sensitivities",
        w(
            "report_model_effect.variants_title",
            count=w.number(len(estimated)),
            range=_spread(estimated, scale, w),
        ),
        w(
            "report_model_effect.variants_sentence",
            estimate=scale.difference_text(found.effect.estimate, w),
            range=scale.interval_text((found.effect.low, found.effect.high), w),
            needs=w.number(found.data.panel.counted),
            loose=_loose(loose, len(estimated), w),
            refused=w("report_model_effect.refused_some", count=w.number(refused))
            if refused
            else "",
        ).strip(),
        (
            *estimate_columns(scale, w("report_model_effect.column_variant"), w),
            Column("treated", w("report_model_effect.column_treated"), "number"),
            Column("controls", w("report_model_effect.column_controls"), "number"),
            Column("reason", w("report_model_effect.column_reason")),
            *internal(w, key="indicator.key", status="indicator.status"),
        ),
        _variant_rows(tried, scale, w),
        notes=(
            w("report_model_effect.note_variants"),
            w("report_model_effect.note_refused"),
            *(() if refused else (w("report_model_effect.refused_none"),)),
        ),
        queries=found.data.queries,
        measure=scale.estimated_measure(w),
    )


@figure("model_without_site", "effect/model", takes.MODEL, "forest")
@or_refusal("model_without_site", "report_model_effect.sites_name", why_no_comparison)
def without_site(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return the estimate without each model site, by name.

    Rows ``key, label, value, low, high, status``, the estimate with all of them first.
    """
    left_out = without_each_site(store, choice)
    refuse_few(store, len(left_out) - 1)
    found = model_effect(store, choice)
    scale = Scale(choice.outcome)
    loose = sum(includes_none(each.low, each.high) for each in left_out)
    return based_on_model(store, choice, w).exhibit(
        "model_without_site",
        w("report_model_effect.sites_title", range=_spread(left_out, scale, w)),
        w(
            "report_model_effect.sites_sentence",
            estimate=scale.difference_text(found.effect.estimate, w),
            range=scale.interval_text((found.effect.low, found.effect.high), w),
            needs=w.number(found.data.panel.counted),
            loose=_loose(loose, len(left_out), w),
        ),
        (
            *estimate_columns(scale, w("report_model_effect.column_without"), w),
            *internal(w, key="indicator.key", status="indicator.status"),
        ),
        _site_rows(found.effect, left_out, scale, w),
        notes=(
            w("report_model_effect.note_left_out", count=w.number(len(left_out))),
            w("report_model_effect.note_sites"),
        ),
        queries=found.data.queries,
        measure=scale.estimated_measure(w),
    )


def _is_shown(tried: Sensitivity) -> bool:
    """Leave out the choice itself, which is the headline, where it is named once more."""
    return tried.id == HEADLINE or not tried.is_chosen


def _spread(tried: Sequence[Sensitivity] | Sequence[WithoutSite], scale: Scale, w: Words) -> str:
    values = [each.estimate for each in tried]
    return scale.interval_text((min(values), max(values)), w)


def _loose(count: int, of: int, w: Words) -> str:
    if count == 0:
        return w("report_model_effect.loose_none")
    return w("report_model_effect.loose_some", count=w.number(count), of=w.number(of))


def _variant_rows(tried: Sequence[Sensitivity], scale: Scale, w: Words) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "key": [each.id for each in tried],
            "label": [_variant_label(each.id, w) for each in tried],
            "value": scale.shown([each.estimate for each in tried]),
            "low": scale.shown([each.low for each in tried]),
            "high": scale.shown([each.high for each in tried]),
            "treated": [float(each.treated) for each in tried],
            "controls": [float(each.controls) for each in tried],
        }
    )
    refused = np.array([each.is_refused for each in tried])
    return frame.assign(
        treated=frame["treated"].mask(refused),
        controls=frame["controls"].mask(refused),
        reason=np.where(refused, w("report_model_effect.reason_refused"), ""),
        status=np.where(refused, Status.NO_DATA.value, Status.SHOWN.value),
    )


def _variant_label(name: str, w: Words) -> str:
    kind, _, code = name.partition("_")
    match kind:
        case "towns" | "comparison":
            text = w(f"effect.{name}")
            return w(f"report_model_effect.variant_{kind}", choice=text)
        case "end":
            end = next(month for month in LAST_MONTHS if str(month.year) == code)
            return w("report_model_effect.variant_end", month=w.month(end.first_day))
        case "from":
            return w("report_model_effect.variant_from", year=code)
        case _:
            return w(f"report_model_effect.variant_{name}")


def _site_rows(
    all_sites: did.Effect, left_out: Sequence[WithoutSite], scale: Scale, w: Words
) -> pd.DataFrame:
    by_name = sorted(left_out, key=lambda each: sort_key(site_label(each.unit, w)))
    figures = [(all_sites.estimate, all_sites.low, all_sites.high)]
    figures += [(each.estimate, each.low, each.high) for each in by_name]
    frame = pd.DataFrame(scale.shown(figures), columns=["value", "low", "high"])
    names = [w("report_model_effect.without", name=site_label(each.unit, w)) for each in by_name]
    return frame.assign(
        key=[HEADLINE, *(each.unit for each in by_name)],
        label=[w("report_model_effect.all_sites"), *names],
        status=Status.SHOWN.value,
    )
