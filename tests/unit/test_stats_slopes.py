"""Differences of slopes: one line a unit, compared as two samples of clusters."""

import numpy as np
import pytest
from scipy import stats

from analytics.stats.did import NoComparisonError
from analytics.stats.slopes import slope_difference

RANDOM = np.random.default_rng(3)
IS_IN = np.arange(20) < 8
CLUSTERS = np.arange(20)


def test_it_is_welch_on_the_units_own_lines() -> None:
    values = RANDOM.normal(size=(20, 9))
    values[3, 2] = values[12, 5] = np.nan
    slopes = []
    for row in values:
        seen = np.isfinite(row)
        slopes.append(np.polyfit(np.arange(9)[seen], row[seen], 1)[0])
    first, second = np.array(slopes)[IS_IN], np.array(slopes)[~IS_IN]
    expected = stats.ttest_ind(first, second, equal_var=False)
    found = slope_difference(values, IS_IN, CLUSTERS)
    assert found.estimate == pytest.approx(first.mean() - second.mean())
    assert found.p == pytest.approx(expected.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval(0.95)))
    assert found.error == pytest.approx(abs(found.estimate / expected.statistic))


def test_a_drift_is_found_where_the_joint_test_of_all_periods_hardly_sees_it() -> None:
    drift = np.where(IS_IN, 0.25, 0.0)[:, None] * np.arange(9)
    found = slope_difference(RANDOM.normal(size=(20, 9)) + drift, IS_IN, CLUSTERS)
    assert found.low < 0.25 < found.high and found.p < 0.05


def test_units_of_one_cluster_count_once() -> None:
    values = RANDOM.normal(size=(20, 9))
    twice = np.vstack([values, values[12:]])
    clusters = np.concatenate([CLUSTERS, CLUSTERS[12:]])
    again = slope_difference(twice, np.concatenate([IS_IN, IS_IN[12:]]), clusters)
    assert again == slope_difference(values, IS_IN, CLUSTERS)


def test_too_little_is_refused() -> None:
    values = RANDOM.normal(size=(20, 9))
    with pytest.raises(NoComparisonError):
        slope_difference(values[:, :3], IS_IN, CLUSTERS)
    with pytest.raises(NoComparisonError):
        slope_difference(values, CLUSTERS < 2, CLUSTERS)
    with pytest.raises(NoComparisonError):
        slope_difference(np.zeros((20, 9)), IS_IN, CLUSTERS)
    with pytest.raises(ValueError, match="shape"):
        slope_difference(values, IS_IN[:5], CLUSTERS)
