"""The tab of questions: what can be asked, what is refused, narrower questions and the way back."""

from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from analytics.domain.inquiry import ImpossibleInquiryError
from analytics.domain.pages import FORMER, parted
from analytics.i18n import LANGUAGES, Language, words

from .conftest import ON_A_MAP, OpenPage


def box(app: AppTest, name: str, language: Language = "de"):
    return app.selectbox(key=f"explore:{language}:{name}")


def finding(app: AppTest) -> str:
    return app.header[0].value


def trail(app: AppTest) -> list[str]:
    return [b.label for b in app.button if str(b.key).startswith("explore_step_")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_question_is_asked_by_area(open_page: OpenPage, language: Language):
    app = open_page("explore", lang=language)
    assert not app.exception
    w = words(language)
    assert box(app, "rows", language).value == "offer_area"
    assert box(app, "columns", language).value == "state"
    assert box(app, "compare", language).value == "none"
    assert finding(app)
    labels = [each.label for each in app.selectbox]
    assert labels[:4] == [
        w("ui.indicator"), w("explore.rows"), w("explore.columns"), w("explore.compare"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"rows": "state"},
        {"rows": "quarter"},
        {"rows": "quarter", "columns": "offer_area"},
        {"rows": "quarter", "columns": "offer_area", "compare": "sex"},
        {"rows": "district", "columns": "sex"},
        {"rows": "district", "compare": "period"},
        {"rows": "residence_status", "compare": "alike"},
        {"rows": "residence_status", "compare": "alike", "picture": "table"},
        {"rows": "unit"},
        {"rows": "residence_status", "columns": "age_group"},
        {"columns": "sex", "picture": "multiples"},
        {"columns": "sex", "picture": "table"},
        {"compare": "period", "against": "2018-01:2018-12", "from": "2019-01", "to": "2019-12"},
        {"compare": "legal_regime", "columns": "sex", "picture": "multiples"},
        {"rows": "district", "picture": "tiles", "district": "05315"},
        {"rows": "district", "within": ["05315", "05314", "05382"], "picture": "map"},
    ],
    ids=str,
)
def test_every_kind_of_question_is_answered(
    open_page: OpenPage, language: Language, query: dict[str, str | list[str]]
):
    app = open_page("explore", lang=language, **query)
    assert not app.exception
    assert not app.error
    assert finding(app)
    for name in set(query) & {"rows", "columns", "compare"}:
        assert box(app, name, language).value == query[name]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"compare": "sex", "first": "female", "second": "female"}, "same"),
        ({"rows": "sex", "compare": "sex"}, "grouped"),
        ({"rows": "quarter", "compare": "period"}, "quarters"),
    ],
)
def test_what_has_no_meaning_is_said_in_a_sentence(
    open_page: OpenPage, query: dict[str, str], reason: str
):
    refused = words("de")(f"explore.refused_{reason}")
    assert str(ImpossibleInquiryError(reason)) == reason
    app = open_page("explore", **query)
    assert not app.exception
    assert refused in [each.value for each in app.info]
    assert not app.header


def test_what_another_indicator_does_not_have_is_dropped(open_page: OpenPage):
    app = open_page(
        "explore",
        rows="residence_status",
        columns="sex",
        compare="period",
        against="2018-01:2018-12",
    )
    box(app, "indicator").set_value("cases_per_fte").run()
    assert not app.exception and not app.error
    asked = {name: box(app, name).value for name in ("rows", "columns", "compare")}
    assert asked == {"rows": "state", "columns": "state", "compare": "none"}
    assert finding(app)
    assert set(app.query_params) == {"indicator"}


def test_reversed_months_are_said_above_the_answer(open_page: OpenPage):
    app = open_page("explore", **{"from": "2019-05", "to": "2018-01"})
    w = words("de")
    (said,) = app.warning
    assert w("ui.period_reversed", first="Mai 2019", last="Jan. 2018") == said.value
    assert finding(app)


def test_wrong_codes_become_the_usual_question_and_are_named(open_page: OpenPage):
    nasty = {name: "<b>x</b>" for name in ("rows", "columns", "compare", "picture", "indicator")}
    app = open_page("explore", **nasty, against="2015-01:2016-12:7", within="99999")
    assert not app.exception and not app.error
    assert finding(app) == finding(open_page("explore"))
    (notice,) = app.info
    w = words("de")
    for label in ("explore.rows", "explore.columns", "explore.compare", "explore.picture"):
        assert w(label) in notice.value
    assert "<b>x" not in notice.value


def test_a_cell_is_looked_at_more_closely_and_the_trail_leads_back(open_page: OpenPage):
    app = open_page("explore")
    before = finding(app)
    box(app, "closer").set_value("housing\t").run()
    assert not app.exception
    assert box(app, "rows").value == "quarter"
    assert app.multiselect(key="explore:de:offer_area").value == ["housing"]
    # The months are those of the wider question, not those that quarters usually have.
    assert [box(app, name).value for name in ("from", "to")] == ["2017-01", "2019-12"]
    assert app.query_params["from"] == "2017-01"
    (step,) = [b for b in app.button if str(b.key).startswith("explore_step_")]
    step.click().run()
    assert finding(app) == before
    assert box(app, "rows").value == "offer_area"
    assert app.multiselect(key="explore:de:offer_area").value == []
    assert trail(app) == []
    assert set(app.query_params) <= {"tab"}


def test_a_compared_cell_is_asked_on_by_what_it_is_compared_with(open_page: OpenPage):
    app = open_page("explore", compare="period", columns="sex")
    box(app, "closer").set_value("housing\tfemale").run()
    assert not app.exception
    assert box(app, "rows").value == "state"
    assert box(app, "compare").value == "period"
    assert app.multiselect(key="explore:de:sex").value == ["female"]
    assert len(trail(app)) == 1


def test_what_belongs_to_another_comparison_leaves_the_address(open_page: OpenPage):
    app = open_page("explore", compare="sex", second="diverse")
    assert box(app, "second").value == "diverse"
    box(app, "compare").set_value("none").run()
    assert set(app.query_params) <= {"tab"}


def test_a_district_has_its_panel_beside_the_picture_of_all(open_page: OpenPage):
    app = open_page("explore", **ON_A_MAP, district="05315")
    assert [each.value for each in app.header if each.value == "Köln"]
    assert app.metric


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_released_edition_answers_or_says_why_not(
    use_store: pytest.MonkeyPatch, open_page: OpenPage, language: Language
):
    use_store.setenv("EWG_RELEASE", "released")
    for query in ({}, {"columns": "sex"}, {"compare": "period"}, {"compare": "sex"}, ON_A_MAP):
        app = open_page("explore", lang=language, **query)
        assert not app.exception and not app.error
        assert app.header or app.info
    # A period that is not on the grid is not asked for.
    app = open_page("explore", lang=language, compare="period", against="2015-02:2015-03")
    assert not app.exception
    assert box(app, "against", language).value != "2015-02:2015-03"


def test_the_former_map_leads_to_the_map_of_the_question(open_page: OpenPage):
    address, opened = parted(FORMER["map"])
    assert address == "explore" and not urlsplit(FORMER["map"]).netloc
    app = open_page(FORMER["map"])
    assert not app.exception
    assert box(app, "rows").value == opened["rows"] == "district"
