"""Hand-overs of a hand-made snapshot: what is not delivered is never zero."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from handover_store import DUISBURG, EACH, ESSEN, published
from small_tables import KOELN, WESEL

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.release import Release
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
ALL = NeedFilter(Period.parse("2015-01", "2023-12"))


def _in(*districts: str) -> NeedFilter:
    return replace(ALL, chosen=only(district=districts))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with ParquetStore(published(tmp_path_factory.mktemp("store"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    folder = published(tmp_path_factory.mktemp("store"))
    with ParquetStore(folder, release=Release.RELEASED) as opened:
        yield opened


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
    assert refused.value.reason == f"2015 bis 2016: {W('cooperation.nobody')}"


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
