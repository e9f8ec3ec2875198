"""The choices about the model programme's estimate: on the page, in the address, in the answer."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.i18n import LANGUAGES, words
from analytics.ui.show import plain

from .conftest import OpenPage

CHOSEN = {
    "outcome": "restricted_mean_days_180",
    "towns": "drop",
    "end": "2020-06",
    "first_year": "2016",
    "comparison": "matched",
}


def finding(app: AppTest) -> str:
    return next(h.value for h in app.header if h.value.startswith(("Schätzwert", "Estimate")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copied_address_restores_every_choice(open_page: OpenPage, language: str):
    app = open_page("effect/model", lang=language, **CHOSEN)
    assert not app.exception
    shown = {name: app.selectbox(key=f"effect:{language}:{name}").value for name in CHOSEN}
    assert shown == CHOSEN


def test_the_same_address_gives_the_same_estimate(open_page: OpenPage):
    query = {"outcome": "restricted_mean_days_180", "end": "2020-06"}
    first, second = (open_page("effect/model", **query) for _ in range(2))
    assert finding(first) == finding(second)
    assert [m.value for m in first.metric] == [m.value for m in second.metric]


def test_another_choice_gives_another_estimate(open_page: OpenPage):
    app = open_page("effect/model")
    before = finding(app)
    app.selectbox(key="effect:de:outcome").set_value("restricted_mean_days_180").run()
    assert not app.exception
    assert finding(app) != before


def test_each_choice_is_explained(open_page: OpenPage):
    app = open_page("effect/model")
    assert all(app.selectbox(key=f"effect:de:{name}").proto.help for name in CHOSEN)


@pytest.mark.parametrize(("name", "label"), [("outcome", "outcome"), ("first_year", "first_year")])
def test_nonsense_in_the_address_is_named(open_page: OpenPage, name: str, label: str):
    app = open_page("effect/model", **{name: "2014<b>"})
    assert not app.exception
    notices = [notice.value for notice in app.info]
    wanted = (words("de")(f"effect.{label}"), plain("2014<b>"))
    assert any(all(text in notice for text in wanted) for notice in notices)


def test_a_small_snapshot_is_refused_with_reasons(open_page: OpenPage):
    app = open_page("effect/model")
    reason = plain(words("de")("report_model_effect.no_comparison", least=10))
    assert not app.exception
    assert sum(text.value == reason for text in app.markdown) >= 3
