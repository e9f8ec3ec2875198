"""Estimates that vary between units: equal to leaving each out by hand, and to known results."""

import math

import numpy as np
import pytest

from analytics.stats.clusters import (
    clustered_incidence,
    clustered_survival,
    end_bounds,
    error_of,
    incidence_influence,
    jackknife,
    means_without,
    median_influence,
    share_bounds,
    shares_without,
    t_quantile,
)
from analytics.stats.restricted import restricted_mean
from analytics.stats.survival import cumulative_incidence, kaplan_meier
from analytics.stats.unit_table import UnitTable, freedom_of

UNITS = 5


def sample(seed: int, units: int = UNITS, rows: int = 300) -> tuple[np.ndarray, ...]:
    """Return days, codes, counts and units of random rows with ties, other ends and open needs."""
    rng = np.random.default_rng(seed)
    unit = np.append(np.arange(units), rng.integers(0, units, rows - units))
    days = rng.geometric(0.02 + 0.01 * (unit % 3)).clip(0, 200)
    return days, rng.integers(0, 3, rows), rng.integers(1, 9, rows), unit


def by_hand(estimate, seed: int) -> np.ndarray:
    """Return an estimate without each unit in turn, from the rows that are left."""
    days, codes, counts, unit = sample(seed)
    kept = [unit != left_out for left_out in range(UNITS)]
    found = [estimate(days[rows], codes[rows], counts[rows]) for rows in kept]
    return np.array([np.nan if each is None else each for each in found])


def spread(values: np.ndarray) -> float:
    """Return the jackknife's standard error as it is written in books."""
    n = len(values)
    return math.sqrt((n - 1) / n * sum((value - sum(values) / n) ** 2 for value in values))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("day", [0, 7, 30, 90, 110])
def test_curves_equal_leaving_units_out_by_hand(seed: int, day: int) -> None:
    days, codes, counts, unit = sample(seed)
    table = UnitTable.of(days, codes, counts, unit, UNITS)
    waiting = clustered_survival(kaplan_meier(days, codes == 1, counts), table)
    referred = clustered_incidence(cumulative_incidence(days, codes, counts), table)
    place = int(np.searchsorted(waiting.days, day, side="right")) - 1
    left = by_hand(lambda d, c, n: kaplan_meier(d, c == 1, n).at(day).estimate, seed)
    ended = by_hand(lambda d, c, n: cumulative_incidence(d, c, n).at(day).estimate, seed)
    assert waiting.std_error[place] == pytest.approx(spread(left), abs=1e-12)
    assert referred.std_error[place] == pytest.approx(spread(ended), abs=1e-12)
    assert error_of(incidence_influence(table, day)) == pytest.approx(spread(ended), abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_not_known_without_a_unit_is_not_known(seed: int) -> None:
    table = UnitTable.of(*sample(seed), UNITS)
    for day in (150, 180, 250):
        left = by_hand(lambda d, c, n: cumulative_incidence(d, c, n).at(day).estimate, seed)  # noqa: B023
        found = error_of(incidence_influence(table, day))
        assert found == pytest.approx(spread(left), abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("limit", [30, 90, 180])
def test_restricted_means_equal_leaving_units_out_by_hand(seed: int, limit: int) -> None:
    table = UnitTable.of(*sample(seed), UNITS)
    left = by_hand(
        lambda d, c, n: restricted_mean(kaplan_meier(d, c == 1, n), limit).estimate, seed
    )
    assert means_without(table, limit) == pytest.approx(left, abs=1e-10, nan_ok=True)


def test_shares_equal_leaving_units_out_by_hand() -> None:
    events, trials = np.array([3, 9, 20]), np.array([10, 20, 25])
    assert shares_without(events, trials) == pytest.approx([29 / 45, 23 / 35, 12 / 30])


def test_units_of_one_size_give_students_interval() -> None:
    # Shares of 40, 50 and 60 %: their mean's error is 0.1 / √3, whatever stands behind them.
    events, trials = np.array([40, 50, 60]), np.array([100, 100, 100])
    error = error_of(jackknife(shares_without(events, trials)))
    assert error == pytest.approx(0.1 / math.sqrt(3))
    low, high = share_bounds(events, trials)
    # t with 2 degrees of freedom is 4.3027; symmetric in log(-log 0.5).
    reach = 4.3027 * 0.1 / math.sqrt(3) / (0.5 * math.log(2))
    assert (low, high) == pytest.approx((0.5 ** math.exp(reach), 0.5 ** math.exp(-reach)), abs=1e-4)


def test_needs_of_one_unit_more_change_nothing_between_units() -> None:
    # Ten times the needs at the same shares: between units nothing is known better.
    events, trials = np.array([4, 5, 6]), np.array([10, 10, 10])
    assert share_bounds(events, trials) == pytest.approx(share_bounds(10 * events, 10 * trials))


def test_few_large_units_count_as_fewer() -> None:
    assert freedom_of(np.array([7, 7, 7, 7])) == pytest.approx(3)
    # One of four with half of the weight: 1 / (1/4 + 3/36) = 3 units of one size.
    assert freedom_of(np.array([3, 1, 1, 1])) == pytest.approx(2)
    assert freedom_of(np.array([5])) == 0
    # However large one is, an interval is never wider than the scale.
    assert share_bounds(np.array([900_000_000, 0]), np.array([1_000_000_000, 1])) == (0, 1)


def test_a_single_unit_has_no_interval() -> None:
    days, codes, counts, _ = sample(1)
    table = UnitTable.of(days, codes, counts, np.zeros(len(days)), 1)
    curve = clustered_incidence(cumulative_incidence(days, codes, counts), table)
    median = clustered_survival(kaplan_meier(days, codes == 1, counts), table).median()
    assert np.isnan(curve.low[1:]).all() and np.isnan(curve.high[1:]).all()
    assert median.estimate is not None
    assert (median.low, median.high) == (None, None)
    assert np.isnan(share_bounds(np.array([4]), np.array([9]))).all()
    assert np.isnan(end_bounds(1.0, 40, 0)).all()
    assert np.isnan(t_quantile(0))


def test_units_that_are_all_alike_at_an_end_are_no_certainty() -> None:
    few, many, needs = (end_bounds(0.0, 40, freedom) for freedom in (1, 39, math.inf))
    assert few[0] == many[0] == needs[0] == 0
    assert few[1] > many[1] > needs[1] > 0


def test_a_value_that_hangs_on_one_unit_has_no_error() -> None:
    # Only the second unit is followed to day 50: without it nothing is known of that day.
    table = UnitTable.of([20, 20, 60], [1, 0, 0], [5, 5, 9], [0, 0, 1], 2)
    assert np.isnan(incidence_influence(table, 50)).all()
    assert np.isnan(means_without(table, 50)).tolist() == [False, True]
    assert np.isfinite(incidence_influence(table, 20)).all()


def test_a_unit_without_rows_moves_nothing() -> None:
    days, codes, counts, unit = sample(2)
    table = UnitTable.of(days, codes, counts, unit, UNITS + 1)
    whole = cumulative_incidence(days, codes, counts).at(30).estimate
    place = int(np.searchsorted(table.days, 30, side="right")) - 1
    assert table.without().incidence()[UNITS, place] == pytest.approx(whole)


def test_the_median_is_as_uncertain_as_its_band() -> None:
    days, codes, counts, unit = sample(3, rows=3000)
    table = UnitTable.of(days, codes, counts, unit, UNITS)
    curve = clustered_survival(kaplan_meier(days, codes == 1, counts), table)
    median = curve.median()
    error = error_of(median_influence(curve, table))
    assert error * t_quantile(table.freedom) == pytest.approx((median.high - median.low) / 2)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (([1.5], [0], [1], [0], 1), "days"),
        (([1], [0.5], [1], [0], 1), "codes"),
        (([1], [0], [1], [2], 2), "units"),
        (([1, 2], [0], [1, 1], [0, 0], 1), "codes"),
        (([1], [0], [-1], [0], 1), "counts"),
    ],
)
def test_mistakes_are_named(given: tuple[object, ...], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        UnitTable.of(*given)
