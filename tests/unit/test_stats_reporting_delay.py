"""Reporting delay: right truncation at the data cut, and months that are still provisional."""

from datetime import date

import numpy as np
import pytest

from analytics.stats.reporting_delay import (
    delay_distribution,
    expected_share,
)

AS_OF = date(2023, 12, 31)


def test_without_truncation_it_is_the_plain_distribution() -> None:
    delay = delay_distribution([0, 5, 5, 20], [10, 15, 5, 20])
    assert delay.lags.tolist() == [0, 5, 20]
    assert delay.share == pytest.approx([0.2, 0.6, 1])
    assert delay.n == 50
    assert delay.arrived_within([-1, 0, 4, 5, 19, 20, 400]) == pytest.approx(
        [0, 0.2, 0.2, 0.6, 0.6, 1, 1]
    )


def test_small_case_by_hand() -> None:
    """Lag 2 can show in 60 rows with window 2 or more, 20 of them have it: F(1) = 2/3.

    Lag 1 can show in the rows with lag up to 1 and window 1 or more: 20 of 60, so F(0) = 4/9.
    """
    lags, windows = [0, 0, 0, 1, 1, 2], [0, 1, 2, 1, 2, 2]
    delay = delay_distribution(lags, [40, 20, 20, 0, 20, 20], windows=windows)
    assert delay.at_risk.tolist() == [80, 60, 60]
    assert delay.share == pytest.approx([4 / 9, 2 / 3, 1])


def test_recent_rows_do_not_make_the_delay_look_short() -> None:
    """Needs of 300 days, geometric delays: the estimate finds the truth, the plain share not."""
    generator = np.random.default_rng(7)
    windows = generator.integers(0, 300, 200_000)
    lags = generator.geometric(1 / 40, windows.size) - 1
    seen = lags <= windows
    delay = delay_distribution(lags[seen], windows=windows[seen], longest=250)
    truth = (1 - (1 - 1 / 40) ** 61) / (1 - (1 - 1 / 40) ** 251)
    assert delay.arrived_within(60) == pytest.approx(truth, abs=0.01)
    assert (lags[seen] <= 60).mean() > truth + 0.03


def test_a_handful_of_old_rows_does_not_decide() -> None:
    """One row of lag 300 is the only one that could show it; it says nothing on the others."""
    lags, windows, counts = [0, 10, 300], [50, 50, 300], [60, 40, 1]
    delay = delay_distribution(lags, counts, windows=windows)
    assert delay.lags.tolist() == [0, 10]
    assert delay.share == pytest.approx([0.6, 1])


def test_longer_lags_are_left_out() -> None:
    delay = delay_distribution([0, 30, 700], [50, 50, 900])
    assert delay.share == pytest.approx([0.5, 1])


@pytest.mark.parametrize("rows", [0, 29])
def test_too_few_rows_give_no_distribution(rows: int) -> None:
    delay = delay_distribution([3], [rows])
    assert delay.n == 0
    assert np.isnan(delay.arrived_within([0, 10])).all()
    assert expected_share(delay, date(2023, 1, 1), date(2023, 2, 1), AS_OF) is None


def test_expected_share_averages_over_the_days_of_need() -> None:
    """Half arrives at once, the rest after 10 days: a month of 30 days seen from its last day."""
    delay = delay_distribution([0, 10], [50, 50])
    share = expected_share(delay, date(2023, 11, 1), date(2023, 12, 1), date(2023, 11, 30))
    assert share == pytest.approx((20 * 1 + 10 * 0.5) / 30)


def test_days_after_the_cut_have_delivered_nothing() -> None:
    delay = delay_distribution([0], [50])
    share = expected_share(delay, date(2023, 11, 1), date(2023, 12, 1), date(2023, 11, 15))
    assert share == pytest.approx(0.5)


def test_refuses_empty_periods() -> None:
    delay = delay_distribution([0], [50])
    with pytest.raises(ValueError, match="must lie after start"):
        expected_share(delay, AS_OF, AS_OF, AS_OF)
