"""Whether units with more filled posts show larger differences: an association, not an effect."""

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.evaluation import EffectOutcome, KimChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import unit_label
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit
from analytics.reports.basis.names import sort_key
from analytics.reports.basis.refusal import refuse_few_people
from analytics.reports.evaluation.kim_effect import KimDose, kim_dose
from analytics.reports.evaluation.kim_starts import why_no_comparison
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.scale import Scale, based_on_outcome


def _why_no_line(store: ParquetStore, w: Words) -> str:
    return w("report_kim_effect.refused_dose", why=why_no_comparison(store, w))


@figure("kim_effect_dose", "effect/kim", takes.OUTCOME, "dose")
@or_refusal("kim_effect_dose", "report_kim_effect.dose_name", _why_no_line)
def dose(store: ParquetStore, outcome: EffectOutcome, w: Words) -> Exhibit:
    """Return each unit's own difference by its filled posts, with the line through them.

    Rows ``key, label, dose`` (filled posts of module 2 per 10,000 foreign residents), ``value,
    line, line_low, line_high`` (the line at this dose under the slope and the bounds of its
    interval), ``status``; units by name, those without a difference or posts without figures.
    """
    refuse_few_people(store)
    found = kim_dose(store, KimChoice(outcome))
    scale, line = Scale(outcome), found.line
    texts = {
        "outcome": scale.name(w),
        "slope": scale.difference_text(line.slope, w),
        "range": scale.interval_text((line.low, line.high), w),
        "units": w.number(line.units),
        "dose": w.number(line.dose, 1),
    }
    unclear = line.low <= 0 <= line.high
    title = "report_kim_effect.dose_title_unclear" if unclear else "report_kim_effect.dose_title"
    return based_on_outcome(
        store, ("cases", "referrals", "posts", "population"), outcome, found.queries, w
    ).exhibit(
        "kim_effect_dose",
        w(title, **texts),
        w("report_kim_effect.dose_sentence", **texts),
        _columns(scale, w),
        _rows(found, scale, w),
        notes=(
            w("report_kim_effect.note_dose_dots", **texts),
            w("report_kim_effect.note_dose"),
            w("report_kim_effect.note_dose_towns"),
        ),
        alt=w("report_kim_effect.dose_alt", **texts),
        measure=scale.estimated_measure(w),
    )


def _rows(found: KimDose, scale: Scale, w: Words) -> pd.DataFrame:
    line = found.line
    away = found.doses - line.dose
    known = np.isfinite(found.effects) & np.isfinite(found.doses)
    bounds = np.stack([line.level + line.low * away, line.level + line.high * away])
    frame = pd.DataFrame(
        {
            "key": found.units,
            "label": [unit_label(unit, w) for unit in found.units],
            "dose": found.doses,
            "value": scale.shown(np.where(known, found.effects, np.nan)),
            "line": scale.shown(line.level + line.slope * away),
            "line_low": scale.shown(bounds.min(0)),
            "line_high": scale.shown(bounds.max(0)),
            "status": np.where(known, Status.SHOWN.value, Status.NO_DATA.value),
        }
    )
    return frame.sort_values("label", key=lambda names: names.map(sort_key), ignore_index=True)


def _columns(scale: Scale, w: Words) -> tuple[Column, ...]:
    form = scale.difference
    return (
        Column("key", w("report_kim_effect.unit_code"), internal=True),
        Column("label", w("report_kim_effect.unit")),
        Column("dose", w("report_kim_effect.dose"), "number", 2),
        Column("value", w("report_kim_effect.unit_difference"), form.kind, form.digits),
        Column("line", w("report_kim_effect.line"), form.kind, form.digits, internal=True),
        Column("line_low", w("report_kim_effect.line_low"), form.kind, form.digits, internal=True),
        Column(
            "line_high", w("report_kim_effect.line_high"), form.kind, form.digits, internal=True
        ),
        Column("status", w("indicator.status"), internal=True),
    )
