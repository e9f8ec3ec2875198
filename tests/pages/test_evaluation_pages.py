"""The pages on KIM's effect and on the comparison: choices in the URL, refusals in place."""

import json
from pathlib import Path

import pytest
from evaluation_store import EARLY, at_once, publish, staggered

from analytics.i18n import LANGUAGES, words
from analytics.ui.show import plain

from .conftest import OpenPage
from .test_pages import texts

BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose control pool runs out after two quarters."""
    return publish(tmp_path_factory.mktemp("by_hand"), staggered())


@BOTH
def test_refused_cells_are_refused_on_the_page(open_page: OpenPage, by_hand: Path, language: str):
    w = words(language)
    app = open_page("effect/kim", store=by_hand, lang=language)
    assert not app.exception
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    crosses = [
        trace
        for spec in specs
        for trace in spec["data"]
        if trace.get("name") == w("report_kim_effect.refused")
    ]
    (refused,) = crosses
    reason = w("report_kim_effect.refused_small_pool", pool=4, least=5)
    assert any(reason in text for text in refused["hovertext"])
    assert all(w("report_kim_effect.refused") in text for text in refused["hovertext"])


@BOTH
def test_a_roll_out_at_once_is_refused_with_its_reason(
    open_page: OpenPage, tmp_path: Path, language: str
):
    w = words(language)
    app = open_page("effect/kim", store=publish(tmp_path, at_once()), lang=language)
    assert not app.exception
    said = "\n".join(texts(app))
    assert plain(w("evaluation.refused_title", name=w("report_kim_effect.headline_name"))) in said
    assert w.quarter(EARLY) in said
    # Only the pool can be drawn: it shows why there is nothing else.
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("address", ["effect/kim", "effect/comparison"])
def test_the_outcome_comes_from_the_address(open_page: OpenPage, by_hand: Path, address: str):
    asked = "restricted_mean_days_180"
    app = open_page(address, store=by_hand, outcome=asked)
    assert app.selectbox(key="effect:de:outcome").value == asked
    assert not app.exception
    before = [header.value for header in app.header]
    app.selectbox(key="effect:de:outcome").set_value("hazard_ratio").run()
    assert not app.exception
    assert [header.value for header in app.header] != before


def test_the_comparison_group_comes_from_the_address(open_page: OpenPage, by_hand: Path):
    everyone = open_page("effect/comparison", store=by_hand)
    matched = open_page("effect/comparison", store=by_hand, comparison="matched")
    assert matched.selectbox(key="effect:de:comparison").value == "matched"
    name = words("de")("report_comparison.group_matched")
    assert not any(name in text for text in _sentences(everyone))
    assert any(name in text for text in _sentences(matched))


def _sentences(app) -> list[str]:
    return [text.value for text in app.markdown if "Vergleichsgruppe" in text.value]


EXTREMES = (
    {"first_year": "2017"},
    {"first_year": "2017", "comparison": "matched", "towns": "drop", "outcome": "hazard_ratio"},
    {"first_year": "2016", "end": "2020-06", "towns": "exposure"},
)


@pytest.mark.parametrize("asked", EXTREMES, ids=lambda asked: "-".join(asked.values()))
@pytest.mark.parametrize("address", ["effect/verdict", "effect/model"])
def test_extreme_choices_have_a_page(
    open_page: OpenPage, by_hand: Path, address: str, asked: dict[str, str]
):
    app = open_page(address, store=by_hand, **asked)
    assert not app.exception and not app.error
    assert app.header
