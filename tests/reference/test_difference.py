"""The difference of two proportions against the examples published by Newcombe (1998)."""

import math
from dataclasses import replace

import numpy as np
import pytest

from analytics.stats.clusters import error_of, jackknife, t_quantile
from analytics.stats.difference import Bounded, difference, paired_difference
from analytics.stats.intervals import wilson

# Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10; printed to 4 decimals.
PUBLISHED = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((10, 10), (0, 10), (0.6075, 1.0000)),
]


def _wilson(events: int, trials: int) -> Bounded:
    result = wilson([events], [trials])
    return Bounded(float(result.estimate[0]), float(result.low[0]), float(result.high[0]))


@pytest.mark.parametrize(("first", "second", "published"), PUBLISHED)
def test_equals_newcombe(first, second, published):
    result = difference(_wilson(*first), _wilson(*second))
    assert (result.low, result.high) == pytest.approx(published, abs=0.00005)


def test_missing_bounds_are_refused():
    with pytest.raises(ValueError, match="second"):
        difference(Bounded(0.5, 0.4, 0.6), Bounded(0.5, math.nan, 0.6))


# Student's sleep data as R ships them, and what R's manual prints for t.test(extra ~ group):
# df = 17.776, 95 percent confidence interval -3.3654832 to 0.2054832.
SLEEP = (
    (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0),
    (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4),
)


def _of_units(values: tuple[float, ...]) -> Bounded:
    """Return the mean with its interval from leaving out each value."""
    numbers = np.array(values)
    without = (numbers.sum() - numbers) / (len(numbers) - 1)
    margin = t_quantile(len(numbers) - 1) * float(error_of(jackknife(without)))
    return Bounded(numbers.mean(), numbers.mean() - margin, numbers.mean() + margin, 9)


def test_units_that_weigh_the_same_give_welchs_interval():
    result = difference(*map(_of_units, SLEEP))
    assert result.estimate == pytest.approx(-1.58)
    assert (result.low, result.high) == pytest.approx((-3.3654832, 0.2054832), abs=5e-8)


def test_the_same_units_twice_give_the_paired_interval():
    # R's manual for t.test(extra ~ group, paired = TRUE): -2.4598858 to -0.7001142.
    influence = [
        jackknife((np.sum(values) - np.array(values)) / (len(values) - 1)) for values in SLEEP
    ]
    result = paired_difference(0.75, 2.33, influence[0] - influence[1], 9)
    assert (result.low, result.high) == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)


def test_many_degrees_of_freedom_are_endless():
    pair = _wilson(56, 70), _wilson(48, 80)
    many = difference(*(replace(each, freedom=1e6) for each in pair))
    endless = difference(*pair)
    assert (many.low, many.high) == pytest.approx((endless.low, endless.high), abs=1e-5)


def test_a_wide_interval_of_a_share_does_not_hide_its_error():
    # Districts of 25, 50 and 75 %: error 14.4 points, t with 2 degrees of freedom 4.303. The
    # interval ends near 0 and 1, so its width divided by 4.303 would give an error of 10 points.
    error = 0.25 / math.sqrt(3)
    spread = math.exp(4.302653 * error / (0.5 * math.log(2)))
    ring = Bounded(0.5, 0.5**spread, 0.5 ** (1 / spread), 2, error)
    assert ring.spread == pytest.approx(0.1443, abs=1e-4)
    assert ring.reach(t_quantile(2)) == pytest.approx((0.5 - ring.low, ring.high - 0.5))
    own = _wilson(34, 40)
    assert not difference(own, ring).excludes_zero
    assert difference(own, replace(ring, error=None)).excludes_zero


def test_one_unit_is_no_comparison():
    with pytest.raises(ValueError, match="freedom"):
        difference(Bounded(0.5, 0.4, 0.6, 0), Bounded(0.5, 0.4, 0.6, 9))
    assert paired_difference(0.5, 0.4, np.array([np.nan]), 0) is None


def test_among_several_the_interval_holds_for_all_of_them():
    # Three independent units without spread in one of two estimates: t with 2 degrees of freedom.
    alone = paired_difference(0.5, 0.4, jackknife(np.array([0.08, 0.1, 0.12])), 2)
    assert alone is not None
    together = alone.among(10)
    # Student's t, tables: 4.303 at 95 %, 14.089 at 99.5 % with 2 degrees of freedom.
    ratio = (together.high - together.estimate) / (alone.high - alone.estimate)
    assert ratio == pytest.approx(14.089 / 4.303, rel=1e-3)
    assert together.estimate - together.low == pytest.approx(together.high - together.estimate)
    assert alone.among(1) == alone
    # It stays as skew as it was.
    skew = replace(alone, low=alone.estimate - 0.01, high=alone.estimate + 0.03).among(4)
    assert skew.high - skew.estimate == pytest.approx(3 * (skew.estimate - skew.low))
