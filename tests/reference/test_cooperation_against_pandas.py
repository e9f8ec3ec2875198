"""Hand-overs, returns, waits and ways equal a plain recalculation from the raw rows."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.cooperation.flow import handover_flow
from analytics.reports.cooperation.handovers import asked_pairs, pair_counts, pair_days
from analytics.reports.cooperation.matrix import CLOCKS, MEASURES, handover_matrix
from analytics.reports.cooperation.way_counts import (
    asked_ways,
    gap_medians,
    loop_shares,
    sequence_shares,
    way_shares,
)
from reference.raw_rows import RawRows

W = words("de")
ALL = Period.parse("2015-01", "2023-12")
PROGRAMME = Period.parse("2017-01", "2019-12")
DAYS_180, DAYS_365 = pd.Timedelta(days=180), pd.Timedelta(days=365)
FILTERS = [
    NeedFilter(ALL),
    NeedFilter(PROGRAMME, only(group=("model",))),
    NeedFilter(ALL, only(offer_area=("language",), sex=("female",))),
    NeedFilter(ALL, only(district=("05315",))),
]


@pytest.fixture(scope="module")
def store(raw: RawRows) -> Iterator[ParquetStore]:
    with ParquetStore(Path(raw.folder)) as opened:
        yield opened


@pytest.fixture(scope="module")
def handed(raw: RawRows) -> pd.DataFrame:
    """All hand-overs, with what followed them within 180 days; NA where that is not known."""
    needs = raw.needs[raw.needs["referred"].notna()].copy()
    is_observed = needs["referred"] + DAYS_180 <= raw.as_of
    ended_soon = needs["ended_on"] - needs["referred"] <= DAYS_180
    no_place = (needs["outcome"] == "no_place") & needs["started_on"].isna() & ended_soon
    needs["no_place"] = no_place.astype("boolean").where(is_observed)
    returned = []
    by_case = dict(list(needs.groupby(["district", "case_id"])))
    for one in needs.itertuples():
        others = by_case[one.district, one.case_id]
        again = (
            (others["receiving_body"] == one.receiving_body)
            & (others["need_recorded_on"] > one.referred)
            & (others["referred"] <= one.referred + DAYS_180)
        )
        returned.append(bool(again.any()))
    is_known = is_observed & (needs["receiving_body"] != "unknown")
    needs["returned"] = pd.array(returned, dtype="boolean")
    needs["returned"] = needs["returned"].where(is_known)
    needs["bound"] = needs["binding_handover"].astype("boolean")
    needs["needs"] = True
    needs["pair"] = needs["provider"] + "|" + needs["receiving_body"]
    return needs


def chosen(rows: pd.DataFrame, needs: NeedFilter) -> pd.DataFrame:
    recorded = rows["need_recorded_on"]
    kept = (recorded >= pd.Timestamp(needs.period.start)) & (
        recorded < pd.Timestamp(needs.period.end)
    )
    for name, codes in needs.chosen:
        kept &= rows[name].isin(codes)
    if not needs["district"]:
        kept &= rows["group"] != "unassigned"
    return rows[kept]


@pytest.mark.parametrize("needs", FILTERS, ids=str)
@pytest.mark.parametrize("part", ["needs", "bound", "no_place", "returned"])
def test_counts_of_pairs(
    store: ParquetStore, handed: pd.DataFrame, needs: NeedFilter, part: str
) -> None:
    counts, _ = pair_counts(store, asked_pairs(store, needs, W), part)
    found = counts.groupby("key")[["events", "trials"]].sum().astype(int)
    rows = chosen(handed, needs)
    known = rows[part].dropna().astype(bool)
    pairs = rows.loc[known.index, "pair"]
    events, trials = known.groupby(pairs).sum(), known.groupby(pairs).count()
    assert trials.sum() > 0
    assert found["trials"][found["trials"] > 0].to_dict() == trials.to_dict()
    assert found.loc[trials.index, "events"].to_dict() == events.astype(int).to_dict()


def waiting(days: "pd.Series[int]", event: "pd.Series[bool]") -> float:
    """Return the day by which half have started, open ones being kept (Kaplan & Meier 1958)."""
    share = 1.0
    for day in sorted(days[event].unique()):
        at_risk = int((days >= day).sum())
        share *= 1 - int(((days == day) & event).sum()) / at_risk
        if share < 0.5 - 1e-9:
            return float(day)
        if abs(share - 0.5) <= 1e-9:
            later = sorted(each for each in days[event].unique() if each > day)
            return (float(day) + float(later[0])) / 2 if later else float(day)
    return float("nan")


@pytest.mark.parametrize("needs", FILTERS, ids=str)
@pytest.mark.parametrize("measure", CLOCKS)
def test_waits_of_pairs_keep_open_ones(
    store: ParquetStore, raw: RawRows, handed: pd.DataFrame, needs: NeedFilter, measure: str
) -> None:
    shown = handover_matrix(store, measure, needs, W).table.frame
    rows = chosen(handed, needs)
    started = rows["started_on"]
    if measure == "to_referral":
        days = (rows["referred"] - rows["need_recorded_on"]).dt.days
        event = pd.Series(True, rows.index)
    else:
        days = (started.fillna(rows["ended"]).fillna(raw.as_of) - rows["referred"]).dt.days
        event = started.notna()
    checked = 0
    for row in shown.itertuples():
        own = rows["pair"] == f"{row.key}|{row.code}"
        if not np.isnan(row.n):
            assert row.n == own.sum()
        if row.status == "shown":
            assert row.value == waiting(days[own], event[own])
            checked += 1
        elif row.status == "not_reached":
            assert np.isnan(waiting(days[own], event[own]))
    assert checked
    counted = pair_days(store, asked_pairs(store, needs, W), CLOCKS[measure])
    assert counted.exact["needs"].sum() == len(rows)
    assert counted.exact.loc[counted.exact["event"] == 0, "needs"].sum() == int(
        (~event & rows["ended"].isna()).sum()
    )


@pytest.mark.parametrize("measure", [each for each in MEASURES if each not in CLOCKS])
def test_what_a_matrix_shows_is_what_was_counted(
    store: ParquetStore, handed: pd.DataFrame, measure: str
) -> None:
    shown = handover_matrix(store, measure, NeedFilter(ALL), W).table.frame
    rows = chosen(handed, NeedFilter(ALL))
    checked = 0
    for row in shown[shown["status"] == "shown"].itertuples():
        known = rows.loc[rows["pair"] == f"{row.key}|{row.code}", measure].dropna().astype(bool)
        expected = known.sum() if measure == "needs" else known.mean()
        assert row.value == pytest.approx(expected, abs=1e-9)
        assert row.n == len(known)
        checked += 1
    assert checked > 5


def test_the_flow_gathers_what_the_matrix_shows_and_nothing_else(store: ParquetStore) -> None:
    matrix = handover_matrix(store, "needs", NeedFilter(ALL), W).table.frame
    streams = handover_flow(store, NeedFilter(ALL), W).table.frame
    shown = matrix[matrix["status"] == "shown"]
    assert (matrix["status"] == "suppressed").any()
    assert streams["value"].sum() == shown["value"].sum()
    assert len(streams) <= 20 and not streams.duplicated(["key", "code"]).any()
    own = shown.set_index(["key", "code"])["value"]
    for row in streams[(streams["key"] != "rest") & (streams["code"] != "rest")].itertuples():
        assert row.value == own[row.key, row.code]


@pytest.fixture(scope="module")
def ways(raw: RawRows, handed: pd.DataFrame) -> pd.DataFrame:
    """One row a case: its first hand-over, and what followed within a year, all of it observed."""
    known = handed[handed["receiving_body"] != "unknown"].reset_index(names="row")
    order = ["referred", "need_recorded_on", "receiving_body", "offer_area", "row"]
    found = []
    for _, steps in known.sort_values(order).groupby(["district", "case_id"], sort=False):
        first = steps.iloc[0]
        if first["referred"] + DAYS_365 > raw.as_of:
            continue
        steps = steps[steps["referred"] <= first["referred"] + DAYS_365]
        met = Counter(steps["receiving_body"])
        found.append(
            {
                **first[["need_recorded_on", "group", "district", "offer_area", "sex"]],
                "bodies": len(met),
                "way": ">".join(steps["receiving_body"].head(5)),
                "gaps": steps["referred"].diff().dt.days.iloc[1:5].astype(int).tolist(),
                "met": sorted(met),
                "loops": sorted(body for body, times in met.items() if times > 1),
            }
        )
    return pd.DataFrame(found)


@pytest.mark.parametrize("needs", FILTERS, ids=str)
def test_bodies_of_a_case(store: ParquetStore, ways: pd.DataFrame, needs: NeedFilter) -> None:
    found = way_shares(store, asked_ways(store, needs, W), W).counts
    cases = chosen(ways, needs)
    events = found.groupby("key")["events"].sum().astype(int).to_dict()
    expected = cases["bodies"].clip(upper=5).astype(str).value_counts().to_dict()
    assert {key: count for key, count in events.items() if key != "many"} == expected
    assert events["many"] == (cases["bodies"] >= 3).sum()
    assert (found.groupby("key")["trials"].sum() == len(cases)).all()


@pytest.mark.parametrize("needs", FILTERS, ids=str)
def test_the_usual_sequences(store: ParquetStore, ways: pd.DataFrame, needs: NeedFilter) -> None:
    found = sequence_shares(store, asked_ways(store, needs, W), 10).counts
    cases = chosen(ways, needs)
    counted = cases["way"].value_counts()
    events = found.groupby("key")["events"].sum().astype(int)
    assert len(events) > 1
    assert events.to_dict() == counted[events.index].to_dict()
    assert events.min() >= counted.drop(events.index).max() or len(events) < 10


@pytest.mark.parametrize("needs", FILTERS, ids=str)
def test_days_between_the_steps(store: ParquetStore, ways: pd.DataFrame, needs: NeedFilter) -> None:
    asked, cases = asked_ways(store, needs, W), chosen(ways, needs)
    found, _ = gap_medians(store, asked)
    steps = {
        str(place + 2): [gaps[place] for gaps in cases["gaps"] if len(gaps) > place]
        for place in range(4)
    }
    shown = found[found["status"] == "shown"]
    assert len(shown)
    for row in shown.itertuples():
        assert row.n == len(steps[row.step])
        assert row.value == np.median(steps[row.step])
    usual = cases.loc[cases["way"].str.count(">") == 1, "way"].value_counts().index[0]
    of_way, _ = gap_medians(store, asked, [usual])
    own = [gaps[0] for gaps in cases.loc[cases["way"] == usual, "gaps"]]
    (row,) = of_way.itertuples()
    assert row.status == "suppressed" or (row.n, row.value) == (len(own), np.median(own))


@pytest.mark.parametrize("needs", FILTERS, ids=str)
def test_where_ways_loop(store: ParquetStore, ways: pd.DataFrame, needs: NeedFilter) -> None:
    found = loop_shares(store, asked_ways(store, needs, W)).counts
    found = found.groupby("key")[["events", "trials"]].sum().astype(int)
    cases = chosen(ways, needs)
    assert found["trials"].to_dict() == cases["met"].explode().value_counts().to_dict()
    loops = cases["loops"].explode().dropna().value_counts()
    assert found.loc[found["events"] > 0, "events"].to_dict() == loops.to_dict()
