"""The page of the analysis plan: the whole plan, its PDF, and data that came before it."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import streamlit as st
from pdf_reading import text_of
from plan_versions import three_versions
from pypdf import PdfReader

from analytics.domain.analysis_plan import plan_in_force
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.evaluation import plan_report
from analytics.reports.evaluation.plan_report import plan_document
from analytics.ui import plan as plan_page
from analytics.ui.show import plain

from .conftest import OpenPage
from .test_pages import texts

BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def of_three_versions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(plan_report, "plans", three_versions)
    st.cache_data.clear()
    yield
    st.cache_data.clear()


@BOTH
def test_the_page_tells_the_whole_plan(open_page: OpenPage, language: Language):
    w = words(language)
    app = open_page("effect/plan", lang=language)
    assert not app.exception and not app.error and not app.warning
    assert [title.value for title in app.title] == [w("page_effect.title")]
    said, document = "\n".join(texts(app)), plan_document(w)
    (table,) = [block.proto.body for block in app.get("html") if "<table" in block.proto.body]
    exhibit = document.exhibit
    for text in (exhibit.title, exhibit.sentence, *exhibit.notes):
        assert plain(text) in said
    for each in document.words:
        assert plain(each.text) in said
    assert plan_in_force().checksum in table.replace(" ", "")
    assert w("page_plan.new_text") in said


@BOTH
def test_older_versions_stand_beside_the_one_that_applies(
    open_page: OpenPage, of_three_versions: None, language: Language
):
    w = words(language)
    app = open_page("effect/plan", lang=language)
    assert not app.exception
    (table,) = [block.proto.body for block in app.get("html") if "<table" in block.proto.body]
    heads = [w("plan.version_applied", number=3)]
    heads += [w("plan.version_replaced", number=number) for number in (2, 1)]
    places = [table.index(head) for head in heads]
    assert places == sorted(places)
    assert w("plan.changed", versions="2") in table


@BOTH
def test_data_that_came_before_the_plan_are_told_on_top(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, language: Language
):
    w = words(language)
    told = w("plan.after_data", fixed=w.date(date(2027, 5, 2)), delivered=w.date(date(2027, 1, 7)))
    monkeypatch.setattr(plan_page, "data_before_plan", lambda _store, _w: told)
    st.cache_data.clear()
    app = open_page("effect/plan", lang=language)
    assert [each.value for each in app.warning] == [plain(told)]
    st.cache_data.clear()


@BOTH
def test_the_button_hands_out_the_plan_in_the_language_of_the_page(language: Language):
    text = text_of(PdfReader(BytesIO(plan_page._pdf(language))).pages)
    w = words(language)
    assert w("plan.pdf_title", number=1, date=w.date(plan_in_force().dated)) in text
