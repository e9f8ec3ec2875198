"""Adjusted hazards and the outcomes of cells, by hand."""

import numpy as np
import pytest

from analytics.stats.cell_outcomes import restricted_mean_days, share_referred
from analytics.stats.hazard import GroupedWaits, NotConvergedError, cell_log_hazards
from analytics.stats.restricted import restricted_mean
from analytics.stats.survival import kaplan_meier


def waits(rows: list[tuple[int, int, int, bool, float]]) -> GroupedWaits:
    """Return grouped waits from (cell, level, intervals survived, event, needs)."""
    cell, level, intervals, event, counts = (np.array(part) for part in zip(*rows, strict=True))
    return GroupedWaits(cell, [level], intervals, event, counts.astype(float))


class TestHazard:
    def test_one_interval_is_a_ratio_of_cumulated_hazards(self) -> None:
        """60 % against 30 % referred: log hazards log(-log(1 - share))."""
        million = 1e6
        found = cell_log_hazards(
            waits(
                [
                    (0, -1, 0, True, 0.6 * million),
                    (0, -1, 1, False, 0.4 * million),
                    (1, -1, 0, True, 0.3 * million),
                    (1, -1, 1, False, 0.7 * million),
                ]
            ),
            2,
            1,
        )
        expected = np.log(-np.log(0.4)) - np.log(-np.log(0.7))
        assert found[0] - found[1] == pytest.approx(expected, abs=1e-4)
        assert found.sum() == pytest.approx(0, abs=1e-6)

    def test_the_mix_is_taken_out(self) -> None:
        """Within each level both cells have the same hazards, but their mix differs."""
        rows = []
        for cell, needs in ((0, (8e5, 2e5)), (1, (3e5, 7e5))):
            for level, hazard, count in ((-1, 0.2, needs[0]), (0, 0.6, needs[1])):
                waiting = count
                for interval in range(3):
                    referred = waiting * (1 - np.exp(-hazard))
                    rows.append((cell, level, interval, True, referred))
                    waiting -= referred
                rows.append((cell, level, 3, False, waiting))
        found = cell_log_hazards(waits(rows), 2, 3)
        assert found[0] == pytest.approx(found[1], abs=1e-4)

    def test_a_cell_without_referrals_is_finite_and_low(self) -> None:
        rows = [(0, -1, 0, True, 10.0), (0, -1, 1, False, 10.0), (1, -1, 1, False, 12.0)]
        found = cell_log_hazards(waits(rows), 3, 1)
        assert np.isfinite(found[:2]).all()
        assert found[1] < found[0] - 2
        assert np.isnan(found[2])

    def test_half_an_event_is_added(self) -> None:
        """With the rest given: events + 1/2 over the hazard lived through, which is a log."""
        rows = [(0, -1, 0, True, 1e7), (0, -1, 1, False, 1e7), (1, -1, 1, False, 8.0)]
        found = cell_log_hazards(waits(rows), 2, 1)
        # The big cell fixes the baseline; the small one lived 8 baselines without an event.
        lived = 8 * np.log(2)
        assert found[1] - found[0] == pytest.approx(np.log(0.5 / lived), abs=1e-3)

    def test_refused_without_any_referral(self) -> None:
        with pytest.raises(NotConvergedError, match="no referral in any cell"):
            cell_log_hazards(waits([(0, -1, 1, False, 5.0)]), 1, 1)

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ((2, -1, 0, True, 1.0), "cell must lie in 0 to 1"),
            ((-1, -1, 0, True, 1.0), "cell must lie in 0 to 1"),
            ((0, -2, 0, True, 1.0), "levels must not lie below -1"),
            ((0, -1, 4, False, 1.0), "intervals must lie in 0 to 3"),
            ((0, -1, 3, True, 1.0), "no event after the last interval"),
            ((0, -1, 0, True, -1.0), "counts must not be negative"),
        ],
    )
    def test_bad_input(self, row: tuple[int, int, int, bool, float], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            cell_log_hazards(waits([(0, -1, 0, True, 3.0), row]), 2, 3)

    def test_arrays_of_different_length(self) -> None:
        given = waits([(0, -1, 0, True, 3.0), (1, -1, 0, True, 3.0)])
        short = GroupedWaits(
            given.cell, given.levels, given.intervals[:1], given.is_event, given.counts
        )
        with pytest.raises(ValueError, match="same number of rows"):
            cell_log_hazards(short, 2, 1)


class TestCellOutcomes:
    CELL = np.array([0, 0, 0, 1, 1])
    DAYS = np.array([30, 90, 91, 10, 200])
    EVENT = np.array([1, 1, 1, 2, 0])
    COUNTS = np.array([2, 3, 5, 4, 6])

    def test_share_by_hand(self) -> None:
        shares = share_referred(self.CELL, self.DAYS, self.EVENT, self.COUNTS, 3, 90)
        assert shares[:2] == pytest.approx([5 / 10, 0.0])
        assert np.isnan(shares[2])

    def test_restricted_mean_by_hand(self) -> None:
        """Everybody referred on day 30 or 90, nobody else: a plain mean."""
        means = restricted_mean_days(
            np.array([0, 0]), np.array([30, 90]), np.array([1, 1]), np.array([3, 1]), 2, 180
        )
        assert means[0] == pytest.approx((3 * 30 + 90) / 4)
        assert np.isnan(means[1])

    @pytest.mark.parametrize("seed", range(4))
    def test_restricted_mean_is_that_of_one_curve(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        cell = random.integers(0, 5, 400)
        days, event = random.integers(0, 300, 400), random.integers(0, 3, 400)
        counts = random.integers(1, 4, 400)
        means = restricted_mean_days(cell, days, event, counts, 5, 180)
        for one in range(5):
            own = cell == one
            curve = kaplan_meier(days[own], event[own] == 1, counts[own])
            assert means[one] == pytest.approx(restricted_mean(curve, 180).estimate)

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"cell": CELL + 1}, "cell must lie in 0 to 1"),
            ({"days": DAYS - 11}, "days must not be negative"),
            ({"event": EVENT[:3]}, "same number of rows"),
            ({"counts": -COUNTS}, "counts must not be negative"),
        ],
    )
    def test_bad_input(self, changed: dict[str, np.ndarray], message: str) -> None:
        given = {
            "cell": self.CELL, "days": self.DAYS, "event": self.EVENT, "counts": self.COUNTS,
        } | changed  # fmt: skip
        with pytest.raises(ValueError, match=message):
            share_referred(*given.values(), 2, 90)
        with pytest.raises(ValueError, match=message):
            restricted_mean_days(*given.values(), 2, 180)
