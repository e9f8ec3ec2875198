"""The parts of a difference: what they are worth, and that they add up."""

import numpy as np
import pytest

from analytics.stats.decomposition import decompose, moments


def sample(*parts: list[float]):
    """Return the moments of raw observations, one list a part."""
    return moments(
        [len(part) for part in parts],
        [sum(part) for part in parts],
        [sum(x * x for x in part) for part in parts],
    )


def test_by_hand():
    # Means 30 and 20. In part one 40 against 20 at shares 1/2 and 3/4, in part two 20 against 20.
    first = sample([40, 40], [20, 20])
    second = sample([20, 20, 20], [20])
    found = decompose(first, second)
    assert found.total == pytest.approx(10)
    assert found.within == pytest.approx([20 * (0.5 + 0.75) / 2, 0])
    # The middle of both means is 25; part one's mean is 30 in the middle, part two's 20.
    assert found.mix == pytest.approx([(0.5 - 0.75) * (30 - 25), (0.5 - 0.25) * (20 - 25)])
    assert found.value == pytest.approx(found.within + found.mix)
    assert found.value.sum() == pytest.approx(found.total)


def test_equal_samples_differ_in_nothing():
    found = decompose(sample([10, 20], [5, 9]), sample([10, 20], [5, 9]))
    assert found.value == pytest.approx([0, 0])
    assert found.total_low < 0 < found.total_high


def test_a_part_that_one_sample_lacks_differs_only_in_its_share():
    found = decompose(sample([10, 10], []), sample([10, 10], [50]))
    assert found.within == pytest.approx([0, 0])
    assert found.value.sum() == pytest.approx(found.total)


def test_interval_of_the_total_is_that_of_two_means():
    rng = np.random.default_rng(1)
    raw = [rng.gamma(2, 20, 400), rng.gamma(2, 25, 900)]
    found = decompose(sample(raw[0].tolist()), sample(raw[1].tolist()))
    error = np.sqrt(sum(x.var() / x.size for x in raw))
    assert found.total_high - found.total == pytest.approx(1.959964 * error, rel=1e-5)
    # A single part is the whole.
    assert (found.value[0], found.low[0]) == pytest.approx((found.total, found.total_low), rel=0.01)


def test_intervals_of_parts_cover_the_truth():
    rng = np.random.default_rng(7)
    shares, means = ([0.3, 0.7], [0.5, 0.5]), ([30.0, 60.0], [40.0, 50.0])
    overall = [np.dot(s, m) for s, m in zip(shares, means, strict=True)]
    middle = sum(overall) / 2
    truth = shares[0][0] * (means[0][0] - middle) - shares[1][0] * (means[1][0] - middle)
    inside = 0
    for _ in range(2000):
        drawn = []
        for share, mean in zip(shares, means, strict=True):
            part = rng.choice(2, size=500, p=share)
            days = rng.exponential(np.asarray(mean)[part])
            drawn.append(sample(days[part == 0].tolist(), days[part == 1].tolist()))
        found = decompose(drawn[0], drawn[1])
        inside += bool(found.low[0] <= truth <= found.high[0])
    assert 0.935 <= inside / 2000 <= 0.965


@pytest.mark.parametrize(
    ("n", "total", "squares", "said"),
    [
        ([1.5], [3], [9], "whole"),
        ([0, 0], [0, 0], [0, 0], "observations"),
        ([1, 2], [3], [9], "same length"),
        ([2], [10], [1], "too small"),
        ([float("nan")], [1], [1], "missing"),
    ],
)
def test_bad_samples_are_refused(n, total, squares, said):
    with pytest.raises(ValueError, match=said):
        moments(n, total, squares)


def test_samples_of_other_parts_are_refused():
    with pytest.raises(ValueError, match="same parts"):
        decompose(sample([1, 2]), sample([1, 2], [3]))
