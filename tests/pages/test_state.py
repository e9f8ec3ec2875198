"""What the address asks for, and what happens when it asks for nonsense."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics.i18n import LANGUAGES, Language, words
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
        ({"offer_area": "'; DROP TABLE cases"}, "dimension.offer_area"),
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
    assert words("de")("dimension.provider") in notice.value
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


@pytest.mark.parametrize("page", ["referral-times", "explore", "presentation"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_the_wrong_way_round_is_said_to_be(
    open_page: OpenPage, page: str, language: Language
):
    w = words(language)
    app = open_page(page, **{"from": "2019-12", "to": "2018-01"}, lang=language)
    (warning,) = [each for each in app.warning if w.month(date(2019, 12, 1)) in each.value]
    assert w.month(date(2018, 1, 1)) in warning.value
    app = open_page(page, **{"from": "2018-01", "to": "2018-01"}, lang=language)
    assert not app.warning


def test_moving_the_first_month_beyond_the_last_is_said(open_page: OpenPage):
    app = open_page("referral-times", **{"from": "2017-01", "to": "2018-06"})
    app.selectbox(key="referral-times:de:from").set_value("2019-12").run()
    (warning,) = app.warning
    assert "Juni 2018" in warning.value and "Dez. 2019" in warning.value


def test_an_unknown_language_is_german(open_page: OpenPage):
    app = open_page("referral-times", lang="xx")
    assert app.title[0].value == words("de")("page_referral.title")


def test_the_language_switch_keeps_the_filters(open_page: OpenPage):
    app = open_page("referral-times", offer_area="housing")
    app.button_group(key="lang").set_value("en").run()
    assert app.title[0].value == words("en")("page_referral.title")
    assert app.multiselect(key="referral-times:en:offer_area").value == ["housing"]


def other_snapshot(store: Path, *, kept: bool) -> str:
    """Return the id of a snapshot that is not in force; in the store if it is ``kept``."""
    current = (store / "CURRENT").read_text("utf-8").strip()
    other = f"20221231{current[8:]}"
    if kept:
        shutil.copytree(store / current, store / other)
    return other


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_another_snapshot_says_so_and_keeps_the_selection(
    open_page: OpenPage, demo_store: Path, language: Language
):
    w = words(language)
    other = other_snapshot(demo_store, kept=False)
    app = open_page("referral-times", snapshot=other, lang=language, offer_area="housing")
    (notice,) = app.info
    assert w.date(date(2022, 12, 31)) in notice.value
    assert w.date(date(2023, 12, 31)) in notice.value
    assert w("figure_link.gone") in notice.value
    assert app.multiselect(key=f"referral-times:{language}:offer_area").value == ["housing"]
    assert "31.12.2023" in app.markdown[-1].value or "31 Dec 2023" in app.markdown[-1].value


def test_a_link_to_a_snapshot_that_is_kept_says_how_to_see_it(
    open_page: OpenPage, demo_store: Path, tmp_path: Path
):
    store = tmp_path / "store"
    shutil.copytree(demo_store, store)
    other = other_snapshot(store, kept=True)
    (notice,) = open_page("kim-rollout", store=store, snapshot=other).info
    assert f"`python -m analytics snapshots activate {other}`" in notice.value


def test_a_link_to_the_present_snapshot_says_nothing(open_page: OpenPage, demo_store: Path):
    current = (demo_store / "CURRENT").read_text("utf-8").strip()
    assert not open_page("kim-rollout", snapshot=current).info


@pytest.mark.parametrize("asked", ["../../etc", "20221331-20240115T093000000000Z-1a2b3c4d", ""])
def test_a_link_to_no_snapshot_is_no_error(open_page: OpenPage, asked: str):
    app = open_page("kim-rollout", snapshot=asked)
    assert not app.exception
    (notice,) = app.info
    assert asked not in notice.value or not asked


def test_a_figure_offers_a_link_with_selection_and_snapshot(open_page: OpenPage, demo_store: Path):
    app = open_page("data-methods/basis", district="05315", snapshot="old")
    for figure in ("data_timeliness", "data_sources"):
        app.button_group(key=f"part_{figure}").set_value("link").run()
    current = (demo_store / "CURRENT").read_text("utf-8").strip()
    links = [code.value for code in app.code if code.value.startswith("?")]
    assert f"?district=05315&snapshot={current}#data-timeliness" in links
    # What is published belongs to no snapshot.
    assert "?district=05315#data-sources" in links


@pytest.mark.parametrize(
    ("text", "shown"),
    [("4. Quartal 2021", r"4\. Quartal 2021"), ("- 5", r"\- 5"), ("2.5 days", "2.5 days")],
)
def test_a_sentence_that_begins_like_a_list_stays_a_sentence(text: str, shown: str):
    assert plain(text) == shown
