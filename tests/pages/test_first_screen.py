"""The first screen answers, and opens a door for each who comes."""

from pathlib import Path

import evaluation_store
import pytest
from need_rows import COMPARISON, MODEL, Needs, publish
from streamlit.testing.v1 import AppTest

from analytics.i18n import LANGUAGES, Language, words
from analytics.ui.show import plain

from .conftest import OpenPage

LIPPE = "05766"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evaluation_store.publish(
        tmp_path_factory.mktemp("by_hand"), evaluation_store.staggered()
    )


def said(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


@BOTH
def test_the_title_is_the_answer_with_its_kind_of_sentence(
    open_page: OpenPage, by_hand: Path, language: Language
):
    w = words(language)
    app = open_page("overview", store=by_hand, lang=language)
    assert not app.exception
    assert len(app.title) == 1
    (kind,) = [
        kind
        for kind in ("shown", "compatible", "not")
        if f"**{plain(w(f'verdict.level_{kind}'))}**" in said(app)
    ]
    told = w(f"verdict.short_{kind}_model", outcome="", **({} if kind == "not" else {"size": ""}))
    assert plain(told).split()[-1] in app.title[0].value
    assert plain(w("answer.question")) in said(app)
    assert len(app.get("plotly_chart")) >= 2


@BOTH
def test_without_an_estimate_it_says_so_and_keeps_its_doors(
    open_page: OpenPage, tmp_path: Path, language: Language
):
    w = words(language)
    with publish(tmp_path, [Needs(40, MODEL, referred=10), Needs(40, COMPARISON, referred=10)]):
        pass
    app = open_page("overview", store=tmp_path, lang=language)
    assert not app.exception
    assert [title.value for title in app.title] == [plain(w("answer.none"))]
    for door in ("report", "explore"):
        assert f"**{w(f'door.{door}')}**" in said(app)


def test_a_district_that_is_picked_is_opened(open_page: OpenPage):
    app = open_page("overview")
    app.selectbox(key="door_to_district").set_value(LIPPE).run()
    assert not app.exception
    assert [title.value for title in app.title] == [words("de")("page_district.title")]
    assert app.selectbox(key="district:de:district").value == LIPPE
    assert any("Lippe" in header.value for header in app.header)
