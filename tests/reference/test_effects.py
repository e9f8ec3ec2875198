"""Published effect estimates: what is borrowed, and what is our own, against the same numbers.

Sources: README of the R package did (minimum wage, Callaway & Sant'Anna 2021); README of the R
package HonestDiD (Medicaid expansion); Huntington-Klein, The Effect, chapter 18 (organ donations).
The data come with installed packages; nothing is downloaded.
"""

import warnings

import numpy as np
import pandas as pd
import pytest
from causaldata import organ_donations
from diff_diff import CallawaySantAnna, DifferenceInDifferences, MultiPeriodDiD
from moderndid import load_ehec, load_mpdta

from analytics.domain.published_figures import medicaid_event_study, minimum_wage_means
from analytics.stats.honest import relative_magnitudes
from analytics.stats.imputation import NEVER
from analytics.stats.staggered import staggered_effects

YEARS = (2003, 2004, 2005, 2006, 2007)
# ATT(g, t) and its standard error as printed.
GROUP_TIME = {
    (2004, 2004): (-0.0105, 0.0241), (2004, 2005): (-0.0704, 0.0313),
    (2004, 2006): (-0.1373, 0.0380), (2004, 2007): (-0.1008, 0.0337),
    (2006, 2004): (0.0065, 0.0223), (2006, 2005): (-0.0028, 0.0196),
    (2006, 2006): (-0.0046, 0.0188), (2006, 2007): (-0.0412, 0.0202),
    (2007, 2004): (0.0305, 0.0154), (2007, 2005): (-0.0027, 0.0168),
    (2007, 2006): (-0.0311, 0.0190), (2007, 2007): (-0.0261, 0.0182),
}  # fmt: skip
DIGIT = 5e-5


@pytest.fixture(scope="module")
def wages() -> pd.DataFrame:
    frame = load_mpdta().to_pandas().rename(columns={"first.treat": "start"})
    assert frame.shape == (2500, 6)
    return frame


@pytest.fixture(scope="module")
def callaway_santanna(wages: pd.DataFrame):
    estimator = CallawaySantAnna(control_group="never_treated", base_period="varying")
    return estimator.fit(wages, outcome="lemp", unit="countyreal", time="year", first_treat="start")


@pytest.fixture(scope="module")
def panel(wages: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Outcome by county and year, and each county's first year with the wage, 0 for never."""
    wide = wages.pivot(index="countyreal", columns="year", values="lemp")
    start = wages.groupby("countyreal")["start"].first()
    return wide.to_numpy(), start.loc[wide.index].to_numpy()


def own_effect(panel: tuple[np.ndarray, np.ndarray], group: int, year: int):
    """Our estimate with the never treated as the only pool, the year before as the base."""
    values, start = panel
    chosen = np.isin(start, (0, group))
    # Before the start, the printed effect is the change since the year before: a start put there.
    first = YEARS.index(min(group, year))
    starts = np.where(start[chosen] == group, first, NEVER)
    result = staggered_effects(values[chosen], starts, np.arange(chosen.sum()), base=1)
    (effect,) = [each for each in result.effects if each.quarter == YEARS.index(year)]
    return effect


@pytest.mark.parametrize(("cell", "printed"), GROUP_TIME.items())
def test_group_time_effects(callaway_santanna, panel, cell, printed) -> None:
    borrowed = callaway_santanna.group_time_effects[cell]
    own = own_effect(panel, *cell)
    assert borrowed["effect"] == pytest.approx(printed[0], abs=DIGIT)
    assert own.estimate == pytest.approx(printed[0], abs=DIGIT)
    # The printed errors are bootstrapped, ours leave out one county at a time.
    assert borrowed["se"] == pytest.approx(printed[1], rel=0.1)
    assert own.error == pytest.approx(printed[1], rel=0.1)


def test_own_effects_against_the_not_yet_treated(wages: pd.DataFrame, panel) -> None:
    """The same cells as the borrowed estimator, when those who start later are in the pool."""
    borrowed = CallawaySantAnna(control_group="not_yet_treated", base_period="universal").fit(
        wages, outcome="lemp", unit="countyreal", time="year", first_treat="start"
    )
    values, start = panel
    starts = np.array([YEARS.index(year) if year else NEVER for year in start])
    own = staggered_effects(values, starts, np.arange(len(starts)), base=1)
    compared = 0
    for effect in own.effects:
        cell = borrowed.group_time_effects.get((YEARS[effect.start], YEARS[effect.quarter]))
        if cell is not None and effect.quarter >= effect.start:
            assert effect.estimate == pytest.approx(cell["effect"], abs=1e-9)
            assert effect.error == pytest.approx(cell["se"], rel=0.05)
            compared += 1
    assert compared == 7


def test_simple_average(callaway_santanna) -> None:
    assert callaway_santanna.overall_att == pytest.approx(-0.0400, abs=DIGIT)
    assert callaway_santanna.overall_se == pytest.approx(0.0120, rel=0.1)


def test_averages_by_group_time_and_distance(callaway_santanna, panel) -> None:
    """The overall figures weigh groups by their size, years and distances the same."""
    _, start = panel
    cells = {cell: own_effect(panel, *cell).estimate for cell in GROUP_TIME if cell[1] >= cell[0]}
    size = {group: int((start == group).sum()) for group in (2004, 2006, 2007)}

    def mean(chosen: list[tuple[int, int]]) -> float:
        return float(np.average([cells[c] for c in chosen], weights=[size[c[0]] for c in chosen]))

    def grouped(key) -> dict[int, float]:
        keys = sorted({key(cell) for cell in cells})
        return {each: mean([cell for cell in cells if key(cell) == each]) for each in keys}

    by_group = grouped(lambda cell: cell[0])
    overall = np.average(list(by_group.values()), weights=[size[group] for group in by_group])
    assert mean(list(cells)) == pytest.approx(-0.0400, abs=DIGIT)
    assert overall == pytest.approx(-0.0310, abs=DIGIT)
    by_distance = grouped(lambda cell: cell[1] - cell[0])
    printed = [-0.0199, -0.0510, -0.1373, -0.1008]
    assert list(by_distance.values()) == pytest.approx(printed, abs=DIGIT)
    assert np.mean(list(by_distance.values())) == pytest.approx(-0.0772, abs=DIGIT)
    by_year = grouped(lambda cell: cell[1])
    assert np.mean(list(by_year.values())) == pytest.approx(-0.0417, abs=DIGIT)
    borrowed = callaway_santanna.aggregate("group")
    assert borrowed.att == pytest.approx(list(by_group.values()), abs=1e-9)
    assert borrowed.se == pytest.approx([0.0277, 0.0172, 0.0177], rel=0.1)


def test_event_study_errors(callaway_santanna) -> None:
    study = callaway_santanna.aggregate("event_study")
    printed = [0.0153, 0.0136, 0.0138, 0.0115, 0.0174, 0.0356, 0.0354]
    assert study.event_time.tolist() == [-3, -2, -1, 0, 1, 2, 3]
    assert study.se == pytest.approx(printed, rel=0.1)


def test_two_by_two() -> None:
    """California's switch to active choice of organ donation: Treated -.0225 (.0061)."""
    frame = organ_donations.load_pandas().data
    frame["california"] = (frame["State"] == "California").astype(int)
    frame["after"] = (frame["Quarter_Num"] >= 4).astype(int)
    with warnings.catch_warnings():
        # The main effects are the fixed effects; the package says so.
        warnings.simplefilter("ignore", UserWarning)
        result = DifferenceInDifferences(cluster="State").fit(
            frame, outcome="Rate", treatment="california", post="after",
            absorb=["State", "Quarter"],
        )  # fmt: skip
    assert result.att == pytest.approx(-0.0225, abs=DIGIT)
    assert result.se == pytest.approx(0.0061, abs=DIGIT)


@pytest.fixture(scope="module")
def medicaid() -> tuple[np.ndarray, np.ndarray]:
    """Event study of the expansion of 2014, by year without 2013: estimates and covariance."""
    frame = load_ehec().to_pandas().query("year < 2016 and not yexp2 == 2015")
    frame = frame.assign(expanded=(frame["yexp2"] == 2014).astype(int))
    assert frame["stfips"].nunique() == 43
    with warnings.catch_warnings():
        # The main effect is the states' levels; and the name of the class will change.
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("ignore", FutureWarning)
        study = MultiPeriodDiD(cluster="stfips").fit(
            frame, outcome="dins", treatment="expanded", time="year",
            post_periods=[2014, 2015], reference_period=2013, absorb=["stfips"],
        )  # fmt: skip
    years = [2008, 2009, 2010, 2011, 2012, 2014, 2015]
    place = [study.interaction_indices[year] for year in years]
    estimates = np.array([study.period_effects[year].effect for year in years])
    return estimates, study.vcov[np.ix_(place, place)]


@pytest.mark.parametrize(
    ("m_bar", "low", "high", "digits"),
    [
        (0.5, 0.0240, 0.0672, (4, 4)),
        (1.0, 0.0170, 0.0720, (4, 4)),
        (1.5, 0.00824, 0.0797, (5, 4)),
        (2.0, -0.000916, 0.0881, (6, 4)),
    ],
)
def test_honest_intervals(medicaid, m_bar, low, high, digits) -> None:
    """The table now in HonestDiD's README, on its grid: 1,000 values within 20 errors of zero."""
    estimates, covariance = medicaid
    reach = 20 * np.sqrt(covariance[5, 5])
    curve = relative_magnitudes(
        estimates, covariance, n_pre=5, m_bars=[m_bar], grid=np.linspace(-reach, reach, 1000)
    )
    assert curve.low[0] == pytest.approx(low, abs=0.5 * 10 ** -digits[0])
    assert curve.high[0] == pytest.approx(high, abs=0.5 * 10 ** -digits[1])


# 1.5: on the grid, .0082 and .0086 are neighbours. R draws its critical value from 1,000 random
# numbers; one 2 % below the exact value moves the end by one step.
@pytest.mark.parametrize(
    ("m_bar", "low", "high", "tolerance"),
    [
        (0.5, 0.0241, 0.067, (DIGIT, 5e-4)),
        (1.0, 0.0171, 0.0720, (DIGIT, DIGIT)),
        (1.5, 0.0086, 0.0796, (DIGIT + 4e-4, DIGIT)),
        (2.0, -0.001, 0.088, (5e-4, 5e-4)),
    ],
)
def test_honest_intervals_of_the_earlier_readme(medicaid, m_bar, low, high, tolerance) -> None:
    """An earlier table of the same README, on its grid around the estimate."""
    estimates, covariance = medicaid
    largest = np.abs(np.diff(np.append(estimates[:5], 0))).max()
    reach = m_bar * largest + 20 * np.sqrt(covariance[5, 5])
    grid = np.linspace(estimates[5] - reach, estimates[5] + reach, 1000)
    curve = relative_magnitudes(estimates, covariance, n_pre=5, m_bars=[m_bar], grid=grid)
    assert curve.low[0] == pytest.approx(low, abs=tolerance[0])
    assert curve.high[0] == pytest.approx(high, abs=tolerance[1])


def test_honest_breakdown(medicaid) -> None:
    """The README reads off 2: the interval at 2 contains zero by less than .001."""
    estimates, covariance = medicaid
    curve = relative_magnitudes(estimates, covariance, n_pre=5)
    assert 1.9 < curve.breakdown < 2
    assert (curve.low[:3] > 0).all()
    assert curve.low[3] < 0


def test_stored_means_are_those_of_the_counties(wages: pd.DataFrame) -> None:
    """What the selftest computes with comes from the data of this test."""
    groups = wages.groupby(["start", "year"])["lemp"]
    stored = minimum_wage_means()
    assert len(stored) == groups.ngroups == 20
    for each in stored:
        outcomes = groups.get_group((each.start, each.year))
        assert each.counties == len(outcomes)
        assert each.mean == pytest.approx(outcomes.mean(), abs=1e-10)


def test_stored_event_study_is_that_of_the_states(medicaid) -> None:
    estimates, covariance = medicaid
    stored = medicaid_event_study()
    assert [estimate for estimate, _ in stored] == pytest.approx(estimates, abs=1e-10)
    assert np.array([row for _, row in stored]) == pytest.approx(covariance, abs=1e-12)
