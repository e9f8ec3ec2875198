"""The analysis plan as people read it: line by line, and what will be estimated in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.domain.analysis_plan import AnalysisPlan, fixed_since, plans
from analytics.domain.area_types import UnitKind
from analytics.domain.areas import registry
from analytics.domain.evaluation import Design, EffectOutcome
from analytics.domain.vocabulary import Provenance
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, readable, stated
from analytics.reports.evaluation.scale import Scale, outcome_indicators

_GROUP: Final = 8
"""Digits of a checksum that stand together; people name it by the first of them."""

_OUTCOMES: Final = ("cases", "referrals")
"""Tables whose rows tell how an estimate will come out."""

Text = Callable[[AnalysisPlan, Words], str]


@dataclass(frozen=True, slots=True)
class Statement:
    """Sentences on one topic."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """The plan in force with all that its page, its PDF and its command tell.

    Attributes:
        plan: The version in force.
        exhibit: All versions, line by line.
        words: For each programme what is estimated, in sentences.
    """

    plan: AnalysisPlan
    exhibit: Exhibit
    words: tuple[Statement, ...]


def plan_document(w: Words) -> PlanDocument:
    """Return the plan in force, told in full."""
    versions = plans()
    newest = versions[-1]
    return PlanDocument(newest, _exhibit(versions, w), _in_words(newest, w))


@figure("analysis_plan", "effect/plan", takes.PUBLISHED)
def analysis_plan(w: Words) -> Exhibit:
    """Return one row a line of the plan, with a column for each version, the newest first.

    Columns ``section``, ``line`` and ``version_<number>`` as text; with several versions also
    ``changed``, which names those that changed the line. ``key`` is the line's code.
    """
    return plan_document(w).exhibit


def data_before_plan(store: ParquetStore, w: Words) -> str:
    """Return that real data came before the plan was fixed; empty where the snapshot shows none.

    A snapshot knows the last delivery of each sender alone: it cannot show that none came before.
    """
    fixed = fixed_since(plans())
    entries = [store.manifest.tables[name] for name in _OUTCOMES if name in store.manifest.tables]
    days = [
        delivery.delivered_at.date()
        for entry in entries
        for delivery in entry.deliveries.values()
        if delivery.provenance is Provenance.DELIVERED
    ]
    # A plan of the same day may have been written after a look at the data.
    if not days or min(days) > fixed:
        return ""
    return w("plan.after_data", fixed=w.date(fixed), delivered=w.date(min(days)))


def _exhibit(versions: Sequence[AnalysisPlan], w: Words) -> Exhibit:
    newest = versions[-1]
    shown = tuple(reversed(versions))
    has_older = len(shown) > 1
    columns = [
        *readable(w, section="plan.column_section", line="plan.column_line"),
        *(Column(_column(each), _head(each, newest, w)) for each in shown),
        *([Column("changed", w("plan.column_changed"))] if has_older else []),
        Column("key", w("indicator.key"), internal=True),
    ]
    outcomes = dict.fromkeys(outcome for each in Design for outcome in _outcomes(newest, each))
    earlier = (w("plan.note_earlier", versions=_named(shown[1:], w)),) if has_older else ()
    return stated(w("plan.source", number=newest.number, date=w.date(newest.dated)), w).exhibit(
        "analysis_plan",
        _title(newest, w),
        w(
            "plan.sentence",
            number=newest.number,
            date=w.date(newest.dated),
            checksum=short_checksum(newest),
            decision=newest.decided_by.in_language(w.language),
        ),
        tuple(columns),
        pd.DataFrame(_rows(versions, w)),
        indicators=tuple(name for each in outcomes for name in outcome_indicators(each)),
        notes=(
            *earlier,
            w("plan.note_exploratory"),
            w("plan.note_level", level=_level(newest, w)),
            w("plan.note_kim"),
            w("plan.note_date"),
        ),
    )


def short_checksum(plan: AnalysisPlan) -> str:
    """Return the beginning of a version's checksum, by which people name it."""
    return plan.checksum[:_GROUP]


def _column(plan: AnalysisPlan) -> str:
    return f"version_{plan.number}"


def _head(plan: AnalysisPlan, newest: AnalysisPlan, w: Words) -> str:
    name = "applied" if plan is newest else "replaced"
    return w(f"plan.version_{name}", number=plan.number)


def _title(plan: AnalysisPlan, w: Words) -> str:
    model, kim = (Scale(choice.outcome).name(w) for choice in (plan.model, plan.kim))
    if model == kim:
        return w("plan.title", outcome=model)
    return w("plan.title_two", model=model, kim=kim)


def _rows(versions: Sequence[AnalysisPlan], w: Words) -> Iterator[dict[str, str]]:
    for section, name, text in _lines():
        told = [text(plan, w) for plan in versions]
        changed = [
            str(plan.number)
            for plan, before, now in zip(versions[1:], told, told[1:], strict=False)
            if before != now
        ]
        cells = {_column(plan): cell for plan, cell in zip(versions, told, strict=True)}
        yield {
            "section": w(f"plan.section_{section}"),
            "line": w(f"plan.line_{name}"),
            "changed": w("plan.changed", versions=w.join(changed)) if changed else "–",
            "key": f"{section}_{name}",
            **cells,
        }


def _lines() -> Iterator[tuple[str, str, Text]]:
    """Yield section, name and text of each line, in the order in which they are read."""
    yield "model", "primary", lambda plan, w: Scale(plan.model.outcome).name(w)
    yield "model", "first_year", lambda plan, w: str(plan.model.first_year)
    yield "model", "end", lambda plan, w: w.month(plan.model.end.first_day)
    yield "model", "towns", lambda plan, w: w(f"effect.towns_{plan.model.towns}")
    yield "model", "comparison", lambda plan, w: w(f"effect.comparison_{plan.model.comparison}")
    yield "model", "secondary", lambda plan, w: _secondary(plan, Design.MODEL_PROJECT, w)
    yield "kim", "primary", lambda plan, w: Scale(plan.kim.outcome).name(w)
    yield "kim", "secondary", lambda plan, w: _secondary(plan, Design.KIM_ROLLOUT, w)
    yield "both", "level", _level
    yield "both", "correction", lambda _, w: w("plan.holm")
    yield "version", "dated", lambda plan, w: w.date(plan.dated)
    yield "version", "decision", lambda plan, w: plan.decided_by.in_language(w.language)
    yield "version", "may_change", lambda plan, w: plan.may_change.in_language(w.language)
    yield "version", "reason", lambda plan, w: plan.reason.in_language(w.language)
    yield "version", "checksum", lambda plan, _: _grouped(plan.checksum)


def _level(plan: AnalysisPlan, w: Words) -> str:
    return w.percent(plan.level, 0 if round(plan.level * 100, 6).is_integer() else 1)


def _grouped(digest: str) -> str:
    """Return a digest in groups: they can be compared by eye, and lines break between them."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def _named(versions: Sequence[AnalysisPlan], w: Words) -> str:
    return w.join(
        [
            w(
                "plan.named",
                number=plan.number,
                date=w.date(plan.dated),
                checksum=short_checksum(plan),
            )
            for plan in versions
        ]
    )


def _outcomes(plan: AnalysisPlan, design: Design) -> tuple[EffectOutcome, ...]:
    planned = plan.model if design is Design.MODEL_PROJECT else plan.kim
    return (planned.outcome, *plan.secondary[design])


def _secondary(plan: AnalysisPlan, design: Design, w: Words) -> str:
    names = [Scale(outcome).name(w) for outcome in plan.secondary[design]]
    return "; ".join(names) or w("plan.no_secondary")


def _in_words(plan: AnalysisPlan, w: Words) -> tuple[Statement, ...]:
    choice = plan.model
    towns = [unit.name for unit in registry().model_units if unit.kind is UnitKind.TOWN]
    model = (
        w("plan.words_primary", outcome=Scale(choice.outcome).name(w)),
        w(f"plan.words_against_{choice.comparison}"),
        w(
            "plan.words_needs",
            first=w.month(choice.period.start),
            last=w.month(choice.end.first_day),
        ),
        w(f"plan.words_towns_{choice.towns}", towns=w.join(towns)),
        _secondary_in_words(plan, Design.MODEL_PROJECT, w),
    )
    kim = (
        w("plan.words_primary", outcome=Scale(plan.kim.outcome).name(w)),
        w("plan.words_staggered"),
        _secondary_in_words(plan, Design.KIM_ROLLOUT, w),
    )
    return (
        Statement(w("plan.section_model"), " ".join(model)),
        Statement(w("plan.section_kim"), " ".join(kim)),
    )


def _secondary_in_words(plan: AnalysisPlan, design: Design, w: Words) -> str:
    names = [w("plan.quoted", name=Scale(outcome).name(w)) for outcome in plan.secondary[design]]
    if not names:
        return w("plan.words_no_secondary")
    message = "plan.words_secondary" if len(names) > 1 else "plan.words_one_secondary"
    return w(message, outcomes=w.join(names))
