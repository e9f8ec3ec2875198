"""How the outcome was distributed over the units before the programme."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.evaluation import ComparisonGroup, EffectOutcome
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import unit_label, units_note
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, internal, readable
from analytics.reports.basis.names import sort_key
from analytics.reports.evaluation.groups import (
    before_levels,
    before_quarters,
    group_name,
    is_compared,
    is_model,
    unit_panel,
)
from analytics.reports.evaluation.panel import Panel
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.scale import Scale, based_on_outcome

TABLES: Final = ("cases", "referrals")


def too_few(_store: ParquetStore, w: Words) -> str:
    """Return why nothing can be compared."""
    return w("report_comparison.refused_too_few")


@figure("comparison_distributions", "effect/comparison", takes.OUTCOME_AND_GROUP, "distributions")
@or_refusal("comparison_distributions", "report_comparison.distributions_name", too_few)
def distributions(
    store: ParquetStore, outcome: EffectOutcome, comparison: ComparisonGroup, w: Words
) -> Exhibit:
    """Return each unit's mean of 2015 and 2016, by group and name.

    Rows ``series`` (``model``, ``comparison``), ``section`` (the group's name), ``key, label,
    value, n`` (needs behind it), ``mean`` (of the group's units), ``status``; under four quarters
    with enough needs there is no value.
    """
    panel = unit_panel(store, outcome)
    scale = Scale(outcome)
    frame = _rows(store, panel, comparison, scale, w)
    shown = frame[frame["status"] == Status.SHOWN].groupby("series")["value"]
    means = frame.groupby("series")["mean"].first()
    medians, counts = shown.median(), shown.count()
    texts = {
        "outcome": scale.name(w),
        "group": group_name(comparison, w),
        "model": scale.level.text(means.get("model"), w),
        "others": scale.level.text(means.get("comparison"), w),
        "model_median": scale.level.text(medians.get("model"), w),
        "others_median": scale.level.text(medians.get("comparison"), w),
        "contrast": contrast(means, medians, w),
        "model_units": w.number(int(counts.get("model", 0))),
        "other_units": w.number(int(counts.get("comparison", 0))),
    }
    return based_on_outcome(store, TABLES, outcome, panel.queries, w, comparison).exhibit(
        "comparison_distributions",
        w("report_comparison.distributions_title", **texts),
        w("report_comparison.distributions_sentence", **texts).strip(),
        _columns(scale, w),
        frame,
        notes=(
            w("report_comparison.note_unit_dots", **texts),
            w("report_comparison.note_unit_means"),
            w("report_comparison.note_no_ranks"),
            units_note(w),
        ),
        alt=w("report_comparison.distributions_alt", **texts),
        measure=w("report_comparison.measure_distributions", measure=scale.name(w)),
        span="",
    )


def contrast(means: pd.Series, medians: pd.Series, w: Words) -> str:
    """Say why, if mean and median put different groups first; empty if they do not."""
    gaps = [each.get("model", np.nan) - each.get("comparison", np.nan) for each in (means, medians)]
    return w("report_comparison.mean_and_median_differ") if gaps[0] * gaps[1] < 0 else ""


def _rows(
    store: ParquetStore, panel: Panel, comparison: ComparisonGroup, scale: Scale, w: Words
) -> pd.DataFrame:
    levels = before_levels(panel)
    quarters = before_quarters(panel)
    needs = np.where(np.isfinite(panel.values), panel.needs, 0)[:, quarters].sum(1)
    is_shown = np.isfinite(levels)
    frame = pd.DataFrame(
        {
            "series": np.where(is_model(), "model", "comparison"),
            "key": panel.units,
            "label": [unit_label(unit.code, w) for unit in registry().evaluation_units],
            "value": scale.shown(levels),
            "mean": levels,
            # Every cell that counts has ten needs at least; of a unit without a level none is told.
            "n": np.where(is_shown, needs, np.nan),
            "status": np.where(is_shown, Status.SHOWN.value, Status.NO_DATA.value),
        }
    )
    frame["section"] = frame["series"].map(
        {"model": w("code.group.model"), "comparison": group_name(comparison, w)}
    )
    chosen = frame[is_model() | is_compared(store, comparison)]
    # Hazards are averaged as logarithms, as in the course and the estimate.
    means = scale.shown(chosen.groupby("series")["mean"].transform("mean"))
    chosen = chosen.assign(mean=means)
    by_name = chosen.sort_values("label", key=lambda names: names.map(sort_key), kind="stable")
    return by_name.sort_values("series", ascending=False, kind="stable", ignore_index=True)


def _columns(scale: Scale, w: Words) -> tuple[Column, ...]:
    form = scale.level
    return (
        *readable(w, section="report_comparison.group", label="report_comparison.unit"),
        Column("value", scale.name(w), form.kind, form.digits),
        Column("n", w("report_comparison.needs"), "count"),
        Column("mean", w("report_comparison.mean_of_group"), form.kind, form.digits, internal=True),
        Column("series", w("report_comparison.group_key"), internal=True),
        *internal(w, key="report_comparison.unit_code", status="indicator.status"),
    )
