"""The studies: intervals and the truth, wrong verdicts, what the search names, appointments."""

import json
from dataclasses import asdict
from typing import Final

from analytics.coverage.binding_worlds import CASES as BINDING_CASES
from analytics.coverage.binding_worlds import KINDS as BINDING_KINDS
from analytics.coverage.binding_worlds import SEEDS as BINDING_SEEDS
from analytics.coverage.binding_worlds import compared
from analytics.coverage.division_worlds import CASES as DIVISION_CASES
from analytics.coverage.division_worlds import EFFECTS, divided
from analytics.coverage.division_worlds import SEEDS as DIVISION_SEEDS
from analytics.coverage.judgement import DRAWS as JUDGED_DRAWS
from analytics.coverage.judgement import judge
from analytics.coverage.scenarios import CASES, DRAWS, SCENARIOS
from analytics.coverage.standout_worlds import KINDS, simulated
from analytics.coverage.study import FIRST_SEED, Row, Study
from analytics.coverage.world import simulate
from analytics.coverage.worlds import MORE_SEEDS, SEEDS, SIZES, WORLDS
from analytics.domain.areas import REFERENCE
from analytics.reports.cooperation.binding_promise import STORED_BINDING, STORED_DIVISION
from analytics.reports.exploring.promise import STORED

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
        for number in range(max(SEEDS, *MORE_SEEDS.values()))
        for cases in SIZES
        for world in WORLDS
        if number < MORE_SEEDS.get((world.name, cases), SEEDS)
    ],
    simulate=_judged,
    keys=("world", "cases", "seed"),
    about={"draws": str(JUDGED_DRAWS), "worlds": json.dumps(_ABOUT_WORLDS)},
    target=REFERENCE / "worlds.parquet",
)

FRESH_SEED: Final = 30_000
"""The search was mended after worlds of smaller seeds; these had no part in it."""

STANDOUTS: Final = Study(
    name="standouts",
    jobs=[
        (kind.name, cases, FRESH_SEED + number)
        for number in range(max(kind.worlds for kind in KINDS))
        for kind in KINDS
        for cases in kind.sizes
        if number < kind.worlds
    ],
    simulate=simulated,
    keys=("world", "cases", "seed"),
    about={"planted": "twice what a single question detects with 80 %"},
    target=STORED,
)

BINDING: Final = Study(
    name="binding",
    jobs=[
        (kind.name, FIRST_SEED + number)
        for number in range(BINDING_SEEDS)
        for kind in BINDING_KINDS
    ],
    simulate=compared,
    keys=("world", "seed"),
    about={"cases": str(BINDING_CASES)},
    target=STORED_BINDING,
)

DIVISION: Final = Study(
    name="division",
    jobs=[(effect, FIRST_SEED + number) for number in range(DIVISION_SEEDS) for effect in EFFECTS],
    simulate=divided,
    keys=("effect", "seed"),
    about={"cases": str(DIVISION_CASES)},
    target=STORED_DIVISION,
)

STUDIES: Final = (VERDICTS, INTERVALS, STANDOUTS, BINDING, DIVISION)
