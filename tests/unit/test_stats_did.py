"""Estimate and error of the imputation, by hand; every refused input and its message."""

import numpy as np
import pytest
from panels import drawn_panel, staggered_starts
from scipy import stats

from analytics.stats.did import NoComparisonError, assigned_effects, average_effect
from analytics.stats.imputation import NEVER, quarter_levels

# Two units start in quarter 1, two never: the treated rise by 5 and 7, the others by 1 and 3.
VALUES = np.array([[1.0, 6.0], [2.0, 9.0], [4.0, 5.0], [3.0, 6.0]])
STARTS = np.array([1, 1, NEVER, NEVER])


def test_two_by_two_by_hand() -> None:
    effect = average_effect(VALUES, STARTS, least_before=1)
    assert effect.estimate == pytest.approx((5 + 7) / 2 - (1 + 3) / 2)
    assert effect.unit_effects == pytest.approx([5 - 2, 7 - 2])
    assert effect.weights == pytest.approx([0.5, 0.5])
    assert (effect.units.tolist(), effect.controls, effect.cells) == ([0, 1], 2, 2)
    assert effect.without == pytest.approx([5, 3, 3, 5])
    assert effect.statistic == pytest.approx(effect.estimate / effect.error)


@pytest.mark.parametrize("seed", range(5))
def test_two_periods_are_welch(seed: int) -> None:
    """With a quarter before and one after, the effect is a difference of mean changes."""
    panel = drawn_panel(seed, staggered_starts({1: 7}, never=19), 2, effect=0.5)
    effect = average_effect(panel.values, panel.starts, least_before=1)
    change = panel.values[:, 1] - panel.values[:, 0]
    welch = stats.ttest_ind(change[:7], change[7:], equal_var=False)
    interval = welch.confidence_interval(0.95)
    assert effect.statistic == pytest.approx(welch.statistic)
    assert effect.freedom == pytest.approx(welch.df)
    assert (effect.low, effect.high) == pytest.approx((interval.low, interval.high))


def test_each_treated_cell_weighs_the_same() -> None:
    values = np.zeros((6, 8))
    values[0, 4:], values[1, 6:] = 1.0, 4.0
    starts = np.array([4, 6, NEVER, NEVER, NEVER, NEVER])
    effect = average_effect(values, starts)
    assert effect.weights == pytest.approx([4 / 6, 2 / 6])
    assert effect.estimate == pytest.approx((4 * 1.0 + 2 * 4.0) / 6)


def test_leaving_out_is_estimating_without() -> None:
    panel = drawn_panel(3, staggered_starts({5: 4, 6: 3}, never=9), 12, missing=0.1)
    effect = average_effect(panel.values, panel.starts)
    for unit in range(len(panel.starts)):
        rest = np.delete(np.arange(len(panel.starts)), unit)
        again = average_effect(panel.values[rest], panel.starts[rest])
        assert again.estimate == pytest.approx(effect.without[unit])


def test_missing_cells_are_no_zeros() -> None:
    """Without noise, gaps change nothing: the levels of units and quarters fill them."""
    starts = staggered_starts({5: 4, 6: 3}, never=9)
    panel = drawn_panel(1, starts, 12, effect=2.0, noise=0.0, missing=0.2)
    assert np.isnan(panel.values).sum() > 20
    effect = average_effect(panel.values, panel.starts, least_before=2)
    assert effect.estimate == pytest.approx(2.0)
    assert effect.unit_effects == pytest.approx(np.full(7, 2.0))
    assert effect.error == pytest.approx(0.0, abs=1e-6)
    assert effect.cells == int((np.isfinite(panel.values) & panel.is_on).sum())


def test_a_unit_without_enough_quarters_is_left_out() -> None:
    starts = staggered_starts({3: 1, 5: 4}, never=6)
    panel = drawn_panel(2, starts, 9)
    panel.values[1, 5:] = np.nan
    effect = average_effect(panel.values, panel.starts)
    assert effect.units.tolist() == [2, 3, 4]
    assert np.isnan(effect.without[:2]).all()
    assert (effect.influence[:2] == 0).all()


def test_exposure_is_a_regression_through_the_origin() -> None:
    exposure = np.array([0.5, 1.0, 0.25, 1.0, 1.0, 1.0])
    starts = np.array([4, 4, 4, NEVER, NEVER, NEVER])
    values = np.zeros((6, 8))
    values[:3, 4:] = np.array([[1.0], [3.0], [0.5]])
    effect = average_effect(values, starts, exposure=exposure)
    x, y = exposure[:3], np.array([1.0, 3.0, 0.5])
    assert effect.estimate == pytest.approx(x @ y / (x @ x))
    assert effect.unit_effects == pytest.approx(y)


def test_part_exposure_finds_the_full_effect() -> None:
    starts = staggered_starts({4: 5}, never=8)
    panel = drawn_panel(7, starts, 10, noise=0.0)
    exposure = np.concatenate([np.linspace(0.2, 1, 5), np.ones(8)])
    values = panel.values + 3.0 * exposure[:, None] * panel.is_on
    assert average_effect(values, starts, exposure=exposure).estimate == pytest.approx(3.0)


def test_all_assignments_at_once_are_each_on_its_own() -> None:
    starts = staggered_starts({5: 3, 6: 2}, never=7)
    panel = drawn_panel(4, starts, 11, missing=0.05)
    random = np.random.default_rng(0)
    assigned = random.permuted(np.tile(starts, (70, 1)), axis=1)
    exposure = random.uniform(0.3, 1, size=assigned.shape)
    together = assigned_effects(panel.values, assigned, exposure=exposure)
    for row in (0, 63, 64, 69):
        alone = average_effect(panel.values, assigned[row], exposure=exposure[row])
        assert together.estimates[row] == pytest.approx(alone.estimate)
        assert together.errors[row] == pytest.approx(alone.error)
        assert together.freedom[row] == pytest.approx(alone.freedom)


def test_assignments_without_comparison_are_missing() -> None:
    values = drawn_panel(4, staggered_starts({4: 2}, never=4), 8).values
    values[2:5, 7] = np.nan
    assigned = np.array(
        [
            [4, 4, NEVER, NEVER, NEVER, NEVER],  # only one comparison unit has the last quarter
            [NEVER, NEVER, 4, 4, NEVER, NEVER],
            [4, 4, 4, 4, 4, NEVER],
            [NEVER, NEVER, NEVER, NEVER, NEVER, 4],
        ]
    )
    found = assigned_effects(values, assigned)
    assert np.isfinite(found.estimates).tolist() == [False, True, False, False]
    assert np.isfinite(found.errors).tolist() == [False, True, False, False]


def test_quarters_levels_sum_to_zero() -> None:
    values = np.array([[1.0, 2.0, 4.0], [3.0, 4.0, 6.0], [0.0, 1.0, np.nan]])
    levels = quarter_levels(values, np.array([0, 1, 2]))
    assert levels.sum() == pytest.approx(0, abs=1e-6)
    assert np.diff(levels) == pytest.approx([1.0, 2.0])


class TestRefused:
    def test_fewer_than_two_treated_units(self) -> None:
        starts = np.array([1, NEVER, NEVER, NEVER])
        with pytest.raises(NoComparisonError, match="fewer than two treated units"):
            average_effect(VALUES, starts, least_before=1)

    def test_treated_units_without_earlier_quarters(self) -> None:
        with pytest.raises(NoComparisonError, match="fewer than two treated units"):
            average_effect(VALUES, STARTS)

    def test_fewer_than_two_comparison_units(self) -> None:
        starts = np.array([1, 1, 1, NEVER])
        with pytest.raises(NoComparisonError, match="fewer than two comparison units"):
            average_effect(VALUES, starts, least_before=1)

    def test_a_quarter_with_one_comparison_unit(self) -> None:
        values = VALUES.copy()
        values[3, 1] = np.nan
        with pytest.raises(NoComparisonError, match="fewer than two comparison units"):
            average_effect(values, STARTS, least_before=1)

    def test_comparison_units_that_share_no_quarter(self) -> None:
        """Two units know the first quarters, two others the last: what lies between is unknown."""
        panel = drawn_panel(0, staggered_starts({4: 3}, never=4), 8)
        panel.values[3:5, 4:] = np.nan
        panel.values[5:7, :4] = np.nan
        with pytest.raises(NoComparisonError, match="none in common"):
            average_effect(panel.values, panel.starts)

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"values": np.zeros(4)}, "units by quarters"),
            ({"values": np.zeros((0, 3))}, "units by quarters"),
            ({"starts": STARTS[:3]}, "4 units, but starts of shape"),
            ({"starts": STARTS.astype(float)}, "whole ones"),
            ({"exposure": np.ones(3)}, "exposure has shape"),
            ({"exposure": np.array([0.0, 1, 1, 1])}, "exposure must lie above 0"),
            ({"exposure": np.array([1.2, 1, 1, 1])}, "exposure must lie above 0"),
            ({"least_before": 0}, "least_before must be at least 1, not 0"),
            ({"confidence": 1.0}, "confidence must lie between 0 and 1"),
        ],
    )
    def test_bad_input(self, changed: dict[str, object], message: str) -> None:
        given = {"values": VALUES, "starts": STARTS, "least_before": 1} | changed
        with pytest.raises(ValueError, match=message):
            average_effect(given.pop("values"), given.pop("starts"), **given)
