"""Curves on random data with ties, weights and censoring: lifelines, brute force, invariants."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times, restricted_mean_survival_time
from numpy.typing import NDArray

from analytics.stats.survival import (
    IncidenceCurve,
    SurvivalCurve,
    cumulative_incidence,
    kaplan_meier,
    logrank,
    restricted_mean,
)

Observations = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


@st.composite
def observations(draw: st.DrawFn, kinds: int = 1, max_count: int = 4) -> Observations:
    """Days (few, so with ties), kinds of end (0 open) and counts of 1 or more."""
    entry = st.tuples(st.integers(0, 25), st.integers(0, kinds), st.integers(1, max_count))
    rows = draw(st.lists(entry, min_size=2, max_size=40))
    days, codes, counts = np.array(rows).T
    return days, codes, counts


def _values(
    curve: SurvivalCurve | IncidenceCurve, days: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.array([curve.at(float(day)).estimate for day in days])


def _product_integral(
    days: NDArray[np.int64], codes: NDArray[np.int64], weights: NDArray[np.float64], cause: int
) -> tuple[list[float], list[float]]:
    """Incidence of ``cause`` and survival by day, straight from the definition, row by row."""
    survival, incidence, incidences, survivals = 1.0, 0.0, [], []
    for day in sorted({0, *days.tolist()}):
        at_risk = sum(w for d, w in zip(days, weights, strict=True) if d >= day)
        ends = [(k, w) for d, k, w in zip(days, codes, weights, strict=True) if d == day and k]
        incidence += survival * sum(w for k, w in ends if k == cause) / at_risk
        survival *= 1 - sum(w for _, w in ends) / at_risk
        incidences.append(incidence)
        survivals.append(survival)
    return incidences, survivals


def _influences(
    days: NDArray[np.int64], codes: NDArray[np.int64], cause: int
) -> Iterator[NDArray[np.float64]]:
    """How the incidence moves when one row weighs more: central differences, row by row."""
    step = 1e-5
    for row in range(days.size):
        shift = np.zeros(days.size)
        shift[row] = step
        up, _ = _product_integral(days, codes, 1 + shift, cause)
        down, _ = _product_integral(days, codes, 1 - shift, cause)
        yield (np.array(up) - np.array(down)) / (2 * step)


@given(observations())
@settings(max_examples=25, deadline=None)
def test_kaplan_meier_agrees_with_lifelines(rows: Observations) -> None:
    days, events, counts = rows
    curve = kaplan_meier(days, events, counts, transform="log-log")
    fitted = KaplanMeierFitter().fit(days, events, weights=counts)
    assert _values(curve, fitted.timeline) == pytest.approx(
        fitted.survival_function_.iloc[:, 0], abs=1e-12
    )
    inner = (curve.estimate > 1e-12) & (curve.estimate < 1)
    band = fitted.confidence_interval_survival_function_.loc[curve.days[inner]].to_numpy()
    assert np.column_stack([curve.low, curve.high])[inner] == pytest.approx(band, abs=1e-9)


@given(observations())
@settings(max_examples=25, deadline=None)
def test_median_and_its_interval_agree_with_lifelines(rows: Observations) -> None:
    days, events, counts = rows
    fitted = KaplanMeierFitter().fit(days, events, weights=counts)
    # Only R, and we, take the middle of a step that lies exactly on one half.
    assume(not np.isclose(fitted.survival_function_.iloc[:, 0], 0.5).any())
    curve = kaplan_meier(days, events, counts, transform="log-log")
    result = curve.median()
    expected = fitted.median_survival_time_
    assert result.estimate == (expected if np.isfinite(expected) else None)
    # Where all have ended lifelines sets a bound of 0, we none.
    assume(not curve.complete)
    bounds = median_survival_times(fitted.confidence_interval_).to_numpy().ravel()
    assert [result.low, result.high] == [day if np.isfinite(day) else None for day in bounds]


@given(observations(), st.integers(1, 25))
@settings(max_examples=25, deadline=None)
def test_restricted_mean_agrees_with_lifelines(rows: Observations, limit: int) -> None:
    days, events, counts = rows
    assume(limit <= days.max())
    mean = restricted_mean(kaplan_meier(days, events, counts), limit)
    fitted = KaplanMeierFitter().fit(days, events, weights=counts)
    assert mean.estimate == pytest.approx(restricted_mean_survival_time(fitted, limit), abs=1e-9)


@given(st.lists(observations(), min_size=2, max_size=4))
@settings(max_examples=15, deadline=None)
def test_logrank_agrees_with_lifelines(groups: list[Observations]) -> None:
    test = logrank(groups)
    # lifelines counts degrees of freedom even where two groups never share a day at risk.
    assume(test.degrees_of_freedom == len(groups) - 1)
    days, events, counts = (np.concatenate(column) for column in zip(*groups, strict=True))
    label = np.repeat(np.arange(len(groups)), [group[0].size for group in groups])
    expected = multivariate_logrank_test(days, label, events, weights=counts)
    assert test.statistic == pytest.approx(expected.test_statistic, rel=1e-6, abs=1e-9)
    assert test.p_value == pytest.approx(expected.p_value, rel=1e-6, abs=1e-9)


@given(observations(kinds=3), st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_incidence_is_its_definition(rows: Observations, cause: int) -> None:
    days, causes, counts = rows
    incidences, _ = _product_integral(days, causes, counts.astype(float), cause)
    curve = cumulative_incidence(days, causes, counts, cause=cause)
    assert curve.estimate == pytest.approx(incidences, abs=1e-12)


@given(observations(kinds=2, max_count=2), st.integers(3, 25))
@settings(max_examples=15, deadline=None)
def test_incidence_variances_are_the_infinitesimal_jackknife(
    rows: Observations, limit: int
) -> None:
    """Also with ties: the sum of squared influences of the rows, for curve and area."""
    days, causes, counts = rows
    assume(limit <= days.max())
    curve = cumulative_incidence(days, causes, counts)
    influences = np.array(list(_influences(np.repeat(days, counts), np.repeat(causes, counts), 1)))
    certain = np.isnan(curve.std_error)
    variance = (influences**2).sum(axis=0)
    assert curve.std_error[~certain] ** 2 == pytest.approx(variance[~certain], abs=1e-8)
    inside = curve.days <= limit
    widths = np.diff(np.append(curve.days[inside], limit))
    areas = influences[:, inside] @ widths
    error = restricted_mean(curve, limit).std_error
    assert error is not None
    assert error**2 == pytest.approx((areas**2).sum(), abs=1e-6)


@given(
    st.lists(
        st.tuples(st.integers(1, 100), st.integers(0, 2)),
        min_size=3,
        max_size=15,
        unique_by=lambda row: row[0],
    )
)
@settings(max_examples=12, deadline=None)
def test_incidence_agrees_with_lifelines_without_ties(rows: list[tuple[int, int]]) -> None:
    days, causes = np.array(rows).T
    assume(1 in causes)
    curve = cumulative_incidence(days, causes)
    fitted = AalenJohansenFitter().fit(days, causes, event_of_interest=1)
    estimate = fitted.cumulative_density_.loc[curve.days].to_numpy().ravel()
    assert curve.estimate == pytest.approx(estimate, abs=1e-12)
    inner = (curve.estimate > 0) & (curve.estimate < 1)
    band = fitted.confidence_interval_.loc[curve.days[inner]].to_numpy()
    # The formula of lifelines divides by zero where the last rows all end.
    known = np.isfinite(band).all(axis=1)
    ours = np.column_stack([curve.low, curve.high])[inner]
    assert ours[known] == pytest.approx(np.sort(band[known], axis=1), abs=1e-9)


@given(observations(kinds=3), st.sampled_from(["log", "log-log", "plain"]))
@settings(max_examples=40, deadline=None)
def test_shares_are_ordered_and_add_up(rows: Observations, transform: str) -> None:
    days, causes, counts = rows
    survival = kaplan_meier(days, causes > 0, counts, transform=transform)
    incidences = [cumulative_incidence(days, causes, counts, cause=k) for k in (1, 2, 3)]
    total = survival.estimate + sum(curve.estimate for curve in incidences)
    assert total == pytest.approx(1, abs=1e-12)
    assert (np.diff(survival.estimate) <= 0).all()
    for curve in (survival, *incidences):
        known = ~np.isnan(curve.low)
        bounds = (curve.low[known], curve.estimate[known], curve.high[known])
        for lower, upper in zip((0.0, *bounds), (*bounds, 1.0), strict=True):
            assert (np.asarray(lower) <= np.asarray(upper)).all()
    for curve in incidences:
        assert (np.diff(curve.estimate) >= 0).all()


@given(observations())
@settings(max_examples=40, deadline=None)
def test_nothing_competes_then_incidence_mirrors_survival(rows: Observations) -> None:
    survival, incidence = kaplan_meier(*rows), cumulative_incidence(*rows)
    assert incidence.estimate == pytest.approx(1 - survival.estimate, abs=1e-12)
    assert incidence.std_error == pytest.approx(survival.std_error, abs=1e-9, nan_ok=True)
    limit = float(max(rows[0].max(), 1))
    mean, lost = restricted_mean(survival, limit), restricted_mean(incidence, limit)
    if mean.estimate is not None and lost.estimate is not None:
        assert mean.estimate + lost.estimate == pytest.approx(limit)
        assert mean.std_error == pytest.approx(lost.std_error, abs=1e-6)


@given(observations(kinds=2))
@settings(max_examples=40, deadline=None)
def test_counts_stand_for_repeated_rows(rows: Observations) -> None:
    days, causes, counts = rows
    long_days, long_causes = np.repeat(days, counts), np.repeat(causes, counts)
    pairs: list[tuple[SurvivalCurve | IncidenceCurve, SurvivalCurve | IncidenceCurve]] = [
        (kaplan_meier(days, causes == 1, counts), kaplan_meier(long_days, long_causes == 1)),
        (cumulative_incidence(days, causes, counts), cumulative_incidence(long_days, long_causes)),
    ]
    for short, long in pairs:
        assert short.n == long.n == counts.sum()
        for name in ("days", "estimate", "low", "high", "std_error", "at_risk", "events", "ends"):
            assert np.array_equal(getattr(short, name), getattr(long, name), equal_nan=True), name
        assert short.median() == long.median()


@given(observations(), st.floats(0.05, 0.95))
@settings(max_examples=100, deadline=None)
def test_quantiles_invert_the_curve(rows: Observations, share: float) -> None:
    curve = cumulative_incidence(*rows)
    result = curve.quantile(share)
    if result.estimate is None:
        assert curve.estimate[-1] < share
    else:
        assert curve.at(result.estimate).estimate >= share - 1e-7
        assert (curve.estimate[curve.days < result.estimate] < share).all()
    ordered = [day for day in (result.low, result.estimate, result.high) if day is not None]
    assert ordered == sorted(ordered)


@given(observations(kinds=2), st.integers(100, 10**6))
@settings(max_examples=40, deadline=None)
def test_more_rows_of_the_same_kind_only_sharpen(rows: Observations, factor: int) -> None:
    days, causes, counts = rows
    some, many = (
        cumulative_incidence(days, causes, counts),
        cumulative_incidence(days, causes, counts * factor),
    )
    assert many.estimate == pytest.approx(some.estimate, abs=1e-9)
    assert many.std_error * np.sqrt(factor) == pytest.approx(some.std_error, abs=1e-7, nan_ok=True)
