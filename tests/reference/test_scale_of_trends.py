"""Why KIM's shares and days come out too small in the simulation: the scale of parallel trends.

Without noise: the estimator is given what each cell is expected to show.
"""

import numpy as np
import pytest

from analytics.domain.areas import registry
from analytics.extracts.demo import DemoConfig
from analytics.extracts.demo.calendar import QUARTERS, month_index
from analytics.extracts.demo.cells import SHARE_DAY, known_units
from analytics.extracts.demo.clock import WaitingTable
from analytics.extracts.demo.history import draw_history
from analytics.extracts.demo.needs import log_hazard
from analytics.extracts.demo.process import Process, build_process
from analytics.stats.staggered import staggered_effects

CASES = 60_000
FIRST = month_index(2018, 1) // 3
DISTRICTS = np.unique([unit.district for unit in registry().evaluation_units], return_inverse=True)[
    1
].astype(np.int64)


class World:
    """The expected outcomes of one seed, KIM and model programme switched on or off."""

    def __init__(self, seed: int) -> None:
        self.process = build_process(DemoConfig(seed=seed))
        history = draw_history(self.process, CASES, 1)
        self.people = history.people
        self.needs = history.needs.take(known_units(self.process, history))
        self.starts = first_quarters(self.process)

    def estimate(self, outcome: str, *, model: bool, kim: bool) -> float:
        """Return the average effect of KIM that the estimator finds in the expected outcomes."""
        eta = log_hazard(self.process, self.people, self.needs, model=model, kim=kim)
        table = WaitingTable.build()
        value = table.at(table.incidence(SHARE_DAY), eta) if outcome == "share" else eta
        unit = self.process.places.unit[self.people.municipality[self.needs.case]]
        cell = unit * QUARTERS + self.needs.month // 3
        size = len(self.process.places.units) * QUARTERS
        sums, counts = np.bincount(cell, value, size), np.bincount(cell, minlength=size)
        with np.errstate(invalid="ignore"):
            panel = (sums / counts).reshape(-1, QUARTERS)[:, FIRST : self.starts.max() + 1]
        return staggered_effects(panel, self.starts - FIRST, DISTRICTS).average.estimate


def first_quarters(process: Process) -> np.ndarray:
    first = np.full(len(process.places.units), QUARTERS, dtype=np.int64)
    starts = process.rollout.kim_start[process.places.kim_unit] // 3
    np.minimum.at(first, process.places.unit, starts)
    return first


@pytest.fixture(scope="module", params=[10_000, 10_001, 10_002])
def world(request: pytest.FixtureRequest) -> World:
    return World(request.param)


def test_faster_units_bias_a_share_although_kim_does_nothing(world: World) -> None:
    with_model = world.estimate("share", model=True, kim=False)
    without = world.estimate("share", model=False, kim=False)
    assert -0.004 < with_model - without < -0.001


def test_on_the_scale_on_which_trends_are_parallel_nothing_is_left(world: World) -> None:
    with_model = world.estimate("log hazard", model=True, kim=False)
    without = world.estimate("log hazard", model=False, kim=False)
    assert with_model == pytest.approx(without, abs=1e-4)
