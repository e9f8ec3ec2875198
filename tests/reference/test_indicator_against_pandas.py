"""Proportions, plain medians and ratios equal a plain recalculation from the contract tables."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.areas import registry
from analytics.domain.filters import FIELDS, Field, NeedFilter, only
from analytics.domain.indicators import Dimension, catalogue
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.process import optional_table
from reference.raw_rows import RawRows

EXACT = 1e-9
PROPORTIONS = [
    (one.id, by)
    for one in catalogue().values()
    # Those of processes and agreements: test_processes_against_pandas.py
    if one.method == "proportion" and optional_table(one) is None
    for by in one.dimensions
]
PERIOD = Period.parse("2015-01", "2023-12")
KIM_YEARS = Period.parse("2021-02", "2022-05")
"""Begins and ends within a quarter and within a year."""


@pytest.fixture(scope="module")
def store(raw: RawRows) -> Iterator[ParquetStore]:
    with ParquetStore(Path(raw.folder)) as opened:
        yield opened


def _values(store: ParquetStore, name: str, by: Dimension, period: Period = PERIOD) -> pd.DataFrame:
    exhibit = indicator_values(store, name, by, NeedFilter(period), words("de"))
    return exhibit.table.frame.set_index("key")


def _judged(raw: RawRows, name: str) -> "pd.Series[bool]":
    """Return for each need whether it happened; needs of which this is not known are left out."""
    needs = raw.needs
    if name == "repeat_referral_share":
        known = needs["referred"] + pd.Timedelta(days=180) <= raw.as_of
        return raw.repeats[known]
    if name == "binding_handover_share":
        known = (needs["event"] == 1) & needs["binding_handover"].notna()
        return needs.loc[known, "binding_handover"].astype(bool)
    if name == "open_over_180d_share":
        known = needs["need_recorded_on"] + pd.Timedelta(days=180) < raw.as_of
        return needs.loc[known, "days"] > 180
    raise AssertionError(f"say here once more, in pandas, what {name} counts")


def _keys(raw: RawRows, by: Dimension) -> "pd.Series[str]":
    """Return each need's key; beside the groups, needs of neither have none; areas have them."""
    keys = raw.needs[by]
    return keys if by in ("district", "unit") else keys.mask(raw.needs["group"] == "unassigned")


@pytest.mark.parametrize(("name", "by"), PROPORTIONS)
def test_proportions(store: ParquetStore, raw: RawRows, name: str, by: Dimension) -> None:
    happened = _judged(raw, name)
    expected = happened.groupby(_keys(raw, by)[happened.index]).agg(["mean", "size", "sum"])
    found = _values(store, name, by)
    shown = found[found["status"] == "shown"]
    assert set(expected.index) <= set(found.index)
    assert not shown.empty
    pd.testing.assert_series_equal(
        shown["value"], expected.loc[shown.index, "mean"], check_names=False, atol=EXACT
    )
    pd.testing.assert_series_equal(
        shown["n"].astype(int), expected.loc[shown.index, "size"], check_names=False
    )
    few = expected[expected["sum"].between(1, 4)].index
    assert (found.loc[few, "status"] == "suppressed").all()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_needs_chosen_by_a_field_are_those_of_the_raw_rows(
    store: ParquetStore, raw: RawRows, field: Field
) -> None:
    codes = field.all_codes()[1:4]
    name = "binding_handover_share"
    happened = _judged(raw, name)
    needs = raw.needs.loc[happened.index]
    counted = needs[field.name].isin(codes) & needs["offer_area"].isin(["language", "housing"])
    expected = happened[counted & (needs["group"] != "unassigned")]
    chosen = only(**{"offer_area": ["language", "housing"], field.name: codes})
    if field.name == "offer_area":
        expected = happened[needs["offer_area"].isin(codes) & (needs["group"] != "unassigned")]
        chosen = only(offer_area=codes)
    found = indicator_values(store, name, "state", NeedFilter(PERIOD, chosen, True), words("de"))
    row = found.table.frame.iloc[0]
    assert row["n"] == len(expected) > 0
    assert row["value"] == pytest.approx(expected.mean(), abs=EXACT)


@pytest.mark.parametrize("by", ["state", "group", "offer_area", "quarter"])
def test_median_lag(store: ParquetStore, raw: RawRows, by: Dimension) -> None:
    lag = (raw.needs["recorded_on"] - raw.needs["need_recorded_on"]).dt.days.clip(lower=0)
    expected = lag.groupby(_keys(raw, by)).agg(["median", "size"])
    found = _values(store, "reporting_lag_days", by)
    shown = found[found["status"] == "shown"]
    assert len(shown) == (expected["size"] >= 10).sum()
    assert (shown["value"] == expected.loc[shown.index, "median"]).all()
    assert (shown["n"] == expected.loc[shown.index, "size"]).all()


def _districts(values: "pd.Series[float]") -> "pd.Series[float]":
    """Sum over the KIM units of each district; those of a town lie in its district."""
    unit = values.index.get_level_values("unit")
    return values.groupby(np.array(unit.str[:5])).sum()


def _counted(chosen: pd.DataFrame, cases: pd.DataFrame) -> "pd.Series[float]":
    """Count the chosen cases in each district that delivered any; none of them is a zero."""
    return chosen["district"].value_counts().reindex(cases["district"].unique(), fill_value=0)


def _ratio_parts(raw: RawRows, name: str) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    start, end = pd.Timestamp(KIM_YEARS.start), pd.Timestamp(KIM_YEARS.end)
    population = raw.table("population")
    known = population[
        (population["series"] == "population_update") & (population["reference_date"] < end)
    ].dropna(subset="foreign_population")
    latest = known.sort_values("reference_date").groupby("district").last()
    cases = raw.cases
    posts = raw.table("posts")
    posts = posts[posts["quarter"] == pd.Timestamp(2022, 4, 1)].set_index("unit")
    if name == "cases_per_1000_foreign":
        opened = cases[(cases["opened_on"] >= start) & (cases["opened_on"] < end)]
        years = (end - start).days / 365.25
        return _counted(opened, cases), latest["foreign_population"] / 1000 * years
    if name == "cases_per_fte":
        running = cases[(cases["opened_on"] < end) & ~(cases["closed_on"] < end)]
        filled = posts.loc[posts["module"] == "case_management", "fte_filled"]
        return _counted(running, cases), _districts(filled)
    if name == "posts_filled_share":
        return _districts(posts["fte_filled"]), _districts(posts["fte_funded"])
    if name == "modules_started":
        rollout = raw.table("rollout").set_index("unit")
        started = (rollout["milestone"] == "started") & (rollout["reached_on"] < end)
        units = pd.Series(1.0, rollout.index.unique())
        return _districts(started.astype(float)), _districts(units)
    if name == "funding_per_1000_foreign":
        funding = raw.table("funding").set_index("unit")
        granted = funding[(funding["status"] == "granted") & funding["year"].between(2021, 2022)]
        return (
            _districts(granted.loc[granted.index != "05", "amount_eur"]),
            latest["foreign_population"] / 1000 * granted["year"].nunique(),
        )
    return latest["foreign_population"], latest["population"]


@pytest.mark.parametrize(
    "name",
    [
        "cases_per_1000_foreign",
        "cases_per_fte",
        "posts_filled_share",
        "modules_started",
        "funding_per_1000_foreign",
        "foreign_share",
    ],
)
def test_ratios_by_district_and_state(store: ParquetStore, raw: RawRows, name: str) -> None:
    above, below = _ratio_parts(raw, name)
    areas = [area.ags for area in registry().districts]
    parts = pd.DataFrame({"above": above, "below": below}).reindex(areas)
    parts = parts.where(parts["below"] > 0)
    expected = (parts["above"] / parts["below"]).rename("value")
    found = _values(store, name, "district", KIM_YEARS)
    shown = found.index[found["status"] == "shown"]
    assert len(shown) > len(areas) * 0.7
    pd.testing.assert_series_equal(
        found.loc[shown, "value"], expected[shown], check_names=False, rtol=EXACT
    )
    state = _values(store, name, "state", KIM_YEARS)
    complete = parts.dropna()
    whole = complete["above"].sum() / complete["below"].sum()
    assert state["value"].tolist() == pytest.approx([whole], rel=EXACT)
