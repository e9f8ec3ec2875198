"""The simulation studies: a world is simulated whole, an interrupted study goes on where it was.

A sample of the stored worlds is run again: what is stored came from this program.
"""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.coverage.studies import BINDING, DIVISION, INTERVALS, STUDIES, VERDICTS
from analytics.coverage.study import FIRST_SEED, Row, Study, run_study, store_study
from analytics.coverage.worlds import WORLDS
from analytics.domain.evaluation import Design, EffectOutcome
from analytics.domain.verdict import Level
from analytics.reports.cooperation.binding_promise import STORED_BINDING, STORED_DIVISION
from analytics.reports.evaluation.simulated import STORED_INTERVALS, STORED_VERDICTS, verdicts
from analytics.reports.exploring.promise import STORED


def pretended(world: str, seed: int) -> list[Row]:
    """Return rows without simulating; what they say does not matter here."""
    return [{"world": world, "seed": seed, "design": design, "value": 0.1} for design in Design]


@pytest.fixture
def small(tmp_path: Path) -> Study:
    return Study(
        name="small",
        jobs=[("drift", 1), ("null", 1), ("drift", 2), ("null", 2), ("drift", 3)],
        simulate=pretended,
        keys=("world", "seed"),
        about={"draws": "499"},
        target=tmp_path / "small.parquet",
    )


def test_an_interrupted_study_goes_on(small: Study, tmp_path: Path) -> None:
    work, told = tmp_path / "worlds.jsonl", []
    first = json.dumps(pretended("drift", 1))
    work.write_text(f"{first}\n{first[:40]}\n", "utf-8")
    run_study(small, work, 1, lambda done, of: told.append((done, of)))
    assert told[0] == (1, 5) and told[-1] == (5, 5)
    before = work.read_bytes()
    run_study(small, work, 1, lambda *_: None)
    assert work.read_bytes() == before


def test_the_stored_result_tells_what_it_holds(small: Study, tmp_path: Path) -> None:
    work = tmp_path / "worlds.jsonl"
    run_study(small, work, 1, lambda *_: None)
    assert store_study(small, work) == 5
    table = pq.read_table(small.target)
    assert table.num_rows == 5 * len(Design)
    assert table.schema.metadata[b"draws"] == b"499" and b"date" in table.schema.metadata


def test_worlds_that_are_no_longer_asked_for_are_not_stored(small: Study, tmp_path: Path) -> None:
    work = tmp_path / "worlds.jsonl"
    run_study(small, work, 1, lambda *_: None)
    assert store_study(replace(small, jobs=small.jobs[:2]), work) == 2


def test_studies_are_stored_where_the_page_reads_them() -> None:
    stored = {STORED_INTERVALS, STORED_VERDICTS, STORED, STORED_BINDING, STORED_DIVISION}
    assert {study.target for study in STUDIES} == stored


def test_the_stored_verdicts_tell_each_world_as_it_is_defined() -> None:
    told = {name: (fact.violates, fact.effect) for name, fact in verdicts().worlds.items()}
    assert told == {world.name: (world.violates, world.effect) for world in WORLDS}


def test_a_world_gives_every_design_and_outcome_with_its_truth() -> None:
    rows = INTERVALS.simulate("effect", FIRST_SEED)
    assert {(row["design"], row["outcome"]) for row in rows} == {
        (design.value, outcome.value) for design in Design for outcome in EffectOutcome
    }
    by_name = {(row["design"], row["outcome"]): row for row in rows}
    share = by_name["model-project", "share_referred_90d"]
    days = by_name["model-project", "restricted_mean_days_180"]
    assert 0.02 < share["truth"] < 0.1 and -20 < days["truth"] < -2
    assert all(row["low"] < row["estimate"] < row["high"] for row in rows)
    assert_stored(INTERVALS, ("effect", FIRST_SEED), rows)


@pytest.mark.parametrize("world", ["unrecorded_20", "kim_clock_7"])
def test_a_stored_world_run_again_gives_the_same_rows(world: str) -> None:
    key = (world, 20_000, FIRST_SEED)
    assert_stored(VERDICTS, key, VERDICTS.simulate(*key))


def test_a_world_that_all_rules_have_judged_gives_the_same_rows() -> None:
    stored = verdicts().rows
    judged = stored[(stored["cases"] == 20_000) & (stored["level"] == Level.COMPATIBLE)]
    world = judged.sort_values(["seed", "world"]).iloc[0]
    key = (world["world"], 20_000, int(world["seed"]))
    assert_stored(VERDICTS, key, VERDICTS.simulate(*key))


@pytest.mark.parametrize(
    ("study", "key"),
    [(BINDING, ("chosen", FIRST_SEED)), (DIVISION, (1.0, FIRST_SEED + 1))],
    ids=lambda each: getattr(each, "name", ""),
)
def test_a_stored_world_of_appointments_gives_the_same_rows(
    study: Study, key: tuple[object, ...]
) -> None:
    assert_stored(study, key, study.simulate(*key))


def assert_stored(study: Study, key: tuple[object, ...], rows: list[Row]) -> None:
    """Compare rows with those stored under a key; numbers to ten digits, as machines differ."""
    stored = pq.read_table(study.target).to_pandas()
    same = (stored[list(study.keys)] == list(key)).all(axis=1)
    expected = stored[same].reset_index(drop=True)
    found = pd.DataFrame(rows)
    if "values" in expected:
        pairs = zip(found.pop("values"), expected.pop("values"), strict=True)
        for computed, kept in pairs:
            assert json.loads(computed) == pytest.approx(json.loads(kept), abs=1e-4)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, rtol=1e-10)
