"""The two studies: whether intervals cover the truth, and what the verdict says when wrong."""

import json
from dataclasses import asdict
from typing import Final

from analytics.coverage.judgement import DRAWS as JUDGED_DRAWS
from analytics.coverage.judgement import judge
from analytics.coverage.scenarios import CASES, DRAWS, SCENARIOS
from analytics.coverage.study import FIRST_SEED, Row, Study
from analytics.coverage.world import simulate
from analytics.coverage.worlds import SEEDS, SIZES, WORLDS
from analytics.domain.areas import REFERENCE

_SCENARIOS: Final = {scenario.name: scenario for scenario in SCENARIOS}
_WORLDS: Final = {world.name: world for world in WORLDS}

_ABOUT_WORLDS: Final = {
    world.name: {"violates": world.violates, "effect": world.effect} for world in WORLDS
}
"""Stored with the result: a page that shows it must not import what simulates."""


def _simulated(scenario: str, seed: int) -> list[Row]:
    return [asdict(run) for run in simulate(_SCENARIOS[scenario], seed)]


def _judged(world: str, cases: int, seed: int) -> list[Row]:
    return [asdict(found) for found in judge(_WORLDS[world], cases, seed)]


INTERVALS: Final = Study(
    name="coverage",
    # One world of each scenario in turn, so that a part of them says something.
    jobs=[
        (scenario.name, FIRST_SEED + number)
        for number in range(max(scenario.seeds for scenario in SCENARIOS))
        for scenario in SCENARIOS
        if number < scenario.seeds
    ],
    simulate=_simulated,
    keys=("scenario", "seed"),
    about={"cases": str(CASES), "draws": str(DRAWS)},
    target=REFERENCE / "coverage.parquet",
)

VERDICTS: Final = Study(
    name="worlds",
    jobs=[
        (world.name, cases, FIRST_SEED + number)
        for number in range(SEEDS)
        for cases in SIZES
        for world in WORLDS
    ],
    simulate=_judged,
    keys=("world", "cases", "seed"),
    about={"draws": str(JUDGED_DRAWS), "worlds": json.dumps(_ABOUT_WORLDS)},
    target=REFERENCE / "worlds.parquet",
)

STUDIES: Final = (VERDICTS, INTERVALS)
