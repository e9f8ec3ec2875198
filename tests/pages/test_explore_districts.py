"""Districts by indicators on their page: what is chosen, ordered and narrowed; both languages."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.domain.grid_choice import FIRST_INDICATORS
from analytics.i18n import LANGUAGES, Language, words

from .conftest import OpenPage

KOELN, BONN = "05315", "05314"


def said(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in (*app.header, *app.markdown, *app.info))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_begins_with_the_usual_indicators_of_all_districts(
    open_page: OpenPage, language: Language
) -> None:
    app, w = open_page("explore/districts", lang=language), words(language)
    assert not app.exception
    assert app.multiselect(key=f"explore:{language}:column").value == list(FIRST_INDICATORS)
    assert len(app.get("plotly_chart")) == 2
    assert w("finding_grid.short_cases_per_fte") in said(app)
    assert "53" in said(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_says_which_districts_columns_and_order(
    open_page: OpenPage, language: Language
) -> None:
    asked = {
        "column": ["share_referred_90d", "foreign_share"],
        "whom": "own",
        "within": [KOELN, BONN],
        "order": "share_referred_90d",
    }
    app = open_page("explore/districts", lang=language, **asked)
    assert not app.exception and not app.warning
    assert app.query_params["order"] == "share_referred_90d"
    assert app.query_params["within"] == [KOELN, BONN]


def test_an_order_goes_with_its_column(open_page: OpenPage) -> None:
    asked = {"column": ["share_referred_90d", "foreign_share"], "order": "foreign_share"}
    app = open_page("explore/districts", **asked)
    app.multiselect(key="explore:de:column").set_value(["share_referred_90d"]).run()
    assert not app.exception
    assert app.selectbox(key="explore:de:order").value == "region"
    assert "order" not in app.query_params


def test_a_district_stands_with_its_ring(open_page: OpenPage) -> None:
    app = open_page("explore/districts", whom="ring", ring=KOELN)
    assert not app.exception
    assert "9" in said(app)


def test_two_equal_indicators_are_refused_in_words(open_page: OpenPage) -> None:
    app = open_page("explore/districts", x="foreign_share", y="foreign_share")
    assert not app.exception
    assert words("de")("indicator_pair.same") in [each.value for each in app.info]
