"""The rank correlation is SciPy's, its interval that of Bonett and Wright."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from analytics.stats.rank_correlation import LEAST_UNITS, rank_correlation


def test_it_is_scipys_with_ties() -> None:
    rng = np.random.default_rng(1)
    first = rng.integers(0, 9, 53).astype(float)
    second = first + rng.normal(0, 4, 53)
    found = rank_correlation(first, second)
    assert found is not None and found.n == 53
    assert found.estimate == pytest.approx(spearmanr(first, second).statistic)
    assert found.low < found.estimate < found.high


def test_the_interval_by_hand() -> None:
    # r = 0.5 of 28 units: atanh(0.5) -+ 1.959964 * sqrt(1.125 / 25).
    reach = 1.959963985 * np.sqrt(1.125 / 25)
    first = np.arange(28.0)
    rng = np.random.default_rng(3)
    seconds = (rng.permutation(first) for _ in range(200_000))
    second = next(s for s in seconds if abs(spearmanr(first, s).statistic - 0.5) < 0.002)
    found = rank_correlation(first, second)
    assert found is not None
    middle = np.arctanh(found.estimate)
    assert found.low == pytest.approx(np.tanh(middle - reach), abs=0.003)
    assert found.high == pytest.approx(np.tanh(middle + reach), abs=0.003)


@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_the_interval_holds_its_level_with_as_many_units_as_districts(rho: float) -> None:
    rng = np.random.default_rng(8)
    true = 6 / np.pi * np.arcsin(rho / 2)  # Spearman's of a bivariate normal
    inside = []
    for _ in range(2000):
        pair = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], 53)
        found = rank_correlation(*pair.T)
        assert found is not None
        inside.append(found.low <= true <= found.high)
    assert 0.935 <= np.mean(inside) <= 0.965


def test_too_few_or_equal_values_have_none() -> None:
    few = np.arange(float(LEAST_UNITS - 1))
    assert rank_correlation(few, few) is None
    assert rank_correlation(np.zeros(53), np.arange(53.0)) is None
    whole = rank_correlation(np.arange(20.0), np.arange(20.0))
    assert whole is not None and (whole.low, whole.high) == (1.0, 1.0)


def test_missing_values_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        rank_correlation([1.0, np.nan] * 10, range(20))
    with pytest.raises(ValueError, match="as many"):
        rank_correlation(range(20), range(21))
