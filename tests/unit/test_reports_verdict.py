"""What may be said: sentences, refusals and the table follow from the same checks."""

from collections.abc import Iterator
from dataclasses import replace

import evaluation_store
import pytest

from analytics.domain.evaluation import Design, EffectOutcome, KimChoice, ModelChoice
from analytics.domain.verdict import RULES, Level, rules
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation import sayings as said
from analytics.reports.evaluation import verdict_report
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.verdict import Check, Estimated, Verdict, model_verdict
from analytics.reports.evaluation.verdict_report import rule_table, sayings

DE, EN = words("de"), words("en")
CHOICE = ModelChoice(draws=200)
CAUSAL = {"de": "hat den Anteil der Bedarfe", "en": "has increased the share"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    root = tmp_path_factory.mktemp("verdict")
    with evaluation_store.opened(root, evaluation_store.staggered()) as opened:
        yield opened


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    """KIM starts everywhere on one day: nobody is left to compare with."""
    root = tmp_path_factory.mktemp("at-once")
    with evaluation_store.opened(root, evaluation_store.at_once()) as opened:
        yield opened


def judged(level: Level, design: Design = Design.MODEL_PROJECT, estimate: float = 0.05) -> Verdict:
    """Return a verdict whose first rule allows no more than ``level``."""
    first, *others = rules(design)
    checks = (Check(first, 0.5, level), *(Check(rule, 1.0, Level.MAY) for rule in others))
    numbers = Estimated(estimate, estimate - 0.02, estimate + 0.02, 0.04, 12, 44, 80_000)
    return Verdict(design, EffectOutcome.SHARE, numbers, checks)


def test_every_rule_is_applied_in_order(store: ParquetStore) -> None:
    verdict = model_verdict(store, CHOICE)
    assert [check.rule for check in verdict.checks] == list(rules(Design.MODEL_PROJECT))
    assert verdict.estimated.estimate == model_effect(store, CHOICE).effect.estimate


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_causal_sentence_only_where_the_rules_allow_it(language: str) -> None:
    w = words(language)
    allowed = said.statement(judged(Level.MAY), w, synthetic=False)
    with_caveat = said.statement(judged(Level.CAVEAT), w, synthetic=False)
    refused = said.statement(judged(Level.NOT), w, synthetic=False)
    assert CAUSAL[language] in allowed
    assert with_caveat.startswith(allowed) and len(with_caveat) > len(allowed)
    assert CAUSAL[language] not in refused


def test_every_sentence_carries_the_interval_and_made_up_data_say_so() -> None:
    for level in Level:
        verdict = judged(level)
        interval = Scale(verdict.outcome).interval_text((0.03, 0.07), DE)
        sentence = said.statement(verdict, DE, synthetic=True)
        assert interval in sentence
        assert sentence.startswith("In den Demonstrationsdaten (synthetisch)")


def test_a_harmful_effect_is_told_as_one() -> None:
    sentence = said.statement(judged(Level.MAY, estimate=-0.05), DE, synthetic=False)
    assert "um 5,0\u00a0Prozentpunkte gesenkt" in sentence


def test_no_effect_found_is_not_told_as_no_effect() -> None:
    refused = [each.sentence for each in said.unsupported(judged(Level.NOT), DE)]
    assert DE("verdict.not_null") in refused
    allowed = [each.sentence for each in said.unsupported(judged(Level.MAY), DE)]
    assert DE("verdict.not_null") not in allowed


@pytest.mark.parametrize("design", Design)
@pytest.mark.parametrize("level", Level)
def test_each_refused_sentence_has_a_reason(design: Design, level: Level) -> None:
    found = said.unsupported(judged(level, design), DE)
    assert len({each.sentence for each in found}) == len(found) >= 4
    assert all(each.reason for each in found)


@pytest.mark.parametrize("choice", [CHOICE, KimChoice(draws=200)], ids=["model", "kim"])
def test_table_statement_and_copies_tell_one_level(store: ParquetStore, choice) -> None:
    found = sayings(store, choice, DE)
    table = rule_table(store, choice, DE)
    assert found is not None
    levels = [Level(level) for level in table.table.frame["level"]]
    assert found.level is max(levels, key=[Level.MAY, Level.CAVEAT, Level.NOT].index)
    assert dict(found.to_copy)["de"].startswith(found.statement)
    assert dict(found.to_copy)["en"].startswith(sayings(store, choice, EN).statement)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("comparability", 0.0536, "5,4\u00a0%"),
        ("comparability", 0.0501, "5,01\u00a0%"),
        ("missing", 0.1004, "10,04\u00a0%"),
        ("refused", 0.2504, "25,04\u00a0%"),
        ("placebo", 0.0504, "0,0504"),
        ("wild", 0.1002, "0,1002"),
        ("pretrend", 0.0496, "0,0496"),
        ("detectable", 0.98, "0,98-Fache"),
        ("breakdown", 0.999, "0,999-Fache"),
        ("missing", 0.1, "10\u00a0%"),
        ("placebo", 0.05, "0,050"),
    ],
)
def test_a_value_that_misses_a_limit_does_not_look_like_it(
    store: ParquetStore, monkeypatch: pytest.MonkeyPatch, name: str, value: float, text: str
) -> None:
    rule = next(rule for rule in RULES if rule.id == name)
    given = replace(judged(Level.MAY), checks=(Check(rule, value, rule.level(value)),))
    monkeypatch.setattr(verdict_report, "verdict_of", lambda *_: given)
    row = rule_table(store, CHOICE, DE).table.frame.iloc[0]
    assert text in row["value"]


def test_the_choice_is_part_of_the_table_that_is_exported(store: ParquetStore) -> None:
    one = rule_table(store, CHOICE, DE)
    other = rule_table(store, replace(CHOICE, first_year=2016), DE)
    chosen = [dict(each.choice)["first_year"] for each in (one, other)]
    assert chosen == ["2015", "2016"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_comparison_nothing_is_said(at_once: ParquetStore, language: str) -> None:
    w, choice = words(language), KimChoice(draws=1)
    assert sayings(at_once, choice, w) is None
    refused = rule_table(at_once, choice, w)
    assert refused.table.frame.empty
    assert w("verdict.no_comparison") in refused.sentence
