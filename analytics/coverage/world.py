"""One simulated world: demonstration data of a seed, estimated as a user would."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final

import pyarrow as pa

from analytics.coverage.scenarios import CASES, DRAWS, Scenario
from analytics.domain.evaluation import Design, EffectOutcome, KimChoice, ModelChoice
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TableName, table
from analytics.extracts.demo import DemoConfig, generate, truth
from analytics.extracts.demo.disturbance import UNDISTURBED, Disturbance
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.kim_effect import KimEffect, kim_effect
from analytics.reports.evaluation.model_effect import ModelEffect, model_effect
from analytics.stats.did import Effect
from analytics.stats.staggered import Average

_TRUTH_WORLDS: Final = 2
_TRUTH_CASES: Final = 50_000

_Truth = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Run:
    """What came out for one estimand in one world; estimates in the panel's unit.

    Attributes:
        scenario, seed, design, outcome: Which.
        truth: The true average effect.
        estimate, low, high: The headline.
        placebo_p: Rank among random labels.
        detectable: What the panel could have found.
    """

    scenario: str
    seed: int
    design: str
    outcome: str
    truth: float
    estimate: float
    low: float
    high: float
    placebo_p: float
    detectable: float


def simulate(scenario: Scenario, seed: int) -> list[Run]:
    """Return the runs of one world, one for each design and outcome."""
    config = DemoConfig(
        cases=CASES,
        seed=seed,
        model_effect=scenario.model,
        kim_effect=scenario.kim,
    )
    true = truth(config, replicates=_TRUTH_WORLDS, cases=_TRUTH_CASES)["estimands"]
    with published(config) as store:
        return [
            _run(store, scenario, choice(outcome=outcome, draws=DRAWS, seed=seed), true)
            for outcome in EffectOutcome
            for choice in (ModelChoice, KimChoice)
        ]


def _run(
    store: ParquetStore, scenario: Scenario, choice: ModelChoice | KimChoice, true: _Truth
) -> Run:
    found: ModelEffect | KimEffect
    average: Effect | Average
    if isinstance(choice, ModelChoice):
        design, found = Design.MODEL_PROJECT, model_effect(store, choice)
        average = found.effect
    else:
        design, found = Design.KIM_ROLLOUT, kim_effect(store, choice)
        average = found.result.average
    return Run(
        scenario=scenario.name,
        seed=choice.seed,
        design=design.value,
        outcome=choice.outcome.value,
        truth=_true(true, design, choice.outcome),
        estimate=average.estimate,
        low=average.low,
        high=average.high,
        placebo_p=found.placebo.p,
        detectable=found.detectable,
    )


def _true(true: _Truth, design: Design, outcome: EffectOutcome) -> float:
    """Return the true effect in the panel's unit."""
    value = true[design][outcome]
    return log(value) if outcome is EffectOutcome.HAZARD else value


@contextmanager
def published(
    config: DemoConfig, disturbance: Disturbance = UNDISTURBED, *, bodies: bool = False
) -> Iterator[ParquetStore]:
    """Publish the data of a world as any snapshot is, in a folder that is gone afterwards.

    Without ``bodies`` it is not told who received people, nor what runs between bodies: the
    estimates of the programmes ask for neither, and half of the time goes into following it.
    """
    folder = Path(tempfile.mkdtemp(prefix="ewg-coverage-"))
    try:
        data = generate(config, disturbance=disturbance)
        tables = data.tables if bodies else _without_bodies(data.tables)
        snapshots = SnapshotStore(folder)
        snapshots.publish(
            tables, as_of=config.as_of, provenance=Provenance.SYNTHETIC, source="simulated"
        )
        current = snapshots.current()
        assert current is not None
        with ParquetStore(current) as store:
            yield store
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _without_bodies(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    held = {name: rows for name, rows in tables.items() if not table(name).is_optional}
    referrals = held[TableName.REFERRALS]
    column = referrals.schema.get_field_index("receiving_body")
    nobody = pa.nulls(referrals.num_rows, pa.string())
    return held | {
        TableName.REFERRALS.value: referrals.set_column(
            column, referrals.schema.field(column), nobody
        )
    }
