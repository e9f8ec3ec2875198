"""Intervals on random counts: definitions, order, and counts as repeated rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, chi2
from scipy.stats import poisson as poisson_law
from statsmodels.stats.proportion import proportion_confint

from analytics.stats.intervals import median_of_counts, poisson, wilson

LEVELS = st.sampled_from([0.8, 0.95, 0.998])


@given(
    trials=st.lists(st.integers(1, 10**7), min_size=1, max_size=20), data=st.data(), level=LEVELS
)
@settings(max_examples=50, deadline=None)
def test_wilson_agrees_with_statsmodels(
    trials: list[int], data: st.DataObject, level: float
) -> None:
    events = [data.draw(st.integers(0, n)) for n in trials]
    result = wilson(events, trials, level)
    low, high = proportion_confint(
        np.array(events), np.array(trials), alpha=1 - level, method="wilson"
    )
    assert result.low == pytest.approx(low, abs=1e-9)
    assert result.high == pytest.approx(high, abs=1e-9)
    assert (result.low >= 0).all()
    assert (result.low <= result.estimate).all()
    assert (result.estimate <= result.high).all()
    assert (result.high <= 1).all()


@given(events=st.integers(0, 9), level=LEVELS)
@settings(deadline=None)
def test_small_poisson_bounds_leave_the_level_in_the_tails(events: int, level: float) -> None:
    result, tail = poisson(events, level), (1 - level) / 2
    assert poisson_law.cdf(events, float(result.high)) == pytest.approx(tail, rel=1e-9)
    if events:
        assert poisson_law.sf(events - 1, float(result.low)) == pytest.approx(tail, rel=1e-9)


@given(events=st.integers(10, 10**6), level=LEVELS)
@settings(deadline=None)
def test_byar_bounds_are_within_two_per_cent_of_exact(events: int, level: float) -> None:
    result, tail = poisson(events, level), (1 - level) / 2
    assert float(result.low) == pytest.approx(chi2.ppf(tail, 2 * events) / 2, rel=0.02)
    assert float(result.high) == pytest.approx(chi2.isf(tail, 2 * events + 2) / 2, rel=0.02)


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 30)), min_size=1, max_size=30), LEVELS
)
@settings(deadline=None)
def test_median_of_counts_is_that_of_repeated_rows(
    pairs: list[tuple[int, int]], level: float
) -> None:
    values, counts = (np.array(column) for column in zip(*pairs, strict=True))
    result, rows = median_of_counts(values, counts, level), np.sort(np.repeat(values, counts))
    assert result == median_of_counts(rows, confidence=level)
    assert result.n == rows.size
    if rows.size:
        assert result.estimate == np.median(rows)
    if result.low is not None and result.high is not None:
        ranks = np.arange(1, rows.size)
        rank = ranks[2 * binom.cdf(ranks - 1, rows.size, 0.5) <= 1 - level].max()
        assert (result.low, result.high) == (rows[rank - 1], rows[-rank])
