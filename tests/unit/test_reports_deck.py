"""Slides say what the reports say, and call an effect one only as far as the rules allow."""

from pathlib import Path

import pytest

from analytics.domain.deck import DeckChoice, Detail, Preset, Story
from analytics.i18n import words
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.deck import slides

DISTRICT = "05334"
LENGTHS = {Preset.KABINETT: 6, Preset.FACHAUSSCHUSS: 12, Preset.KREISBESUCH: 8}


@pytest.fixture(scope="module")
def store(demo_store: Path):
    with open_snapshot(current_folder(demo_store)) as opened:
        yield opened


def ready(preset: Preset) -> DeckChoice:
    return DeckChoice.of_preset(preset, (DISTRICT,) if preset is Preset.KREISBESUCH else ())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("preset", Preset)
def test_a_ready_deck_has_its_number_of_slides_each_with_all_that_it_needs(store, preset, language):
    told = slides(store, ready(preset), words(language))
    assert len(told) == LENGTHS[preset]
    assert len({slide.id for slide in told}) == len(told)
    for slide in told:
        assert slide.title and slide.foot and slide.notes and slide.provenance_text
        assert slide.page.startswith("/") and f"lang={language}" in slide.foot
        is_shown = slide.kind in ("chart", "map", "flow", "table")
        assert not is_shown or (slide.alt and slide.exhibit is not None)
        assert slide.kind != "text" or slide.lines


def test_notes_hold_definition_limits_of_speech_and_source(store):
    told = slides(store, ready(Preset.FACHAUSSCHUSS), words("de"))
    for slide in told:
        if slide.exhibit is not None:
            assert "DAS DARF MAN NICHT SAGEN" in slide.notes
            assert slide.exhibit.source.text in slide.notes
    curve = next(slide for slide in told if slide.drawing == "curve")
    assert "Nenner" in curve.notes and curve.exhibit.sentence in curve.notes


def test_brief_tells_the_first_message_of_each_story(store):
    w, stories = words("de"), (Story.REFERRAL_TIMES, Story.KIM_ROLLOUT)
    brief = slides(store, DeckChoice(stories, detail=Detail.BRIEF), w)
    full = slides(store, DeckChoice(stories), w)
    assert [slide.id for slide in brief] == [full[i].id for i in (0, 1, 3)]


def test_districts_are_told_in_the_order_chosen(store):
    deck = DeckChoice((Story.DISTRICT,), ("05911", "05334"), detail=Detail.BRIEF)
    told = slides(store, deck, words("en"))
    assert [slide.id.split(".")[1] for slide in told[1:]] == ["05911", "05334"]


def test_a_chosen_title_stands_instead_of_the_usual_one(store):
    deck = DeckChoice((Story.METHOD,)).named("Unser Titel", "Sitzung")
    first = slides(store, deck, words("de"))[0]
    assert (first.title, first.lines[0]) == ("Unser Titel", "Sitzung")


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_title_names_few_districts_and_counts_many_which_the_notes_name(store, language):
    many = ("05334", "05566", "05158", "05382")
    few = slides(store, DeckChoice.of_preset(Preset.KREISBESUCH, many[:3]), words(language))[0]
    assert "Städteregion Aachen" in few.title and "Kreis Mettmann" in few.title
    first = slides(store, DeckChoice.of_preset(Preset.KREISBESUCH, many), words(language))[0]
    assert "4" in first.title and "Aachen" not in first.title
    assert "Städteregion Aachen" in first.notes and "Rhein-Sieg-Kreis" in first.notes


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("preset", Preset)
def test_the_help_of_the_command_says_how_many_slides_a_ready_deck_has(preset, language):
    assert f"{preset}, {LENGTHS[preset]}" in words(language)("cli_deck.help")
