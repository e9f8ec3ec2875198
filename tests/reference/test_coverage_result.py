"""The stored simulation: intervals and verdicts keep what the evaluation promises.

The bands are those of the simulation's own error: 400 worlds tell a share of 95 % to about 2.5
percentage points, one of 5 % to about 2.
"""

import pandas as pd
import pytest

from analytics.coverage.scenarios import SCENARIOS
from analytics.domain.evaluation import Design, EffectOutcome
from analytics.domain.verdict import Level
from analytics.reports.evaluation.coverage_report import study

RUNS = study().runs
EACH = pytest.mark.parametrize(
    ("design", "outcome"), [(d, o) for d in Design for o in EffectOutcome]
)


def of(scenario: str, design: Design, outcome: EffectOutcome) -> pd.DataFrame:
    chosen = (RUNS["scenario"] == scenario) & (RUNS["design"] == design)
    return RUNS[chosen & (RUNS["outcome"] == outcome)]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.name)
def test_every_world_is_there_once(scenario) -> None:
    runs = RUNS[RUNS["scenario"] == scenario.name]
    assert runs["seed"].nunique() == scenario.seeds
    assert not runs.duplicated(["seed", "design", "outcome"]).any()
    assert len(runs) == scenario.seeds * len(Design) * len(EffectOutcome)


@EACH
def test_intervals_cover_the_truth(design: Design, outcome: EffectOutcome) -> None:
    runs = of("effect", design, outcome)
    covered = ((runs["low"] <= runs["truth"]) & (runs["truth"] <= runs["high"])).mean()
    assert 0.925 <= covered <= 0.975


@EACH
def test_the_placebo_rank_rejects_a_true_null_as_often_as_it_says(
    design: Design, outcome: EffectOutcome
) -> None:
    assert 0.03 <= (of("null", design, outcome)["placebo_p"] <= 0.05).mean() <= 0.075


@EACH
def test_without_an_effect_hardly_any_causal_sentence(
    design: Design, outcome: EffectOutcome
) -> None:
    assert (of("null", design, outcome)["level"] != Level.NOT).mean() <= 0.05


@EACH
def test_an_effect_twice_the_detectable_one_may_be_told(
    design: Design, outcome: EffectOutcome
) -> None:
    runs = of("strong", design, outcome)
    assert round((runs["truth"].abs() / runs["detectable"]).mean(), 1) >= 2
    assert (runs["level"] != Level.NOT).mean() >= 0.8
