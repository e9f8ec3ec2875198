"""The difference of two proportions against the examples published by Newcombe (1998)."""

import math

import pytest

from analytics.stats.difference import difference
from analytics.stats.intervals import wilson

# Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10; printed to 4 decimals.
PUBLISHED = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((10, 10), (0, 10), (0.6075, 1.0000)),
]


def _wilson(events: int, trials: int) -> tuple[float, float, float]:
    result = wilson([events], [trials])
    return float(result.estimate[0]), float(result.low[0]), float(result.high[0])


@pytest.mark.parametrize(("first", "second", "published"), PUBLISHED)
def test_equals_newcombe(first, second, published):
    result = difference(_wilson(*first), _wilson(*second))
    assert (result.low, result.high) == pytest.approx(published, abs=0.00005)


def test_missing_bounds_are_refused():
    with pytest.raises(ValueError, match="second"):
        difference((0.5, 0.4, 0.6), (0.5, math.nan, 0.6))
