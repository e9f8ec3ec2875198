"""The demonstration data: reproducible, of the stated shape, clean by the project's own rules."""

import os
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.domain.areas import registry
from analytics.domain.vocabulary import Group, Provenance
from analytics.extracts.check import check
from analytics.extracts.contract import TABLES, table
from analytics.extracts.demo import DemoConfig, DemoData, generate
from analytics.extracts.demo.calibration import COURSE_TIMES, course_times
from analytics.extracts.demo.clock import log_hazard_of_mean, mean_days
from analytics.extracts.demo.handovers import is_bound
from analytics.extracts.demo.history import draw_history
from analytics.extracts.demo.process import build_process
from analytics.extracts.readers import read
from analytics.stats.survival import kaplan_meier, restricted_mean

PROJECT = Path(__file__).parents[2]
CUT = date(2023, 12, 31)

DIGEST = """
import hashlib, io, pyarrow.parquet as pq
from analytics.extracts.demo import DemoConfig, generate
for name, rows in generate(DemoConfig(cases=400, seed=7)).tables.items():
    file = io.BytesIO()
    pq.write_table(rows, file)
    print(name, hashlib.sha256(file.getvalue()).hexdigest())
"""


@pytest.fixture(scope="module")
def data() -> DemoData:
    return generate(DemoConfig())


@pytest.fixture(scope="module")
def needs(data: DemoData) -> pd.DataFrame:
    frame = data.tables["referrals"].to_pandas()
    for column in ("need_recorded_on", "referred_on", "started_on", "ended_on"):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def days(later: pd.Series, earlier: pd.Series) -> np.ndarray:
    return (later - earlier).dt.days.to_numpy()


def run_alone(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_equal_seeds_give_equal_bytes_in_other_processes():
    first, second = run_alone(DIGEST), run_alone(DIGEST)
    assert first == second
    assert len(first.splitlines()) == len(generate(DemoConfig(cases=400, seed=7)).tables)


def test_equal_configurations_give_equal_tables():
    config = DemoConfig(cases=400, seed=7)
    again = generate(config).tables
    assert all(rows.equals(again[name]) for name, rows in generate(config).tables.items())


def test_another_seed_gives_other_data():
    one, other = (generate(DemoConfig(cases=400, seed=seed)).tables for seed in (7, 8))
    assert not one["cases"].equals(other["cases"])
    assert not one["rollout"].equals(other["rollout"])
    assert one["population"].equals(other["population"])


def test_the_number_of_cases_changes_nothing_else():
    few, many = (generate(DemoConfig(cases=cases, seed=7)).tables for cases in (50, 900))
    for name in ("rollout", "posts", "funding", "comparability"):
        assert few[name].equals(many[name])


def test_tables_fit_the_contract(data):
    # All of version 1; of the optional ones those that the demonstration draws.
    required = {name for name, each in TABLES.items() if not each.is_optional}
    assert required <= set(data.tables) <= set(TABLES)
    for name, rows in data.tables.items():
        assert rows.schema.equals(TABLES[name].schema)
        keys = rows.select(list(TABLES[name].key)).to_pandas()
        assert not keys.duplicated().any()


@pytest.mark.parametrize("name", list(TABLES))
def test_the_projects_own_rules_find_nothing(name, tmp_path):
    tables = generate(DemoConfig(cases=1_500, seed=3)).tables
    if name not in tables:
        assert TABLES[name].is_optional
        return
    path = tmp_path / f"{name}.parquet"
    pq.write_table(tables[name], path)
    cases = tables["cases"] if TABLES[name].parent else None
    result = check(read(path, table(name)), as_of=CUT, registry=registry(), cases=cases)
    assert result.findings == ()
    assert result.rows_accepted == tables[name].num_rows


def test_only_the_population_is_official(data):
    official = [name for name, kind in data.provenance.items() if kind is Provenance.OFFICIAL]
    assert official == ["population"]
    assert all("synthetisch" in data.source[name] for name in data.tables if name != "population")


def test_volumes(data):
    cases, referrals = data.tables["cases"].num_rows, data.tables["referrals"].num_rows
    assert 59_000 <= cases < 60_000  # those not yet recorded are absent
    assert 2.3 <= referrals / cases <= 2.7


def test_volumes_follow_foreign_population_and_waves(data):
    cases = data.tables["cases"].to_pandas()
    foreign = data.process.places.foreign[:, -1]
    counts = cases.groupby("district").size().reindex(list(data.process.places.districts))
    assert np.corrcoef(counts, foreign)[0, 1] > 0.99
    by_year = pd.to_datetime(cases["opened_on"]).dt.year.value_counts()
    assert by_year[2016] > 1.3 * by_year[2018]
    assert by_year[2022] > 1.5 * by_year[2020]


def test_model_towns_get_their_share(data):
    cases = data.tables["cases"].to_pandas()
    of_wesel = cases[(cases["district"] == "05170") & cases["municipality"].notna()]
    assert (of_wesel["municipality"] == "05170024").mean() == pytest.approx(0.24, abs=0.04)


def test_missing_municipalities(data):
    missing = data.tables["cases"]["municipality"].null_count / data.tables["cases"].num_rows
    assert missing == pytest.approx(0.08, abs=0.005)


def test_other_ends_compete(needs):
    ended_first = needs["ended_on"].notna() & needs["referred_on"].isna()
    assert 0.12 <= ended_first.mean() <= 0.18


def test_other_ends_compete_in_both_groups(needs, data):
    cases = data.tables["cases"].to_pandas()[["district", "case_id", "municipality"]]
    joined = needs.merge(cases, on=["district", "case_id"])
    known = {(a.district, a.municipality): a.group for a in registry().assignments()}
    places = joined[["district", "municipality"]].drop_duplicates()
    places["group"] = [
        known[district, None if pd.isna(town) else town]
        for district, town in zip(places["district"], places["municipality"], strict=True)
    ]
    joined = joined.merge(places, on=["district", "municipality"])
    ended = joined["ended_on"].notna() & joined["referred_on"].isna()
    shares = ended.groupby(joined["group"]).mean()
    assert shares[Group.MODEL] < shares[Group.COMPARISON]
    assert shares.between(0.12, 0.18).all()


def test_referral_times_are_log_normal_in_shape(needs):
    times = days(needs["referred_on"], needs["need_recorded_on"])
    times = times[~np.isnan(times)]
    assert np.log(times + 0.5).std() == pytest.approx(1.0, abs=0.15)
    assert 1.5 <= times.mean() / np.median(times) <= 2.0


@pytest.mark.parametrize("times", COURSE_TIMES, ids=lambda times: f"{times.year}q{times.quarter}")
def test_published_means_are_met_by_the_process(times):
    assert mean_days(log_hazard_of_mean(times.days_to_referral)) == pytest.approx(
        times.days_to_referral, rel=1e-4
    )


@pytest.mark.parametrize("year", range(2016, 2020))
def test_language_needs_wait_as_published(needs, year):
    """Need to referral: published Zugangszeit less Wartezeit, 15 % for units and people."""
    language = needs[needs["offer_area"] == "language"]
    waiting = language[language["need_recorded_on"].dt.year == year]
    until = waiting["referred_on"].fillna(waiting["ended_on"]).fillna(pd.Timestamp(CUT))
    times = days(until, waiting["need_recorded_on"])
    curve = kaplan_meier(times, waiting["referred_on"].notna().to_numpy())
    mean = restricted_mean(curve, min(1_400, times.max())).estimate
    assert mean == pytest.approx(course_times(year, 1).days_to_referral, rel=0.15)


@pytest.mark.parametrize("year", range(2016, 2023))
def test_courses_start_as_published(needs, year):
    """Referral to start: the median of a log-normal time with the published mean Wartezeit."""
    language = needs[needs["offer_area"] == "language"]
    referred = language[language["referred_on"].notna()]
    referred = referred[referred["need_recorded_on"].dt.year == year]
    until = referred["started_on"].fillna(referred["ended_on"]).fillna(pd.Timestamp(CUT))
    curve = kaplan_meier(
        days(until, referred["referred_on"]), referred["started_on"].notna().to_numpy()
    )
    published = course_times(year, 1).days_to_start / np.exp(0.5)
    assert curve.median().estimate == pytest.approx(published, rel=0.10)


def test_spring_2020_is_slow(needs):
    elsewhere = needs[needs["offer_area"] != "language"]
    quarter = elsewhere["need_recorded_on"].dt.to_period("Q").astype(str)
    fast = days(elsewhere["referred_on"], elsewhere["need_recorded_on"]) <= 30
    shares = pd.Series(fast, elsewhere.index).groupby(quarter).mean()
    assert shares["2020Q2"] < shares["2019Q2"] - 0.08


def test_an_appointment_changes_starts_and_nothing_before_them():
    configs = [DemoConfig(cases=3_000, seed=9, binding_effect=effect) for effect in (1.0, 0.0)]
    processes = [build_process(config) for config in configs]
    worlds = [draw_history(process, process.config.cases) for process in processes]
    acting, idle = (world.take(np.flatnonzero(~world.needs.is_later)) for world in worlds)
    assert (acting.clocks.referral == idle.clocks.referral).all()
    assert (acting.clocks.other_end == idle.clocks.other_end).all()
    bound = is_bound(processes[0], acting.people, acting.needs, acting.handovers)
    sooner = acting.clocks.start < idle.clocks.start
    assert sooner[bound].mean() > 0.9
    assert not sooner[~bound].any()


def test_bodies_wait_unlike_each_other_in_one_area(needs):
    """Kaplan-Meier medians from referral to start: employers take longer than job centres."""
    asked = needs[(needs["offer_area"] == "labour_market") & needs["referred_on"].notna()]
    until = asked["started_on"].fillna(asked["ended_on"]).fillna(pd.Timestamp(CUT))
    time, started = days(until, asked["referred_on"]), asked["started_on"].notna().to_numpy()
    body = asked["receiving_body"].to_numpy()
    median = {
        each: kaplan_meier(time[body == each], started[body == each]).median()
        for each in ("job_centre", "employer", "recognition_office")
    }
    assert median["job_centre"].high < median["employer"].low
    assert median["job_centre"].high < median["recognition_office"].low


def test_offers_lead_to_needs_in_the_next_area(needs):
    """After a language course has begun more cases first need work than before it."""
    of = {area: rows.groupby("case_id") for area, rows in needs.groupby("offer_area")}
    began = of["language"]["started_on"].min()
    work = of["labour_market"]["need_recorded_on"].min()
    since = (work - began).dropna().dt.days
    assert since.between(14, 150).sum() > 2 * since.between(151, 287).sum()


def test_rows_arrive_late_whatever_their_outcome(data):
    rows = data.tables["referrals"].to_pandas()
    assert (rows["recorded_on"] <= CUT).all()
    assert (rows["recorded_on"] >= rows["need_recorded_on"]).all()
    needs_by_month = pd.to_datetime(rows["need_recorded_on"]).dt.to_period("M").value_counts()
    assert needs_by_month["2023-12"] < 0.9 * needs_by_month["2023-09"]


def test_caseloads_once_staffed(data):
    cases, posts = data.tables["cases"].to_pandas(), data.tables["posts"].to_pandas()
    day = date(2023, 9, 30)
    active = cases[(cases["opened_on"] <= day) & ~(cases["closed_on"] <= day)]
    filled = posts[
        (posts["module"] == "case_management") & (posts["quarter"] == date(2023, 7, 1))
    ].copy()
    per_post = (
        active.groupby("district").size()
        / filled.groupby(filled["unit"].str[:5])["fte_filled"].sum()
    )
    assert 12 <= len(active) / filled["fte_filled"].sum() <= 20
    staff = filled.groupby(filled["unit"].str[:5])[["fte_filled", "fte_funded"]].sum()
    is_staffed = staff["fte_filled"] >= 0.95 * staff["fte_funded"]
    assert is_staffed.sum() > 10
    assert per_post[is_staffed].between(12, 20.5).mean() >= 0.95


def test_posts_grow_and_are_never_overfilled(data):
    posts = data.tables["posts"].to_pandas()
    assert (posts["fte_filled"] <= posts["fte_funded"]).all()
    total = posts.groupby("quarter")[["fte_funded", "fte_filled"]].sum()
    assert total["fte_funded"].is_monotonic_increasing
    share = total["fte_filled"] / total["fte_funded"]
    assert 0.96 > share.iloc[-1] > 0.88 > share.loc[date(2022, 7, 1)]


def test_people_leave_and_some_modules_are_never_complete(data):
    posts = data.tables["posts"].to_pandas()
    managed = posts[posts["module"] == "case_management"].pivot_table(
        index="unit", columns="quarter", values="fte_filled"
    )
    fewer = managed.diff(axis=1) < -0.2
    assert fewer.any(axis=1).mean() > 0.5, "in most units somebody leaves"
    replaced = fewer & (managed.diff(-1, axis=1) < -0.2)
    assert replaced.any(axis=1).mean() > 0.2, "and is replaced in the next quarter"
    rollout = data.tables["rollout"].to_pandas()
    complete = rollout[rollout["milestone"] == "fully_staffed"].groupby("module")["reached_on"]
    assert complete.apply(lambda days: days.notna().mean()).between(0.5, 0.95).all()


def test_milestones_come_in_order(data):
    reached = (
        data.tables["rollout"]
        .to_pandas()
        .pivot_table(
            index=["unit", "module"], columns="milestone", values="reached_on", aggfunc="first"
        )
    )
    steps = ["applied", "granted", "started", "fully_staffed"]
    for earlier, later in pairwise(steps):
        both = reached[[earlier, later]].dropna()
        assert (both[earlier] <= both[later]).all()
    assert len(reached) == 3 * len(registry().kim_units)


def test_published_starts_are_kept(data):
    rollout = data.tables["rollout"].to_pandas()
    of = rollout[(rollout["module"] == "case_management") & (rollout["milestone"] == "started")]
    starts = of.set_index("unit")["reached_on"]
    assert starts["05315"] == date(2021, 10, 1)
    assert starts["05711"] == date(2020, 8, 1)
    where, start = data.process.places, data.process.rollout.model_start
    months = dict(zip(where.units, start.tolist(), strict=True))
    assert months["05117"] == 19  # August 2016
    assert months["05162004"] == 29  # June 2017
    assert sum(month >= 0 for month in months.values()) == len(registry().model_units)


def test_the_states_budget_is_the_published_one(data):
    funding = data.tables["funding"].to_pandas()
    state = funding[funding["unit"] == "05"]
    assert dict(zip(state["year"], state["amount_eur"], strict=True)) == {2020: 25e6, 2021: 50e6}
    assert set(state["status"]) == {"budgeted"}
    granted = funding[funding["unit"] != "05"].groupby("year")["amount_eur"].sum()
    assert granted[2020] <= 25e6
    assert granted[2021] <= 50e6
    assert granted[2023] <= 75e6  # the published level per year


def test_an_earlier_data_cut_knows_nothing_later():
    cut = date(2019, 6, 30)
    tables = generate(DemoConfig(cases=2_000, seed=5, as_of=cut)).tables
    # An agreement says when it is signed until when it is valid.
    ahead = {("agreements", "valid_to")}
    for name, rows in tables.items():
        for field in rows.schema:
            # A transition that has begun may end after the cut only if that is not stated yet.
            if pa.types.is_date(field.type) and (name, field.name) not in ahead:
                assert all(day is None or day <= cut for day in rows[field.name].to_pylist())


@pytest.mark.parametrize(
    "wrong",
    [
        {"cases": 0},
        {"seed": -1},
        {"as_of": date(2024, 1, 1)},
        {"start": date(2014, 12, 31)},
        {"model_effect": -0.1},
        {"kim_effect": -0.1},
        {"binding_effect": -0.1},
    ],
)
def test_configurations_outside_the_process_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        DemoConfig(**wrong)


def test_quarters_before_the_first_course_times_are_refused():
    with pytest.raises(ValueError, match="no course times"):
        course_times(2014, 4)


def test_identifiers_look_like_nothing(data):
    ids = data.tables["cases"]["case_id"].to_pylist()
    assert len(set(ids)) == len(ids)
    assert pd.Series(ids).str.fullmatch(r"f([bcdfghjkmnpqrstv]\d\d){4}").all()
