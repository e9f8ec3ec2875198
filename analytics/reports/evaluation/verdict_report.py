"""Darf ich das sagen? The rules with the values of an estimate, and what they allow."""

from dataclasses import dataclass
from math import isfinite
from typing import Final

import pandas as pd

from analytics.domain.analysis_plan import Role
from analytics.domain.evaluation import Design, KimChoice, ModelChoice
from analytics.domain.verdict import Level
from analytics.i18n import LANGUAGES, Words, words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, readable
from analytics.reports.evaluation.assumption_words import violation
from analytics.reports.evaluation.assumptions import Weakness
from analytics.reports.evaluation.judging import Check, Verdict, kim_verdict, model_verdict
from analytics.reports.evaluation.kim_effect import kim_effect
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.panel import NoPanelError
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.rule_words import limit_text, value_text
from analytics.reports.evaluation.sayings import Unsupported, further, short, statement, unsupported
from analytics.reports.evaluation.scale import outcome_indicators
from analytics.stats.did import NoComparisonError
from analytics.stats.hazard import NotConvergedError

Choice = ModelChoice | KimChoice

_TABLES: Final = {
    Design.MODEL_PROJECT: ("cases", "referrals", "comparability", "population"),
    Design.KIM_ROLLOUT: ("cases", "referrals", "rollout", "comparability"),
}


@dataclass(frozen=True, slots=True)
class Sayings:
    """What one may and may not say.

    Attributes:
        level: What the rules allow.
        role: What the analysis plan says about the choice.
        label: The level in words, or that the choice is exploratory.
        short: The statement in a few words.
        statement: The strongest sentence on the effect, in the language of the page.
        to_copy: Ready sentences by language code: the statement and what belongs to it; none for a
            choice outside the analysis plan.
        unsupported: Sentences that are not supported, with reasons.
    """

    level: Level
    role: Role
    label: str
    short: str
    statement: str
    to_copy: tuple[tuple[str, str], ...]
    unsupported: tuple[Unsupported, ...]


def design_of(choice: Choice) -> Design:
    """Return the design that a choice belongs to."""
    return Design.MODEL_PROJECT if isinstance(choice, ModelChoice) else Design.KIM_ROLLOUT


def verdict_of(store: ParquetStore, choice: Choice) -> Verdict:
    """Judge a choice; raises as the estimate does."""
    if isinstance(choice, ModelChoice):
        return model_verdict(store, choice)
    return kim_verdict(store, choice)


def sayings(store: ParquetStore, choice: Choice, w: Words) -> Sayings | None:
    """Return the sentences of a choice, or None where no estimate is possible."""
    try:
        verdict = verdict_of(store, choice)
    except (NoPanelError, NoComparisonError, NotConvergedError):
        return None
    synthetic = store.manifest.is_synthetic

    def ready(in_language: Words) -> str:
        first = statement(verdict, in_language, synthetic=synthetic)
        return " ".join((first, *further(verdict, in_language)))

    is_planned = verdict.role is not Role.EXPLORATORY
    role = w(f"verdict.role_{verdict.role}")
    return Sayings(
        level=verdict.level,
        role=verdict.role,
        label=w(f"verdict.level_{verdict.level}") if is_planned else role,
        short=short(verdict, w),
        statement=statement(verdict, w, synthetic=synthetic),
        to_copy=tuple((code, ready(words(code))) for code in LANGUAGES if is_planned),
        unsupported=unsupported(verdict, w),
    )


def _why_no_comparison(store: ParquetStore, w: Words) -> str:
    return w("verdict.no_comparison")


@figure("verdict", "effect/verdict", takes.MODEL)
@or_refusal("verdict", "verdict.refused_name", _why_no_comparison)
def rule_table(store: ParquetStore, choice: Choice, w: Words) -> Exhibit:
    """Return one row a rule: ``rule, why, value, limit, level_label, level`` as text."""
    verdict = verdict_of(store, choice)
    design = design_of(choice)
    synthetic = store.manifest.is_synthetic
    made_up = (w("verdict.note_synthetic"),) if synthetic else ()
    return based_on(store, _TABLES[design], w).exhibit(
        "verdict",
        _title(verdict, w),
        w("verdict.rules_sentence"),
        (
            Column("rule", w("verdict.column_rule")),
            *readable(w, value="verdict.column_value", limit="verdict.column_limit"),
            *readable(w, level_label="verdict.column_level", why="verdict.column_why"),
            Column("level", w("verdict.column_level"), internal=True),
        ),
        pd.DataFrame(_row(c, w) for c in verdict.checks),
        indicators=outcome_indicators(choice.outcome),
        notes=(
            *made_up,
            w("verdict.note_outcomes"),
            w("verdict.note_rules"),
            w("verdict.note_simulation"),
        ),
        queries=_queries(store, choice),
        choice=choice_codes(choice),
    )


def _title(verdict: Verdict, w: Words) -> str:
    if verdict.role is Role.EXPLORATORY:
        return w("verdict.role_exploratory")
    limiting = len(verdict.limited_by(verdict.level))
    if verdict.level is Level.COMPATIBLE and not limiting:
        return w("verdict.title_secondary")
    counts = {"rules": w.number(len(verdict.checks)), "limiting": w.number(limiting)}
    used = counts if verdict.level is not Level.SHOWN else {"rules": counts["rules"]}
    return w(f"verdict.title_{verdict.level}", **used)


@figure("verdict_assumptions", "effect/verdict", takes.MODEL)
@or_refusal("verdict_assumptions", "verdict.assumptions_refused", _why_no_comparison)
def assumption_table(store: ParquetStore, choice: Choice, w: Words) -> Exhibit:
    """Return one row an assumption, the most doubtful first.

    Columns as text: ``assumption, tipping, largest, explains, carries``.
    """
    verdict = verdict_of(store, choice)
    carried = verdict.carried_by
    others = [each for each in verdict.weaknesses if each not in carried]
    named = w.join([w(f"verdict.assumption_{each.assumption}") for each in carried])
    return based_on(store, _TABLES[design_of(choice)], w).exhibit(
        "verdict_assumptions",
        w("verdict.assumptions_title", names=named),
        w("verdict.assumptions_sentence"),
        _assumption_columns(w),
        pd.DataFrame(
            _assumption_row(each, verdict, carries=each in carried, w=w)
            for each in (*carried, *others)
        ),
        indicators=outcome_indicators(choice.outcome),
        notes=(
            w("verdict.note_assumptions"),
            w("verdict.note_slow_drift"),
            w("verdict.note_share_scale"),
        ),
        queries=_queries(store, choice),
        choice=choice_codes(choice),
    )


def _assumption_columns(w: Words) -> tuple[Column, ...]:
    names = ("assumption", "tipping", "largest", "explains", "carries")
    return tuple(Column(name, w(f"verdict.column_{name}")) for name in names)


def _assumption_row(
    weakness: Weakness, verdict: Verdict, *, carries: bool, w: Words
) -> dict[str, str]:
    outcome = verdict.outcome
    return {
        "assumption": w(f"verdict.assumption_{weakness.assumption}"),
        "tipping": violation(weakness, weakness.tipping, outcome, w),
        "largest": violation(weakness, weakness.largest, outcome, w),
        "explains": w.percent(weakness.explains)
        if isfinite(weakness.explains)
        else w("verdict.unknown"),
        "carries": w("verdict.carries_yes" if carries else "verdict.carries_no"),
    }


def choice_codes(choice: Choice) -> tuple[tuple[str, str], ...]:
    """Return a choice as codes by their names, for files and links."""
    common = (("design", design_of(choice).value), ("outcome", choice.outcome.value))
    random = (("draws", str(choice.draws)), ("seed", str(choice.seed)))
    if isinstance(choice, KimChoice):
        return (*common, *random)
    return (
        *common,
        ("towns", choice.towns.value),
        ("end", str(choice.end)),
        ("first_year", str(choice.first_year)),
        ("comparison", choice.comparison.value),
        *random,
    )


def _queries(store: ParquetStore, choice: Choice) -> tuple[ExecutedQuery, ...]:
    if isinstance(choice, ModelChoice):
        return model_effect(store, choice).data.queries
    return kim_effect(store, choice).queries


def _row(check: Check, w: Words) -> dict[str, str]:
    rule = check.rule
    return {
        "rule": w(f"verdict.rule_{rule.id}"),
        "value": value_text(check, w),
        "limit": limit_text(rule, w),
        "level_label": w(f"verdict.allows_{check.level}"),
        "why": w(f"verdict.rule_{rule.id}_why"),
        "level": check.level.value,
    }
