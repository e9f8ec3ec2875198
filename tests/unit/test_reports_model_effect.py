"""What is shown of the model programme's estimate: the same numbers in title, sentence, table."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import evaluation_store
import numpy as np
import pytest
from shared import demonstration, shared_folder

from analytics.domain.areas import registry
from analytics.domain.deck import DeckChoice, Story
from analytics.domain.estimates import Status
from analytics.domain.evaluation import EffectOutcome, ModelChoice, Towns
from analytics.domain.periods import Month
from analytics.exports.file_names import file_stem
from analytics.exports.selection import selection_lines
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.formatting import p_text
from analytics.reports.basis.names import sort_key
from analytics.reports.basis.opening import current_folder
from analytics.reports.deck.effects import model_effect_slides
from analytics.reports.evaluation import (
    model_course,
    model_exhibits,
    model_synthetic_exhibits,
    model_variants,
)
from analytics.reports.evaluation.effect_halves import (
    change_text,
    effect_halves,
    halves_text,
)
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.model_parts import site_label, size_text
from analytics.reports.evaluation.robustness import model_study
from analytics.reports.evaluation.scale import Scale
from analytics.stats.halves import Change, Halves

DE, EN = words("de"), words("en")
CHOICE = ModelChoice(draws=200)
REPORTS = (
    model_exhibits.estimate,
    model_exhibits.placebo,
    model_course.event_study,
    model_course.honest,
    model_variants.sensitivities,
    model_variants.without_site,
    model_synthetic_exhibits.synthetic_path,
    model_synthetic_exhibits.synthetic_weights,
)
EACH = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.__name__)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    root = tmp_path_factory.mktemp("evaluation")
    with evaluation_store.opened(root, evaluation_store.at_once()) as opened:
        yield opened


@pytest.fixture(scope="module")
def sparse(demo_store: Path) -> Iterator[ParquetStore]:
    """A snapshot so small that only two model sites can be estimated."""
    folder = SnapshotStore(demo_store).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def sparser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    """A snapshot in which no estimate is possible."""
    with ParquetStore(
        current_folder(demonstration(shared_folder(tmp_path_factory), 3_000))
    ) as opened:
        yield opened


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", EffectOutcome)
def test_each_exhibit_states_its_finding_and_its_choice(store, report, language, outcome):
    exhibit = report(store, replace(CHOICE, outcome=outcome), words(language))
    assert len(exhibit.table.frame) > 1
    assert not re.search(r"\bnan\b", f"{exhibit.title} {exhibit.sentence}", re.IGNORECASE)
    assert "n\u00a0=\u00a0" in exhibit.sentence or exhibit.id == "model_placebo"
    assert dict(exhibit.choice)["outcome"] == outcome
    assert any(
        Scale(outcome).name(words(language)) in each
        for each in selection_lines(exhibit, words(language))
    )
    assert exhibit.queries
    assert exhibit.notes


def test_title_sentence_and_table_give_one_number(store):
    found = model_effect(store, CHOICE)
    exhibit = model_exhibits.estimate(store, CHOICE, DE)
    text = Scale(CHOICE.outcome).difference_text(found.effect.estimate, DE)
    row = exhibit.table.frame.set_index("key").loc["estimate"]
    assert row["value"] == pytest.approx(found.effect.estimate)
    assert (row["low"], row["high"]) == pytest.approx((found.effect.low, found.effect.high))
    assert text in exhibit.title
    assert text in exhibit.sentence
    # What could have been found stands before what was.
    size = size_text(Scale(CHOICE.outcome), found.detectable, DE)
    assert 0 <= exhibit.sentence.find(size) < exhibit.sentence.index(text)
    assert p_text(found.placebo.p, DE) in model_exhibits.placebo(store, CHOICE, DE).sentence


def test_the_two_halves_are_told_and_make_the_estimate(store):
    told = effect_halves(store, CHOICE)
    exhibit = model_exhibits.estimate(store, CHOICE, DE)
    rows = exhibit.table.frame.set_index("key")
    assert rows.loc["treated", "value"] - rows.loc["others", "value"] == pytest.approx(
        rows.loc["estimate", "value"]
    )
    scale = Scale(CHOICE.outcome)
    for side in (told.halves.treated, told.halves.others):
        assert change_text(side, scale, DE) in exhibit.sentence
        assert side.low < side.estimate < side.high
    slide, *_ = model_effect_slides(store, DeckChoice((Story.MODEL_EFFECT,)), EN)
    assert halves_text(told, scale, EN) in slide.notes


def test_whose_part_of_the_gap_is_said_only_of_a_clear_one(store):
    told, scale = effect_halves(store, CHOICE), Scale(CHOICE.outcome)
    both = replace(told, halves=Halves(Change(0.03, 0.01, 0.05), Change(-0.01, -0.02, 0)))
    assert "Rund 25\u00a0% des Abstands" in halves_text(replace(both, is_clear=True), scale, DE)
    assert "Abstands" not in halves_text(replace(both, is_clear=False), scale, DE)


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        (replace(CHOICE, outcome=EffectOutcome.HAZARD), "hazard"),
        (replace(CHOICE, towns=Towns.EXPOSURE), "exposure"),
    ],
)
def test_where_there_are_no_halves_it_says_why(store, choice, reason):
    assert effect_halves(store, choice).reason == reason
    exhibit = model_exhibits.estimate(store, choice, DE)
    assert not {"treated", "others"} & set(exhibit.table.frame["key"])
    assert DE(f"report_model_effect.halves_none_{reason}") in exhibit.sentence


def test_what_can_be_found_is_said_before_the_estimate(store):
    found = model_effect(store, CHOICE)
    scale = Scale(CHOICE.outcome)
    sentence = model_exhibits.estimate(store, CHOICE, DE).sentence
    size = size_text(scale, found.detectable, DE)
    assert sentence.index(size) < sentence.index(scale.difference_text(found.effect.estimate, DE))


def test_placebo_bars_count_every_draw_and_meet_at_the_critical_value(store):
    frame = model_exhibits.placebo(store, CHOICE, DE).table.frame
    rank = model_effect(store, CHOICE).placebo
    assert frame["value"].sum() == np.isfinite(rank.draws).sum()
    edge = rank.critical * (1 - 1e-9)
    is_beyond = (frame["low"] >= edge) | (frame["high"] <= -edge)
    beyond, sizes = frame.loc[is_beyond, "value"].sum(), np.abs(rank.draws)
    assert (sizes > rank.critical).sum() <= beyond <= (sizes >= edge).sum()


def test_the_course_is_measured_from_the_mean_before_and_shows_the_estimate(store):
    found, study = model_effect(store, CHOICE).effect, model_study(store, CHOICE)
    exhibit = model_course.event_study(store, CHOICE, DE)
    frame = exhibit.table.frame.set_index("event")
    assert list(frame.index) == [
        *range(frame.index[0], 0),
        *range(len(study.events) - study.before),
    ]
    assert frame.loc[frame["phase"] == "before", "value"].mean() == pytest.approx(0, abs=1e-12)
    assert frame[["low", "high"]].notna().all(axis=None)
    assert (frame.loc[0, "value"] - frame.loc[-1, "value"]) == pytest.approx(
        study.estimates[study.before]
    )
    pooled = frame[["estimate", "estimate_low", "estimate_high"]].drop_duplicates()
    assert pooled.to_numpy().tolist() == [[found.estimate, found.low, found.high]]
    scale = Scale(CHOICE.outcome)
    for text in (exhibit.title, exhibit.sentence):
        assert scale.difference_text(found.estimate, DE) in text
    assert scale.interval_text((found.low, found.high), DE) in exhibit.sentence
    assert exhibit.title.startswith("Ab dem Beginn")


def test_hazards_are_shown_as_ratios(store):
    choice = replace(CHOICE, outcome=EffectOutcome.HAZARD)
    found = model_effect(store, choice)
    row = model_exhibits.estimate(store, choice, DE).table.frame.set_index("key").loc["estimate"]
    assert row["value"] == pytest.approx(np.exp(found.effect.estimate))
    course = model_course.event_study(store, choice, DE).table.frame.set_index("event")
    assert np.log(course.loc[:-1, "value"]).mean() == pytest.approx(0, abs=1e-12)
    assert course["estimate"].iloc[0] == pytest.approx(np.exp(found.effect.estimate))


def test_the_chosen_estimate_comes_first_and_only_once(store):
    frame = model_variants.sensitivities(store, CHOICE, DE).table.frame
    assert frame["key"].iloc[0] == model_variants.HEADLINE
    assert not {"towns_unit", "end_2019", "from_2015", "comparison_all"} & set(frame["key"])
    other = replace(CHOICE, towns=Towns.DROP, end=Month(2020, 6))
    keys = set(model_variants.sensitivities(store, other, DE).table.frame["key"])
    assert {"towns_unit", "end_2019"} <= keys
    assert not {"towns_drop", "end_2020"} & keys


def test_refused_variants_have_no_figures_and_a_reason(sparse):
    exhibit = model_variants.sensitivities(sparse, CHOICE, DE)
    refused = exhibit.table.frame[exhibit.table.frame["status"] == Status.NO_DATA]
    assert len(refused)
    assert refused[["value", "low", "high", "treated", "controls"]].isna().all(axis=None)
    assert (refused["reason"] == DE("report_model_effect.reason_refused")).all()
    assert DE("report_model_effect.refused_some", count=len(refused)) in exhibit.sentence


@pytest.mark.parametrize(
    "report",
    [model_course.event_study, model_course.honest, model_synthetic_exhibits.synthetic_path],
)
def test_what_cannot_be_estimated_says_why(sparser, report):
    exhibit = report(sparser, CHOICE, EN)
    assert exhibit.table.frame.empty
    assert exhibit.sentence == EN("report_model_effect.no_comparison", least=10)


def test_sites_are_left_out_one_by_one_in_order_of_their_names(store):
    frame = model_variants.without_site(store, CHOICE, DE).table.frame
    codes = frame["key"].tolist()[1:]
    assert set(codes) == {unit.code for unit in registry().model_units}
    names = [site_label(code, DE) for code in codes]
    assert names == sorted(names, key=sort_key)
    assert "ohne Moers (Stadt)" in frame["label"].tolist()


def test_split_districts_tell_which_town_is_treated(store):
    frame = model_variants.without_site(
        store, replace(CHOICE, towns=Towns.EXPOSURE), DE
    ).table.frame
    assert "ohne Wesel (Moers anteilig)" in frame["label"].tolist()


def test_weights_sum_to_one_and_are_listed_by_name(store):
    frame = model_synthetic_exhibits.synthetic_weights(store, CHOICE, DE).table.frame
    rest = frame[frame["key"] == model_synthetic_exhibits.REST]
    named = frame.iloc[: model_synthetic_exhibits.LARGEST]
    assert named["value"].sum() + rest["value"].sum() == pytest.approx(1)
    names = named["label"].tolist()
    assert names == sorted(names, key=sort_key)


@pytest.mark.parametrize(
    ("p", "text"), [(0.0005, "p < 0,001"), (0.001, "p = 0,001"), (1, "p = 1,000")]
)
def test_p_values_are_never_written_as_zero(p: float, text: str):
    assert p_text(p, DE).replace("\u00a0", " ") == text


def test_files_of_two_choices_have_two_names(store):
    choices = (CHOICE, replace(CHOICE, towns=Towns.DROP), replace(CHOICE, end=Month(2020, 6)))
    names = {file_stem(model_variants.without_site(store, choice, DE)) for choice in choices}
    assert len(names) == len(choices)
    assert any("share-referred-90d_drop_2019-12_2015_all" in name for name in names), names
