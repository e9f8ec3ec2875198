"""Darf ich das sagen? The rules with the values of an estimate, and what they allow."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isinf, isnan
from typing import Final

import pandas as pd

from analytics.disclosure import Column, ReleasedTable
from analytics.domain.evaluation import Design, KimChoice, ModelChoice
from analytics.domain.verdict import Level, Rule
from analytics.i18n import LANGUAGES, Words, words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.evaluation.kim_effect import kim_effect
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.panel import NoPanelError
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.sayings import Unsupported, further, statement, unsupported
from analytics.reports.evaluation.scale import outcome_indicators
from analytics.reports.evaluation.verdict import Check, Verdict, kim_verdict, model_verdict
from analytics.reports.exhibit import Exhibit
from analytics.reports.formatting import text_apart
from analytics.reports.provenance import source_line
from analytics.stats.did import NoComparisonError
from analytics.stats.hazard import NotConvergedError

Choice = ModelChoice | KimChoice

_P_DIGITS: Final = 3
_LEAST_P: Final = 0.001
_TABLES: Final = {
    Design.MODEL_PROJECT: ("cases", "referrals", "comparability", "population"),
    Design.KIM_ROLLOUT: ("cases", "referrals", "rollout", "comparability"),
}


@dataclass(frozen=True, slots=True)
class Sayings:
    """What one may and may not say.

    Attributes:
        level: What the rules allow.
        label: The level in words.
        statement: The strongest sentence on the effect, in the language of the page.
        to_copy: Ready sentences by language code: the statement and what belongs to it.
        unsupported: Sentences that are not supported, with reasons.
    """

    level: Level
    label: str
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

    return Sayings(
        level=verdict.level,
        label=w(f"verdict.level_{verdict.level}"),
        statement=statement(verdict, w, synthetic=synthetic),
        to_copy=tuple((code, ready(words(code))) for code in LANGUAGES),
        unsupported=unsupported(verdict, w),
    )


def _why_no_comparison(store: ParquetStore, w: Words) -> str:
    return w("verdict.no_comparison")


@or_refusal("verdict", "verdict.refused_name", _why_no_comparison)
def rule_table(store: ParquetStore, choice: Choice, w: Words) -> Exhibit:
    """Return one row a rule: ``rule, why, value, limit, level_label, level`` as text."""
    verdict = verdict_of(store, choice)
    design = design_of(choice)
    synthetic = store.manifest.is_synthetic
    deciding = w.number(len(verdict.limited_by(verdict.level)))
    counts = {Level.CAVEAT: {"caveats": deciding}, Level.NOT: {"failed": deciding}}
    rules = w.number(len(verdict.checks))
    made_up = (w("verdict.note_synthetic"),) if synthetic else ()
    return Exhibit(
        id="verdict",
        title=w(f"verdict.title_{verdict.level}", rules=rules, **counts.get(verdict.level, {})),
        sentence=w("verdict.rules_sentence"),
        table=ReleasedTable(_columns(w), pd.DataFrame(_row(c, w) for c in verdict.checks)),
        alt=w("verdict.alt"),
        source=source_line(store, _TABLES[design], w),
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


def _columns(w: Words) -> tuple[Column, ...]:
    return (
        Column("rule", w("verdict.column_rule")),
        Column("value", w("verdict.column_value")),
        Column("limit", w("verdict.column_limit")),
        Column("level_label", w("verdict.column_level")),
        Column("why", w("verdict.column_why")),
        Column("level", w("verdict.column_level"), internal=True),
    )


def _row(check: Check, w: Words) -> dict[str, str]:
    rule = check.rule
    return {
        "rule": w(f"verdict.rule_{rule.id}"),
        "value": _unknown(w) if isnan(check.value) else _value(check, w),
        "limit": _limit(rule, w),
        "level_label": w(f"verdict.allows_{check.level}"),
        "why": w(f"verdict.rule_{rule.id}_why"),
        "level": check.level.value,
    }


def _unknown(w: Words) -> str:
    return w("verdict.unknown")


def _value(check: Check, w: Words) -> str:
    """Return the value so that it does not look like a limit that it misses or only just keeps."""
    rule = check.rule
    write, digits = _VALUES[rule.id]
    if isinf(check.value) or digits is None:
        return write(check.value, w, 0)
    limits = [limit for limit in (rule.enough, rule.with_caveat) if limit is not None]
    return text_apart(check.value, limits, lambda value, more: write(value, w, more), digits)


def _p(value: float, w: Words, digits: int) -> str:
    if value < _LEAST_P:
        return w("verdict.p_below", limit=w.number(_LEAST_P, _P_DIGITS))
    return w.number(value, digits)


def _interval(value: float, w: Words, _digits: int) -> str:
    return w("verdict.rule_interval_met" if value >= 0 else "verdict.rule_interval_missed")


def _times(value: float, w: Words, digits: int) -> str:
    if isinf(value):
        return w("verdict.beyond", factor=w.number(20))
    return w("verdict.times", factor=w.number(value, digits))


def _agreement(value: float, w: Words, _digits: int) -> str:
    return w(f"verdict.agreement_{round(value) + 1}")


def _share(value: float, w: Words, digits: int) -> str:
    return w.percent(value, digits)


def _count(value: float, w: Words, digits: int) -> str:
    return w.number(value, digits)


Write = Callable[[float, Words, int], str]
_VALUES: Final[dict[str, tuple[Write, int | None]]] = {
    "placebo": (_p, _P_DIGITS),
    "interval": (_interval, None),
    "wild": (_p, _P_DIGITS),
    "pretrend": (_p, _P_DIGITS),
    "detectable": (_times, 1),
    "breakdown": (_times, 1),
    "sites": (_agreement, None),
    "choices": (_agreement, None),
    "base": (_agreement, None),
    "refused": (_share, 0),
    "units": (_count, 0),
    "missing": (_share, 0),
    "comparability": (_share, 0),
}
"""How the value of a rule is written, and with how many digits at least; None: in words."""


def _limit(rule: Rule, w: Words) -> str:
    """Return the limits of a rule in words; what its text does not name is not handed over."""
    write, _ = _VALUES[rule.id]
    if rule.id in ("interval", "sites", "choices", "base"):
        return w(f"verdict.rule_{rule.id}_limit")
    values = {"enough": rule.enough, "caveat": rule.with_caveat}
    named = {
        name: _bare(value, write, w)
        for name, value in values.items()
        if value is not None and not (name == "caveat" and value == rule.enough)
    }
    return w(f"verdict.rule_{rule.id}_limit", **named)


def _bare(value: float, write: Write, w: Words) -> str:
    """Return a limit as it stands inside a sentence."""
    if write is _p:
        return w.number(value, 2)
    if write is _times:
        return w.number(value, 0 if value == round(value) else 2)
    return write(value, w, 0)
