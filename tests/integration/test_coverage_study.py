"""The simulation study: a world is simulated whole; an interrupted study goes on where it was."""

import json
from dataclasses import asdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.coverage import study
from analytics.coverage.scenarios import SCENARIOS, Scenario
from analytics.coverage.world import Run, simulate
from analytics.domain.evaluation import Design, EffectOutcome

SMALL = (Scenario("effect", 1.0, 1.0, 3, judged=False), Scenario("null", 0.0, 0.0, 2, judged=True))


def pretended(scenario: Scenario, seed: int) -> list[Run]:
    """Return runs without simulating; what they say does not matter here."""
    return [
        Run(scenario.name, seed, design, outcome, 0.0, 0.1, -0.1, 0.2, 0.5, 0.1, "not")
        for design in Design
        for outcome in EffectOutcome
    ]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study, "SCENARIOS", SMALL)
    monkeypatch.setattr(study, "simulate", pretended)


def test_a_world_gives_every_design_and_outcome_with_its_truth() -> None:
    scenario = next(each for each in SCENARIOS if each.name == "effect")
    runs = simulate(scenario, 7)
    assert {(run.design, run.outcome) for run in runs} == {
        (design.value, outcome.value) for design in Design for outcome in EffectOutcome
    }
    by_name = {(run.design, run.outcome): run for run in runs}
    share = by_name["model-project", "share_referred_90d"]
    days = by_name["model-project", "restricted_mean_days_180"]
    assert 0.02 < share.truth < 0.1 and -20 < days.truth < -2
    assert all(run.low < run.estimate < run.high for run in runs)


def test_an_interrupted_study_goes_on(small: None, tmp_path: Path) -> None:
    work, told = tmp_path / "worlds.jsonl", []
    first = [asdict(run) for run in pretended(SMALL[0], study.FIRST_SEED)]
    work.write_text(f"{json.dumps(first)}\n" + json.dumps(first)[:40] + "\n", "utf-8")
    study.run_study(work, 1, lambda done, of: told.append((done, of)))
    assert told[0] == (1, 5) and told[-1] == (5, 5)
    before = work.read_bytes()
    study.run_study(work, 1, lambda *_: None)
    assert work.read_bytes() == before


def test_the_stored_result_tells_size_and_seeds(small: None, tmp_path: Path) -> None:
    work, target = tmp_path / "worlds.jsonl", tmp_path / "coverage.parquet"
    study.run_study(work, 1, lambda *_: None)
    assert study.store_study(work, target) == 5
    table = pq.read_table(target)
    assert table.num_rows == 5 * len(Design) * len(EffectOutcome)
    assert set(table.schema.metadata) >= {b"cases", b"draws", b"date"}
