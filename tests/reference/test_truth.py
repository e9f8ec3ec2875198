"""On the demonstration data of default size, indicators by group reproduce the stated truth."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from without_truth import WITHOUT_TRUTH

from analytics.domain.evaluation import Design, EffectOutcome, KimChoice, ModelChoice
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import catalogue
from analytics.domain.vocabulary import Group
from analytics.extracts.demo import DemoConfig, generate, truth
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.evaluation.results import evaluation_summary
from analytics.reports.indicators.indicator_values import indicator_values

HEADLINES = (
    "median_days_to_referral",
    "share_referred_30d",
    "share_referred_90d",
    "restricted_mean_days_180",
)
INDICATORS = sorted({one.id for one in catalogue().values() if one.counts_needs} - WITHOUT_TRUTH)
# Eighteen intervals of 95 % would miss about once by chance. So each may be half as wide again,
# which makes them 99.7 % intervals.
SLACK = 0.5


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    root = tmp_path_factory.mktemp("default")
    demo = generate(DemoConfig())
    SnapshotStore(root).publish(
        demo.tables, as_of=demo.config.as_of, provenance=demo.provenance, source=demo.source
    )
    folder = SnapshotStore(root).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole_truth() -> dict[str, Any]:
    return truth(DemoConfig(), replicates=2, cases=100_000)


@pytest.fixture(scope="module")
def true_values(whole_truth: dict[str, Any]) -> dict[str, Any]:
    return whole_truth["indicators"]


def _estimates(store: ParquetStore, name: str) -> pd.DataFrame:
    table = indicator_values(store, name, "group", NeedFilter(PROGRAMME), words("de")).table
    return table.frame.set_index("key")


@pytest.mark.parametrize("group", [Group.MODEL, Group.COMPARISON])
@pytest.mark.parametrize("name", INDICATORS)
def test_the_truth_lies_near_the_interval(
    store: ParquetStore, true_values: dict[str, Any], name: str, group: Group
) -> None:
    found = _estimates(store, name).loc[group]
    true = true_values[name]["group"][group.value]
    below, above = found["value"] - found["low"], found["high"] - found["value"]
    assert found["low"] - SLACK * below <= true <= found["high"] + SLACK * above


@pytest.mark.parametrize("group", [Group.MODEL, Group.COMPARISON])
@pytest.mark.parametrize("name", HEADLINES)
def test_the_truth_of_the_headlines_lies_within(
    store: ParquetStore, true_values: dict[str, Any], name: str, group: Group
) -> None:
    found = _estimates(store, name).loc[group]
    assert found["low"] <= true_values[name]["group"][group.value] <= found["high"]


@pytest.mark.parametrize("outcome", EffectOutcome)
@pytest.mark.parametrize("design", Design)
def test_the_true_effects_lie_within(
    store: ParquetStore, whole_truth: dict[str, Any], design: Design, outcome: EffectOutcome
) -> None:
    choice = ModelChoice if design is Design.MODEL_PROJECT else KimChoice
    found = evaluation_summary(store, choice(outcome, draws=99))
    assert found.low <= whole_truth["estimands"][design][outcome] <= found.high
    assert found.design is design
