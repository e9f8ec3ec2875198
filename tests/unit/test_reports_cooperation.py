"""Hand-overs of a hand-made snapshot: what is not delivered is never zero."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_tables import AS_OF, KOELN, WESEL, rows

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.domain.vocabulary import Provenance
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation.beside import years_beside
from analytics.reports.cooperation.flow import handover_flow
from analytics.reports.cooperation.matrix import MEASURES, handover_matrix
from analytics.reports.cooperation.waits import handover_waits
from analytics.reports.cooperation.ways import way_bodies, way_loops, way_sequences, way_steps
from analytics.reports.districts.beside_ring import AGAINST, district_beside
from analytics.reports.districts.longest_waits import longest_handovers

W = words("de")
DUISBURG, ESSEN = "05112", "05113"
"""Duisburg does not deliver whether hand-overs were bound, Essen not who received them."""

ALL = NeedFilter(Period.parse("2015-01", "2023-12"))
FIRST = date(2018, 1, 8)
EACH = 20


def _in(*districts: str) -> NeedFilter:
    return replace(ALL, chosen=only(district=districts))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with ParquetStore(_published(tmp_path_factory.mktemp("store"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    folder = _published(tmp_path_factory.mktemp("store"))
    with ParquetStore(folder, release=Release.RELEASED) as opened:
        yield opened


def _published(root: Path) -> Path:
    cases, needs = [], []
    for district in (KOELN, WESEL, DUISBURG, ESSEN):
        for office in ("job_centre", "integration_centre"):
            for number in range(2 * EACH):
                body = "school" if number % 2 else "integration_course"
                name = f"{district}-{office}-{number}"
                day = FIRST + timedelta(number)
                cases.append(
                    {"case_id": name, "district": district, "opened_on": day, "provider": office}
                )
                needs.append(
                    {
                        "referral_id": name,
                        "case_id": name,
                        "district": district,
                        "offer_area": "language",
                        "need_recorded_on": day,
                        "referred_on": day + timedelta(20),
                        "started_on": None if number % 4 == 3 else day + timedelta(50),
                        "outcome": "referred" if number % 4 == 3 else "started",
                        "receiving_body": None if district == ESSEN else body,
                        "binding_handover": None if district == DUISBURG else number % 3 == 0,
                    }
                )
    store = SnapshotStore(root)
    store.publish(
        {"cases": rows("cases", *cases), "referrals": rows("referrals", *needs)},
        as_of=AS_OF,
        provenance=Provenance.DELIVERED,
        source="test",
    )
    folder = store.current()
    assert folder is not None
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_district_that_does_not_deliver_a_field_is_not_zero(
    store: ParquetStore, language: str
) -> None:
    w = words(language)  # type: ignore[arg-type]
    with pytest.raises(RefusedError) as refused:
        handover_matrix(store, "bound", _in(DUISBURG), w)
    field = w("column.label.binding_handover")
    assert refused.value.reason == w("cooperation.not_delivered", field=field)
    # Everything else of the same district is there.
    others = [each for each in MEASURES if each != "bound"]
    for measure in others:
        assert len(handover_matrix(store, measure, _in(DUISBURG), w).table.frame) == 4


@pytest.mark.parametrize("report", [handover_flow, handover_waits])
def test_without_receiving_bodies_there_is_no_matrix(store: ParquetStore, report) -> None:
    with pytest.raises(RefusedError, match="Nicht geliefert"):
        report(store, _in(ESSEN), W)


@pytest.mark.parametrize("report", [way_bodies, way_sequences, way_steps, way_loops])
def test_without_receiving_bodies_there_are_no_ways(store: ParquetStore, report) -> None:
    with pytest.raises(RefusedError, match="Keine Wege"):
        report(store, _in(ESSEN), W)


def test_who_is_missing_among_others_is_named(store: ParquetStore) -> None:
    shown = handover_matrix(store, "bound", ALL, W)
    told = [note for note in shown.notes if "zählen nicht als null" in note]
    assert any("Duisburg" in note and "Essen" not in note for note in told)
    assert any("Essen" in note and W("column.label.receiving_body") in note for note in told)
    # The share is that of the districts which deliver it: a third, not less.
    known = shown.table.frame[shown.table.frame["code"] != "unknown"]
    # (Needs of Wesel without a municipality are in neither group.)
    assert (known["value"] > 0.3).all() and (known["n"] == EACH).all()


def test_open_hand_overs_count_in_the_wait(store: ParquetStore) -> None:
    frame = handover_matrix(store, "to_start", _in(KOELN), W).table.frame.set_index("code")
    # Of every second hand-over to a school half are still open: their median is that of all.
    assert (frame.loc["school", "n"] == EACH).all()
    assert (frame.loc["integration_course", "value"] == 30).all()


def test_a_district_stands_beside_its_ring(store: ParquetStore) -> None:
    choice = DistrictChoice(KOELN, ALL.period, (WESEL, DUISBURG))
    frame = longest_handovers(store, choice, W).table.frame
    assert frame["key"].tolist() == ["own", "peers"] * (len(frame) // 2)
    assert frame["section"].iloc[::2].tolist() == frame["section"].iloc[1::2].tolist()
    assert (frame.loc[frame["key"] == "peers", "n"] == 2 * EACH).all()


@pytest.mark.parametrize("against", AGAINST)
def test_a_district_stands_beside_others_without_itself(store: ParquetStore, against: str) -> None:
    choice = DistrictChoice(KOELN, ALL.period, (WESEL, DUISBURG))
    shown = district_beside(store, against, choice, W, measure="to_start")
    frame = shown.table.frame
    assert len(frame) == 4 and (frame["n"] == EACH).all()
    assert (frame["other_n"] == 2 * EACH).all()  # Essen does not tell its receiving bodies.
    # They are all alike: nothing is told apart, and the title does not say that they are the same.
    assert (frame["side"] == 0).all() and (frame["value"] == frame["other_value"]).all()
    assert "zu unterscheiden" in shown.title


def test_years_without_needs_are_refused(store: ParquetStore) -> None:
    with pytest.raises(RefusedError) as refused:
        years_beside(store, "bound", _in(KOELN), W)
    assert refused.value.reason == W("cooperation.nobody")


def test_pairs_of_a_district_are_not_released(released: ParquetStore) -> None:
    assert len(handover_matrix(released, "bound", ALL, W).table.frame)
    for needs in (_in(KOELN), replace(ALL, chosen=only(sex=("female",)))):
        with pytest.raises(RefusedError) as refused:
            handover_matrix(released, "bound", needs, W)
        assert refused.value.reason.startswith(W("release.unreleased_depth").partition(":")[0])
    # One field below the state is: the ways of a district are told.
    assert len(way_bodies(released, _in(KOELN), W).table.frame)


def test_no_title_or_note_claims_an_effect(store: ParquetStore) -> None:
    for measure in MEASURES:
        shown = handover_matrix(store, measure, ALL, W)
        assert W("cooperation.note_no_cause") in shown.notes
