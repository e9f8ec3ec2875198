"""The page about a district's data: exhibits in both languages, a field from the address."""

import pytest

from analytics.i18n import LANGUAGES, Language, words

from .conftest import OpenPage

LIPPE = "05766"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_district_the_page_asks_for_one(open_page: OpenPage, language: Language):
    app = open_page("district/quality", lang=language)
    assert not app.exception
    assert words(language)("page_district.choose") in [info.value for info in app.info]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_district_has_its_repairs_fields_courses_and_findings(
    open_page: OpenPage, language: Language
):
    app = open_page("district/quality", district=LIPPE, lang=language)
    assert not app.exception
    assert len(app.get("plotly_chart")) == 4
    assert len(app.header) == 7
    assert all("Lippe" in header.value for header in app.header)


def test_the_field_of_the_course_comes_from_the_address(open_page: OpenPage):
    app = open_page("district/quality", district=LIPPE, field="referrals.binding_handover")
    assert not app.exception
    assert app.selectbox(key="district:de:field").value == "referrals.binding_handover"
    assert any("Verbindliche Übergabe" in header.value for header in app.header)


def test_a_contradiction_can_be_followed_by_quarter(open_page: OpenPage):
    measure = "contradiction.closed_with_open_need"
    app = open_page("district/quality", district=LIPPE, field=measure)
    assert not app.exception
    assert any("Abgeschlossene Fälle" in header.value for header in app.header)
