"""Where districts differ by chance alone, a grid of them names hardly anything."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from chance_worlds import World, clock, lags, rates, shares

from analytics.domain.estimates import Estimate
from analytics.reports.exploring.findings import Cell, judged, with_p_values
from analytics.stats.multiple import benjamini_hochberg, benjamini_yekutieli
from analytics.stats.screening import Differences, among_others, by_chance

STATES = 30
"""Of 7 indicators and 53 districts each: 371 cells a state."""
MOST = 4
"""Of 30 states, where one in twenty is expected: more are met in one case of 60."""
OF_ONE_CLOCK = (
    "share_referred_30d", "share_referred_90d", "restricted_mean_days_180",
    "median_days_to_referral",
)  # fmt: skip
"""Drawn from the same needs, so that they depend on each other as a real view's do."""
FALSE_SHARE = 0.05


def state(number: int, spread: float) -> list[World]:
    """Return seven indicators of one state, four of them of the same needs."""
    same = [clock(name)(np.random.default_rng([7, number]), spread) for name in OF_ONE_CLOCK]
    rng = np.random.default_rng([8, number])
    return [*same, shares(rng, spread), rates(rng, spread), lags(rng, spread)]


@cache
def told(number: int, spread: float) -> tuple[Cell, ...]:
    """Return what a view of all seven indicators says."""
    found: list[Cell] = []
    for world in state(number, spread):
        column = {
            str(place): Cell.alone(
                str(place), world.chosen.id, Estimate(None, None, None, None), at
            )
            for place, at in enumerate(world.positions(side=1))
        }
        found += with_p_values(world.chosen.id, column).values()
    return judged(found)


def test_it_names_anything_in_one_state_of_twenty() -> None:
    views = [told(number, 0.0) for number in range(STATES)]
    assert sum(any(cell.finding.is_different for cell in view) for view in views) <= MOST
    assert sum(any(cell.is_unusual for cell in view) for view in views) <= MOST


def test_it_finds_what_differs_and_calls_the_usual_spread_usual() -> None:
    views = [told(number, 0.4) for number in range(5)]
    different = [cell.finding.is_different for view in views for cell in view]
    assert np.mean(different) > 0.35
    assert sum(any(cell.is_unusual for cell in view) for view in views) <= 1


def test_false_claims_are_few_among_all_whatever_depends_on_what() -> None:
    rng = np.random.default_rng(16)
    false = [_false_share(rng, benjamini_yekutieli) for _ in range(300)]
    assert np.mean(false) <= FALSE_SHARE
    # The less strict procedure keeps to its share as well where scores are normal.
    assert np.mean([_false_share(rng, benjamini_hochberg) for _ in range(300)]) <= 1.3 * FALSE_SHARE


def _false_share(
    rng: np.random.Generator, adjust: Callable[[Sequence[float]], tuple[float, ...]]
) -> float:
    """Return which share of claims is false: half of 7 x 53 cells differ, columns depend."""
    depend = rng.normal(size=(1, 53)) * 0.8 + rng.normal(size=(7, 53)) * 0.6
    true = np.where(rng.random((7, 53)) < 0.5, 0.0, rng.normal(0, 4, (7, 53)))
    gap, reach = (depend + true).ravel(), 1.959963985
    p = by_chance(Differences.of(gap, gap - reach, gap + reach))
    claimed = np.array(adjust(p.tolist())) <= FALSE_SHARE
    return float((claimed & (true.ravel() == 0)).sum() / max(claimed.sum(), 1))


def test_one_district_far_from_the_others_is_called_unusual() -> None:
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(100):
        gap = rng.normal(0, np.hypot(0.3, 0.5), 53)
        gap[0] = 4.5
        p = among_others(Differences.of(gap, gap - 0.588, gap + 0.588))
        found += benjamini_yekutieli(p.tolist())[0] <= FALSE_SHARE
    assert found >= 80
