"""What the exhibits on the model programme's effect share: choice, names, columns, notes."""

from dataclasses import replace
from typing import Final

from analytics.disclosure import MIN_DURATION_N
from analytics.domain.area_types import UnitKind
from analytics.domain.areas import registry
from analytics.domain.evaluation import EffectOutcome, ModelChoice
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.dimensions import unit_label
from analytics.reports.basis.making import Basis, Column, based_on
from analytics.reports.evaluation.scale import Scale, outcome_indicators

TABLES: Final = ("cases", "referrals")


def why_no_comparison(_store: ParquetStore, w: Words) -> str:
    """Return why a panel allows no estimate."""
    return w("report_model_effect.no_comparison", least=w.number(MIN_DURATION_N))


def codes(choice: ModelChoice) -> tuple[tuple[str, str], ...]:
    """Return a choice as files and addresses name it."""
    return (
        ("outcome", str(choice.outcome)),
        ("towns", str(choice.towns)),
        ("end", str(choice.end)),
        ("first_year", str(choice.first_year)),
        ("comparison", str(choice.comparison)),
    )


def based_on_model(store: ParquetStore, choice: ModelChoice, w: Words) -> Basis:
    """Return what all exhibits on the effect of a choice are based on."""
    basis = based_on(
        store,
        TABLES,
        w,
        indicators=outcome_indicators(choice.outcome),
        choice=codes(choice),
        notes=_outcome_notes(choice.outcome, w),
    )
    return replace(basis, is_coarse=store.release is Release.RELEASED)


def estimate_columns(scale: Scale, label: str, w: Words) -> tuple[Column, ...]:
    """Return the columns of an estimate with its interval, after one that says of what."""
    form = scale.difference
    return (
        Column("label", label),
        *(
            Column(name, w(f"report_model_effect.column_{name}"), form.kind, form.digits)
            for name in ("value", "low", "high")
        ),
    )


def site_label(code: str, w: Words) -> str:
    """Return the name of a unit; a town says that it is one, a split district which is its town."""
    areas = registry()
    if code in areas.split_districts:
        towns = [unit.name for unit in areas.model_units if unit.district == code]
        district = areas.district(code).name
        return w("report_model_effect.part", district=district, towns=w.join(towns))
    name = unit_label(code, w)
    if areas.unit(code).kind is UnitKind.TOWN:
        return w("report_model_effect.town", name=name)
    return name


def size_text(scale: Scale, value: float, w: Words) -> str:
    """Return a size without direction: ``2,8 Prozentpunkte``; of a ratio the one above 1."""
    shown = float(scale.shown(abs(value)))
    factor = 100 if scale.outcome is EffectOutcome.SHARE else 1
    number = w.number(factor * shown, scale.difference.digits)
    return w(f"report_model_effect.size_{scale.outcome}", value=number)


def includes_none(low: float, high: float) -> bool:
    """Return whether an interval in the panel's unit contains no difference."""
    return low <= 0 <= high


def _outcome_notes(outcome: EffectOutcome, w: Words) -> tuple[str, ...]:
    if outcome is EffectOutcome.HAZARD:
        return (w("evaluation.note_ratio"),)
    return ()
