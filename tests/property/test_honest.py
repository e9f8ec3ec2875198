"""The closed form of the conditional test against what it replaces, and against chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analytics.stats import honest
from analytics.stats.conditional_test import accepted, cases
from analytics.stats.honest import relative_magnitudes


def event_study(seed: int, n_pre: int, n_post: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    noise = random.normal(size=(n_pre + n_post, n_pre + n_post))
    covariance = noise @ noise.T / (n_pre + n_post) + 0.1 * np.eye(n_pre + n_post)
    return random.normal(size=n_pre + n_post), covariance


def by_linear_programme(
    estimates: np.ndarray,
    covariance: np.ndarray,
    weights: np.ndarray,
    allowed: np.ndarray,
    effect: float,
) -> float:
    """Return the smallest violation: Andrews, Roth & Pakes (2023), equation for eta-hat."""
    n_post = weights.size
    n_pre = estimates.size - n_post
    period = np.eye(estimates.size)[n_pre:]
    moves = period - np.vstack([np.zeros(estimates.size), period[:-1]])
    rows = np.vstack([moves - allowed, -moves - allowed])
    errors = np.sqrt(np.diag(rows @ covariance @ rows.T))
    # Unknown: the violation, and all effects after the treatment, one weighted sum of them given.
    solution = linprog(
        c=np.eye(1 + n_post)[0],
        A_ub=-np.column_stack([errors, rows[:, n_pre:]]),
        b_ub=-rows @ estimates,
        A_eq=[np.append(0, weights)],
        b_eq=[effect],
        bounds=[(None, None)] * (1 + n_post),
    )
    return float(solution.fun)


@given(
    seed=st.integers(0, 10**6),
    n_pre=st.integers(1, 5),
    n_post=st.integers(1, 5),
    m_bar=st.floats(0.01, 3),
    effect=st.floats(-3, 3),
    data=st.data(),
)
@settings(max_examples=60, deadline=None)
def test_statistic_is_the_solution_of_the_linear_programme(
    seed: int, n_pre: int, n_post: int, m_bar: float, effect: float, data: st.DataObject
) -> None:
    estimates, covariance = event_study(seed, n_pre, n_post)
    weights = np.array(data.draw(st.tuples(*[st.floats(-2, 2)] * n_post)))
    if not np.abs(weights).max() > 0.01:
        return
    asked = honest._checked(estimates, covariance, n_pre, weights, 0.05)
    rows = np.vstack([asked.moves_before, -asked.moves_before])
    for row, case in zip(rows, cases(asked, m_bar), strict=True):
        ours = (case.by_move * case.move + case.by_gap * (asked.value - effect)).max()
        expected = by_linear_programme(estimates, covariance, weights, m_bar * row, effect)
        assert ours == pytest.approx(expected, abs=1e-6)


@given(seed=st.integers(0, 10**6), n_pre=st.integers(1, 6), n_post=st.integers(1, 6))
@settings(max_examples=15, deadline=None)
def test_intervals_widen_and_breakdown_is_where_they_reach_zero(
    seed: int, n_pre: int, n_post: int
) -> None:
    estimates, covariance = event_study(seed, n_pre, n_post)
    curve = relative_magnitudes(
        estimates, covariance / 50, n_pre=n_pre, weights=np.full(n_post, 1 / n_post),
        m_bars=(0.0, 1.0, 3.0),
    )  # fmt: skip
    effect = estimates[n_pre:].mean()
    assert ((curve.low < effect) & (effect < curve.high)).all()
    assert (np.diff(curve.low) <= 1e-6).all()
    assert (np.diff(curve.high) >= -1e-6).all()
    if 0 < curve.breakdown < np.inf:
        at = relative_magnitudes(
            estimates, covariance / 50, n_pre=n_pre, weights=np.full(n_post, 1 / n_post),
            m_bars=(curve.breakdown * 0.99, curve.breakdown * 1.01),
        )  # fmt: skip
        assert at.low[0] * at.high[0] > 0 >= at.low[1] * at.high[1]


def test_estimates_that_cancel_out_keep_wide_intervals() -> None:
    """An average of opposite errors is precise, its path is not; the search must reach far."""
    opposite = np.array([[1.0, 0, 0], [0, 1, -0.9999], [0, -0.9999, 1]])
    curve = relative_magnitudes(
        [0.1, 5.0, 5.0], opposite, n_pre=1, weights=[0.5, 0.5], m_bars=[0.0, 1.0]
    )
    assert np.isfinite([*curve.low, *curve.high]).all()
    assert (curve.low < 5).all()
    assert (curve.high > 5).all()


def test_first_stage_is_exceeded_as_often_as_it_says() -> None:
    estimates, covariance = event_study(1, 4, 5)
    asked = honest._checked(estimates, covariance, 4, np.full(5, 0.2), 0.05)
    case = next(iter(cases(asked, 1.0)))
    random = np.random.default_rng(2)
    drawn = random.multivariate_normal([0, 0], case.covariance, 400_000)
    largest = (drawn[:, :1] * case.by_move + drawn[:, 1:] * case.by_gap).max(axis=1)
    assert np.mean(largest > case.critical) == pytest.approx(0.005, abs=4e-4)


def test_intervals_cover_an_effect_at_the_border_of_what_is_allowed() -> None:
    """Trends move as much after the treatment as they ever did before: the worst case for 1."""
    n_pre, n_post = 3, 2
    drift = np.array([0.3, 0.2, 0.4, 0.4, 0.8])  # moves -.1, .2, -.4 before, .4, .4 after
    _, covariance = event_study(5, n_pre, n_post)
    random = np.random.default_rng(3)
    covered = []
    for estimates in random.multivariate_normal(drift, covariance / 100, 500):
        asked = honest._checked(estimates, covariance / 100, n_pre, None, 0.05)
        tests = tuple(cases(asked, 1.0))
        covered.append(accepted(tests, np.array([asked.value]), 0.05)[0])
    assert 0.92 <= np.mean(covered) <= 1
