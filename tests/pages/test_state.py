"""What the address asks for, and what happens when it asks for nonsense."""

import pytest

from analytics.i18n import words
from analytics.ui.show import plain

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
    ("query", "label"),
    [
        ({"offer_area": "'; DROP TABLE cases"}, "ui.filter_offer_area"),
        ({"from": "2019-13"}, "ui.from"),
        ({"from": "1990-01"}, "ui.from"),
        ({"to": "<script>"}, "ui.to"),
    ],
)
def test_nonsense_in_the_address_becomes_the_default(open_page: OpenPage, query, label):
    ((_, text),) = query.items()
    app = open_page("referral-times", **query)
    assert not app.exception
    (notice,) = app.info
    assert words("de")(label) in notice.value
    assert plain(text) in notice.value
    assert app.selectbox(key="referral-times:de:from").value == "2017-01"
    assert app.selectbox(key="referral-times:de:to").value == "2019-12"
    assert app.multiselect(key="referral-times:de:offer_area").value == []


def test_a_bad_value_leaves_the_good_ones_in_force(open_page: OpenPage):
    app = open_page("referral-times", provider=["job_centre", "nobody"], offer_area="housing")
    assert app.multiselect(key="referral-times:de:provider").value == ["job_centre"]
    assert app.multiselect(key="referral-times:de:offer_area").value == ["housing"]
    (notice,) = app.info
    assert words("de")("ui.filter_provider") in notice.value
    assert "nobody" in notice.value
    assert "job" not in notice.value


def test_an_unknown_page_is_named_on_the_first_one(open_page: OpenPage):
    app = open_page("overview", unknown="nowhere", lang="en")
    (notice,) = app.info
    assert "nowhere" in notice.value
    assert "unknown" not in app.query_params


def test_the_film_starts_at_the_month_shown_and_leaves_the_slider_where_it_stops(
    open_page: OpenPage,
):
    app = open_page("kim-rollout", month="2021-02")
    slider = "kim-rollout:de:month"
    assert app.select_slider(key=slider).value == "2021-02"
    before = app.header[0].value
    app.button(key="kim-rollout:de:film").click().run()
    assert not app.exception
    assert app.header[0].value == before
    app.button(key="kim-rollout:de:film").click().run()
    assert app.select_slider(key=slider).value == "2021-02"


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
