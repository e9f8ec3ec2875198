"""What stands out: each row leads to the question whose picture shows it, filters included."""

from urllib.parse import parse_qs

import pytest

from analytics.i18n import LANGUAGES, Language, words

from .conftest import OpenPage


def asked(app) -> list[dict[str, list[str]]]:
    """Return the parameters of the links that lead into the page Erkunden."""
    links = [link.proto for link in app.get("page_link")]
    found = [parse_qs(link.query_string) for link in links if "explore" in link.page]
    return [parameters for parameters in found if "indicator" in parameters]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_leads_to_its_picture(open_page: OpenPage, language: Language) -> None:
    w = words(language)
    app = open_page("explore/standouts", lang=language)
    assert not app.exception
    assert w.label("offer_area", "language") in app.header[0].value
    first, *others = asked(app)
    assert first["rows"] == ["offer_area"] and "columns" not in first and "tab" not in first
    assert first["indicator"] == ["share_referred_90d"]
    assert (first["from"], first["to"]) == (["2017-01"], ["2019-12"])
    assert (first["compare"], first["against"]) == (["period"], ["2015-01:2016-12"])
    # Differences are within the period.
    assert any("against" not in each for each in others)


def test_filters_go_along(open_page: OpenPage) -> None:
    app = open_page("explore/standouts", sex="female", **{"from": "2018-01", "to": "2018-12"})
    assert not app.exception
    for each in asked(app):
        assert each["sex"] == ["female"] and each["from"] == ["2018-01"]


def test_what_cannot_be_searched_is_not_offered(open_page: OpenPage) -> None:
    app = open_page("explore/standouts", indicator="cases_per_fte")
    assert not app.exception
    (chosen,) = [box for box in app.selectbox if box.label == words("de")("ui.indicator")]
    assert chosen.value == "share_referred_90d"
