"""The page that gives everything away: what is in the package, and any figure as a file."""

import pytest

from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.catalogue.package_contents import family_title

from .conftest import OpenPage


def plain_again(text: str) -> str:
    return text.replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_package_is_listed_and_offered(open_page: OpenPage, language: Language):
    w = words(language)
    app = open_page("data-methods", list="downloads", lang=language)
    assert not app.exception
    listed = "".join(block.proto.body for block in app.get("html"))
    assert family_title("indicators_by_district", w) in listed
    assert w.label("provenance", "official") in listed
    licences = [
        block.value
        for block in app.markdown
        if w("export.licence_synthetic") in plain_again(block.value)
    ]
    assert w("export.licence_official").split("(")[0] in plain_again(licences[0])
    assert w("ui.banner_title_all") in listed
    assert app.download_button(key="package").label == w("page_downloads.package")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_of_the_address_is_offered_in_every_form(open_page: OpenPage, language: Language):
    w = words(language)
    app = open_page("data-methods", list="downloads", lang=language, figure="kim_funding")
    assert not app.exception
    keys = [f"{form}_kim_funding" for form in ("csv_de", "csv_en", "xlsx", "parquet")]
    labels = [app.download_button(key=key).label for key in keys]
    assert labels == [w("ui.csv_de"), w("ui.csv_en"), w("ui.xlsx"), w("export.parquet")]
    assert any("analytics download kim_funding" in code.value for code in app.code)


def test_a_figure_about_a_district_asks_for_one(open_page: OpenPage):
    w = words("de")
    app = open_page("data-methods", list="downloads", figure="district_control")
    assert [notice.value for notice in app.info] == [w("page_downloads.choose_district")]
    assert app.selectbox(key="data-methods:de:of_indicator").value == "median_days_to_referral"
    app.selectbox(key="data-methods:de:of_district").set_value("05315").run()
    assert not app.exception and not app.info
    assert any("--district 05315 --indicator median_days" in code.value for code in app.code)


def test_every_figure_can_be_chosen(open_page: OpenPage):
    app = open_page("data-methods", list="downloads")
    options = app.selectbox(key="data-methods:de:figure").options
    assert len(options) == len(set(options)) > 100
