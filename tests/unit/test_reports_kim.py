"""What the KIM report says equals what was put into the snapshot."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from analytics.domain.areas import registry
from analytics.domain.vocabulary import Milestone, Module, Provenance
from analytics.extracts.contract import TABLES
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.kim import rollout as kim
from analytics.reports.kim.units import unit_notes

DE, EN = words("de"), words("en")
AS_OF = date(2023, 12, 31)
UNITS = [unit.ags for unit in registry().kim_units]
TOTAL = len(UNITS)
# The last unit only applied for module 2, the one before reported nothing on it.
BEGUN = UNITS[:-2]


def _step(unit: str, module: Module, milestone: Milestone, day: date | None) -> dict[str, object]:
    return {
        "unit": unit,
        "module": module.value,
        "milestone": milestone.value,
        "planned_on": day,
        "reached_on": day,
    }


def _rollout() -> list[dict[str, object]]:
    case_management = Module.CASE_MANAGEMENT
    rows = [
        _step(unit, case_management, milestone, day)
        for unit in BEGUN
        for milestone, day in {
            Milestone.APPLIED: date(2020, 11, 15),
            Milestone.GRANTED: date(2021, 2, 1),
            Milestone.STARTED: date(2021, 5, 31),
        }.items()
    ]
    rows += [_step(BEGUN[0], case_management, Milestone.FULLY_STAFFED, date(2022, 3, 10))]
    rows += [_step(UNITS[-1], case_management, Milestone.APPLIED, date(2023, 12, 1))]
    rows += [_step(UNITS[-1], case_management, Milestone.STARTED, None)]
    rows += [
        _step(unit, Module.COORDINATION, Milestone.STARTED, date(2020, 8, 1)) for unit in UNITS
    ]
    rows += [_step(BEGUN[0], Module.AUTHORITIES, Milestone.STARTED, date(2021, 5, 31))]
    return rows


def _posts() -> list[dict[str, object]]:
    return [
        {
            "unit": unit,
            "module": module,
            "quarter": quarter,
            "fte_funded": 10.0,
            "fte_filled": filled,
        }
        for unit in UNITS[:4]
        for module in ("coordination", "case_management")
        for quarter, filled in ((date(2023, 7, 1), 5.0), (date(2023, 10, 1), 8.0))
    ] + [
        {
            "unit": UNITS[5],
            "module": "case_management",
            "quarter": date(2023, 10, 1),
            "fte_funded": 99.0,
            "fte_filled": None,
        }
    ]


def _funding() -> list[dict[str, object]]:
    rows = [("05315", 2020, "granted", 1e6), ("05334", 2020, "granted", 2e6)]
    rows += [("05315", 2022, "granted", 4e6), ("05315", 2022, "paid", 7e6)]
    rows += [("05", 2020, "budgeted", 25e6)]
    return [
        {"unit": unit, "year": year, "module": None, "status": status, "amount_eur": amount}
        for unit, year, status, amount in rows
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    root: Path = tmp_path_factory.mktemp("store")
    tables = {"rollout": _rollout(), "posts": _posts(), "funding": _funding()}
    SnapshotStore(root).publish(
        {name: pa.Table.from_pylist(rows, TABLES[name].schema) for name, rows in tables.items()},
        as_of=AS_OF,
        provenance=Provenance.SYNTHETIC,
        source="test",
    )
    folder = SnapshotStore(root).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


def test_state_has_every_unit_and_milestone(store: ParquetStore) -> None:
    frame = kim.rollout_state(store, Module.CASE_MANAGEMENT, DE).table.frame
    assert len(frame) == TOTAL * len(Milestone)
    of = frame.set_index(["unit", "milestone"])
    assert of.loc[(BEGUN[0], "started"), "reached_on"] == pd.Timestamp(2021, 5, 1)
    assert of.loc[(UNITS[-1], "started"), "status"] == "not_reached"
    assert of.loc[(UNITS[-2], "started"), "status"] == "no_data"


def test_state_says_how_many_units_work(store: ParquetStore) -> None:
    exhibit = kim.rollout_state(store, Module.CASE_MANAGEMENT, DE)
    assert exhibit.title == (
        f"Baustein 2 (Case Management) läuft zum 31.12.2023 in {TOTAL - 2} der {TOTAL} "
        "KIM-Einheiten"
    )
    assert "vollständig besetzt: 1;" in exhibit.sentence
    assert "noch ohne Meilenstein: 1." in exhibit.sentence
    assert "synthetisch" in exhibit.source.text
    full = kim.rollout_state(store, Module.COORDINATION, EN)
    assert full.title == f"Module 1 (coordination) runs in all {TOTAL} KIM units on 31 Dec 2023"


def test_progress_counts_by_the_end_of_each_month(store: ParquetStore) -> None:
    exhibit = kim.progress(store, Module.CASE_MANAGEMENT, DE)
    frame = exhibit.table.frame
    value = frame.set_index(["series", "month"])["value"]
    assert value["started", pd.Timestamp(2021, 4, 1)] == 0
    assert value["started", pd.Timestamp(2021, 5, 1)] == TOTAL - 2
    assert value["applied", pd.Timestamp(2023, 12, 1)] == TOTAL - 1
    assert frame.groupby("series")["value"].is_monotonic_increasing.all()
    assert list(frame["series"].unique()) == [m.value for m in Milestone]
    assert "bis Ende Mai 2021 gestartet" in exhibit.title
    assert f"beantragt {TOTAL - 1}, bewilligt {TOTAL - 2}" in exhibit.sentence


def test_progress_does_not_claim_half_before_it_is_reached(store: ParquetStore) -> None:
    exhibit = kim.progress(store, Module.AUTHORITIES, DE)
    assert exhibit.title.endswith("Weniger als die Hälfte der KIM-Einheiten hat begonnen")


def test_posts_leave_out_units_without_filled_posts(store: ParquetStore) -> None:
    exhibit = kim.posts(store, Module.CASE_MANAGEMENT, DE)
    last = exhibit.table.frame.set_index(["series", "period"]).loc[:, "value"]
    assert last["funded", pd.Timestamp(2023, 10, 1)] == 40
    assert last["filled", pd.Timestamp(2023, 10, 1)] == 32
    assert "80\u00a0%" in exhibit.title
    both = kim.posts(store, None, DE).table.frame
    assert both["value"].max() == 80


def test_timelines_hold_every_unit_in_order(store: ParquetStore) -> None:
    frame = kim.unit_timelines(store, Module.CASE_MANAGEMENT, DE).table.frame
    assert set(frame["lane"]) == set(UNITS)
    lanes = frame.drop_duplicates("lane")
    places = list(registry().regierungsbezirke)
    assert [places.index(s) for s in lanes["section"]] == sorted(
        places.index(s) for s in lanes["section"]
    )
    first = frame[frame["lane"] == BEGUN[0]]
    assert list(first["kind"]) == [m.value for m in Milestone]
    assert (first["end"].iloc[:-1].array == first["start"].iloc[1:].array).all()
    assert first["end"].iloc[-1] == pd.Timestamp(AS_OF)
    assert list(frame.loc[frame["lane"] == UNITS[-2], "kind"]) == [kim.NOT_BEGUN]


def test_timelines_of_all_modules_count_those_running(store: ParquetStore) -> None:
    exhibit = kim.unit_timelines(store, None, DE, "name")
    kinds = exhibit.table.frame.groupby("lane")["kind"].agg(list)
    # Modules 2 and 3 began on the same day: no span of two modules in between.
    assert kinds[BEGUN[0]] == ["running_1", "running_3"]
    assert kinds[BEGUN[1]] == ["running_1", "running_2"]
    assert kinds[UNITS[-1]] == ["running_1"]
    assert f"in 1 der {TOTAL} KIM-Einheiten" in exhibit.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exhibit_is_complete_in_both_languages(store: ParquetStore, language: str) -> None:
    w = words("de" if language == "de" else "en")
    exhibits = [kim.unit_timelines(store, None, w), kim.posts(store, None, w)]
    exhibits += [kim.funding(store, w), kim.published_posts(w)]
    for module in Module:
        exhibits += [kim.rollout_state(store, module, w), kim.progress(store, module, w)]
        exhibits += [kim.unit_timelines(store, module, w), kim.posts(store, module, w)]
    assert len({exhibit.id for exhibit in exhibits}) == len(exhibits)
    for exhibit in exhibits:
        texts = (exhibit.title, exhibit.sentence, exhibit.alt, exhibit.source.text)
        assert all(text and "{" not in text for text in texts)
        assert exhibit.title[0].isupper() or exhibit.title[0].isdigit()


def test_nothing_reported_is_said_so(tmp_path: Path) -> None:
    snapshots = SnapshotStore(tmp_path)
    snapshots.publish({}, as_of=AS_OF, provenance=Provenance.SYNTHETIC, source="test")
    folder = snapshots.current()
    assert folder is not None
    with ParquetStore(folder) as empty:
        state = kim.rollout_state(empty, Module.CASE_MANAGEMENT, DE)
        assert "kein erreichter Meilenstein" in state.title
        assert "Angaben fehlen" in state.sentence
        assert set(state.table.frame["status"]) == {"no_data"}
        course = kim.progress(empty, Module.CASE_MANAGEMENT, DE)
        assert course.table.frame.empty
        assert "kein erreichter Meilenstein" in course.title
        assert "Angaben fehlen" in course.sentence
        assert "keine Angaben zu Stellen" in kim.posts(empty, None, DE).title
        lanes = kim.unit_timelines(empty, None, DE).table.frame
        assert len(lanes) == TOTAL
        assert set(lanes["kind"]) == {kim.NOT_BEGUN}
        assert kim.funding(empty, DE).table.frame["value"].notna().any()


def test_an_earlier_day_has_its_own_state_and_heading(store: ParquetStore) -> None:
    day = date(2021, 4, 30)
    exhibit = kim.rollout_state(store, Module.CASE_MANAGEMENT, DE, until=day)
    assert "30.04.2021" in exhibit.title
    assert "31.12.2023" not in exhibit.title
    reached = pd.to_datetime(exhibit.table.frame["reached_on"]).dropna()
    assert reached.max().date() <= day
    later = kim.rollout_state(store, Module.CASE_MANAGEMENT, DE, until=date(2099, 1, 1))
    assert "31.12.2023" in later.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_kim_units_are_explained_with_the_registry_s_numbers(language: str) -> None:
    areas = registry()
    known = {area.ags for area in areas.districts}
    own = [unit.name for unit in areas.kim_units if unit.ags not in known]
    assert len(areas.kim_units) == len(known) + len(own)
    note = unit_notes(words(language))[0]
    for told in (str(len(areas.kim_units)), str(len(known)), *own):
        assert told in note
