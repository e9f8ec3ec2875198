"""Where districts differ by chance alone, one cell in twenty is called different; and no more."""

from functools import cache
from itertools import chain

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


FEW_STATES = 10
"""530 cells: enough to tell the half of them from a twentieth."""


def different(draw, *, states: int = STATES, spread: float = 0.0) -> tuple[float, float]:
    """Return which share of cells is called different, and which would be with needs as if alone.

    Both are told of the same worlds, which take longest to make.
    """
    rng = np.random.default_rng(2026)
    shares = []
    for world in (draw(rng, spread) for _ in range(states)):
        told = [world.positions(is_clustered=is_clustered) for is_clustered in (True, False)]
        shares.append([[each.comparison.is_different for each in cells] for cells in told])
    clustered, alone = (list(chain.from_iterable(cells)) for cells in zip(*shares, strict=True))
    assert len(clustered) == len(alone) >= 0.95 * states * 53
    return sum(clustered) / len(clustered), sum(alone) / len(alone)


@cache
def by_chance(name: str) -> tuple[float, float]:
    return different(DRAWERS[name])


@pytest.mark.parametrize("name", DRAWERS)
def test_four_to_six_per_cent_differ_by_chance(name: str) -> None:
    assert 0.04 <= by_chance(name)[0] <= 0.06


def test_medians_of_whole_days_call_fewer_different_never_more() -> None:
    """A median of few distinct days has an interval that covers more than it must."""
    assert different(lags)[0] <= 0.06


@pytest.mark.parametrize("name", ["share", "share_by_day", "mean_wait"])
def test_as_if_needs_of_a_case_were_independent_too_many_would(name: str) -> None:
    assert by_chance(name)[1] > 0.065


@pytest.mark.parametrize("name", DRAWERS)
def test_a_real_spread_is_called_one(name: str) -> None:
    assert different(DRAWERS[name], states=FEW_STATES, spread=0.4)[0] > 0.4
