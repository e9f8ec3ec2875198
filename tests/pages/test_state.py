"""What the address asks for, and what happens when it asks for nonsense."""

import pytest

from analytics.i18n import words

from .conftest import OpenPage


def test_filters_come_from_the_address(open_page: OpenPage):
    app = open_page(
        "referral-times", **{"from": "2017-01", "to": "2019-12"}, offer_area=["language", "housing"]
    )
    assert app.selectbox(key="referral-times:de:from").value == "2017-01"
    assert app.selectbox(key="referral-times:de:to").value == "2019-12"
    assert app.multiselect(key="referral-times:de:offer_area").value == ["language", "housing"]


def test_a_filter_changes_the_figures(open_page: OpenPage):
    app = open_page("referral-times")
    before = app.header[0].value
    app.multiselect(key="referral-times:de:offer_area").set_value(["housing"]).run()
    assert not app.exception
    assert app.header[0].value != before


@pytest.mark.parametrize(
    "query",
    [
        {"offer_area": "'; DROP TABLE cases"},
        {"from": "2019-13"},
        {"from": "1990-01"},
        {"to": "<script>"},
        {"provider": ["job_centre", "nobody"]},
    ],
)
def test_nonsense_in_the_address_becomes_the_default(open_page: OpenPage, query):
    (name, _), *_ = query.items()
    app = open_page("referral-times", **query)
    assert not app.exception
    assert any(name in info.value for info in app.info)
    assert app.selectbox(key="referral-times:de:from").value == "2017-01"
    assert app.selectbox(key="referral-times:de:to").value == "2019-12"
    assert app.multiselect(key="referral-times:de:offer_area").value == []


def test_a_period_cannot_end_before_it_begins(open_page: OpenPage):
    app = open_page("referral-times", **{"from": "2020-01", "to": "2019-01"})
    assert not app.exception
    assert app.selectbox(key="referral-times:de:from").value == "2020-01"
    assert app.selectbox(key="referral-times:de:to").value == "2023-12"


def test_an_unknown_language_is_german(open_page: OpenPage):
    app = open_page("referral-times", lang="xx")
    assert app.title[0].value == words("de")("page_referral.title")


def test_the_language_switch_keeps_the_filters(open_page: OpenPage):
    app = open_page("referral-times", offer_area="housing")
    app.button_group(key="lang").set_value("en").run()
    assert app.title[0].value == words("en")("page_referral.title")
    assert app.multiselect(key="referral-times:en:offer_area").value == ["housing"]
