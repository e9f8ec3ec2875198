"""Worlds of twelve model units and forty-four others: how often a difference is called certain.

Needs of one unit are alike: each unit has a pace and habits of its own, drawn at random. In a world
without a difference the twelve are drawn like the others, so at most about 5 % of such worlds may
be called certainly different. The seed is fixed, so a result is the same every time.
"""

import numpy as np
import pandas as pd
import pytest

from analytics.domain.indicators import indicator
from analytics.i18n import words
from analytics.reports.indicators.estimation import clock_estimates, proportion_estimates
from analytics.reports.indicators.group_comparison import compare_groups, difference_of
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.stats.clusters import jackknife, shares_without
from analytics.stats.difference import paired_difference
from analytics.stats.unit_table import freedom_of

SEED = 20260712
WORLDS = 100
MODELS, OTHERS = 12, 44
UNITS = MODELS + OTHERS
DISTRICTS = 53
DE = words("de")
CLOCKS = ("share_referred_90d", "median_days_to_referral", "restricted_mean_days_180")


def world(rng: np.random.Generator, gap: float, spread: float = 0.25) -> pd.DataFrame:
    """Return ``key, series, unit, days, event, needs`` of one world.

    Args:
        rng: Of this world.
        gap: Log hazard of referral that the model units have more.
        spread: Standard deviation of the units' own log hazards.
    """
    is_model = np.arange(UNITS) < MODELS
    sizes = np.round(250 * np.exp(rng.normal(0, 0.7, UNITS))).astype(int)
    pace = 0.011 * np.exp(rng.normal(0, spread, UNITS) + gap * is_model)
    unit = np.repeat(np.arange(UNITS), sizes)
    referred = rng.exponential(1 / pace[unit])
    ended = rng.exponential(400, unit.size)
    cut = rng.uniform(60, 1500, unit.size)
    days = np.minimum(np.minimum(referred, ended), cut)
    event = np.select([days == referred, days == ended], [1, 2], 0)
    needs = pd.DataFrame(
        {
            "key": np.where(is_model[unit], "model", "comparison"),
            "series": "",
            "unit": [f"{each:02}" for each in unit],
            "days": days.astype(int),
            "event": event,
        }
    )
    columns = list(needs.columns)
    return needs.groupby(columns, as_index=False).size().rename(columns={"size": "needs"})


def worlds(gap: float) -> list[pd.DataFrame]:
    streams = np.random.SeedSequence(SEED).spawn(WORLDS)
    return [world(np.random.default_rng(stream), gap) for stream in streams]


def called_certain(counts: pd.DataFrame, measure: str) -> bool:
    """Say whether the title of the page states the difference without reservation."""
    title, _ = compare_groups(measure, clock_estimates(indicator(measure), counts), DE)
    return not title.startswith("Kein gesicherter Unterschied")


@pytest.fixture(scope="module")
def null() -> list[pd.DataFrame]:
    return worlds(0)


@pytest.mark.parametrize("measure", CLOCKS[:2])
def test_titles_are_certain_in_few_worlds_without_a_difference(
    null: list[pd.DataFrame], measure: str
) -> None:
    assert sum(called_certain(counts, measure) for counts in null) <= 7


def test_a_mean_wait_is_certain_in_few_worlds_without_a_difference(
    null: list[pd.DataFrame],
) -> None:
    assert sum(differs(clock_estimates(indicator(CLOCKS[2]), counts)) for counts in null) <= 7


def test_as_if_needs_were_independent_most_worlds_would_differ(null: list[pd.DataFrame]) -> None:
    # What the intervals between units are for: without them these worlds are called different.
    chosen = indicator(CLOCKS[0])
    naive = [clock_estimates(chosen, counts.drop(columns="unit")) for counts in null]
    assert sum(map(differs, naive)) >= 50


@pytest.mark.parametrize("measure", CLOCKS[:2])
def test_a_true_difference_is_found(measure: str) -> None:
    assert sum(called_certain(counts, measure) for counts in worlds(0.4)) >= 90


def test_shares_of_those_referred_are_certain_in_few_worlds_without_a_difference() -> None:
    found = 0
    for stream in np.random.SeedSequence(SEED + 1).spawn(WORLDS):
        rng = np.random.default_rng(stream)
        trials = np.round(60 * np.exp(rng.normal(0, 0.8, UNITS))).astype(int)
        odds = -0.6 + rng.normal(0, 0.5, UNITS)
        counts = pd.DataFrame(
            {
                "key": np.where(np.arange(UNITS) < MODELS, "model", "comparison"),
                "unit": np.arange(UNITS).astype(str),
                "events": rng.binomial(trials, 1 / (1 + np.exp(-odds))),
                "trials": trials,
            }
        )
        found += differs(proportion_estimates(counts))
    assert found <= 7


@pytest.mark.parametrize(("moved", "least", "most"), [(0.0, 0, 7), (0.5, 90, 100)])
def test_changes_of_the_state_are_certain_where_districts_moved_together(
    moved: float, least: int, most: int
) -> None:
    # Each district has a level that stays and a shock of its own in each period.
    found = 0
    for stream in np.random.SeedSequence(SEED + 2).spawn(WORLDS):
        rng = np.random.default_rng(stream)
        sizes = np.round(150 * np.exp(rng.normal(0, 0.7, DISTRICTS))).astype(int)
        level = rng.normal(-0.6, 0.5, DISTRICTS)
        shares, influences, weights = [], [], np.zeros(DISTRICTS)
        for shift in (moved, 0.0):
            trials = rng.poisson(sizes) + 1
            odds = level + rng.normal(shift, 0.4, DISTRICTS)
            events = rng.binomial(trials, 1 / (1 + np.exp(-odds)))
            shares.append(events.sum() / trials.sum())
            influences.append(jackknife(shares_without(events, trials)))
            weights += trials
        change = paired_difference(*shares, influences[0] - influences[1], freedom_of(weights))
        assert change is not None
        found += change.excludes_zero
    assert least <= found <= most


def differs(frame: pd.DataFrame) -> bool:
    """Say whether the interval of the difference of both groups excludes zero."""
    rows = frame.set_index("key")
    first, second = (row_estimate(rows.loc[group]) for group in ("model", "comparison"))
    gap = difference_of(first, second)
    return gap is not None and gap.excludes_zero
