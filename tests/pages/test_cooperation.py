"""The page on cooperation: its choices in both languages, and a district beside its ring."""

import pytest

from analytics.i18n import words

from .conftest import OpenPage


def said(app) -> str:
    return "\n".join(str(each.value) for each in (*app.markdown, *app.header, *app.info))


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_opens_with_matrix_and_flow(open_page: OpenPage, language: str) -> None:
    w = words(language)  # type: ignore[arg-type]
    app = open_page("cooperation", lang=language, measure="returned", order="value")
    assert not app.exception and not app.error
    assert app.title[0].value == w("cooperation.page_title")
    heads = [head.value for head in app.header]
    assert heads[0].startswith(w("cooperation.name_returned"))
    assert len(heads) == 12


@pytest.mark.parametrize(
    ("chosen", "measure", "anchor"),
    [
        ({}, "bound", "handovers-beside-group-bound"),
        ({"beside": "years"}, "to_start", "handovers-beside-years-to-start"),
        ({"within": "05315", "beside": "ring"}, "bound", "handovers-beside-ring-bound"),
    ],
)
def test_two_choices_stand_side_by_side(
    open_page: OpenPage, chosen: dict[str, str], measure: str, anchor: str
) -> None:
    app = open_page("cooperation", measure=measure, **chosen)
    assert not app.exception and not app.error
    assert anchor in [head.anchor for head in app.header]


def test_numbers_of_needs_are_not_compared(open_page: OpenPage) -> None:
    app = open_page("cooperation", measure="needs")
    assert words("de")("beside.no_counts") in said(app)


def test_a_single_district_stands_beside_its_ring(open_page: OpenPage) -> None:
    app = open_page("cooperation", within="05315")
    assert not app.exception
    assert "district-handovers-05315" in [head.anchor for head in app.header]
    # One list of the longest waits: the district's, each beside its ring's.
    assert "handover-waits" not in [head.anchor for head in app.header]
    # The district is what the figure is about: the filter holds.
    assert "Gilt hier nicht: Kreis" not in said(app)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_choice_in_which_nobody_was_handed_over_says_so(
    open_page: OpenPage, language: str
) -> None:
    nobody = {"sex": "diverse", "residence_status": "settlement", "age_group": "55_plus"}
    app = open_page("cooperation", lang=language, within="05315", **nobody)
    assert not app.exception and not app.error
    assert words(language)("cooperation.nobody") in said(app)  # type: ignore[arg-type]
    # What is told of districts and of the programme does not hang on these people: it stays.
    anchors = [head.anchor for head in app.header]
    assert {"process-table", "wait-split"} <= set(anchors)
    # And it says which filters it does not heed.
    left = words(language)("filter.unheeded", parts="").strip(" .:")  # type: ignore[arg-type]
    assert left in said(app)
