"""How small a drift would explain an estimate: put into a world, and seen to explain it."""

import numpy as np
import pytest

from analytics.reports.evaluation.assumptions import own_trend
from analytics.reports.evaluation.designs import RolloutEstimator, SiteEstimator
from analytics.reports.evaluation.panel import QUARTERS_A_YEAR
from analytics.stats.imputation import NEVER

RANDOM = np.random.default_rng(11)
QUARTERS = 20
STARTS = np.where(np.arange(40) < 12, 9, NEVER)


def site_design() -> SiteEstimator:
    return SiteEstimator(STARTS, np.ones(40), 4, 39, 1)


def rollout_design() -> RolloutEstimator:
    starts = np.repeat(np.arange(8, 16), 5).astype(np.int64)
    return RolloutEstimator(starts, np.arange(40), 39, 1)


@pytest.mark.parametrize("design", [site_design(), rollout_design()], ids=["sites", "rollout"])
def test_the_tipping_drift_alone_makes_the_whole_estimate(design) -> None:
    noise = RANDOM.normal(size=(40, QUARTERS), scale=0.01)
    trend = own_trend(design, noise)
    assert trend is not None and trend.years > 0
    yearly = 0.05
    years = np.arange(QUARTERS) / QUARTERS_A_YEAR
    drifting = noise + yearly * years[None, :] * design.drifting[:, None]
    moved = design.average(drifting).estimate - design.average(noise).estimate
    assert moved == pytest.approx(yearly * trend.years)


def test_the_largest_drift_that_is_not_excluded_holds_the_true_one() -> None:
    design, years = site_design(), np.arange(QUARTERS) / QUARTERS_A_YEAR
    held = 0
    for _ in range(60):
        noise = RANDOM.normal(size=(40, QUARTERS), scale=0.05)
        drifting = noise + 0.02 * years[None, :] * design.drifting[:, None]
        held += own_trend(design, drifting).largest(1) >= 0.02
    assert held >= 51  # 95 % of 60, less two standard errors


def test_quarters_after_a_start_say_nothing_about_the_trend_before() -> None:
    design = site_design()
    noise = RANDOM.normal(size=(40, QUARTERS), scale=0.01)
    changed = noise.copy()
    changed[:, 9:] += RANDOM.normal(size=(40, QUARTERS - 9))
    assert own_trend(design, changed).slope == own_trend(design, noise).slope


def test_too_little_before_the_start_is_no_trend() -> None:
    early = SiteEstimator(np.where(STARTS == NEVER, NEVER, 2), np.ones(40), 1, 39, 1)
    assert own_trend(early, RANDOM.normal(size=(40, QUARTERS))) is None
