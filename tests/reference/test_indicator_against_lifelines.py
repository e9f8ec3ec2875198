"""Indicators of the clocks equal lifelines and brute force on the raw rows of one snapshot."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from scipy import stats

from analytics.cli import main
from reference.raw_rows import RawRows

EXACT = 1e-9
GROUPS = ("model", "comparison")
Z = 1.959963984540054

Indicator = Callable[..., pd.DataFrame]


@pytest.fixture
def asked(demo_store: Path, capsys: pytest.CaptureFixture[str]) -> Indicator:
    """Ask the command line for an indicator and return its values by key."""

    def ask(name: str, by: str = "group", *options: str) -> pd.DataFrame:
        months = ["--from", "2015-01", "--to", "2023-12"]  # all that the raw rows hold
        arguments = ["indicator", name, "--by", by, "--format", "json", *months, *options]
        assert main([*arguments, "--store", str(demo_store)]) == 0
        document: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert document["indicator"] == name
        return pd.DataFrame(document["values"]).set_index("key")

    return ask


def _fitted(rows: pd.DataFrame, days: str = "days", event: str = "event") -> KaplanMeierFitter:
    return KaplanMeierFitter().fit(rows[days], rows[event] == 1)


def _log_band(fitted: KaplanMeierFitter) -> pd.DataFrame:
    """Return R's default band: S exp(±z sqrt(Greenwood's sum))."""
    table = fitted.event_table
    died, at_risk = table["observed"], table["at_risk"]
    survival = fitted.survival_function_["KM_estimate"]
    spread = Z * np.sqrt((died / (at_risk * (at_risk - died))).cumsum())
    band = {"low": survival * np.exp(-spread), "high": survival * np.exp(spread)}
    return pd.DataFrame(band).clip(upper=1)


def _between_units(rows: pd.DataFrame, without: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Return half the width of an interval from estimates without each unit, shape (U, ...)."""
    sizes, units = rows["unit"].value_counts(), len(without)
    variance = (units - 1) / units * ((without - without.mean(0)) ** 2).sum(0)
    freedom = sizes.sum() ** 2 / (sizes**2).sum() - 1
    return np.asarray(stats.t.ppf(0.975, freedom) * np.sqrt(variance))


def _unit_band(rows: pd.DataFrame, days: str, event: str) -> pd.DataFrame:
    """Return the band between units: S exp(±t error / S), leaving out one unit at a time."""
    survival = _fitted(rows, days, event).survival_function_["KM_estimate"]
    without = np.array(
        [
            _fitted(rows[rows["unit"] != unit], days, event)
            .survival_function_at_times(survival.index)
            .to_numpy()
            for unit in rows["unit"].unique()
        ]
    )
    spread = _between_units(rows, without) / survival
    band = {"low": survival * np.exp(-spread), "high": survival * np.exp(spread)}
    return pd.DataFrame(band).clip(upper=1)


def _first_at_half(curve: "pd.Series[float]") -> float:
    return float(curve.index[curve <= 0.5 + EXACT][0])


def _aalen_johansen(rows: pd.DataFrame, day: int, days: str, event: str) -> float:
    """Return the share referred by ``day``: the textbook's sum, one observed day after another."""
    staying, share = 1.0, 0.0
    for passed in np.unique(rows.loc[rows[days] <= day, days]):
        at_risk = int((rows[days] >= passed).sum())
        today = rows.loc[rows[days] == passed, event]
        share += staying * int((today == 1).sum()) / at_risk
        staying *= 1 - int((today > 0).sum()) / at_risk
    return share


@pytest.mark.parametrize(
    ("name", "days", "event"),
    [
        ("median_days_to_referral", "days", "event"),
        ("median_days_to_start", "start_days", "start_event"),
    ],
)
def test_median_by_group(asked: Indicator, raw: RawRows, name: str, days: str, event: str) -> None:
    values = asked(name)
    assert tuple(values.index) == GROUPS
    assigned = raw.needs[raw.needs["group"].isin(GROUPS)]
    assert values["n"].sum() == len(assigned)
    for group, rows in assigned.groupby("group"):
        band = _unit_band(rows, days, event)
        found = values.loc[str(group)]
        assert found["value"] == _fitted(rows, days, event).median_survival_time_
        assert found["low"] == _first_at_half(band["low"])
        assert found["high"] == _first_at_half(band["high"])
        assert found["n"] == len(rows)


def test_median_by_offer_area(asked: Indicator, raw: RawRows) -> None:
    values = asked("median_days_to_referral", "offer_area")
    for area, rows in raw.needs[raw.needs["group"].isin(GROUPS)].groupby("offer_area"):
        band = _log_band(_fitted(rows))
        found = values.loc[str(area)]
        assert found["low"] == _first_at_half(band["low"])
        assert found["high"] == _first_at_half(band["high"])


def test_median_in_a_window_and_offer_area(asked: Indicator, raw: RawRows) -> None:
    options = ("--from", "2017-01", "--to", "2019-12", "--offer-area", "language")
    values = asked("median_days_to_referral", "group", *options)
    needed = raw.needs["need_recorded_on"]
    inside = (needed >= "2017-01-01") & (needed < "2020-01-01")
    chosen = raw.needs[inside & (raw.needs["offer_area"] == "language")]
    for group in ("model", "comparison"):
        rows = chosen[chosen["group"] == group]
        assert values.loc[group, "value"] == _fitted(rows).median_survival_time_
        assert values.loc[group, "n"] == len(rows)


@pytest.mark.parametrize("by", ["state", "quarter", "district", "provider"])
def test_median_by_other_dimensions(asked: Indicator, raw: RawRows, by: str) -> None:
    values = asked("median_days_to_referral", by)
    shown = values[values["status"] == "shown"]
    assert len(shown) > len(values) / 2
    by_key = _counted(raw, by).groupby(by)
    for key, found in shown.iterrows():
        rows = by_key.get_group(key)
        assert found["value"] == pytest.approx(_r_median(rows), abs=EXACT)
        assert found["n"] == len(rows)


def _counted(raw: RawRows, by: str) -> pd.DataFrame:
    """Return the needs that a breakdown counts: areas all, others those of both groups."""
    return raw.needs if by == "district" else raw.needs[raw.needs["group"].isin(GROUPS)]


def _r_median(rows: pd.DataFrame) -> float:
    """Return the median as R prints it: the middle of a step that runs at exactly one half."""
    survival = _fitted(rows).survival_function_["KM_estimate"]
    first = _first_at_half(survival)
    below = survival.index[survival < 0.5 - EXACT]
    on_half = abs(survival.loc[first] - 0.5) < EXACT and len(below) > 0
    return (first + float(below[0])) / 2 if on_half else first


@pytest.mark.parametrize(
    ("name", "day", "days", "event"),
    [
        ("share_referred_30d", 30, "days", "event"),
        ("share_referred_90d", 90, "days", "event"),
        ("share_started_180d", 180, "start_days", "start_event"),
    ],
)
@pytest.mark.parametrize("by", ["group", "offer_area"])
def test_shares_are_aalen_johansen(
    asked: Indicator, raw: RawRows, name: str, day: int, days: str, event: str, by: str
) -> None:
    values = asked(name, by)
    needs = _counted(raw, by)
    for key, rows in needs.groupby(by):
        found = values.loc[str(key)]
        assert found["value"] == pytest.approx(_aalen_johansen(rows, day, days, event), abs=EXACT)
        assert found["low"] < found["value"] < found["high"]
        if by == "group" and name == "share_referred_90d":
            left = [
                _aalen_johansen(rows[rows["unit"] != unit], day, days, event)
                for unit in rows["unit"].unique()
            ]
            share = found["value"]
            spread = np.exp(_between_units(rows, np.array(left)) / (share * -np.log(share)))
            assert found["low"] == pytest.approx(share**spread, abs=EXACT)
            assert found["high"] == pytest.approx(share ** (1 / spread), abs=EXACT)


def test_start_rate_counts_from_the_referral(asked: Indicator, raw: RawRows) -> None:
    referred = raw.needs[raw.needs["event"] == 1]
    end = referred["started_on"].fillna(referred["ended"]).fillna(raw.as_of)
    rows = referred.assign(wait=(end - referred["referred"]).dt.days, began=referred["start_event"])
    for group, found in asked("start_rate_of_referred").iterrows():
        expected = _aalen_johansen(rows[rows["group"] == group], 180, "wait", "began")
        assert found["value"] == pytest.approx(expected, abs=EXACT)


def test_restricted_mean_is_the_area_under_lifelines_curve(asked: Indicator, raw: RawRows) -> None:
    for group, found in asked("restricted_mean_days_180").iterrows():
        fitted = _fitted(raw.needs[raw.needs["group"] == group])
        area = float(fitted.predict(np.arange(180)).sum())  # days are whole
        assert found["value"] == pytest.approx(area, abs=1e-6)
