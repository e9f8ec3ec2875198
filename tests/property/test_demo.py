"""Whatever is asked of it, the generator keeps the contract and the order of time."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.extracts.contract import TABLES
from analytics.extracts.demo import DemoConfig, generate
from analytics.extracts.demo.clock import (
    WaitingTable,
    latent_days,
    log_hazard_of_median,
    survival,
)

DATES = ("need_recorded_on", "referred_on", "started_on", "ended_on", "recorded_on")

configs = st.builds(
    DemoConfig,
    cases=st.integers(1, 400),
    seed=st.integers(0, 2**40),
    as_of=st.integers(0, 8 * 365).map(lambda days: date(2015, 12, 31) + timedelta(days)),
    model_effect=st.floats(0, 3),
    kim_effect=st.floats(0, 3),
)


@settings(max_examples=25, deadline=None)
@given(configs)
def test_tables_fit_together(config):
    tables = generate(config).tables
    for name, rows in tables.items():
        assert rows.schema.equals(TABLES[name].schema)
        assert not rows.select(list(TABLES[name].key)).to_pandas().duplicated().any()
    needs, cases = tables["referrals"].to_pandas(), tables["cases"].to_pandas()
    known = set(zip(cases["district"], cases["case_id"], strict=True))
    assert set(zip(needs["district"], needs["case_id"], strict=True)) <= known
    assert (cases["opened_on"] >= config.start).all()
    assert (cases["closed_on"].dropna() <= config.as_of).all()
    assert cases["closed_on"].isna().equals(cases["closure_reason"].isna())


@settings(max_examples=25, deadline=None)
@given(configs)
def test_time_runs_forward_and_outcomes_fit_the_dates(config):
    needs = generate(config).tables["referrals"].to_pandas()
    day = {name: pd.to_datetime(needs[name]) for name in DATES}
    for earlier, later in (
        ("need_recorded_on", "referred_on"),
        ("referred_on", "started_on"),
        ("referred_on", "ended_on"),
        ("need_recorded_on", "ended_on"),
        ("need_recorded_on", "recorded_on"),
    ):
        assert not (day[later] < day[earlier]).any()
    assert all(not (when > pd.Timestamp(config.as_of)).any() for when in day.values())
    referred, started, ended = (day[n].notna() for n in ("referred_on", "started_on", "ended_on"))
    assert not (started & (ended | ~referred)).any()
    assert ((needs["outcome"] == "started") == started).all()
    assert ((needs["outcome"] == "open") == ~(referred | ended)).all()
    assert ((needs["outcome"] == "referred") == (referred & ~started & ~ended)).all()
    assert (needs["receiving_body"].notna() == referred).all()


@given(st.floats(1, 2_000))
def test_a_median_gives_its_log_hazard(days):
    eta = np.array(log_hazard_of_median(days))
    assert abs(float(survival(np.array(days), eta)) - 0.5) < 1e-9


@given(st.floats(-3.5, 4.5), st.integers(0, 400))
def test_the_table_is_the_curve(eta, day):
    exact = float(survival(np.array(day + 1.0), np.array(eta)))
    values = TABLE.at(TABLE.still_waiting[day], np.array([eta]))
    assert abs(float(values[0]) - exact) < 2e-5


@settings(max_examples=10)
@given(st.integers(0, 2**32), st.floats(-1.5, 2.0))
def test_drawn_times_follow_the_curve(seed, eta):
    """Kolmogorov's bound at one in a million."""
    size = 4_000
    days = np.sort(latent_days(np.random.default_rng(seed), np.full(size, eta)))
    expected = 1 - survival(days, np.array(eta))
    gap = np.abs(expected - (np.arange(size) + 0.5) / size).max()
    assert gap < 2.7 / size**0.5


@given(st.floats(-3.5, 4.5))
def test_incidence_stays_below_the_curve_without_other_ends(eta):
    at = np.array([eta])
    incidence = float(TABLE.at(TABLE.incidence(90), at)[0])
    assert 0 <= incidence <= 1 - float(TABLE.at(TABLE.still_waiting[90], at)[0])


TABLE = WaitingTable.build(days=420)
