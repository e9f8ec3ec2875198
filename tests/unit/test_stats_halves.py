"""The two halves of an effect: they add up to it, and tell a rise from others falling behind."""

import numpy as np
import pytest
from scipy import stats

from analytics.stats.did import NoComparisonError, average_effect
from analytics.stats.halves import Change, Halves, halves
from analytics.stats.imputation import NEVER

BEFORE = 4


def panel(seed: int, gaps: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Return outcomes of 4 treated and 7 other units in 10 quarters, and their starts."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1, (11, 10)) + rng.normal(0, 3, (11, 1)) + np.arange(10)
    values[rng.random(values.shape) < gaps] = np.nan
    return values, np.array([5, 5, 6, 7, *[NEVER] * 7])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("gaps", [0, 0.1])
def test_the_difference_is_the_effect(seed: int, gaps: float) -> None:
    values, starts = panel(seed, gaps)
    found = halves(values, starts, least_before=BEFORE)
    effect = average_effect(values, starts, least_before=BEFORE)
    assert found.treated.estimate - found.others.estimate == pytest.approx(effect.estimate)


def test_by_hand() -> None:
    # Treated rise from 10 and 20 by 3 and 5; others fall by 1, 2 and 3.
    changes = [3.0, 5.0, -1.0, -2.0, -3.0]
    levels = [10.0, 20.0, 5.0, 6.0, 7.0]
    values = np.array(
        [[level] * 4 + [level + change] * 4 for level, change in zip(levels, changes, strict=True)]
    )
    found = halves(values, np.array([4, 4, NEVER, NEVER, NEVER]), least_before=BEFORE)
    assert (found.treated.estimate, found.others.estimate) == pytest.approx((4, -2))
    # The mean of two with a standard deviation of √2 has the error 1; t with one degree is 12.706.
    assert (found.treated.low, found.treated.high) == pytest.approx(
        (4 - 12.706, 4 + 12.706), abs=1e-3
    )
    # Three, one apart: 1 / √3 and 4.303.
    reach = 4.3027 / np.sqrt(3)
    assert (found.others.low, found.others.high) == pytest.approx(
        (-2 - reach, -2 + reach), abs=1e-3
    )
    assert found.share_of_others == pytest.approx(1 / 3)


@pytest.mark.parametrize("seed", range(3))
def test_errors_equal_leaving_units_out_by_hand(seed: int) -> None:
    values, starts = panel(seed, 0.1)
    found = halves(values, starts, least_before=BEFORE)
    left = {
        unit: halves(
            np.delete(values, unit, 0), np.delete(starts, unit), least_before=BEFORE
        )
        for unit in range(len(starts))
    }  # fmt: skip

    def variance(side: str, units: range) -> float:
        without = np.array([getattr(left[unit], side).estimate for unit in units])
        return (len(units) - 1) / len(units) * float(((without - without.mean()) ** 2).sum())

    treated, others = range(4), range(4, len(starts))
    half = (found.treated.high - found.treated.low) / 2
    assert half == pytest.approx(3.1824 * np.sqrt(variance("treated", treated)), rel=1e-4)
    parts = variance("others", treated), variance("others", others)
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / 3 + parts[1] ** 2 / 6)

    reach = stats.t.ppf(0.975, freedom) * np.sqrt(sum(parts))
    assert (found.others.high - found.others.low) / 2 == pytest.approx(reach, rel=1e-6)


@pytest.mark.parametrize(
    ("treated", "others", "share"),
    [(3, -3, 0.5), (-4, 6, 0.6), (3, 0, 0), (0, -3, 1), (5, 2, None), (-1, -3, None), (0, 0, None)],
)
def test_a_share_of_the_gap_only_where_both_open_it(
    treated: float, others: float, share: float | None
) -> None:
    found = Halves(Change(treated, 0, 0), Change(others, 0, 0))
    assert found.share_of_others == share


def test_too_few_units_are_refused() -> None:
    values, starts = panel(1)
    with pytest.raises(NoComparisonError):
        halves(values[3:], starts[3:], least_before=BEFORE)
    with pytest.raises(NoComparisonError):
        halves(values[:5], starts[:5], least_before=BEFORE)
