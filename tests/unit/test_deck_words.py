"""Slides are read in a room: few words, large type, two lines of title, and always how sure."""

import re
from pathlib import Path

import pytest
from slide_lines import lines

from analytics.domain.deck import DeckChoice, Preset, Story
from analytics.domain.estimates import Status
from analytics.exports.deck_queries import queries_name, queries_sql
from analytics.exports.pptx.boxes import WITH_CHART
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.deck import Slide, slides
from analytics.reports.deck.short import MOST_WORDS, word_count
from analytics.reports.evaluation.answer import answer, kim_answer
from analytics.settings import settings

LONG_NAMES = ("05334", "05374", "05970")
"""Städteregion Aachen, Oberbergischer Kreis, Kreis Siegen-Wittgenstein."""

CHOICES = {
    Preset.KABINETT: DeckChoice.of_preset(Preset.KABINETT),
    Preset.FACHAUSSCHUSS: DeckChoice.of_preset(Preset.FACHAUSSCHUSS),
    Preset.KREISBESUCH: DeckChoice.of_preset(Preset.KREISBESUCH, LONG_NAMES),
    "everything": DeckChoice(tuple(Story), LONG_NAMES[:1]),
}


@pytest.fixture(scope="module")
def store(demo_store: Path):
    with open_snapshot(current_folder(demo_store)) as opened:
        yield opened


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request) -> Language:
    return request.param


@pytest.fixture(scope="module", params=CHOICES)
def told(request, store, language) -> tuple[Slide, ...]:
    return slides(store, CHOICES[request.param], words(language))


def with_picture(told: tuple[Slide, ...]) -> list[Slide]:
    return [slide for slide in told if slide.kind in ("chart", "map", "flow")]


def test_a_title_takes_two_lines_at_most(told):
    title = WITH_CHART.boxes[0]
    assert title.kind == "title" and title.size == 28
    long = {s.title: lines(s.title, title.size, title.w) for s in told if s.kind != "title"}
    assert {text: count for text, count in long.items() if count > 2} == {}


def test_beside_a_picture_stand_few_words_in_three_lines_at_most(told):
    for slide in with_picture(told):
        assert word_count(slide.number, *slide.lines, slide.gap) <= MOST_WORDS, slide.id
        assert len(slide.lines) <= 3, slide.id


def test_beside_a_picture_stands_how_sure_it_is_and_of_how_many(store, told, language):
    w = words(language)
    interval = re.compile(r"95.?%")
    for slide in with_picture(told):
        text = " ".join(slide.lines)
        if slide.drawing in (
            "progress",
            "bars",
            "handover_flow",
        ):  # counted and published: nothing is estimated
            continue
        if slide.drawing == "control":
            assert "n = " in text, slide.id
            continue
        if text == answer(store, w).basis and not slide.number:
            continue
        assert interval.search(text) or slide.gap, slide.id
        assert "n = " in text or slide.gap, slide.id


def test_the_numbers_beside_a_picture_are_those_of_the_whole_sentence(told):
    for slide in told:
        if slide.drawing not in ("curve", "estimate", "funnel") or slide.exhibit is None:
            continue
        known = f"{slide.exhibit.sentence} {slide.exhibit.title}"
        for number in re.findall(r"\d+[.,]\d", " ".join((slide.number, *slide.lines))):
            assert number in known, slide.id


def test_notes_begin_with_three_sentences_to_say_and_then_answer_questions(told, language):
    asked = words(language)("report_deck.notes_numbers")
    for slide in told:
        first, *others = slide.sections
        assert first.name == "say" and not first.heading and len(first.lines) == 3, slide.id
        assert all(line[-1] in ".?" for line in first.lines), slide.id
        assert slide.notes.startswith("\n".join(first.lines))
        assert "SELECT" not in slide.notes
        if slide.exhibit is not None:
            assert others[0].heading == asked and slide.exhibit.sentence in slide.notes


def test_the_queries_stand_in_an_appendix_that_the_notes_name(told, language):
    w = words(language)
    sql = queries_sql(told, w).decode()
    for slide in told:
        if slide.queries:
            assert f"-- {slide.id}: " in sql
            assert w("report_deck.queries_name", stem="…") in slide.notes
            assert all(query.name in sql for query in slide.queries)
    asked = {query.text.strip() for slide in told for query in slide.queries}
    assert all(sql.count(text.rstrip(";")) == 1 for text in asked)
    assert queries_name(Path("a/deck.pptx"), w).parent == Path("a")


def test_the_answer_says_the_words_of_the_first_screen(store, language):
    w = words(language)
    told = {slide.id: slide for slide in slides(store, CHOICES[Preset.KABINETT], w)}
    found, slide = answer(store, w), told["model_effect.estimate"]
    assert (slide.title, slide.number) == (found.headline, found.number)
    assert " · ".join(slide.lines) == f"{found.unit} {found.basis}".strip()
    for part, each in zip(told["open.columns"].parts, (found, kim_answer(store, w)), strict=True):
        assert part.lines == (each.doubts or (each.headline, each.basis))


def test_a_decision_is_answer_trend_roll_out_what_is_open_and_what_follows(store, language):
    told = slides(store, CHOICES[Preset.KABINETT], words(language))
    assert [slide.id for slide in told] == [
        "title", "model_effect.estimate", "model_effect.course", "kim_rollout.progress",
        "open.columns", "next.open",
    ]  # fmt: skip
    assert told[-1].kind == "open" and told[-1].lines == (
        words(language)("report_deck.next_prompt"),
    )


def test_foot_lines_have_whole_addresses_where_the_server_knows_its_own(store, use_store):
    w, deck = words("de"), DeckChoice((Story.METHOD,))
    assert slides(store, deck, w)[1].foot.endswith(" · /data-methods?lang=de")
    use_store.setenv("EWG_ADDRESS", "https://dashboard.example.nrw/einwanderung/")
    settings.cache_clear()
    slide = slides(store, deck, w)[1]
    address = "https://dashboard.example.nrw/einwanderung/data-methods?lang=de"
    assert slide.foot.endswith(address) and slide.page == address and address in slide.notes


def test_what_is_protected_still_fits_and_says_so(store, language):
    for slide in slides(store, CHOICES["everything"], words(language)):
        frame = slide.exhibit.table.frame if slide.exhibit is not None else None
        if frame is not None and "status" in frame and slide.drawing in ("trend", "area_map"):
            assert bool(slide.gap) == bool((frame["status"] != Status.SHOWN).any())
