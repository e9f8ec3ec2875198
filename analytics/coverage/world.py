"""One simulated world: demonstration data of a seed, estimated as a user would."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final

from analytics.coverage.scenarios import CASES, DRAWS, Scenario
from analytics.domain.evaluation import Design, EffectOutcome, KimChoice, ModelChoice
from analytics.extracts.demo import DemoConfig, generate, truth
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.kim_effect import kim_effect
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.verdict import Verdict, kim_verdict, model_verdict

_TRUTH_WORLDS: Final = 2
_TRUTH_CASES: Final = 50_000


@dataclass(frozen=True, slots=True)
class Run:
    """What came out for one estimand in one world; estimates in the panel's unit.

    Attributes:
        scenario, seed, design, outcome: Which.
        truth: The true average effect.
        estimate, low, high: The headline.
        placebo_p: Rank among random labels.
        pretrend_p: Of equal trends before.
        detectable: What the panel could have found.
        level: What the verdict allows.
        is_faster: Whether it would be told as faster.
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
    pretrend_p: float
    detectable: float
    level: str
    is_faster: bool


def simulate(scenario: Scenario, seed: int) -> list[Run]:
    """Return the runs of one world, one for each design and outcome."""
    config = DemoConfig(
        cases=CASES, seed=seed, model_effect=scenario.model, kim_effect=scenario.kim
    )
    true = truth(config, replicates=_TRUTH_WORLDS, cases=_TRUTH_CASES)["estimands"]
    with _published(config) as store:
        return [
            _run(scenario, seed, judged, placebo_p, true)
            for outcome in EffectOutcome
            for judged, placebo_p in _judged(store, outcome, seed)
        ]


def _judged(
    store: ParquetStore, outcome: EffectOutcome, seed: int
) -> Iterator[tuple[Verdict, float]]:
    model = ModelChoice(outcome=outcome, draws=DRAWS, seed=seed)
    yield model_verdict(store, model), model_effect(store, model).placebo.p
    kim = KimChoice(outcome=outcome, draws=DRAWS, seed=seed)
    yield kim_verdict(store, kim), kim_effect(store, kim).placebo.p


def _run(
    scenario: Scenario,
    seed: int,
    verdict: Verdict,
    placebo_p: float,
    true: dict[str, dict[str, float]],
) -> Run:
    value = true[verdict.design][verdict.outcome]
    is_ratio = verdict.outcome is EffectOutcome.HAZARD
    pretrend = next(check.value for check in verdict.checks if check.rule.id == "pretrend")
    found = verdict.estimated
    return Run(
        scenario=scenario.name,
        seed=seed,
        design=Design(verdict.design).value,
        outcome=verdict.outcome.value,
        truth=log(value) if is_ratio else value,
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        placebo_p=placebo_p,
        pretrend_p=pretrend,
        detectable=found.detectable,
        level=verdict.level.value,
        is_faster=verdict.is_faster,
    )


@contextmanager
def _published(config: DemoConfig) -> Iterator[ParquetStore]:
    """Publish the data of a world as any snapshot is, in a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ewg-coverage-"))
    try:
        data = generate(config)
        snapshots = SnapshotStore(folder)
        snapshots.publish(
            data.tables, as_of=config.as_of, provenance=data.provenance, source=data.source
        )
        current = snapshots.current()
        assert current is not None
        with ParquetStore(current) as store:
            yield store
    finally:
        shutil.rmtree(folder, ignore_errors=True)
