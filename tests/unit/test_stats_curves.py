"""What curves say at their edges: no data, not reached, beyond the support, everybody ended."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from analytics.domain.estimates import Status
from analytics.stats.survival import (
    cumulative_incidence,
    kaplan_meier,
    logrank,
    restricted_mean,
)

ESTIMATORS = pytest.mark.parametrize("estimator", [kaplan_meier, cumulative_incidence])


@ESTIMATORS
def test_nothing_observed_is_no_data_everywhere(estimator: Callable) -> None:
    for curve in (estimator([], []), estimator([3, 5], [1, 0], [0, 0])):
        assert curve.n == 0
        assert curve.last_day is None
        assert not curve.complete
        assert curve.days.size == curve.estimate.size == curve.at_risk.size == 0
        assert curve.median().status is Status.NO_DATA
        assert curve.median().estimate is None
        assert curve.at(0).status is Status.NO_DATA
        assert restricted_mean(curve, 180).status is Status.NO_DATA


def test_every_curve_starts_on_day_zero() -> None:
    curve = kaplan_meier([4, 9], [1, 0])
    assert curve.days.tolist() == [0, 4, 9]
    assert curve.at_risk.tolist() == [2, 2, 1]
    assert curve.events.tolist() == [0, 1, 0]
    assert (curve.low[0], curve.estimate[0], curve.high[0]) == (1, 1, 1)


def test_events_on_day_zero_count() -> None:
    curve = cumulative_incidence([0, 0, 5, 5], [1, 2, 1, 0])
    assert curve.estimate.tolist() == [0.25, 0.5]


def test_median_not_reached_is_said_with_the_last_day() -> None:
    result = kaplan_meier([10, 200, 240], [1, 0, 0], [4, 10, 6]).median()
    assert result.status is Status.NOT_REACHED
    assert (result.estimate, result.high, result.last_day) == (None, None, 240)


def test_median_not_reached_may_still_have_a_lower_bound() -> None:
    result = cumulative_incidence([10, 20, 240], [1, 1, 0], [4, 4, 10]).median()
    assert result.status is Status.NOT_REACHED
    assert (result.estimate, result.low, result.high) == (None, 20, None)


def test_step_on_exactly_one_half_gives_its_midpoint_in_a_survival_curve() -> None:
    assert kaplan_meier([1, 2, 4, 8], [1, 1, 1, 1]).median().estimate == 3
    # A last step has no end of its own, so R takes its start.
    assert kaplan_meier([1, 2, 4, 8], [1, 1, 0, 0]).median().estimate == 2


def test_incidence_median_is_the_first_day_on_one_half() -> None:
    assert cumulative_incidence([1, 2, 4, 8], [1, 1, 1, 1]).median().estimate == 2


def test_quantiles_count_rows_with_the_event() -> None:
    curve = kaplan_meier(np.arange(1, 11), np.ones(10))
    assert curve.quantile(0.25).estimate == 3
    assert curve.quantile(0.75).estimate == 8
    for share in (0, 1, -0.5, float("nan")):
        with pytest.raises(ValueError, match="share"):
            curve.quantile(share)


def test_value_between_days_is_that_of_the_day_before() -> None:
    curve = kaplan_meier([2, 5, 9], [1, 1, 0])
    assert curve.at(4.5).estimate == curve.at(2).estimate == pytest.approx(2 / 3)
    assert (curve.at(2).at_risk, curve.at(4.5).at_risk, curve.at(9).at_risk) == (3, 2, 1)


@ESTIMATORS
def test_curve_is_not_defined_beyond_open_rows(estimator: Callable) -> None:
    point = estimator([2, 5, 9], [1, 1, 0]).at(9.5)
    assert point.status is Status.NO_DATA
    assert (point.estimate, point.low, point.high, point.at_risk) == (None, None, None, 0)


def test_curve_holds_for_good_once_nobody_is_left() -> None:
    """Five of six referred, one moved away, nobody open: 5/6 within 90 days is an observation."""
    curve = cumulative_incidence([3, 8, 20], [1, 2, 1], [3, 1, 2])
    assert curve.complete
    point = curve.at(90)
    assert point.status is Status.SHOWN
    assert point.estimate == pytest.approx(5 / 6)
    assert point.at_risk == 0
    assert restricted_mean(curve, 90).status is Status.SHOWN


def test_curve_at_zero_has_no_interval() -> None:
    point = kaplan_meier([1, 2], [1, 1]).at(2)
    assert (point.estimate, point.low, point.high) == (0, None, None)


def test_incidence_without_that_cause_is_zero() -> None:
    curve = cumulative_incidence([1, 2, 3], [2, 2, 0])
    assert (curve.estimate == 0).all()
    assert curve.median().status is Status.NOT_REACHED


@pytest.mark.parametrize("day", [-1, float("nan"), float("inf")])
def test_refuses_days_that_are_none(day: float) -> None:
    with pytest.raises(ValueError, match="day"):
        kaplan_meier([1], [1]).at(day)


@pytest.mark.parametrize("limit", [0, -1, float("nan"), float("inf")])
def test_refuses_limits_that_are_none(limit: float) -> None:
    with pytest.raises(ValueError, match="limit"):
        restricted_mean(kaplan_meier([1], [1]), limit)


def test_restricted_mean_beyond_open_rows_is_no_data() -> None:
    mean = restricted_mean(kaplan_meier([2, 5, 9], [1, 1, 0]), 10)
    assert mean.status is Status.NO_DATA
    assert (mean.estimate, mean.std_error, mean.low, mean.high) == (None, None, None, None)


def test_restricted_mean_of_complete_data_is_the_mean() -> None:
    days = np.array([1, 4, 4, 10, 31])
    mean = restricted_mean(kaplan_meier(days, np.ones(5)), 40)
    assert mean.estimate == pytest.approx(days.mean())
    assert mean.std_error == pytest.approx(days.std() / np.sqrt(5))


@pytest.mark.parametrize("transform", ["log", "log-log", "plain"])
def test_transforms_follow_their_formula(transform: str) -> None:
    curve = kaplan_meier([1, 2], [1, 0], [20, 80], transform=transform)
    share, error, z = 0.8, np.sqrt(0.8 * 0.2 / 100), 1.959963984540054
    expected = {
        "log": share * np.exp(np.array([-z, z]) * error / share),
        "log-log": share ** np.exp(np.array([z, -z]) * error / (share * abs(np.log(share)))),
        "plain": share + np.array([-z, z]) * error,
    }[transform]
    assert curve.std_error[1] == pytest.approx(error)
    assert [curve.low[1], curve.high[1]] == pytest.approx(expected)


def test_results_cannot_be_changed() -> None:
    curve = kaplan_meier([1, 2], [1, 0])
    with pytest.raises(FrozenInstanceError):
        curve.confidence = 0.5  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        curve.estimate[0] = 0.5


def test_groups_never_at_risk_together_cannot_be_compared() -> None:
    for samples in (
        [([], []), ([], [])],
        [([1, 2], [1, 1]), ([], [])],
        [([5, 6], [0, 0]), ([5, 6], [0, 0])],
        [([1, 1], [0, 0]), ([5, 6], [1, 1])],
    ):
        test = logrank(samples)
        assert (test.degrees_of_freedom, np.isnan(test.statistic)) == (0, True)
        assert np.isnan(test.p_value)


def test_group_without_rows_takes_no_part() -> None:
    first, second = ([1, 3, 5], [1, 1, 0]), ([2, 4, 6], [1, 0, 1])
    two, three = logrank([first, second]), logrank([first, ([], []), second])
    assert three.statistic == pytest.approx(two.statistic)
    assert three.degrees_of_freedom == two.degrees_of_freedom == 1


def test_small_group_beside_millions_is_still_tested() -> None:
    many = ([10, 20, 30], [1, 1, 0], [4_000_000, 3_000_000, 3_000_000])
    few = ([10, 20, 30], [0, 1, 0], [1, 1, 1])
    test = logrank([many, many, few])
    assert test.degrees_of_freedom == 2
    assert 0 < test.p_value < 1


def test_millions_of_rows_keep_their_precision() -> None:
    """With one of ten million still open, the error is that of a simple share."""
    n = 10_000_000
    curve = cumulative_incidence(np.arange(1, 1001), np.ones(1000), np.full(1000, n // 1000))
    share = curve.estimate[-2]
    assert curve.std_error[-2] == pytest.approx(np.sqrt(share * (1 - share) / n), rel=1e-6)
    last = cumulative_incidence([1, 2, 3, 9], [1, 1, 1, 0], [5_000_000, 4_000_000, 999_999, 1])
    assert last.std_error[-1] == pytest.approx(np.sqrt((1 - 1 / n) / n / n), rel=1e-3)
