"""Figures of version 2 where some deliver, nobody delivers, or a column is not recorded."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TABLES
from analytics.extracts.demo import DemoConfig, DemoData, generate
from analytics.extracts.demo.handover_tables import delivers_version_2
from analytics.extracts.manifest import Delivery
from analytics.extracts.snapshots import SnapshotStore
from analytics.extracts.trial import Sent, snapshot_of, try_out
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation.processes import OF_VERSION_2, process_table
from analytics.reports.districts.card import card
from analytics.reports.exploring.asking import ask
from analytics.reports.indicators.indicator_values import indicator_values

W = words("de")
PERIOD = Period.parse("2015-01", "2023-12")
NEEDS = NeedFilter(PERIOD)
OPTIONAL = [name for name, each in TABLES.items() if each.is_optional]


@pytest.fixture(scope="module")
def demo() -> DemoData:
    return generate(DemoConfig(cases=4_000, seed=11))


Opened = Callable[[DemoData, dict[str, object]], ParquetStore]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    stores: list[ParquetStore] = []

    def of(demo: DemoData, changed: dict[str, object]) -> ParquetStore:
        tables = {**demo.tables, **changed}
        snapshots = SnapshotStore(tmp_path / str(len(stores)))
        snapshots.publish(
            {name: rows for name, rows in tables.items() if rows is not None},
            as_of=demo.config.as_of,
            provenance=Provenance.SYNTHETIC,
            source="test",
        )
        folder = snapshots.current()
        assert folder is not None
        stores.append(ParquetStore(folder))
        return stores[-1]

    yield of
    for store in stores:
        store.close()


def senders(demo: DemoData) -> set[str]:
    told = delivers_version_2(demo.process)
    return {
        ags for ags, is_told in zip(demo.process.places.districts, told, strict=True) if is_told
    }


def test_where_nobody_delivers_every_figure_is_refused_in_words(
    demo: DemoData, opened: Opened
) -> None:
    store = opened(demo, dict.fromkeys(OPTIONAL))
    assert not set(OPTIONAL) & set(store.manifest.tables)
    for name in OF_VERSION_2:
        with pytest.raises(RefusedError, match="das ist nicht null"):
            indicator_values(store, name, "state", NEEDS, W)
    with pytest.raises(RefusedError, match="Kein Kreis hat bisher"):
        process_table(store, NEEDS, W)
    assert indicator_values(store, "binding_handover_share", "state", NEEDS, W).table.frame["n"][0]


def test_who_does_not_deliver_is_named_and_counts_nowhere(demo: DemoData, opened: Opened) -> None:
    store = opened(demo, {})
    told = senders(demo)
    frame = indicator_values(store, "answered_30d_share", "district", NEEDS, W).table.frame
    silent = ~frame["key"].isin(told)
    assert 0 < silent.sum() < len(frame)
    assert (frame.loc[silent, "status"] == "no_data").all()
    assert frame.loc[silent, ["value", "n"]].isna().all(axis=None)
    note = W(
        "indicator.note_delivered", count=len(told), all=53, table=W("column.tables.handovers")
    )
    assert note in indicator_values(store, "answered_30d_share", "state", NEEDS, W).notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_district_reads_that_it_has_not_delivered(
    demo: DemoData, opened: Opened, language: str
) -> None:
    w = words(language)  # type: ignore[arg-type]
    store, told = opened(demo, {}), senders(demo)
    silent = next(ags for ags in demo.process.places.districts if ags not in told)
    for district, is_told in ((silent, False), (min(told), True)):
        needs = NeedFilter(PERIOD, only(district=[district]))
        frame = process_table(store, needs, w).table.frame
        texts = frame["first_text"]
        assert (texts == w("process.not_delivered")).all() == (not is_told)
        numbers = frame[["first_value", "first_n"]]
        assert numbers.isna().all(axis=None) == (not is_told)
        assert (frame["second_text"] != w("process.not_delivered")).all()


def test_a_group_none_of_whose_districts_delivers_is_called_so(
    demo: DemoData, opened: Opened
) -> None:
    store, told = opened(demo, {}), senders(demo)
    silent = sorted(set(demo.process.places.districts) - told)[:2]
    frame = process_table(store, NeedFilter(PERIOD, only(district=silent)), W).table.frame
    said = frame[["first_text", "second_text"]]
    assert (frame["delivered"] > 0).all() and (said == W("process.not_delivered")).all(axis=None)


def test_few_people_of_one_district_hide_no_other_indicator(demo: DemoData, opened: Opened) -> None:
    store, told = opened(demo, {}), senders(demo)
    needs = NeedFilter(Period.parse("2017-01", "2019-12"), only(district=sorted(told)[:3]))
    refused = []
    for name in OF_VERSION_2:
        try:
            indicator_values(store, name, "group", needs, W)
        except RefusedError:
            refused.append(name)
    frame = process_table(store, needs, W).table.frame.set_index("key")
    assert 0 < len(refused) < len(OF_VERSION_2)
    assert frame.loc[refused, ["first_n", "second_n"]].isna().all(axis=None)
    others = frame.drop(index=refused)
    assert others[["first_n", "second_n"]].notna().any(axis=None)


def test_a_district_s_page_says_so_where_it_has_delivered_nothing(
    demo: DemoData, opened: Opened
) -> None:
    told = senders(demo)
    silent = next(ags for ags in demo.process.places.districts if ags not in told)
    for store, every in ((opened(demo, {}), False), (opened(demo, dict.fromkeys(OPTIONAL)), True)):
        for district, is_said in ((silent, True), (min(told), every)):
            said = card(store, DistrictChoice(district, PERIOD), W).undelivered
            assert ("nicht geliefert" in said) is is_said
            assert is_said or not said


def test_rows_of_others_change_nothing_where_nobody_else_delivers(
    demo: DemoData, opened: Opened
) -> None:
    """One table alone: its figures are there, all others are refused."""
    alone = {name: None for name in OPTIONAL if name != "titles"}
    store = opened(demo, alone)
    frame = process_table(store, NEEDS, W).table.frame.set_index("key")
    assert set(frame.index[frame["delivered"] > 0]) == {
        "median_days_to_residence_title", "median_days_to_naturalisation",
    }  # fmt: skip
    rest = frame["delivered"] == 0
    assert (frame.loc[rest, ["first_text", "second_text"]] == W("process.not_delivered")).all(
        axis=None
    )


def test_an_area_whose_returns_are_not_recorded_has_no_share_of_them(
    demo: DemoData, tmp_path: Path
) -> None:
    """An empty column that is not kept says nothing; in districts that keep it nobody returned."""
    district = min(senders(demo))
    handovers = demo.tables["handovers"]
    own = handovers.filter(pc.field("district") == district)
    snapshots = SnapshotStore(tmp_path)
    parent = snapshots.publish(
        demo.tables, as_of=demo.config.as_of, provenance=Provenance.SYNTHETIC, source="test"
    )
    told = Delivery(
        Provenance.DELIVERED, "test.csv", parent.created, own.num_rows, ("returned_on",), ()
    )
    snapshots.publish(
        {"handovers": handovers},
        as_of=demo.config.as_of,
        parent=parent.snapshot_id,
        provenance=Provenance.MIXED,
        source="test",
        deliveries={"handovers": {district: told}},
    )
    with ParquetStore(snapshots.current()) as store:
        shares, answers = (
            indicator_values(store, name, "district", NEEDS, W).table.frame.set_index("key")
            for name in ("returned_share", "answered_30d_share")
        )
    assert shares.loc[district, "status"] == "no_data"
    assert answers.loc[district, "status"] == "shown"


def test_a_question_in_words_reaches_them(demo: DemoData, opened: Opened) -> None:
    answer = ask(opened(demo, {}), "kept_appointment_share", rows="group")
    assert set(answer.table.frame["key"]) == {"model", "comparison"}


def test_a_table_tried_alone_shows_its_figures_and_leaves_all_others(
    demo: DemoData, opened: Opened
) -> None:
    """A district that has delivered nothing of version 2 tries its applications out."""
    store, told = opened(demo, {}), senders(demo)
    district = max(set(demo.process.places.districts) - told)
    rows = demo.tables["titles"].slice(0, 60)
    place = rows.schema.get_field_index("district")
    rows = rows.set_column(place, "district", pa.array([district] * rows.num_rows))
    base = snapshot_of(store.folder, district, registry())
    trial = try_out(base, {"titles": rows}, {"titles": Sent("titles.csv")})
    needs = NeedFilter(PERIOD, only(district=[district]))
    with ParquetStore(store.folder, trial) as tried:
        shown = process_table(tried, needs, W).table.frame.set_index("key")
        numbers = shown["first_n"].dropna()
        assert set(numbers.index) <= {
            "median_days_to_residence_title", "median_days_to_naturalisation",
        }  # fmt: skip
        assert numbers.sum() == 60
        for by in ("district", "group"):
            before, after = (
                indicator_values(each, "share_referred_90d", by, NEEDS, W).table.frame
                for each in (store, tried)
            )
            pd.testing.assert_frame_equal(before, after)
