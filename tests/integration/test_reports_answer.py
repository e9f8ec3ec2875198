"""The answer on the first screen says what the rules allow of the primary estimate, and no more."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from evaluation_store import publish, staggered

from analytics.charts.first_screen import course
from analytics.domain.analysis_plan import plan_in_force
from analytics.domain.evaluation import EffectOutcome, ModelChoice
from analytics.domain.verdict import Level
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.evaluation import answer as module
from analytics.reports.evaluation.answer import answer, answer_course
from analytics.reports.evaluation.judging import Verdict, model_verdict
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.site_trends import group_trends

BOTH = pytest.mark.parametrize("language", LANGUAGES)
CHOICE = ModelChoice()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    folder = current_folder(publish(tmp_path_factory.mktemp("answer"), staggered()))
    assert folder is not None
    opened = open_snapshot(folder)
    yield opened
    opened.close()


@BOTH
@pytest.mark.parametrize("level", Level)
def test_headline_label_and_doubts_are_those_of_the_level(
    store: ParquetStore, monkeypatch: pytest.MonkeyPatch, level: Level, language: Language
) -> None:
    w = words(language)
    verdict = model_verdict(store, CHOICE)
    monkeypatch.setattr(Verdict, "level", property(lambda _: level))
    monkeypatch.setattr(module, "verdict_of", lambda *_: replace(verdict))
    told = answer(store, w)
    size = Scale(CHOICE.outcome).difference_text(verdict.estimated.estimate, w)
    assert told.level is level
    assert told.label == w(f"verdict.level_{level}")
    assert told.doubts_heading == w(f"answer.doubts_{level}")
    assert (size in told.headline) == (level is not Level.NOT)
    assert bool(told.number) == (level is not Level.NOT) and told.number in size
    assert (size in told.basis) == (level is Level.NOT)
    if level is not Level.NOT:
        assert len(told.doubts) == len(verdict.carried_by[:3])
        named = w(f"verdict.assumption_{verdict.carried_by[0].assumption}")
        assert told.doubts[0].startswith(named)


def test_the_course_ends_with_the_programme_and_has_the_values_of_both_groups(
    store: ParquetStore,
) -> None:
    w = words("de")
    found = answer_course(store, w).table.frame
    whole = group_trends(store, CHOICE.outcome, CHOICE.comparison, w).table.frame
    assert found["period"].max().date() < PROGRAMME.end
    same = whole.merge(found, on=["series", "period"], suffixes=("", "_told"))
    assert len(same) == len(found) > 20
    assert same["value"].equals(same["value_told"])


def test_beside_the_course_stand_no_numbers_but_those_of_the_answer(store: ParquetStore) -> None:
    """Two distances of the lines would make another difference than the estimate's."""
    w = words("de")
    picture = course(answer_course(store, w), w)
    notes = [note.text for note in picture.layout.annotations]
    assert notes and not [text for text in notes if re.search(r"[+−]\d", text)]


def test_another_plan_gives_another_answer(
    store: ParquetStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts as the answer is the plan's, not the page's usual choice."""
    w = words("de")
    other = replace(CHOICE, outcome=EffectOutcome.DAYS)
    plan = replace(plan_in_force(), model=other)
    monkeypatch.setattr(module, "plan_in_force", lambda: plan)
    assert Scale(other.outcome).name(w) in answer(store, w).headline
    assert Scale(other.outcome).name(w) in answer_course(store, w).sentence
