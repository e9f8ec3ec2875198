"""Under pure chance about one district in twenty lies outside the funnel, however it is filled."""

import numpy as np
import pytest

from analytics.domain.estimates import Estimate
from analytics.reports.districts.funnel import Funnel, rate_funnel, share_funnel
from analytics.reports.districts.values import DistrictValues

STATES, DISTRICTS = 600, 53
KEYS = tuple(f"{number:05d}" for number in range(DISTRICTS))


def values(value: np.ndarray, n: np.ndarray, state: float) -> DistrictValues:
    found = {
        key: Estimate(float(v), None, None, int(m))
        for key, v, m in zip(KEYS, value, n, strict=True)
    }
    return DistrictValues(found, Estimate(state, None, None, int(n.sum())), ())


def share_state(rng: np.random.Generator) -> Funnel:
    """Draw districts of 100 to 5,000 needs that all have the same probability."""
    n = np.exp(rng.uniform(np.log(100), np.log(5000), DISTRICTS)).astype(np.int64)
    events = rng.binomial(n, rng.uniform(0.05, 0.95))
    return share_funnel("share", KEYS, values(events / n, n, events.sum() / n.sum()))


def rate_state(rng: np.random.Generator) -> Funnel:
    """Draw districts with 20 to 2,000 expected cases at one rate."""
    residents = np.exp(rng.uniform(np.log(5_000), np.log(500_000), DISTRICTS))
    cases = rng.poisson(residents * 0.004)
    return rate_funnel(
        "rate", KEYS, values(cases / residents, cases, cases.sum() / residents.sum())
    )


@pytest.mark.parametrize("draw", [share_state, rate_state])
def test_four_to_six_per_cent_lie_outside_by_chance(draw):
    rng = np.random.default_rng(2021)
    outside = [sum(p.side != 0 for p in draw(rng).positions) for _ in range(STATES)]
    assert 0.04 <= sum(outside) / (STATES * DISTRICTS) <= 0.06


@pytest.mark.parametrize("draw", [share_state, rate_state])
def test_hardly_any_lie_outside_the_outer_limits(draw):
    rng = np.random.default_rng(5)
    far = [sum("998" in p for p in draw(rng).positions) for _ in range(STATES)]
    assert sum(far) / (STATES * DISTRICTS) <= 0.005


def test_a_district_that_differs_is_seen():
    rng = np.random.default_rng(3)
    n = np.full(DISTRICTS, 800)
    events = rng.binomial(n, 0.6)
    events[7] = round(0.45 * 800)
    found = share_funnel("share", KEYS, values(events / n, n, events.sum() / n.sum()))
    assert found.position(KEYS[7]).value == "below_998"
