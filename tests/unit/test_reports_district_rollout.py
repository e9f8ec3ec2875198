"""A district's milestones beside the others: quartiles that count who has not arrived as later."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from small_tables import AS_OF, rows

from analytics.charts.rollout_ranges import rollout_ranges
from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.domain.vocabulary import Provenance
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Words, words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.rollout_posts import posts_sentence
from analytics.reports.districts.rollout_report import rollout

OWN = "05766"
CHOICE = DistrictChoice(OWN, Period.parse("2021-01", "2023-12"), ("05111", "05112"))


def opened(root: Path, starts: dict[str, date | None], planned: date | None = None) -> ParquetStore:
    """Publish when units started module 2; None: reported, not reached."""
    given = [
        {"unit": unit, "module": "case_management", "milestone": "started",
         "planned_on": planned, "reached_on": day}
        for unit, day in starts.items()
    ]  # fmt: skip
    store = SnapshotStore(root)
    store.publish(
        {"rollout": rows("rollout", *given)},
        as_of=AS_OF, provenance=Provenance.SYNTHETIC, source="test",
    )  # fmt: skip
    folder = store.current()
    assert folder is not None
    return ParquetStore(folder)


def started(store: ParquetStore, language: str = "de") -> "pd.Series[object]":
    frame = rollout(store, CHOICE, words(language)).table.frame.set_index("key")
    return frame.loc[f"case_management.started.{OWN}"]


def others(day: date | None) -> dict[str, date | None]:
    return {unit.ags: day for unit in registry().kim_units if unit.district != OWN}


def test_quartiles_count_units_that_have_not_arrived_as_later(tmp_path: Path):
    days = others(None)
    for number, unit in enumerate(sorted(days)):
        days[unit] = date(2021, 1, 1) if number < 14 else date(2022, 1, 1) if number < 27 else None
    with opened(tmp_path, {**days, OWN: date(2021, 6, 1)}) as store:
        row = started(store)
    # Of 53 others a quarter is 14 and half is 27; three quarters have not arrived.
    assert row["q1"] == pd.Timestamp(2021, 1, 1)
    assert row["median"] == pd.Timestamp(2022, 1, 1)
    assert pd.isna(row["q3"])
    assert row["reached_share"] == pytest.approx(27 / 53)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (date(2020, 6, 1), "vor dem mittleren Bereich"),
        (date(2021, 1, 1), "im mittleren Bereich"),
        (date(2022, 6, 1), "nach dem mittleren Bereich"),
        (None, "noch nicht begonnen"),
    ],
)
def test_the_title_says_where_the_own_date_lies(tmp_path: Path, own: date | None, said: str):
    with opened(tmp_path, {**others(date(2021, 1, 1)), OWN: own}) as store:
        title = rollout(store, CHOICE, words("de")).title
    assert said in title
    assert "Platz" not in title


def test_nothing_reported_is_not_the_same_as_not_reached(tmp_path: Path):
    with opened(tmp_path, others(date(2021, 1, 1))) as store:
        row = started(store)
        assert row["status"] == "no_data"
        assert "nichts gemeldet" in rollout(store, CHOICE, words("de")).title


def test_peers_are_those_of_the_ring(tmp_path: Path):
    with opened(tmp_path, {**others(date(2021, 1, 1)), "05111": date(2020, 9, 1)}) as store:
        assert started(store)["peers"] == (date(2020, 9, 1), date(2021, 1, 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_own_date_is_drawn_and_a_plan_is_told(tmp_path: Path, language: str):
    w = words(language)
    given = {**others(date(2021, 1, 1)), OWN: None}
    with opened(tmp_path, given, planned=date(2024, 2, 1)) as store:
        shown = rollout(store, CHOICE, w)
    figure = rollout_ranges(shown, w)
    medians, own = figure.data[1], figure.data[3]
    assert [pd.Timestamp(day) for day in medians.x] == [pd.Timestamp(2021, 1, 1)]
    assert len(own.x) == 0
    rows = [text for text in figure.layout.yaxis.ticktext if "<i>" in text]
    assert len(rows) == len(shown.table.frame)
    assert any(_told("planned_for", date(2024, 2, 1), w) in _read(text) for text in rows)
    assert all(trace.mode != "text" for trace in figure.data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_for_a_month_that_is_over_is_told_as_a_former_one(tmp_path: Path, language: str):
    w = words(language)
    given = {**others(date(2021, 1, 1)), OWN: None}
    with opened(tmp_path, given, planned=date(2021, 11, 1)) as store:
        shown = rollout(store, CHOICE, w)
    rows = rollout_ranges(shown, w).layout.yaxis.ticktext
    assert any(_told("was_planned_for", date(2021, 11, 1), w) in _read(text) for text in rows)


def _told(message: str, month: date, w: Words) -> str:
    return w(f"report_own_rollout.{message}", month=w.month(month))


def _read(text: str) -> str:
    """Return a row's name as it is read, its lines after each other."""
    return re.sub("<br>|\u00a0", " ", re.sub("</?i>", "", text))


def test_both_units_of_the_aachen_region_have_rows(tmp_path: Path):
    with opened(tmp_path, {"05334": date(2021, 1, 1), "05334002": date(2021, 3, 1)}) as store:
        choice = DistrictChoice("05334", CHOICE.period)
        frame = rollout(store, choice, words("de")).table.frame
    assert set(frame["unit"]) == {"05334", "05334002"}
    assert len(frame) == 24


def test_each_unit_of_a_district_with_two_has_its_own_finding(tmp_path: Path):
    days = {**others(date(2021, 6, 1)), "05334": date(2021, 1, 1), "05334002": date(2022, 3, 1)}
    with opened(tmp_path, days) as store:
        shown = rollout(store, DistrictChoice("05334", CHOICE.period), words("de"))
    region, town = (registry().kim_unit(ags).name for ags in ("05334", "05334002"))
    assert shown.title.startswith(f"{region}:")
    assert "vor dem mittleren Bereich" in shown.title
    assert shown.sentence.startswith(f"{town}:")
    assert "nach dem mittleren Bereich" in shown.sentence


def _posts(unit: str, quarter: date, funded: float, filled: float) -> dict[str, object]:
    return {"unit": unit, "module": "coordination", "quarter": quarter,
            "fte_funded": funded, "fte_filled": filled}  # fmt: skip


def test_posts_are_those_of_the_last_reported_quarter_beside_others_and_ring(tmp_path: Path):
    quarters = date(2023, 4, 1), date(2023, 7, 1)
    given = [_posts(OWN, quarters[0], 4, 4), _posts(OWN, quarters[1], 4, 3)]
    given += [_posts("05111", quarters[1], 10, 10), _posts("05113", quarters[0], 10, 5)]
    store = SnapshotStore(tmp_path)
    store.publish(
        {"posts": rows("posts", *given)},
        as_of=AS_OF, provenance=Provenance.SYNTHETIC, source="test",
    )  # fmt: skip
    folder = store.current()
    assert folder is not None
    w = words("de")
    with ParquetStore(folder) as opened_store:
        said, beside, _ = posts_sentence(opened_store, OWN, ("05111",), w)
        nothing, none, _ = posts_sentence(opened_store, "05315", ("05111",), w)
    assert f"3,0 von 4,0 geförderten Vollzeitstellen besetzt ({w.percent(0.75, 1)})" in said
    assert w.quarter(quarters[1]) in said
    others, ring = beside
    assert f"Median {w.percent(0.75, 1)}" in others
    assert f"zusammen {w.percent(1, 1)} besetzt" in ring
    assert nothing == w("report_own_rollout.posts_none") and none == []
