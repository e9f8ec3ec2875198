"""How alike observations of a cluster are: against the textbook's analysis of variance."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import f_oneway

from analytics.stats.difference import Bounded, difference, widened
from analytics.stats.intervals import wilson
from analytics.stats.likeness import design_effects, intraclass_correlation


def of_rows(groups: np.ndarray, clusters: np.ndarray, outcome: np.ndarray) -> tuple[float, float]:
    """Return the correlation and the design effect of all rows together."""
    frame = pd.DataFrame({"g": groups, "c": clusters, "y": outcome, "q": outcome**2})
    sums = frame.groupby(["g", "c"]).agg(m=("y", "size"), t=("y", "sum"), q=("q", "sum"))
    sums = sums.assign(m2=sums["m"] ** 2, b=sums["t"] ** 2 / sums["m"], k=1).groupby("g").sum()
    alike = intraclass_correlation(*(sums[name] for name in ("k", "m", "m2", "t", "q", "b")))
    return alike, float(design_effects(alike, [sums["m"].sum()], [sums["m2"].sum()])[0])


def test_it_is_the_correlation_of_the_analysis_of_variance() -> None:
    """For clusters of m: (F - 1) / (F + m - 1)."""
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(40, 1)) + rng.normal(0, 1.5, size=(40, 5))
    f = float(f_oneway(*rows).statistic)
    alike, effect = of_rows(np.zeros(200, int), np.repeat(np.arange(40), 5), rows.ravel())
    assert alike == pytest.approx((f - 1) / (f + 4))
    assert effect == pytest.approx(1 + 4 * alike)


def test_differences_between_groups_are_no_likeness() -> None:
    rng = np.random.default_rng(2)
    groups = np.repeat([0, 1], 3000)
    outcome = rng.normal(size=6000) + 10 * groups
    assert of_rows(groups, np.arange(6000) // 3, outcome)[0] < 0.05
    assert of_rows(np.zeros(6000, int), np.arange(6000) // 3, outcome)[0] > 0.9


def test_the_design_effect_is_that_of_a_cluster_robust_variance() -> None:
    rng = np.random.default_rng(3)
    clusters = np.repeat(np.arange(4000), 1 + rng.poisson(1.5, 4000))
    share = rng.beta(2, 3, 4000)[clusters]
    outcome = (rng.random(clusters.size) < share).astype(float)
    fit = sm.OLS(outcome, np.ones_like(outcome))
    robust = fit.fit(cov_type="cluster", cov_kwds={"groups": clusters}).bse[0] ** 2
    alike, effect = of_rows(np.zeros(clusters.size, int), clusters, outcome)
    assert effect == pytest.approx(robust / fit.fit().bse[0] ** 2, rel=0.05)
    assert alike == pytest.approx(1 / 6, abs=0.02)  # of a beta(2, 3)


def test_alike_without_rest_and_never_below_nothing() -> None:
    pairs = np.repeat([0, 1, 2], 2)
    same = of_rows(np.zeros(6, int), pairs, np.repeat([0.0, 1.0, 1.0], 2))
    assert same == pytest.approx((1, 2))
    assert of_rows(np.zeros(6, int), pairs, np.tile([0.0, 1.0], 3)) == (0, 1)


@pytest.mark.parametrize(
    "sums",
    [
        ([0, 0],) * 6,  # nobody
        ([3], [3], [3], [1], [1], [1]),  # nobody has two
        ([1], [4], [16], [2], [2], [1]),  # one cluster
        ([2], [4], [8], [0], [0], [0]),  # nothing varies
    ],
)
def test_where_it_cannot_be_told_there_is_none(sums: tuple[list[int], ...]) -> None:
    assert intraclass_correlation(*sums) == 0


def test_each_group_has_its_own_effect_and_an_empty_one_none() -> None:
    assert design_effects(0.5, [4, 0, 6], [8, 0, 36]) == pytest.approx([1.5, 1, 3.5])


def test_what_is_wrong_is_refused() -> None:
    with pytest.raises(ValueError, match="total has 1 entries"):
        intraclass_correlation([1, 1], [1, 1], [1, 1], [1], [1, 1], [1, 1])
    with pytest.raises(ValueError, match="correlation must lie"):
        design_effects(1.1, [1], [1])
    with pytest.raises(ValueError, match="design_effect must be"):
        widened(Bounded(0.5, 0.4, 0.6), 0.9)


def test_widening_keeps_the_shape_and_costs_the_square_root() -> None:
    wider = widened(Bounded(0.3, 0.2, 0.5), 4.0)
    assert (wider.estimate, wider.low, wider.high) == pytest.approx((0.3, 0.1, 0.7))
    assert widened(Bounded(0.3, 0.2, 0.5), 1.0) == Bounded(0.3, 0.2, 0.5)


def test_newcombes_difference_where_needs_are_independent() -> None:
    """Newcombe (1998), table II, method 10: 56/70 against 48/80."""
    pair = [wilson(*counts) for counts in ((56, 70), (48, 80))]
    first, second = (Bounded(float(i.estimate), float(i.low), float(i.high)) for i in pair)
    found = difference(widened(first, 1.0), widened(second, 1.0))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
