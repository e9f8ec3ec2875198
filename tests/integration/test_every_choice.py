"""Whatever effect pages and ``evaluate`` let one choose is answered, or refused in words."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from evaluation_store import opened, publish, staggered

from analytics.cli import main
from analytics.domain.evaluation import (
    FIRST_YEARS,
    LAST_MONTHS,
    ComparisonGroup,
    Design,
    EffectOutcome,
    KimChoice,
    ModelChoice,
    Towns,
)
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.evaluation import (
    evidence,
    kim_exhibits,
    kim_starts,
    model_course,
    model_exhibits,
    model_synthetic_exhibits,
    model_variants,
)
from analytics.reports.evaluation.kim_dose_exhibit import dose
from analytics.reports.evaluation.kim_groups import group_times
from analytics.reports.evaluation.verdict_report import assumption_table, rule_table, sayings
from analytics.stats import synthetic

W = words("de")
DRAWS = 19
CHOICES = tuple(itertools.product(LAST_MONTHS, Towns, FIRST_YEARS, ComparisonGroup))
MODEL_REPORTS: tuple[Callable[..., Any], ...] = (
    model_exhibits.estimate,
    model_exhibits.placebo,
    model_course.event_study,
    model_variants.sensitivities,
    model_course.honest,
    model_synthetic_exhibits.synthetic_path,
    model_synthetic_exhibits.synthetic_weights,
    model_variants.without_site,
    assumption_table,
    rule_table,
    sayings,
)
KIM_REPORTS: tuple[Callable[..., Any], ...] = (
    kim_exhibits.headline,
    kim_exhibits.event_time,
    group_times,
    dose,
)
each_outcome = pytest.mark.parametrize("outcome", EffectOutcome)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("store"), staggered())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    """Every evaluation unit, ten needs a quarter: enough for some choices, too few for others."""
    with opened(tmp_path_factory.mktemp("opened"), staggered()) as found:
        yield found


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested is whether there is an answer, not how sure it is."""
    monkeypatch.setattr(synthetic, "DRAWS", 5)
    monkeypatch.setattr(evidence, "DRAWS", DRAWS)


@each_outcome
def test_every_choice_of_the_model_pages(store: ParquetStore, outcome: EffectOutcome):
    answers = {
        (choice, report.__name__): report(store, choice, W)
        for choice in (ModelChoice(outcome, *each, draws=DRAWS) for each in CHOICES)
        for report in MODEL_REPORTS
    }
    assert len(answers) == len(CHOICES) * len(MODEL_REPORTS)
    assert [where for where, answer in answers.items() if not is_told(answer)] == []


@each_outcome
def test_every_choice_of_the_kim_pages(store: ParquetStore, outcome: EffectOutcome):
    choice = KimChoice(outcome, draws=DRAWS)
    answers = [report(store, outcome, W) for report in KIM_REPORTS]
    answers += [rule_table(store, choice, W), sayings(store, choice, W)]
    assert all(map(is_told, [*answers, kim_starts.control_pool(store, W)]))


def is_told(answer: object) -> bool:
    """Say whether an answer has rows or a reason; other answers may be none."""
    return not isinstance(answer, Exhibit) or bool(answer.title and answer.sentence)


MODEL_OPTIONS = [
    ["--end", str(end), "--towns", str(towns)]
    for end, towns in itertools.product(LAST_MONTHS, Towns)
]


@each_outcome
@pytest.mark.parametrize("design", Design)
def test_every_choice_of_evaluate(
    root: Path, capsys: pytest.CaptureFixture[str], design: Design, outcome: EffectOutcome
):
    options = MODEL_OPTIONS if design is Design.MODEL_PROJECT else [[]]
    for chosen in options:
        asked = [str(design), "--outcome", str(outcome), *chosen, "--draws", str(DRAWS)]
        status = main(["evaluate", *asked, "--store", str(root)])
        said = capsys.readouterr()
        assert said.out.strip() if status == 0 else said.err.strip()
        assert status in (0, 1)
        assert "Traceback" not in said.err and "unerwartet" not in said.err


def test_one_quarter_before_the_start_is_no_course_to_be_matched(store: ParquetStore):
    """The page fell over where the comparison of courses has no value."""
    choice = ModelChoice(first_year=2017, draws=DRAWS)
    assert W("report_model_effect.note_fit_unknown") in (
        model_synthetic_exhibits.synthetic_path(store, choice, W).notes
    )
    longer = model_synthetic_exhibits.synthetic_path(store, ModelChoice(draws=DRAWS), W).notes
    assert W("report_model_effect.note_fit_unknown") not in longer
