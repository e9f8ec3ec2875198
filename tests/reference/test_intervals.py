"""Published intervals: the R package PHEindicatormethods, Newcombe (1998), Conover (1999)."""

import pytest

from analytics.stats.intervals import median_of_counts, poisson, wilson


@pytest.mark.parametrize(
    ("events", "trials", "confidence", "low", "high", "digits"),
    [
        (65, 100, 0.95, 0.552544, 0.736358, 6),
        (65, 100, 0.998, 0.495495, 0.778354, 6),
        # Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E
        (81, 263, 0.95, 0.2553, 0.3662, 4),
        (15, 148, 0.95, 0.0624, 0.1605, 4),
        (0, 20, 0.95, 0.0000, 0.1611, 4),
        (1, 29, 0.95, 0.0061, 0.1718, 4),
    ],
)
def test_wilson(
    events: int, trials: int, confidence: float, low: float, high: float, digits: int
) -> None:
    result = wilson(events, trials, confidence)
    assert (float(result.low), float(result.high)) == pytest.approx(
        (low, high), abs=0.5 * 10**-digits
    )


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        (65, 50.163188, 82.849139),  # Byar
        (1, 0.025318, 5.571643),  # exact
    ],
)
def test_poisson(events: int, low: float, high: float) -> None:
    result = poisson(events)
    assert (float(result.low), float(result.high)) == pytest.approx((low, high), abs=5e-7)


def test_poisson_of_none_is_exact() -> None:
    """Garwood (1936): 0 events, 95 %: 0 to 3.689."""
    result = poisson(0)
    assert float(result.low) == 0
    assert float(result.high) == pytest.approx(3.689, abs=5e-4)


@pytest.mark.parametrize(
    ("n", "rank"), [(6, 1), (8, 1), (9, 2), (10, 2), (15, 4), (20, 6), (25, 8), (50, 18)]
)
def test_median_ranks(n: int, rank: int) -> None:
    """Ranks of the 95 % sign-test interval, tabled in textbooks on distribution-free methods."""
    result = median_of_counts(list(range(1, n + 1)))
    assert (result.low, result.high) == (rank, n + 1 - rank)
