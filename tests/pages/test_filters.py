"""The filter bar offers every field; what is set is said, travels, and is taken back at once."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.domain.filters import BREAKDOWNS, FIELDS
from analytics.i18n import words
from analytics.ui.show import plain

from .conftest import ON_A_MAP, OpenPage

W = words("de")
OFFERED = [field for field in FIELDS if field.name != "group" and not field.is_of_referred]


def go(app: AppTest, page: str) -> None:
    """Follow a link of the menu, which carries no filters in its address."""
    app.query_params.clear()
    app.switch_page(page).run()


def test_every_field_can_be_chosen_and_broken_down_by(open_page: OpenPage):
    app = open_page("referral-times")
    labels = {box.label for box in app.multiselect}
    assert labels == {W(f"dimension.{field.name}") for field in OFFERED}
    by = app.selectbox(key="referral-times:de:by")
    assert by.options == [W(f"dimension.{name}") for name in BREAKDOWNS]


def test_a_question_about_people_is_answered_by_clicking(open_page: OpenPage):
    app = open_page("referral-times")
    app.selectbox(key="referral-times:de:by").set_value("age_group").run()
    app.multiselect(key="referral-times:de:sex").set_value(["female"]).run()
    assert not app.exception
    told = f"{W('dimension.sex')}: {W.label('sex', 'female')}"
    assert any(plain(told) in block.value for block in app.markdown)
    assert any(W("dimension.age_group") in head.value for head in app.header)
    assert {"by", "sex"} == set(app.query_params)


def test_one_control_takes_everything_back(open_page: OpenPage):
    app = open_page("referral-times", sex=["female"], unit=["05315"], **{"from": "2018-01"})
    app.button(key="filters_reset").click().run()
    assert not app.query_params
    assert app.multiselect(key="referral-times:de:sex").value == []
    assert app.selectbox(key="referral-times:de:from").value == "2017-01"


def test_filters_and_the_district_travel(open_page: OpenPage):
    app = open_page("referral-times", sex=["female"], **{"from": "2018-01", "to": "2018-12"})
    go(app, "pages/results/explore.py")
    assert app.multiselect(key="explore:de:sex").value == ["female"]
    assert app.selectbox(key="explore:de:to").value == "2018-12"
    app.selectbox(key="explore:de:rows").set_value("district").run()
    app.selectbox(key="explore:de:district").set_value("05766").run()
    go(app, "pages/districts/district.py")
    assert app.selectbox(key="district:de:district").value == "05766"
    assert app.selectbox(key="district:de:from").value == "2018-01"


def test_a_ring_does_not_travel_to_another_district(open_page: OpenPage):
    app = open_page("district/profile", district="05766", peers=["05334", "05358"])
    go(app, "pages/results/explore.py")
    app.selectbox(key="explore:de:rows").set_value("district").run()
    app.selectbox(key="explore:de:district").set_value("05315").run()
    go(app, "pages/districts/district.py")
    assert app.selectbox(key="district:de:district").value == "05315"
    assert "peers" not in app.query_params


def test_a_ring_travels_with_its_district(open_page: OpenPage):
    app = open_page("district/profile", district="05766", peers=["05334", "05358"])
    go(app, "pages/results/explore.py")
    go(app, "pages/districts/district.py")
    assert app.query_params["peers"] == ["05334", "05358"]


def test_what_is_taken_back_does_not_come_again(open_page: OpenPage):
    app = open_page("referral-times", sex=["female"])
    app.multiselect(key="referral-times:de:sex").set_value([]).run()
    go(app, "pages/results/explore.py")
    assert app.multiselect(key="explore:de:sex").value == []


@pytest.mark.parametrize(("query", "parts"), [
    ({"sex": ["female"]}, ["dimension.sex"]),
    ({"from": "2018-01"}, ["filter.period"]),
])  # fmt: skip
def test_a_figure_says_which_filters_do_not_hold_for_it(open_page: OpenPage, query, parts):
    app = open_page("referral-times", **query)
    remark = W("filter.unheeded", parts=W.join([W(part) for part in parts]))
    said = [block.value for block in app.markdown if plain(remark) in block.value]
    # The published waits for courses heed no filter, the course over all quarters no months.
    assert len(said) == (1 if "sex" in query else 2)


def test_the_receiving_body_is_a_filter_only_of_what_is_known_after_a_referral(open_page: OpenPage):
    app = open_page(
        "explore",
        **ON_A_MAP,
        indicator="binding_handover_share",
        receiving_body=["school"],
    )
    assert app.multiselect(key="explore:de:receiving_body").value == ["school"]
    app = open_page(
        "explore",
        **ON_A_MAP,
        indicator="share_referred_90d",
        receiving_body=["school"],
    )
    assert not [box for box in app.multiselect if box.label == W("dimension.receiving_body")]
