"""What a fault of the records moves, and what it cannot: the same people, recorded otherwise."""

from dataclasses import dataclass

import numpy as np
import pytest

from analytics.coverage.world import published
from analytics.coverage.worlds import WORLDS
from analytics.domain.evaluation import ModelChoice
from analytics.domain.verdict import Level
from analytics.extracts.demo import DemoConfig
from analytics.reports.evaluation.evidence import Evidence, model_evidence
from analytics.reports.evaluation.judging import Verdict, model_verdict

CONFIG = DemoConfig(cases=12_000, seed=5, model_effect=0.0, kim_effect=0.0)
CHOICE = ModelChoice(draws=99)


@dataclass(frozen=True)
class Found:
    evidence: Evidence
    verdict: Verdict


@pytest.fixture(scope="module")
def worlds() -> dict[str, Found]:
    """The same cases, as recorded in each world."""
    named = {world.name: world for world in WORLDS}
    found = {}
    for name in ("null", "clock_14", "unrecorded_40", "redefined", "undated_others"):
        with published(CONFIG, named[name].disturbance) as store:
            found[name] = Found(model_evidence(store, CHOICE), model_verdict(store, CHOICE))
    return found


def test_a_late_clock_moves_the_share_and_no_twin(worlds: dict[str, Found]) -> None:
    honest, late = worlds["null"].evidence, worlds["clock_14"].evidence
    assert late.average.estimate > honest.average.estimate + 0.02
    assert np.array_equal(late.panels.reach, honest.panels.reach, equal_nan=True)
    assert late.fast.estimate > 0.1 > 0.02 > abs(honest.fast.estimate)


def test_slow_needs_that_are_not_written_down_move_the_share_and_not_what_cases_got(
    worlds: dict[str, Found],
) -> None:
    honest, fewer = worlds["null"].evidence, worlds["unrecorded_40"].evidence
    assert fewer.average.estimate > honest.average.estimate + 0.05
    assert fewer.reach.estimate == pytest.approx(honest.reach.estimate, abs=0.04)
    assert fewer.needs.estimate < honest.needs.estimate - 0.1


def test_missing_dates_leave_needs_without_a_sign(worlds: dict[str, Found]) -> None:
    honest, undated = worlds["null"].evidence, worlds["undated_others"].evidence
    assert undated.average.estimate > honest.average.estimate + 0.03
    assert undated.silent.estimate < honest.silent.estimate - 0.015


def test_what_counts_at_once_is_seen(worlds: dict[str, Found]) -> None:
    assert worlds["redefined"].evidence.fast.estimate > 0.06


@pytest.mark.parametrize("name", ["clock_14", "unrecorded_40", "redefined", "undated_others"])
def test_no_fault_of_the_records_is_shown_as_an_effect(worlds: dict[str, Found], name: str) -> None:
    assert worlds[name].verdict.level is not Level.SHOWN


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("clock_14", "clock"),
        ("unrecorded_40", "recorded"),
        ("redefined", "definition"),
        ("undated_others", "dates"),
    ],
)
def test_the_violated_assumption_is_among_those_that_carry(
    worlds: dict[str, Found], name: str, about: str
) -> None:
    carried = [weakness.assumption for weakness in worlds[name].verdict.carried_by]
    assert about in carried
