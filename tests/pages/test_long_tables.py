"""Long tables: what matters is open, the rest on demand, and files hold all of it."""

from pathlib import Path

import pytest
from evaluation_store import publish, staggered
from own_files import current
from streamlit.testing.v1 import AppTest

from analytics.domain.evaluation import Design, KimChoice
from analytics.extracts.contract import CASES, TABLES
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.verdict_report import rule_table

from .conftest import OpenPage

KIM = {"design": Design.KIM_ROLLOUT.value}
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which KIM can be estimated."""
    return publish(tmp_path_factory.mktemp("by_hand"), staggered())


@BOTH
def test_the_data_description_shows_the_table_that_the_address_names(
    open_page: OpenPage, language: str
):
    w = words(language)
    closed = open_page("data-methods/basis", lang=language)
    (table,) = _tables(open_page("data-methods/basis", lang=language, table="cases"), "case_id")
    assert _tables(closed, "case_id") == []
    assert all(w(column.label) in table for column in CASES.columns)
    assert "referral_id" not in table
    box = closed.selectbox(key=f"data-methods:{language}:table")
    assert box.options == [w(each.label) for each in TABLES.values()]


def test_a_table_that_does_not_exist_is_not_chosen(open_page: OpenPage):
    app = open_page("data-methods/basis", table="nichts")
    assert not app.exception
    assert _tables(app, "case_id") == []


@BOTH
def test_met_rules_are_folded_and_the_others_open(
    open_page: OpenPage, by_hand: Path, language: str
):
    w = words(language)
    with ParquetStore(current(by_hand)) as store:
        frame = rule_table(store, KimChoice(), w).table.frame
    met = frame["level"] == "shown"
    assert 0 < met.sum() < len(frame)
    app = open_page("effect/verdict", store=by_hand, lang=language, **KIM)
    count = w.number(int(met.sum()))
    (folded,) = [e for e in app.expander if e.label == w("page_verdict.rules_met", count=count)]
    inside = "".join(block.proto.body for block in folded.get("html"))
    everywhere = "".join(_tables(app, w("verdict.column_rule")))
    assert all((rule in inside) == is_met for rule, is_met in zip(frame["why"], met, strict=True))
    assert all(rule in everywhere for rule in frame["why"])


def test_published_posts_stand_below_their_foot(open_page: OpenPage):
    w = words("de")
    app = open_page("kim-rollout")
    assert _tables(app, w("report_kim.remark")) == []
    app.segmented_control(key="part_kim_published_posts").set_value("table").run()
    assert not app.exception
    assert len(_tables(app, w("report_kim.remark"))) == 1


def test_the_ready_sentences_are_folded(open_page: OpenPage, by_hand: Path):
    app = open_page("effect/verdict", store=by_hand, **KIM)
    (folded,) = [e for e in app.expander if e.label == words("de")("page_verdict.to_copy")]
    assert len(folded.get("code")) == len(LANGUAGES)


def _tables(app: AppTest, text: str) -> list[str]:
    return [block.proto.body for block in app.get("html") if text in block.proto.body]
