"""Medians of many clocks at once are those of one curve after the other."""

import numpy as np
import pytest

from analytics.reports.indicators.clock_parts import ClockCounts
from analytics.stats.medians import DayCounts, Medians, medians

PARTS, UNITS = 3, 6


def drawn(seed: int, size: int, cut: int | None = None) -> DayCounts:
    random = np.random.default_rng(seed)
    last = random.integers(5, 100) if cut is None else cut
    days = np.minimum(random.exponential(40, size).astype(np.int64), last)
    return DayCounts(
        random.integers(0, PARTS, size),
        random.integers(0, UNITS, size),
        days,
        random.integers(0, 3, size),
        random.integers(1, 4, size),
    )


def one_by_one(counts: DayCounts, *, by_unit: bool) -> list[list[float]]:
    found = []
    for part in range(PARTS):
        own = counts.part == part
        if not own.any():
            found.append([np.nan] * 3)
            continue
        unit = counts.unit[own] if by_unit else None
        clock = ClockCounts(counts.days[own], counts.event[own], counts.counts[own], unit)
        median = clock.waiting().median()
        three = (median.estimate, median.low, median.high)
        found.append([np.nan if each is None else each for each in three])
    return found


def rows_of(found: Medians) -> list[list[float]]:
    return np.column_stack([found.estimate, found.low, found.high]).tolist()


@pytest.mark.parametrize("size", [1, 7, 40, 400])
@pytest.mark.parametrize("seed", range(25))
def test_they_equal_single_curves(seed: int, size: int) -> None:
    counts = drawn(seed, size)
    together = DayCounts(
        counts.part, np.zeros_like(counts.unit), counts.days, counts.event, counts.counts
    )
    plain = rows_of(medians(together, PARTS))
    np.testing.assert_allclose(plain, one_by_one(counts, by_unit=False))
    of_units = rows_of(medians(together, PARTS, counts))
    np.testing.assert_allclose(of_units, one_by_one(counts, by_unit=True))


@pytest.mark.parametrize("seed", range(5))
def test_gathered_days_change_bounds_by_a_day_or_two(seed: int) -> None:
    counts = drawn(seed, 20_000, 300)
    gathered = DayCounts(
        counts.part, counts.unit, 14 * ((counts.days + 13) // 14), counts.event, counts.counts
    )
    exact, coarse = (medians(counts, PARTS, each) for each in (counts, gathered))
    np.testing.assert_array_equal(exact.estimate, coarse.estimate)
    for name in ("low", "high"):
        assert np.abs(getattr(exact, name) - getattr(coarse, name)).max() <= 2


def test_noise_widens_the_band_and_a_single_unit_gives_none() -> None:
    counts = drawn(1, 4_000, 300)
    plain, noisy = medians(counts, PARTS, counts), medians(counts, PARTS, counts, noise=400.0)
    assert (noisy.low <= plain.low).all() and (noisy.high >= plain.high).all()
    assert (noisy.high - noisy.low).sum() > (plain.high - plain.low).sum()
    alone = DayCounts(
        counts.part, np.zeros_like(counts.unit), counts.days, counts.event, counts.counts
    )
    of_one = medians(alone, PARTS, alone)
    assert np.isnan(of_one.low).all() and (of_one.units == 1).all()
