"""The presentation mode: the same slides as on the page, one a screen and nothing around them."""

from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from analytics.i18n import LANGUAGES, Language, words
from analytics.ui.show import plain

from .conftest import OpenPage

LIPPE, WESEL = "05766", "05170"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


def titles(app: AppTest) -> list[str]:
    """Return the titles of all slides in their order."""
    found = [(int(str(title.proto.anchor).rpartition("-")[2]), title.value) for title in app.header]
    return [title for _, title in sorted(found)]


def pages(app: AppTest) -> str:
    return "".join(block.proto.body for block in app.get("html"))


@BOTH
@pytest.mark.parametrize(
    "asked",
    [
        {"deck": "fachausschuss", "title": "Lage im Land", "date": "2026-03-05"},
        {"deck": "kreisbesuch", "district": [WESEL, LIPPE], "from": "2021-01"},
        {"deck": "own", "stories": ["method", "overview"], "occasion": "Sitzung *7*"},
        {"deck": "kabinett", "sex": "female", "age_group": ["25_34", "35_44"]},
        {"deck": "kreisbesuch", "district": LIPPE, "sex": "female"},
    ],
)
def test_it_shows_the_slides_of_the_page(
    open_page: OpenPage, asked: dict[str, str | list[str]], language: Language
):
    page = open_page("presentation", lang=language, **asked)
    stage = open_page("presentation-mode", lang=language, **asked)
    assert not stage.exception
    assert titles(stage) == [header.value for header in page.header]
    assert len(stage.get("plotly_chart")) == len(page.get("plotly_chart"))


@BOTH
def test_nothing_is_around_a_slide_but_what_moves_on(open_page: OpenPage, language: Language):
    w = words(language)
    app = open_page("presentation-mode", lang=language)
    assert not app.exception
    assert not app.get("page_link")
    html = pages(app)
    assert w("ui.banner_title_all") not in html
    moves = ("back", "next", "black", "full", "speaker", "end")
    assert all(w(f"page_presentation.{name}") in html for name in moves)
    badges = [t.value for t in app.markdown if w("code.provenance.synthetic") in t.value]
    assert len(badges) >= len(titles(app)) == 6


@BOTH
def test_one_heading_names_the_presentation_and_its_notes_are_there_but_not_seen(
    open_page: OpenPage, language: Language
):
    w = words(language)
    app = open_page("presentation-mode", title="Lage <im> Land", lang=language)
    html = pages(app)
    assert html.count("<h1") == 1 and "Lage &lt;im&gt; Land</h1>" in html
    assert not app.title
    (notes,) = [b.proto.body for b in app.get("html") if "stage-notes" in b.proto.body]
    assert notes.count("<pre data-slide=") == 6 and " hidden " in notes
    assert w("report_deck.notes_numbers") in notes and "SELECT" not in notes


@BOTH
def test_the_words_of_black_screen_and_speakers_window_come_with_the_page(
    open_page: OpenPage, language: Language
):
    w = words(language)
    html = pages(open_page("presentation-mode", lang=language))
    assert f'data-black="{escape(w("page_presentation.is_black"))}"' in html
    assert f'data-last="{escape(w("page_presentation.window_last"))}"' in html


def test_each_picture_has_its_text_alternative(open_page: OpenPage):
    charts = open_page("presentation-mode", deck="fachausschuss").get("plotly_chart")
    assert charts
    assert all(chart.proto.alt for chart in charts)


@pytest.mark.parametrize(
    ("asked", "shown", "is_said"),
    [("3", "3", False), ("99", "6", True), ("0", None, True), ("drei", None, True)],
)
def test_a_number_that_is_none_leads_to_the_nearest_slide_and_is_said(
    open_page: OpenPage, asked: str, shown: str | None, is_said: bool
):
    app = open_page("presentation-mode", slide=asked)
    assert not app.exception
    assert app.query_params.get("slide") == shown
    assert [asked in toast.value for toast in app.toast] == ([True] if is_said else [])


@BOTH
def test_without_a_district_it_says_so_and_leads_back(open_page: OpenPage, language: Language):
    w = words(language)
    app = open_page("presentation-mode", deck="kreisbesuch", lang=language)
    assert not app.exception
    assert [info.value for info in app.info] == [plain(w("deck.error_no_district"))]
    assert len(app.get("page_link")) == 1


def test_the_page_scrolls_once_to_the_slide_that_was_left(open_page: OpenPage):
    app = open_page("presentation", slide="3")
    assert not app.exception
    assert 'getElementById("slide-3")' in pages(app)
    assert "slide" not in app.query_params
    app.text_input[0].set_value("Lage").run()
    assert "getElementById" not in pages(app)
