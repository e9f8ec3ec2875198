"""The presentation: what the address asks for, the slides shown, and what is still missing."""

from datetime import date
from pathlib import Path

import pytest
from need_rows import COMPARISON, MODEL, SPLIT, Needs, publish
from streamlit.testing.v1 import AppTest

from analytics.domain.deck import LONGEST_TEXT, Story
from analytics.extracts.demo import DemoConfig, generate
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.deck import story_name
from analytics.ui.show import plain

from .conftest import OpenPage

LIPPE, WESEL, DUISBURG = "05766", "05170", "05112"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


def titles(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def infos(app: AppTest) -> list[str]:
    return [info.value for info in app.info]


@BOTH
@pytest.mark.parametrize(("preset", "count"), [("kabinett", 6), ("fachausschuss", 12)])
def test_a_ready_deck_shows_its_slides(
    open_page: OpenPage, preset: str, count: int, language: Language
):
    w = words(language)
    app = open_page("presentation", deck=preset, lang=language)
    assert not app.exception
    assert len(titles(app)) == count
    assert titles(app)[0] == plain(w(f"report_deck.title_{preset}"))
    assert w("page_presentation.notes") in {expander.label for expander in app.expander}
    assert len(app.get("download_button")) == 3


@BOTH
def test_a_visit_asks_for_its_district(open_page: OpenPage, language: Language):
    app = open_page("presentation", deck="kreisbesuch", lang=language)
    assert not app.exception
    assert not titles(app)
    assert infos(app) == [plain(words(language)("deck.error_no_district"))]
    app.multiselect(key=f"presentation:{language}:district").set_value([LIPPE]).run()
    assert not app.exception
    assert len(titles(app)) == 8
    assert "Lippe" in titles(app)[0]
    assert app.query_params["district"] == LIPPE


def test_a_visit_to_several_districts_tells_of_each_as_picked(open_page: OpenPage):
    app = open_page("presentation", deck="kreisbesuch", district=[WESEL, LIPPE])
    assert not app.exception
    assert len(titles(app)) == 14
    names = {f":small[:gray[{name}]]": name for name in ("Kreis Wesel", "Kreis Lippe")}
    kickers = [names[text.value] for text in app.markdown if text.value in names]
    assert kickers == ["Kreis Wesel"] * 6 + ["Kreis Lippe"] * 6
    assert app.query_params["district"] == [WESEL, LIPPE]


def test_months_are_the_usual_ones_until_chosen(open_page: OpenPage):
    app = open_page("presentation", deck="own", stories="overview")
    usual = titles(app)[1]
    assert "2017" in usual and "2019" in usual
    app.selectbox(key="presentation:de:from").set_value("2021-01").run()
    assert not app.exception
    assert app.query_params["from"] == "2021-01"
    assert "to" not in app.query_params
    assert "2021" in titles(app)[1]
    app.selectbox(key="presentation:de:to").set_value("2021-12").run()
    assert not app.exception
    assert "2021" in titles(app)[1] and "2023" not in titles(app)[1]


def test_parts_are_told_in_the_order_picked(open_page: OpenPage):
    w = words("de")
    picked = [Story.METHOD, Story.OVERVIEW]
    app = open_page("presentation", deck="own", stories=[str(story) for story in picked])
    assert not app.exception
    assert app.query_params["stories"] == picked
    names = {f":small[:gray[{plain(story_name(s, w))}]]": story_name(s, w) for s in Story}
    kickers = [names[text.value] for text in app.markdown if text.value in names]
    assert kickers == [story_name(story, w) for story in picked]


@BOTH
def test_without_parts_there_is_no_deck(open_page: OpenPage, language: Language):
    app = open_page("presentation", deck="own", lang=language)
    assert not app.exception
    assert infos(app) == [plain(words(language)("deck.error_no_story"))]


def test_title_occasion_and_day_come_from_the_address(open_page: OpenPage):
    asked = {"title": "Lage im Land", "occasion": "Sitzung *7*", "date": "2026-03-05"}
    app = open_page("presentation", deck="own", stories="method", **asked)
    assert not app.exception
    assert titles(app)[0] == "Lage im Land"
    assert app.date_input[0].value == date(2026, 3, 5)
    told = f"Sitzung *7* · {words('de').date(date(2026, 3, 5))}"
    assert plain(told) in [text.value for text in app.markdown]
    assert {name: app.query_params[name] for name in asked} == asked


def test_what_fits_on_no_title_slide_is_left_out_and_said(open_page: OpenPage):
    long = "x" * (LONGEST_TEXT + 1)
    app = open_page("presentation", deck="own", stories="method", title=long, date="2026-02-30")
    assert not app.exception
    assert [field.value for field in app.text_input] == ["", ""]
    assert app.date_input[0].value is None
    assert "2026-02-30" in plain(infos(app)[0]).replace("\\", "")


def test_what_belongs_to_another_deck_leaves_the_address(open_page: OpenPage):
    app = open_page("presentation", deck="own", stories=["method", "district"], district=LIPPE)
    assert not app.exception
    app.multiselect(key="presentation:de:stories").set_value(["method"]).run()
    assert not app.exception
    assert "district" not in app.query_params
    assert len(titles(app)) == 2


def test_people_are_chosen_and_slides_that_count_all_say_so(open_page: OpenPage):
    w = words("de")
    app = open_page("presentation", deck="own", stories=["overview", "kim_rollout"])
    told = titles(app)
    app.multiselect(key="presentation:de:sex").set_value(["female"]).run()
    assert not app.exception
    assert app.query_params["sex"] == "female"
    assert titles(app)[1] != told[1] and titles(app)[2:] == told[2:]
    texts = " ".join(text.value for text in app.markdown)
    assert plain(f"{w('dimension.sex')}: {w.label('sex', 'female')}") in texts
    app.button(key="filters_reset").click().run()
    assert titles(app) == told
    assert "sex" not in app.query_params


def test_a_visit_to_a_district_offers_no_choice_that_it_would_not_heed(open_page: OpenPage):
    app = open_page("presentation", deck="kreisbesuch", district=LIPPE, sex="female")
    assert not app.exception
    assert len(titles(app)) == 8
    assert "sex" not in app.query_params
    assert "presentation:de:sex" not in {box.key for box in app.multiselect}


@BOTH
@pytest.mark.parametrize("page", ["presentation", "presentation-mode"])
def test_an_area_that_its_table_hides_is_refused(
    open_page: OpenPage, tmp_path: Path, page: str, language: Language
):
    counts = ((40, MODEL), (30, COMPARISON), (8, "05111"), (3, DUISBURG), (12, SPLIT))
    with publish(tmp_path, [Needs(count, area, referred=10) for count, area in counts]):
        pass
    asked = {"deck": "own", "stories": "referral_times", "within": DUISBURG, "lang": language}
    app = open_page(page, store=tmp_path, **asked)
    assert not app.exception
    assert not titles(app)
    assert any("Duisburg" in info for info in infos(app))


@BOTH
def test_signs_that_the_pdf_lacks_are_said(open_page: OpenPage, language: Language):
    asked = {"deck": "own", "stories": "method", "lang": language}
    app = open_page("presentation", title="Größe „5“ 🙂", occasion="سلام 🙂", **asked)
    assert not app.exception
    said = plain(words(language)("deck.pdf_lacks", signs="🙂سلام"))
    assert any(said in text.value for text in app.markdown)


@BOTH
def test_protected_figures_are_said_not_drawn(
    open_page: OpenPage, tmp_path: Path, language: Language
):
    demo = generate(DemoConfig(cases=60))
    SnapshotStore(tmp_path).publish(
        demo.tables, as_of=demo.config.as_of, provenance=demo.provenance, source=demo.source
    )
    stories = ["overview", "referral_times", "comparison", "district"]
    app = open_page(
        "presentation", store=tmp_path, deck="own", stories=stories, district=LIPPE, lang=language
    )
    assert not app.exception
    assert len(titles(app)) == 11
    # The state has a curve and a trend; the map and all of the district are told in words.
    assert len(app.get("plotly_chart")) == 2
    reason = words(language)("estimate.suppressed")
    assert any(reason in text.value for text in app.markdown)
