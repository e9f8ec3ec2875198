"""The tab "Wer wartet länger?": its controls, its four figures, and what it refuses."""

import pytest

from analytics.i18n import LANGUAGES, words
from analytics.reports.exploring.fairness import MEASURES

from .conftest import OpenPage

PLACE = "explore/fairness"


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_questions_are_answered_at_once(open_page: OpenPage, language: str) -> None:
    w = words(language)
    app = open_page(PLACE, lang=language)
    assert not app.exception
    heads = [head.value for head in app.header]
    assert heads == [w("page_explore.fairness_waits"), w("page_explore.fairness_ends")]
    assert len(app.get("plotly_chart")) == 4
    assert len(app.selectbox(key=f"explore:{language}:measure").options) == len(MEASURES)


def test_field_and_measure_are_chosen_and_stand_in_the_address(open_page: OpenPage) -> None:
    app = open_page(PLACE)
    app.selectbox(key="explore:de:by").set_value("legal_regime").run()
    app.selectbox(key="explore:de:measure").set_value("share_started_180d").run()
    assert not app.exception
    assert {"by", "measure"} <= set(app.query_params)
    assert len(app.get("plotly_chart")) == 4


def test_one_group_alone_is_refused_in_words(open_page: OpenPage) -> None:
    w = words("de")
    app = open_page(PLACE, by="sex", sex=["female"])
    assert not app.exception
    assert any(w("dimension.sex") in info.value for info in app.info)
    assert not app.get("plotly_chart")
