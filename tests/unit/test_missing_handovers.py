"""What figures of hand-overs lack is called by its name: not delivered, too recent, or nobody."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from handover_store import DUISBURG, ESSEN, published
from small_tables import AACHEN_TOWN, AS_OF, KOELN, WESEL

from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation.beside import groups_beside
from analytics.reports.cooperation.binding_report import handover_binding
from analytics.reports.cooperation.flow import handover_flow
from analytics.reports.cooperation.matrix import MEASURES, handover_matrix
from analytics.reports.cooperation.ways import way_bodies

W = words("de")
ALL = NeedFilter(Period.parse("2015-01", "2023-12"))
EVERYBODY = (KOELN, WESEL, DUISBURG, ESSEN)
RECENT = AS_OF - timedelta(100)

Opened = Callable[..., ParquetStore]


@pytest.fixture
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Opened:
    def of(unrecorded: Mapping[str, tuple[str, ...]] = {}, **more: date) -> ParquetStore:
        store = ParquetStore(published(tmp_path, unrecorded=unrecorded, **more))
        request.addfinalizer(store.close)
        return store

    return of


def refusal(report: Callable[..., object], *asked: object) -> str:
    with pytest.raises(RefusedError) as refused:
        report(*asked)
    return refused.value.reason


def not_delivered(column: str) -> str:
    return W("cooperation.not_delivered", field=W(f"column.label.{column}"))


def test_without_days_of_referral_nobody_is_called_handed_over(opened: Opened) -> None:
    store = opened(dict.fromkeys(EVERYBODY, ("referred_on",)))
    for measure in MEASURES:
        told = refusal(handover_matrix, store, measure, ALL, W)
        assert told == not_delivered("referred_on")
    assert refusal(handover_flow, store, ALL, W) == not_delivered("referred_on")
    assert refusal(handover_binding, store, "days", ALL, W) == not_delivered("referred_on")
    assert refusal(way_bodies, store, ALL, W) == not_delivered("referred_on")


def test_one_sender_without_days_of_referral_is_named(opened: Opened) -> None:
    store = opened({WESEL: ("referred_on",)})
    named = [
        note
        for shown in (
            handover_matrix(store, "needs", ALL, W),
            handover_flow(store, ALL, W),
            way_bodies(store, ALL, W),
            handover_binding(store, "days", ALL, W),
        )
        for note in shown.notes
        if W("column.label.referred_on") in note
    ]
    assert len(named) == 4 and all("Wesel" in note and "Köln" not in note for note in named)
    alone = NeedFilter(ALL.period, only(district=[WESEL]))
    assert refusal(handover_matrix, store, "needs", alone, W) == not_delivered("referred_on")


def test_a_town_that_delivers_for_itself_is_named(opened: Opened) -> None:
    store = opened({AACHEN_TOWN: ("referred_on",)})
    (note,) = (
        each
        for each in handover_matrix(store, "needs", ALL, W).notes
        if W("column.label.referred_on") in each
    )
    assert "Stadt Aachen" in note
    region = NeedFilter(ALL.period, only(district=[AACHEN_TOWN[:5]]))
    told = refusal(handover_matrix, store, "needs", region, W)
    assert told.startswith(W("cooperation.nobody")) and "Stadt Aachen" in told


def test_days_to_the_referral_do_not_hang_on_ends(opened: Opened) -> None:
    store = opened({KOELN: ("ended_on",)})
    shown = handover_matrix(store, "to_referral", ALL, W)
    assert (shown.table.frame["value"].dropna() == 20).all()
    assert not any(W("column.label.ended_on") in note for note in shown.notes)
    known = shown.table.frame[shown.table.frame["code"] != "unknown"]
    # Köln counts as Duisburg does (Wesel's needs have no municipality); what waits for the end
    # leaves it out and says so.
    assert (known["n"] == 40).all()
    waits = handover_matrix(store, "to_start", ALL, W)
    assert (waits.table.frame.loc[known.index, "n"] == 20).all()
    (note,) = (each for each in waits.notes if W("column.label.ended_on") in each)
    assert "Köln" in note


@pytest.mark.parametrize(
    ("measure", "column"),
    [("to_start", "ended_on"), ("to_start", "started_on"), ("no_place", "outcome")],
)
def test_a_measure_names_the_column_that_nobody_records(
    opened: Opened, measure: str, column: str
) -> None:
    store = opened(dict.fromkeys(EVERYBODY, (column,)))
    assert refusal(handover_matrix, store, measure, ALL, W) == not_delivered(column)


def test_what_is_recent_is_not_called_not_delivered(opened: Opened) -> None:
    store = opened(first=RECENT)
    for measure in ("no_place", "returned"):
        told = refusal(handover_matrix, store, measure, ALL, W)
        assert told == W("cooperation.too_recent")
    assert refusal(handover_binding, store, "days", ALL, W) == W("cooperation.too_recent")
    shown = handover_matrix(store, "needs", ALL, W)
    assert not any(W("column.label.outcome") in note for note in shown.notes)


def test_the_side_that_has_nobody_is_named(opened: Opened) -> None:
    none_of_the_comparison = NeedFilter(ALL.period, only(district=[KOELN]))
    told = refusal(groups_beside, opened(), "bound", none_of_the_comparison, W)
    assert told == f"{W.label('group', 'comparison')}: {W('cooperation.nobody')}"


@pytest.mark.parametrize("measure", ["to_start", "to_referral"])
def test_no_pair_on_both_sides_is_no_error(opened: Opened, measure: str) -> None:
    """Both sides have hand-overs, but of no pair as many as a median may be told of."""
    few = NeedFilter(Period.parse("2018-02", "2018-02"))
    store = opened()
    shown = groups_beside(store, measure, few, W)
    assert shown.table.frame.empty and shown.sentence == W("beside.sentence_none")
