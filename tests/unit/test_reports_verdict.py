"""What may be said: sentences, refusals and the table follow from the same checks."""

from collections.abc import Iterator
from dataclasses import replace

import evaluation_store
import pytest

from analytics.domain.analysis_plan import Role
from analytics.domain.evaluation import Design, EffectOutcome, KimChoice, ModelChoice
from analytics.domain.verdict import RULES, Assumption, Level, rules
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation import sayings as said
from analytics.reports.evaluation import verdict_report
from analytics.reports.evaluation.assumptions import Weakness
from analytics.reports.evaluation.judging import Check, Estimated, Verdict, model_verdict
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.verdict_report import rule_table, sayings

DE, EN = words("de"), words("en")
CHOICE = ModelChoice(draws=200)
CAUSAL = {
    "de": {
        Design.MODEL_PROJECT: "Das Modellprojekt hat den Anteil",
        Design.KIM_ROLLOUT: "KIM hat den Anteil",
    },
    "en": {
        Design.MODEL_PROJECT: "The model project has increased the share",
        Design.KIM_ROLLOUT: "KIM has increased the share",
    },
}


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


TRENDS = Weakness(Assumption.TRENDS, "outcome", 0.02, 0.01, 0.5, carries=True)
CLOCK = Weakness(Assumption.CLOCK, "days", 12.0, 3.0, 0.25, carries=False)


def judged(
    level: Level,
    design: Design = Design.MODEL_PROJECT,
    estimate: float = 0.05,
    role: Role = Role.PRIMARY,
) -> Verdict:
    """Return a verdict whose first rule allows no more than ``level``."""
    first, *others = rules(design)
    checks = (Check(first, 0.5, level), *(Check(rule, 1.0, Level.SHOWN) for rule in others))
    numbers = Estimated(estimate, estimate - 0.02, estimate + 0.02, 0.04, 12, 44, 80_000)
    return Verdict(design, EffectOutcome.SHARE, role, numbers, checks, (TRENDS, CLOCK))


def test_every_rule_is_applied_in_order(store: ParquetStore) -> None:
    verdict = model_verdict(store, CHOICE)
    assert [check.rule for check in verdict.checks] == list(rules(Design.MODEL_PROJECT))
    assert verdict.estimated.estimate == model_effect(store, CHOICE).effect.estimate


@pytest.mark.parametrize("design", Design)
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_is_shown_is_said_to_be_the_programmes_doing(
    language: str, design: Design
) -> None:
    w = words(language)
    causal = CAUSAL[language][design]
    shown = said.statement(judged(Level.SHOWN, design), w, synthetic=False)
    compatible = said.statement(judged(Level.COMPATIBLE, design), w, synthetic=False)
    refused = said.statement(judged(Level.NOT, design), w, synthetic=False)
    assert causal in shown
    assert causal not in compatible and causal not in refused
    assert {"de": "vereinbar, wenn", "en": "compatible with an effect"}[language] in compatible
    assert Scale(EffectOutcome.SHARE).size_text(0.02, w) in compatible


@pytest.mark.parametrize("level", Level)
def test_outside_the_plan_there_is_no_sentence_on_an_effect(level: Level) -> None:
    found = judged(level, role=Role.EXPLORATORY)
    assert found.level is not Level.SHOWN
    sentence = said.statement(found, DE, synthetic=False)
    assert sentence.startswith("Erkundende Schätzung")
    assert "vereinbar" not in sentence and CAUSAL["de"][found.design] not in sentence


def test_a_secondary_outcome_is_at_most_compatible() -> None:
    assert judged(Level.SHOWN, role=Role.SECONDARY).level is Level.COMPATIBLE
    assert judged(Level.NOT, role=Role.SECONDARY).level is Level.NOT


def test_a_doubted_assumption_is_named_before_one_that_is_not() -> None:
    verdict = judged(Level.SHOWN)
    assert [each.assumption for each in verdict.carried_by] == [Assumption.TRENDS]
    clock = next(rule for rule in RULES if rule.assumption is Assumption.CLOCK)
    doubted = replace(verdict, checks=(Check(clock, 0.03, Level.COMPATIBLE),))
    assert [each.assumption for each in doubted.named] == [Assumption.TRENDS, Assumption.CLOCK]
    assert "12\u00a0Tage" in said.statement(doubted, DE, synthetic=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_supported_says_why_and_what_would_settle_it(language: str) -> None:
    w = words(language)
    sentence = said.statement(judged(Level.NOT), w, synthetic=False)
    assert w("verdict.rule_placebo_reason") in sentence
    assert w("verdict.settle_chance") in sentence


def test_every_sentence_carries_the_interval_and_made_up_data_say_so() -> None:
    for level in Level:
        verdict = judged(level)
        interval = Scale(verdict.outcome).interval_text((0.03, 0.07), DE)
        sentence = said.statement(verdict, DE, synthetic=True)
        assert interval in sentence
        assert sentence.startswith("In den Demonstrationsdaten (synthetisch)")


def test_a_harmful_effect_is_told_as_one() -> None:
    sentence = said.statement(judged(Level.SHOWN, estimate=-0.05), DE, synthetic=False)
    assert "um 5,0\u00a0Prozentpunkte gesenkt" in sentence


def test_no_effect_found_is_not_told_as_no_effect() -> None:
    refused = [each.sentence for each in said.unsupported(judged(Level.NOT), DE)]
    assert DE("verdict.not_null") in refused
    allowed = [each.sentence for each in said.unsupported(judged(Level.SHOWN), DE)]
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
    assert found.level is max(levels, key=[Level.SHOWN, Level.COMPATIBLE, Level.NOT].index)
    assert dict(found.to_copy)["de"].startswith(found.statement)
    assert dict(found.to_copy)["en"].startswith(sayings(store, choice, EN).statement)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("drift", 0.6504, "65,04\u00a0%"),
        ("silent", 0.0096, "0,0096"),
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
    given = replace(judged(Level.SHOWN), checks=(Check(rule, value, rule.level(value)),))
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
