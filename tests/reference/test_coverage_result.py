"""The stored simulations: intervals and verdicts keep what the evaluation promises.

The bands are those of the simulation's own error: 400 worlds tell a share of 95 % to about 2.5
percentage points, one of 5 % to about 2. Where a world has fewer, its interval is judged.
"""

import pandas as pd
import pytest

from analytics.coverage.scenarios import SCENARIOS
from analytics.coverage.worlds import SIZES, WORLDS
from analytics.domain.evaluation import Design, EffectOutcome
from analytics.reports.evaluation.promises import (
    FOUND,
    LEAST_SENTENCES,
    PROVED,
    Outcome,
    outcomes,
)
from analytics.reports.evaluation.simulated import Kind, Tally, intervals, verdicts
from analytics.stats.intervals import wilson

RUNS = intervals().runs
TALLIES = verdicts().tallies()
EACH = pytest.mark.parametrize(
    ("design", "outcome"), [(d, o) for d in Design for o in EffectOutcome]
)

FAULTS = {
    "undated_others", "undated_sites", "unrecorded_40", "clock_14", "redefined", "people_50",
    "displacement",
}  # fmt: skip


def name(tally: Tally) -> str:
    return f"{tally.design}-{tally.world.name}-{tally.cases}"


def each(tallies: list[Tally]) -> pytest.MarkDecorator:
    assert tallies
    return pytest.mark.parametrize("tally", tallies, ids=name)


IDLE = [tally for tally in TALLIES if tally.world.kind is not Kind.EFFECT]
FULL = [t for t in TALLIES if t.world.kind is Kind.EFFECT and t.cases == max(SIZES)]


def of(scenario: str, design: Design, outcome: EffectOutcome) -> pd.DataFrame:
    chosen = (RUNS["scenario"] == scenario) & (RUNS["design"] == design)
    return RUNS[chosen & (RUNS["outcome"] == outcome)]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.name)
def test_every_world_of_the_intervals_is_there_once(scenario) -> None:
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


def test_each_world_is_judged_for_its_programmes_in_both_sizes() -> None:
    judged = {(tally.world.name, tally.design, tally.cases) for tally in TALLIES}
    assert judged == {
        (world.name, design, size) for world in WORLDS for design in world.designs for size in SIZES
    }
    assert not verdicts().rows.duplicated(["world", "design", "cases", "seed"]).any()


@each(IDLE)
def test_without_an_effect_hardly_ever_shown(tally: Tally) -> None:
    """Its own error considered: what comes first must hold whatever the seeds."""
    assert wilson(tally.shown, tally.worlds).high <= 0.05


@each([tally for tally in IDLE if tally.world.name in FAULTS])
def test_faults_of_the_records_seldom_allow_a_causal_sentence(tally: Tally) -> None:
    assert wilson(tally.said, tally.worlds).low <= 0.20


NAMED_TOO_SELDOM = {("people_25", 60_000), ("people_50", 20_000), ("displacement", 20_000)}
"""Kinds that allow few sentences, about ten of a hundred. A sentence names three assumptions, and
trends are always one of them; others are doubted there, too. The page marks these as missed."""


@each([t for t in IDLE if t.world.violates and t.compatible >= LEAST_SENTENCES])
def test_a_compatible_sentence_names_the_assumption_that_is_violated(tally: Tally) -> None:
    is_kept = wilson(tally.named, tally.compatible).high >= 0.80
    assert is_kept == ((tally.world.name, tally.cases) not in NAMED_TOO_SELDOM)
    assert {each.promise.id: each.is_kept for each in outcomes(tally)}["named"] == is_kept


@each([tally for tally in FULL if tally.world.effect == 1 and tally.design is Design.MODEL_PROJECT])
def test_the_effect_of_the_demonstration_data_is_noticed(tally: Tally) -> None:
    assert wilson(tally.said, tally.worlds).high >= 0.80


@each([tally for tally in FULL if tally.world.effect == 2 and tally.design is Design.MODEL_PROJECT])
def test_twice_the_effect_of_the_sites_is_shown_in_a_quarter_and_noticed_nearly_always(
    tally: Tally,
) -> None:
    """Half cannot be had beside the first test: a slow drift of the sites would be shown, too."""
    assert wilson(tally.shown, tally.worlds).low >= 0.25
    assert wilson(tally.said, tally.worlds).low >= 0.80


@each([tally for tally in FULL if tally.design is Design.KIM_ROLLOUT or tally.world.effect == 2])
def test_what_cannot_be_found_is_told_as_missed(tally: Tally) -> None:
    """KIM's panel finds an effect of the demonstration's size in a third of the worlds at best.

    "Shown" without an effect must stay rare, so the page marks what cannot be had beside that.
    """
    shares = {"found": tally.said, "proved": tally.shown}
    missed = {outcome.promise.id for outcome in outcomes(tally) if not outcome.is_kept}
    assert missed == {
        promise.id
        for promise in (FOUND, PROVED)
        if promise.id in {outcome.promise.id for outcome in outcomes(tally)}
        and wilson(shares[promise.id], tally.worlds).high < promise.limit
    }
    assert missed or tally.world.effect > 1


@each(TALLIES)
def test_what_the_page_marks_is_what_these_tests_hold(tally: Tally) -> None:
    told = {outcome.promise.id: outcome for outcome in outcomes(tally)}
    is_idle = tally.world.kind is not Kind.EFFECT
    assert ("shown" in told) == is_idle
    if tally.world.name in FAULTS:
        assert (told["said"].hits, told["said"].trials) == (tally.said, tally.worlds)
    is_told = tally.compatible >= LEAST_SENTENCES
    assert ("named" in told) == bool(is_idle and tally.world.violates and is_told)
    assert ("found" in told) == (tally in FULL)


def test_a_promise_is_missed_only_beyond_the_error_of_the_simulation() -> None:
    assert Outcome(PROVED, 45, 100).is_kept and not Outcome(PROVED, 35, 100).is_kept
