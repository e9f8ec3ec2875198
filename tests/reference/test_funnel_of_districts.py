"""Under pure chance about one district in twenty lies outside either band of the funnel."""

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
    return share_funnel("share", KEYS, values(events / n, n, events.sum() / n.sum()), 1.0)


def rate_state(rng: np.random.Generator) -> Funnel:
    """Draw districts with 20 to 2,000 expected cases at one rate."""
    residents = np.exp(rng.uniform(np.log(5_000), np.log(500_000), DISTRICTS))
    cases = rng.poisson(residents * 0.004)
    return rate_funnel(
        "rate", KEYS, values(cases / residents, cases, cases.sum() / residents.sum())
    )


def outside(found: Funnel) -> tuple[int, int]:
    chance, usual = (
        int(abs(limits.side(found.value)).sum()) for limits in (found.chance, found.usual)
    )
    assert list(found.sides.values()) == found.usual.side(found.value).tolist()
    return chance, usual


@pytest.mark.parametrize("draw", [share_state, rate_state])
def test_four_to_six_per_cent_lie_outside_by_chance(draw):
    rng = np.random.default_rng(2021)
    chance, usual = np.sum([outside(draw(rng)) for _ in range(STATES)], axis=0)
    assert 0.04 <= chance / (STATES * DISTRICTS) <= 0.06
    assert 0.04 <= usual / (STATES * DISTRICTS) <= 0.06


def spread_state(rng: np.random.Generator) -> Funnel:
    """Draw districts of 300 to 5,000 needs whose own probabilities differ by 8 points."""
    n = np.exp(rng.uniform(np.log(300), np.log(5000), DISTRICTS)).astype(np.int64)
    events = rng.binomial(n, np.clip(rng.normal(0.55, 0.08, DISTRICTS), 0.05, 0.95))
    value = values(events / n, n, events.sum() / n.sum())
    return share_funnel("share", KEYS, value, 1.0)


def test_where_districts_do_differ_most_leave_chance_and_few_the_usual_spread():
    rng = np.random.default_rng(4)
    found = [spread_state(rng) for _ in range(100)]
    chance, usual = np.sum([outside(each) for each in found], axis=0)
    assert chance / (100 * DISTRICTS) > 0.5
    # Extremes are drawn in before the spread is measured, so somewhat more than one in 20 leave it.
    assert 0.03 <= usual / (100 * DISTRICTS) <= 0.15
    assert all(each.factor > 1 for each in found)


def test_needs_of_a_case_count_less_than_one_each():
    rng = np.random.default_rng(6)
    n = np.full(DISTRICTS, 800)
    state = values(rng.binomial(n, 0.6) / n, n, 0.6)
    alone, alike = (share_funnel("share", KEYS, state, effect) for effect in (1.0, 2.0))
    wider = (alike.chance.high - 0.6) / (alone.chance.high - 0.6)
    assert wider == pytest.approx(2**0.5, rel=0.01)


def test_a_district_that_differs_is_seen():
    rng = np.random.default_rng(3)
    n = np.full(DISTRICTS, 800)
    events = rng.binomial(n, 0.6)
    events[7] = round(0.45 * 800)
    found = share_funnel("share", KEYS, values(events / n, n, events.sum() / n.sum()), 1.0)
    assert found.sides[KEYS[7]] == -1
