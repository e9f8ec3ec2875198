"""Many differences looked at together: scores, what chance explains, and what districts do."""

import numpy as np
import pytest
from scipy import stats

from analytics.stats.screening import Differences, among_others, by_chance, usual_spread


def differences(gap: np.ndarray, error: np.ndarray | float) -> Differences:
    reach = stats.norm.ppf(0.975) * np.broadcast_to(error, gap.shape)
    return Differences.of(gap, gap - reach, gap + reach)


def test_scores_are_those_of_symmetric_intervals() -> None:
    gap = np.array([2.0, -3.0, 0.0])
    found = differences(gap, np.array([1.0, 2.0, 4.0]))
    assert found.scores() == pytest.approx([2.0, -1.5, 0.0])
    assert by_chance(found) == pytest.approx(2 * stats.norm.sf([2.0, 1.5, 0.0]))


def test_what_counts_is_the_side_of_zero() -> None:
    quantile = stats.norm.ppf(0.975)
    found = Differences.of([1.0, -1.0], [0.0, -9.0], [9.0, 0.0])
    assert np.abs(found.scores()) == pytest.approx([quantile, quantile])
    assert by_chance(found) == pytest.approx([0.05, 0.05])


def test_an_interval_open_towards_zero_tells_nothing() -> None:
    found = Differences.of([5.0, 5.0], [-np.inf, 4.0], [6.0, np.inf])
    assert by_chance(found)[0] == 1.0
    assert by_chance(found)[1] < 0.001


@pytest.mark.parametrize("true", [0.0, 0.5, 2.0])
def test_the_usual_spread_is_found(true: float) -> None:
    rng = np.random.default_rng(4)
    error = rng.uniform(0.2, 1.5, 4000)
    found = differences(rng.normal(0, np.hypot(error, true)), error)
    assert usual_spread(found) == pytest.approx(true, abs=0.08)


def test_few_that_differ_do_not_widen_the_spread() -> None:
    rng = np.random.default_rng(5)
    gap = rng.normal(0, np.hypot(0.5, 0.5), 50)
    apart = np.concatenate([gap, [8.0, -9.0, 10.0]])
    error = np.full(53, 0.5)
    p = among_others(differences(apart, error))
    assert (p[-3:] < 1e-6).all() and (p[:-3] > 0.001).all()


def test_a_place_among_others_is_never_rarer_than_by_chance() -> None:
    rng = np.random.default_rng(6)
    found = differences(rng.normal(0, 2, 53), rng.uniform(0.3, 3, 53))
    assert (among_others(found) >= by_chance(found)).all()


def test_another_scale_keeps_scores() -> None:
    rng = np.random.default_rng(7)
    own = rng.uniform(5, 60, 53)
    found = differences(own - 30, 4.0)
    on_log = found.on_scale(np.log(own / 30))
    assert on_log.scores() == pytest.approx(found.scores())
    with pytest.raises(ValueError, match="same signs"):
        found.on_scale(-found.estimate)


def test_what_is_no_difference_is_refused() -> None:
    with pytest.raises(ValueError, match="within its interval"):
        Differences.of([1.0], [2.0], [3.0])
    with pytest.raises(ValueError, match="as many"):
        Differences.of([1.0, 2.0], [0.0], [3.0])
    with pytest.raises(ValueError, match="two units"):
        among_others(Differences.of([1.0], [0.0], [3.0]))
