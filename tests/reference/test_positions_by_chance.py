"""Where districts differ by chance alone, one cell in twenty is called different; and no more."""

import numpy as np
import pytest
from chance_worlds import clock, lags, rates, shares

STATES = 40
"""Of 53 districts each: 2,120 cells, so that 5 % are met within 0.5 points (standard error)."""

DRAWERS = {
    "share": shares,
    "share_by_day": clock("share_referred_90d"),
    "mean_wait": clock("restricted_mean_days_180"),
    "median_wait": clock("median_days_to_referral"),
    "rate": rates,
}


def different(draw, *, spread: float = 0.0, seed: int = 2026, is_clustered: bool = True) -> float:
    rng = np.random.default_rng(seed)
    worlds = (draw(rng, spread) for _ in range(STATES))
    told = [each for world in worlds for each in world.positions(is_clustered=is_clustered)]
    assert len(told) >= 0.95 * STATES * 53
    return sum(each.comparison.is_different for each in told) / len(told)


@pytest.mark.parametrize("name", DRAWERS)
def test_four_to_six_per_cent_differ_by_chance(name: str) -> None:
    assert 0.04 <= different(DRAWERS[name]) <= 0.06


def test_medians_of_whole_days_call_fewer_different_never_more() -> None:
    """A median of few distinct days has an interval that covers more than it must."""
    assert different(lags) <= 0.06


@pytest.mark.parametrize("name", ["share", "share_by_day", "mean_wait"])
def test_as_if_needs_of_a_case_were_independent_too_many_would(name: str) -> None:
    assert different(DRAWERS[name], is_clustered=False) > 0.065


@pytest.mark.parametrize("name", DRAWERS)
def test_a_real_spread_is_called_one(name: str) -> None:
    assert different(DRAWERS[name], spread=0.4) > 0.4
