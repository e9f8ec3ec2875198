"""The outcomes that tell a change of the records from one for people, counted by hand."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from need_rows import COMPARISON, MODEL, Needs, publish

from analytics.domain.evaluation import EffectOutcome
from analytics.domain.periods import Month, Period
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.panel import build_panel
from analytics.reports.evaluation.recording import RecordingPanels, recording_panels

SPRING, SUMMER = date(2018, 5, 2), date(2018, 8, 1)
PERIOD = Period(Month(2018, 4), Month(2018, 9))
UNITS = (MODEL, COMPARISON)
GIVEN = (
    # Ten of the comparison unit: five met on day 2, three late, two never heard of again.
    Needs(5, COMPARISON, on=SPRING, referred=2),
    Needs(3, COMPARISON, on=SPRING, referred=130),
    Needs(2, COMPARISON, on=SPRING),
    Needs(8, MODEL, on=SPRING, referred=40, area="health"),
    Needs(4, MODEL, on=SPRING, referred=95, contact_before=40),
    Needs(12, MODEL, on=SUMMER, referred=40, area="health"),
)


def panels(store: ParquetStore, effect: float = 0.0) -> RecordingPanels:
    share = build_panel(store, EffectOutcome.SHARE, UNITS, PERIOD)
    return recording_panels(store, share, effect, SUMMER.replace(month=7), whole_districts=False)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> RecordingPanels:
    with publish(tmp_path_factory.mktemp("records"), GIVEN) as store:
        return panels(store)


def test_reach_counts_all_cases_and_the_clock_begins_with_the_first_contact(
    found: RecordingPanels,
) -> None:
    # In spring all twelve of Dortmund are met within 120 days of the opening, but four of them
    # not within 120 days of the first contact; of the ten of Bochum, five.
    assert found.reach[:, 0].tolist() == [1.0, 0.5]
    assert found.clock[:, 0] == pytest.approx([8 / 12, 0.5])
    assert found.needs[:, 0].tolist() == [1.0, 1.0]
    assert found.cases[:, 0] == pytest.approx([math.log(12), math.log(10)])


def test_a_need_that_comes_up_later_is_no_fault_of_the_records(
    tmp_path: Path, found: RecordingPanels
) -> None:
    """Whoever starts sooner has a next need sooner: the records are as good as before."""
    later = [replace(each, next_after=121) for each in GIVEN]
    with publish(tmp_path / "later", later) as store:
        told = panels(store)
    for name in ("reach", "clock", "needs", "cases"):
        np.testing.assert_array_equal(getattr(told, name), getattr(found, name))
    at_once = [replace(each, next_after=120) for each in GIVEN]
    with publish(tmp_path / "soon", at_once) as store:
        assert panels(store).needs[:, 0].tolist() == [2.0, 2.0]


def test_needs_without_a_sign_and_needs_met_at_once(found: RecordingPanels) -> None:
    assert found.fast_share == pytest.approx(5 / 34)
    assert found.silent_share == pytest.approx(2 / 34)
    assert found.met == pytest.approx(25 / 34)


def test_what_a_true_effect_implies_is_taken_out(tmp_path: Path) -> None:
    """With proportional hazards, S(d) becomes S(d) ** r: the sign moves as that says."""
    with publish(tmp_path, GIVEN) as store:
        found, moved = panels(store), panels(store, effect=0.1)
    here, there = 1 - found.met, 1 - found.fast_share
    ratio = math.log(here - 0.1) / math.log(here)
    implied = (there - there**ratio) / (here - here**ratio)
    share = np.array([8 / 12, 0.5])
    assert moved.fast[:, 0] == pytest.approx(np.array([0.0, 0.5]) - implied * share)
    assert found.fast[1, 0] < 0.5 and found.silent[1, 0] > 0.2


def test_the_expected_share_is_that_of_the_like_before(found: RecordingPanels) -> None:
    # Before July: needs for health are met in 8 of 8, those for language in 5 of 14. Fewer than
    # ten alike take the share of their area; here that is the same.
    assert found.expected[0, 0] == pytest.approx((8 * 1 + 4 * 5 / 14) / 12)
    assert found.expected[0, 1] == pytest.approx(1.0)
    assert found.adjusted[0, 1] == pytest.approx(0.0)
