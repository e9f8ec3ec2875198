"""The effect by distance from the start, and synthetic comparison units."""

import numpy as np
import pytest
from panels import drawn_panel, staggered_starts
from scipy import stats

from analytics.stats.did import NoComparisonError
from analytics.stats.event_study import event_study
from analytics.stats.imputation import NEVER
from analytics.stats.synthetic import synthetic_did

STARTS = staggered_starts({4: 6}, never=10)


class TestEventStudy:
    def test_one_start_is_a_difference_of_differences(self) -> None:
        panel = drawn_panel(1, STARTS, 8)
        found = event_study(panel.values, STARTS)
        assert found.events.tolist() == [-4, -3, -2, 0, 1, 2, 3]
        change = panel.values - panel.values[:, [3]]
        by_hand = change[:6].mean(0) - change[6:].mean(0)
        assert found.estimates == pytest.approx(np.delete(by_hand, 3))
        assert found.before == 3
        welch = stats.ttest_ind(change[:6, 4], change[6:, 4], equal_var=False)
        assert found.estimates[3] / np.sqrt(found.covariance[3, 3]) == pytest.approx(
            welch.statistic
        )

    def test_from_the_mean_before_is_a_difference_of_differences_from_that_mean(self) -> None:
        panel = drawn_panel(1, STARTS, 8)
        found = event_study(panel.values, STARTS).from_mean_before()
        assert found.events.tolist() == [-4, -3, -2, -1, 0, 1, 2, 3]
        change = panel.values - panel.values[:, :4].mean(1, keepdims=True)
        by_hand = change[:6].mean(0) - change[6:].mean(0)
        assert found.estimates == pytest.approx(by_hand)
        assert found.estimates[:4].mean() == pytest.approx(0, abs=1e-12)
        freedom = event_study(panel.values, STARTS).freedom
        for place in range(8):
            welch = stats.ttest_ind(change[:6, place], change[6:, place], equal_var=False)
            margin = stats.t.ppf(0.975, freedom) * abs(by_hand[place] / welch.statistic)
            ends = found.low[place], found.high[place]
            assert ends == pytest.approx((by_hand[place] - margin, by_hand[place] + margin))

    def test_an_odd_last_quarter_before_moves_one_point_and_not_all(self) -> None:
        panel = drawn_panel(1, STARTS, 8)
        odd = panel.values.copy()
        odd[:6, 3] += 1.0
        plain, moved = (event_study(values, STARTS) for values in (panel.values, odd))
        assert moved.estimates[3:] - plain.estimates[3:] == pytest.approx(-1.0)
        shift = moved.from_mean_before().estimates - plain.from_mean_before().estimates
        assert shift == pytest.approx([-0.25, -0.25, -0.25, 0.75, -0.25, -0.25, -0.25, -0.25])

    def test_finds_what_happened_when(self) -> None:
        starts = staggered_starts({6: 5, 7: 5}, never=12)
        panel = drawn_panel(2, starts, 14, noise=0.0, missing=0.1)
        since = np.arange(14)[None, :] - starts[:, None]
        values = panel.values + np.where(since >= 0, 1.0 + 0.5 * since, 0.0) * (
            starts[:, None] != NEVER
        )
        found = event_study(values, starts)
        expected = np.where(found.events >= 0, 1 + 0.5 * found.events, 0.0)
        assert found.estimates == pytest.approx(expected, abs=1e-6)

    def test_wider_periods_hold_several_quarters(self) -> None:
        starts = staggered_starts({8: 6}, never=10)
        panel = drawn_panel(3, starts, 16)
        found = event_study(panel.values, starts, width=4)
        assert (found.events.tolist(), found.width) == ([-2, 0, 1], 4)
        years = panel.values.reshape(16, 4, 4).mean(2)
        by_hand = (years[:6] - years[:6, [1]]).mean(0) - (years[6:] - years[6:, [1]]).mean(0)
        assert found.estimates == pytest.approx(np.delete(by_hand, 1))

    def test_distances_of_few_units_are_left_out(self) -> None:
        starts = staggered_starts({2: 1, 6: 8}, never=10)
        panel = drawn_panel(4, starts, 10)
        assert event_study(panel.values, starts).events.tolist() == [
            -6, -5, -4, -3, -2, 0, 1, 2, 3,
        ]  # fmt: skip
        panel.values[1:9, 2] = np.nan
        assert -4 not in event_study(panel.values, starts).events

    def test_one_quarter_before_is_tested_as_t(self) -> None:
        """One estimate before the start: the joint test is its t test."""
        starts = staggered_starts({2: 6}, never=10)
        panel = drawn_panel(5, starts, 5)
        found = event_study(panel.values, starts)
        t = found.estimates[0] / np.sqrt(found.covariance[0, 0])
        assert found.pretrend_p == pytest.approx(2 * stats.t.sf(abs(t), found.freedom))

    def test_different_trends_are_found(self) -> None:
        panel = drawn_panel(6, STARTS, 8, noise=0.1)
        assert event_study(panel.values, STARTS).pretrend_p > 0.05
        drifting = panel.values + 0.5 * np.arange(8) * (STARTS != NEVER)[:, None]
        assert event_study(drifting, STARTS).pretrend_p < 0.01

    @pytest.mark.parametrize(
        ("starts", "message"),
        [
            (staggered_starts({4: 2}, never=14), "three treated"),
            (staggered_starts({4: 14}, never=2), "three comparison"),
            (staggered_starts({1: 6}, never=10), "no period before"),
            (staggered_starts({8: 6}, never=10), "no period before the reference, or none after"),
        ],
    )
    def test_refused_without_a_comparison(self, starts: np.ndarray, message: str) -> None:
        with pytest.raises(NoComparisonError, match=message):
            event_study(drawn_panel(0, starts, 8).values, starts)

    def test_refused_where_a_quarter_has_no_comparison(self) -> None:
        panel = drawn_panel(0, STARTS, 8)
        panel.values[6:, 2] = np.nan
        with pytest.raises(NoComparisonError, match="fewer than two comparison units"):
            event_study(panel.values, STARTS)

    def test_refused_where_the_reference_is_missing(self) -> None:
        panel = drawn_panel(0, STARTS, 8)
        panel.values[:6, 3] = np.nan
        with pytest.raises(NoComparisonError, match="no period before the reference"):
            event_study(panel.values, STARTS)

    @pytest.mark.parametrize(
        ("changed", "message"),
        [({"width": 0}, "width must be at least 1"), ({"confidence": 1}, "confidence must lie")],
    )
    def test_bad_input(self, changed: dict[str, float], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            event_study(drawn_panel(0, STARTS, 8).values, STARTS, **changed)


class TestSynthetic:
    STARTS = staggered_starts({6: 3}, never=9)

    def test_finds_the_effect_and_weights_that_sum_to_one(self) -> None:
        panel = drawn_panel(1, self.STARTS, 10, effect=2.0, noise=0.1)
        found = synthetic_did(panel.values, self.STARTS, 6, seed=1)
        assert found.estimate == pytest.approx(2.0, abs=0.3)
        assert found.low < 2.0 < found.high
        assert found.weights.sum() == pytest.approx(1)
        assert found.units.tolist() == list(range(3, 12))
        assert found.synthetic == pytest.approx(found.weights @ panel.values[3:])
        assert found.treated == pytest.approx(panel.values[:3].mean(0))

    def test_equal_seeds_give_equal_errors(self) -> None:
        panel = drawn_panel(1, self.STARTS, 10)
        first, second = (synthetic_did(panel.values, self.STARTS, 6, seed=4) for _ in range(2))
        assert first.error == second.error

    def test_incomplete_and_earlier_units_are_left_out(self) -> None:
        starts = staggered_starts({5: 1, 6: 2, 7: 1}, never=9)
        panel = drawn_panel(1, starts, 10)
        panel.values[1, 0] = panel.values[4, 9] = np.nan
        found = synthetic_did(panel.values, starts, 6, seed=1)
        assert found.treated_units.tolist() == [2, 3]
        assert found.units.tolist() == list(range(5, 13))

    def test_refused(self) -> None:
        panel = drawn_panel(1, self.STARTS, 10)
        with pytest.raises(ValueError, match="no quarter before or after"):
            synthetic_did(panel.values, self.STARTS, 10, seed=1)
        panel.values[:2, 0] = np.nan
        with pytest.raises(NoComparisonError, match="too few units have every quarter"):
            synthetic_did(panel.values, self.STARTS, 6, seed=1)
