"""The comparison ring: what the address asks for, what is added and removed, what stays."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.i18n import LANGUAGES, Language, words
from analytics.ui.show import plain

from .conftest import OpenPage

DE = words("de")
LIPPE, KOELN, PADERBORN, BONN = "05766", "05315", "05774", "05314"


def ring_of(app: AppTest, language: Language = "de") -> list[str]:
    return app.multiselect(key=f"district:{language}:peers").value


def warnings(app: AppTest) -> list[str]:
    return [warning.value for warning in app.warning]


def has_reset(app: AppTest) -> bool:
    return "ring_reset" in {button.key for button in app.button}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_district_the_page_asks_for_one(open_page: OpenPage, language: Language):
    app = open_page("district/ring", lang=language)
    assert not app.exception
    assert words(language)("page_district.choose") in [info.value for info in app.info]
    assert not app.multiselect


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_district_begins_with_its_nearest(open_page: OpenPage, language: Language):
    app = open_page("district/ring", district=LIPPE, lang=language)
    assert not app.exception
    assert len(ring_of(app, language)) == 8
    assert PADERBORN in ring_of(app, language)
    assert "peers" not in app.query_params
    assert not has_reset(app)
    assert len(app.get("plotly_chart")) == 2


def test_the_months_are_not_asked_for(open_page: OpenPage):
    app = open_page("district/ring", district=LIPPE)
    assert {box.key for box in app.selectbox} == {"district:de:district"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_own_ring_comes_from_the_address(open_page: OpenPage, language: Language):
    peers = [PADERBORN, KOELN, BONN]
    app = open_page("district/ring", district=LIPPE, peers=peers, lang=language)
    assert not app.exception
    assert ring_of(app, language) == peers
    assert app.query_params["peers"] == peers
    assert "3" in app.header[0].value
    assert not warnings(app)


def test_a_narrow_ring_is_warned_of(open_page: OpenPage):
    app = open_page("district/ring", district=LIPPE, peers=[PADERBORN, KOELN])
    assert warnings(app) == [DE("page_peers.few")]


def test_peers_are_added_and_put_back(open_page: OpenPage):
    app = open_page("district/ring", district=LIPPE)
    usual = ring_of(app)
    app.multiselect(key="district:de:peers").set_value([*usual, KOELN]).run()
    assert app.query_params["peers"] == [*usual, KOELN]
    assert "8 von 9" in app.header[0].value
    app.button(key="ring_reset").click().run()
    assert not app.exception
    assert ring_of(app) == usual
    assert "peers" not in app.query_params


def test_an_empty_ring_is_the_nearest(open_page: OpenPage):
    app = open_page("district/ring", district=LIPPE, peers=[KOELN])
    app.multiselect(key="district:de:peers").set_value([]).run()
    assert "peers" not in app.query_params
    assert "Paderborn" in app.header[0].value


def test_another_district_has_its_own_ring(open_page: OpenPage):
    app = open_page("district/ring", district=LIPPE, peers=[KOELN, BONN, PADERBORN])
    app.selectbox(key="district:de:district").set_value("05111").run()
    assert not app.exception
    assert "05111" in app.query_params["district"]
    assert "peers" not in app.query_params
    assert len(ring_of(app)) == 8
    assert app.header[0].value.startswith("Düsseldorf")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_switch_keeps_district_and_ring(open_page: OpenPage, language: Language):
    other: Language = "en" if language == "de" else "de"
    peers = [KOELN, BONN, PADERBORN]
    app = open_page("district/ring", district=LIPPE, peers=peers, lang=language)
    app.button_group(key="lang").set_value(other).run()
    assert ring_of(app, other) == peers
    assert app.selectbox(key=f"district:{other}:district").value == LIPPE
    assert "Lippe" in app.header[0].value


@pytest.mark.parametrize("bad", ["99999", "<b>", LIPPE])
def test_what_is_no_peer_is_named_and_the_others_stay(open_page: OpenPage, bad: str):
    app = open_page("district/ring", district=LIPPE, peers=[bad, KOELN, BONN, PADERBORN])
    (notice,) = app.info
    assert DE("page_district.ring") in notice.value
    assert plain(bad) in notice.value
    assert ring_of(app) == [KOELN, BONN, PADERBORN]


def test_no_acceptable_peer_is_the_nearest(open_page: OpenPage):
    app = open_page("district/ring", district=LIPPE, peers=["99999"])
    assert len(ring_of(app)) == 8
    assert not has_reset(app)


def test_an_unknown_district_is_named_and_asked_for(open_page: OpenPage):
    app = open_page("district/ring", district="99999", peers=[KOELN])
    assert not app.exception
    notices = [info.value for info in app.info]
    assert any("99999" in notice for notice in notices)
    assert DE("page_district.choose") in notices


def test_an_unusual_district_says_that_nobody_is_close(open_page: OpenPage):
    app = open_page("district/ring", district=KOELN)
    assert app.header[0].value.startswith("Köln hat keine engen Vergleichskreise")
