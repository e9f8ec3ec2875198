"""Counts become released counts in frames of the same shape; confidential ones stay as they are."""

import numpy as np
import pandas as pd
import pytest

from analytics.disclosure import told_clock, told_counts, told_lags, told_panel, told_shares
from analytics.disclosure.perturbation import perturbed
from analytics.domain.release import Release

RELEASED, CONFIDENTIAL = Release.RELEASED, Release.CONFIDENTIAL


def needs(size: int = 4000, seed: int = 1, units: int = 9) -> pd.DataFrame:
    """One row a need, as a query that tells needs apart would give them."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "key": rng.choice(["comparison", "model"], size),
            "series": "",
            "unit": rng.integers(0, units, size).astype(str),
            "days": np.minimum(rng.exponential(90, size), 700).astype(np.int64),
            "event": rng.choice([0, 1, 2], size, p=[0.2, 0.7, 0.1]),
            "needs": 1,
            "needs_key": rng.integers(0, 2**32, size, dtype=np.uint64),
        }
    )


def cells(rows: pd.DataFrame, *by: str) -> pd.DataFrame:
    summed = rows.groupby(list(by), as_index=False)[["needs", "needs_key"]].sum()
    return summed.assign(needs_key=summed["needs_key"] % 2**32)


def clock(rows: pd.DataFrame) -> pd.DataFrame:
    return cells(rows, "key", "series", "unit", "days", "event")


def by_day(told: pd.DataFrame, day: int, event: int = 1) -> "pd.Series[int]":
    is_in = (told["days"] <= day) & (told["event"] == event)
    return told[is_in].groupby("key")["needs"].sum()


def test_confidential_counts_stay_as_they_are():
    counts = clock(needs())
    for tell in (told_clock, told_panel):
        told = tell(counts, CONFIDENTIAL)
        pd.testing.assert_frame_equal(told, counts.drop(columns="needs_key"))
    assert "noise" not in told_counts(counts, CONFIDENTIAL, "needs")


@pytest.mark.parametrize("day", [7, 30, 90, 180, 364])
def test_each_cumulative_count_of_the_grid_is_that_cell_perturbed(day):
    rows = needs()
    told = told_clock(clock(rows.assign(unit="")), RELEASED)

    happened = rows[(rows["event"] == 1) & (rows["days"] <= day)]
    cell = happened.groupby("key")[["needs", "needs_key"]].sum()
    expected = perturbed(cell["needs"].to_numpy(), cell["needs_key"].to_numpy() % 2**32)
    # Fitting them to each other may move a figure between two others, never beyond them.
    assert np.abs(by_day(told, day).to_numpy() - expected).max() <= 3
    assert np.abs(by_day(told, day).to_numpy() - cell["needs"].to_numpy()).max() <= 3


def test_units_add_up_to_what_is_told_without_them():
    rows = needs()
    alone = told_clock(clock(rows.assign(unit="")), RELEASED)
    by_unit = told_clock(clock(rows), RELEASED)

    by = ["key", "days", "event"]
    pd.testing.assert_series_equal(
        by_unit.groupby(by)["needs"].sum(), alone.groupby(by)["needs"].sum()
    )
    sizes = [frame.groupby(["key", "unit"])["needs"].sum() for frame in (rows, by_unit)]
    assert (sizes[1] - sizes[0]).abs().max() <= 4


def test_what_day_of_a_week_is_not_told():
    rows = needs(size=300, units=1)
    later = rows.assign(days=np.where(rows["days"].between(1, 6), 7, rows["days"]))

    told, moved = (told_clock(clock(each), RELEASED) for each in (rows, later))

    pd.testing.assert_frame_equal(told, moved)


def test_shares_have_at_most_as_many_events_as_trials_and_units_add_up():
    rng = np.random.default_rng(3)
    rows = pd.DataFrame(
        {
            "key": rng.choice(["a", "b", "c"], 900),
            "series": "",
            "unit": rng.integers(0, 30, 900).astype(str),
            "happened": rng.random(900) < 0.97,
            "record_key": rng.integers(0, 2**32, 900, dtype=np.uint64),
        }
    )

    def counted(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.assign(
            events=frame["happened"].astype(int),
            trials=1,
            events_key=frame["record_key"].where(frame["happened"], 0),
            trials_key=frame["record_key"],
        )
        names = ["events", "trials", "events_key", "trials_key"]
        summed = frame.groupby(["key", "series", "unit"], as_index=False)[names].sum()
        return summed.assign(**{n: summed[n] % 2**32 for n in ("events_key", "trials_key")})

    by_unit = told_shares(counted(rows), RELEASED)
    alone = told_shares(counted(rows.assign(unit="")), RELEASED).set_index("key")

    assert (by_unit["events"] <= by_unit["trials"]).all()
    sums = by_unit.groupby("key")[["events", "trials"]].sum()
    pd.testing.assert_frame_equal(sums, alone[["events", "trials"]])


def test_nothing_stays_nothing_and_what_is_not_known_stays_unknown():
    counts = pd.DataFrame({"cases": [0.0, np.nan, 40.0], "cases_key": [None, None, 7]})

    told = told_counts(counts, RELEASED, "cases")["cases"]

    assert told[0] == 0 and np.isnan(told[1]) and abs(told[2] - 40) <= 3


def test_the_readers_own_rows_stay_as_they_are():
    rows = clock(needs().assign(unit=""))
    mine = rows["key"] == "model"
    told = told_clock(rows.assign(needs_key=rows["needs_key"].mask(mine)), RELEASED)

    own = told[told["key"] == "model"]
    assert own["needs"].sum() == rows.loc[mine, "needs"].sum() and (own["noise"] == 0).all()
    assert (told.loc[told["key"] != "model", "noise"] > 0).all()


def test_lags_are_told_like_a_clock_all_of_whose_days_are_known():
    rows = needs(size=500).assign(unit="")
    told = told_lags(cells(rows, "key", "series", "unit", "days"), RELEASED)

    assert list(told.columns) == ["key", "series", "unit", "days", "needs", "noise"]
    assert abs(told["needs"].sum() - 500) <= 6


def test_no_row_is_told_of_an_empty_frame():
    empty = clock(needs()).iloc[:0]
    assert told_clock(empty, RELEASED).empty and told_panel(empty, RELEASED).empty


def test_who_is_open_where_a_window_ends_was_open_until_then():
    rows = needs()
    window = rows.assign(
        unit="",
        days=rows["days"].clip(upper=90),
        event=rows["event"].mask(rows["days"] > 90, 0),
    )
    told = told_clock(clock(window), RELEASED)

    is_open = told["event"] == 0
    assert (told.loc[is_open & (told["days"] > 84), "days"] == 90).all()
