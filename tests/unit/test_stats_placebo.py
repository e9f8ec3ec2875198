"""Random assignments and random signs: ranks, p values, and the effect that can be detected."""

from itertools import combinations

import numpy as np
import pytest
from panels import drawn_panel, staggered_starts

from analytics.stats.did import assigned_effects, average_effect
from analytics.stats.imputation import NEVER
from analytics.stats.placebo import detectable_effect, permutations, placebo_rank
from analytics.stats.wild import wild_bootstrap


class TestPermutations:
    def test_each_row_holds_the_same_starts(self) -> None:
        starts = staggered_starts({3: 2, 5: 1}, never=6)
        drawn = permutations(starts, 50, 1)
        assert drawn.shape == (50, 9)
        assert (np.sort(drawn, axis=1) == np.sort(starts)).all()

    def test_equal_seeds_give_equal_draws(self) -> None:
        starts = np.arange(20)
        assert (permutations(starts, 5, 1) == permutations(starts, 5, 1)).all()
        assert (permutations(starts, 5, 1) != permutations(starts, 5, 2)).any()

    @pytest.mark.parametrize(("draws", "seed", "message"), [(0, 1, "draws"), (5, -1, "seed")])
    def test_refused(self, draws: int, seed: int, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            permutations(np.arange(4), draws, seed)


class TestRank:
    def test_counts_the_true_assignment(self) -> None:
        rank = placebo_rank(2.0, np.array([-3.0, 1.0, 2.5, 0.0]))
        assert rank.p == pytest.approx((1 + 2) / (1 + 4))

    def test_is_never_zero(self) -> None:
        assert placebo_rank(1e9, np.linspace(-3, 3, 999)).p == pytest.approx(1 / 1000)

    def test_equal_up_to_rounding_is_equal(self) -> None:
        assert placebo_rank(0.3, np.array([0.1 + 0.2, 0.0])).p == pytest.approx(2 / 3)

    def test_draws_without_an_estimate_do_not_count(self) -> None:
        rank = placebo_rank(2.0, np.array([np.nan, 3.0, 1.0]))
        assert rank.p == pytest.approx(2 / 3)
        assert rank.critical == pytest.approx(np.quantile([3.0, 1.0], 0.95))

    def test_a_missing_statistic_has_none(self) -> None:
        with pytest.raises(ValueError, match="missing statistic"):
            placebo_rank(float("nan"), np.array([1.0]))

    def test_is_that_of_all_assignments(self) -> None:
        """Eight units, three treated: 56 assignments, all of them computed."""
        panel = drawn_panel(5, staggered_starts({4: 3}, never=5), 8, effect=1.5)
        true = average_effect(panel.values, panel.starts)
        everything = np.full((56, 8), NEVER)
        for row, treated in enumerate(combinations(range(8), 3)):
            everything[row, list(treated)] = 4
        each = [average_effect(panel.values, starts).statistic for starts in everything]
        exact = np.mean(np.abs(each) >= abs(true.statistic) * (1 - 1e-9))
        found = assigned_effects(panel.values, everything)
        rank = placebo_rank(true.statistic, found.estimates / found.errors)
        # The true assignment is one of the 56, and counts once more as the true one.
        assert rank.p == pytest.approx((1 + 56 * exact) / 57)
        drawn = permutations(panel.starts, 4000, 2)
        found = assigned_effects(panel.values, drawn)
        sampled = placebo_rank(true.statistic, found.estimates / found.errors)
        assert sampled.p == pytest.approx(exact, abs=0.02)


class TestWild:
    INFLUENCE = np.array([0.3, -0.2, 0.4, 0.1, -0.5, 0.2])
    SAMPLES = np.array([0, 0, 0, 1, 1, 1])

    def test_statistic_by_hand(self) -> None:
        """All signs of two samples of two: numerator and error anew each time."""
        influence, samples = np.array([1.0, 2.0, 3.0, 5.0]), np.array([0, 0, 1, 1])
        found = wild_bootstrap(influence, samples, 1.0, draws=500, seed=3)
        # With signs (a, b) of a sample the variance of the sum is (a - b) ** 2.
        possible = set()
        for signs in np.array(np.meshgrid(*[[-1, 1]] * 4)).T.reshape(-1, 4):
            a, b, c, d = signs * influence
            possible.add(round(float((a + b + c + d) / np.hypot(a - b, c - d)), 9))
        assert set(np.round(found.draws, 9)) == possible

    def test_p_is_never_zero_and_one_for_nothing(self) -> None:
        many = wild_bootstrap(self.INFLUENCE, self.SAMPLES, 1e9, draws=99, seed=1)
        assert many.p == pytest.approx(1 / 100)
        assert wild_bootstrap(self.INFLUENCE, self.SAMPLES, 0.0, draws=99, seed=1).p == 1

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"samples": np.zeros(5, dtype=int)}, "influence has shape"),
            ({"samples": np.array([0, 0, 0, 0, 0, 1])}, "one has no spread"),
            ({"draws": 0}, "no 0 draws"),
            ({"seed": -2}, "seed -2"),
        ],
    )
    def test_refused(self, changed: dict[str, object], message: str) -> None:
        given = {"samples": self.SAMPLES, "draws": 9, "seed": 1} | changed
        with pytest.raises(ValueError, match=message):
            wild_bootstrap(self.INFLUENCE, given.pop("samples"), 1.0, **given)


class TestDetectable:
    NULL = np.random.default_rng(0).standard_t(12, size=20_000)

    def test_is_found_with_the_stated_power(self) -> None:
        effect = detectable_effect(self.NULL, error=0.5, critical=2.0)
        assert np.mean(self.NULL + effect / 0.5 > 2.0) == pytest.approx(0.8, abs=1e-3)

    def test_grows_with_error_threshold_and_power(self) -> None:
        usual = detectable_effect(self.NULL, 0.5, 2.0)
        assert detectable_effect(self.NULL, 1.0, 2.0) == pytest.approx(2 * usual)
        assert detectable_effect(self.NULL, 0.5, 2.5) > usual
        powers = [detectable_effect(self.NULL, 0.5, 2.0, power=p) for p in (0.5, 0.7, 0.9, 0.99)]
        assert powers == sorted(powers)

    @pytest.mark.parametrize(("error", "power"), [(0.0, 0.8), (float("nan"), 0.8), (1.0, 1.0)])
    def test_refused(self, error: float, power: float) -> None:
        with pytest.raises(ValueError, match="no detectable effect"):
            detectable_effect(self.NULL, error, 2.0, power=power)
