"""Hand-overs with and without an appointment: what may be said, what is left out, and by whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_tables import AS_OF, rows

from analytics.charts.drawings import chart_spec, on_screen
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.domain.vocabulary import Provenance
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation import binding
from analytics.reports.cooperation.binding_report import (
    MEASURES,
    direction_of,
    handover_binding,
)
from analytics.stats.two_arms import ArmDifference, ArmsCompared

W = words("de")
ALL = NeedFilter(Period.parse("2015-01", "2023-12"))
DISTRICTS = ("05112", "05113", "05315", "05154", "05562", "05958", "05974")
SILENT, ALIKE = "05974", "05958"
"""Soest does not document appointments; in the Hochsauerlandkreis all are made at one body only."""

EACH = 120
AREAS = ("language", "housing")
FEW = only(
    district=("05112",), receiving_body=("school",), offer_area=("housing",), sex=("diverse",)
)


def _in(*districts: str) -> NeedFilter:
    return replace(ALL, chosen=only(district=districts))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases, needs = [], []
    for place, district in enumerate(DISTRICTS):
        for number in range(EACH * len(AREAS)):
            day = AS_OF - timedelta(800 + number % 40)
            is_bound = number % 3 == 0
            body = "school" if number % 2 else "integration_course"
            if district == ALIKE:
                body = "school" if is_bound else "integration_course"
            # With an appointment sooner by 30 days, and all but few start.
            wait = 20 + place + number % 7 + (0 if is_bound else 30)
            starts = number % 5 != 4 or (is_bound and number % 10 == 4)
            handed = day + timedelta(15)
            name = f"{district}-{number}"
            sex = "diverse" if number % 20 == 3 else "male"
            cases.append({"case_id": name, "district": district, "opened_on": day, "sex": sex})
            needs.append(
                {
                    "referral_id": name,
                    "case_id": name,
                    "district": district,
                    "offer_area": AREAS[number % len(AREAS)],
                    "need_recorded_on": day,
                    "referred_on": handed,
                    "started_on": handed + timedelta(wait) if starts else None,
                    "outcome": "started" if starts else "referred",
                    "receiving_body": body,
                    "binding_handover": None
                    if district == SILENT or number % 20 == 18
                    else is_bound,
                }
            )
    store = SnapshotStore(tmp_path_factory.mktemp("store"))
    store.publish(
        {"cases": rows("cases", *cases), "referrals": rows("referrals", *needs)},
        as_of=AS_OF,
        provenance=Provenance.DELIVERED,
        source="test",
    )
    found = store.current()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[ParquetStore]:
    with ParquetStore(folder) as opened:
        yield opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_along_with_appointments_is_said_and_never_as_an_effect(
    store: ParquetStore, language: str
) -> None:
    w = words(language)  # type: ignore[arg-type]
    for measure in MEASURES:
        shown = handover_binding(store, measure, ALL, w)
        assert shown.id == f"handover_binding_{measure}"
        assert w("cooperation.binding_together_more_sooner") in shown.sentence
        assert len(shown.title.split()) <= 15
        assert not any(word in shown.sentence.lower() for word in ("wirk", "effect", "durch "))
    days = handover_binding(store, "days", ALL, w).table.frame
    assert days["key"].tolist() == ["headline", "language", "housing"]
    assert (days["value"] < -20).all() and (days["high"] < 0).all()
    assert days["n"].iloc[0] == days["n"].iloc[1:].sum()


def test_undocumented_hand_overs_are_in_neither_arm_and_named(store: ParquetStore) -> None:
    shown = handover_binding(store, "started", ALL, W)
    documented = sum(number % 20 != 18 for number in range(EACH * len(AREAS)))
    compared = documented * (len(DISTRICTS) - 2)  # without the silent one and the one alike
    assert shown.table.frame["n"].iloc[0] == compared
    notes = "\n".join(shown.notes)
    everybody = EACH * len(AREAS) * len(DISTRICTS)
    missing = everybody - documented * (len(DISTRICTS) - 1)
    assert W("cooperation.binding_note_unknown", share=W.percent(missing / everybody)) in notes
    share = compared / (documented * (len(DISTRICTS) - 1))
    assert W("cooperation.binding_note_share", share=W.percent(share)) in notes
    assert any("Soest" in note and "zählen nicht als null" in note for note in shown.notes)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_cannot_be_compared_is_refused_in_words(store: ParquetStore, measure: str) -> None:
    with pytest.raises(RefusedError, match="Nicht geliefert"):
        handover_binding(store, measure, _in(SILENT), W)
    with pytest.raises(RefusedError) as refused:
        handover_binding(store, measure, _in(ALIKE), W)
    assert refused.value.reason == W("cooperation.binding_none_alike")
    with pytest.raises(RefusedError, match="niemand"):
        handover_binding(store, measure, replace(ALL, period=Period.parse("2020-01", "2020-02")), W)
    with pytest.raises(RefusedError, match="zu wenige"):
        handover_binding(store, measure, replace(ALL, chosen=FEW), W)


def test_in_one_district_needs_vary(store: ParquetStore) -> None:
    shown = handover_binding(store, "days", _in("05315"), W)
    assert W("indicator.note_needs_alike") in shown.notes
    total = shown.table.frame.iloc[0]
    assert total["low"] < total["value"] < total["high"] < 0


def test_the_released_edition_tells_the_state_alone_and_no_finer_than_it_is_worded(
    folder: Path, store: ParquetStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = handover_binding(store, "days", ALL, W).table.frame.iloc[0]
    with ParquetStore(folder, release=Release.RELEASED) as released:
        shown = handover_binding(released, "days", ALL, W)
        assert shown.table.frame["key"].tolist() == ["headline"]
        total = shown.table.frame.iloc[0]
        assert total["value"] == round(exact["value"], 1) and total["bound"] == round(
            total["bound"]
        )
        assert abs(total["n"] - exact["n"]) <= 3
        assert W("cooperation.binding_note_released") in shown.notes
        with pytest.raises(RefusedError):
            handover_binding(released, "days", _in("05315"), W)
    monkeypatch.setattr(binding, "_LEAST_RELEASED", 10_000)
    with ParquetStore(folder, release=Release.RELEASED) as again:
        with pytest.raises(RefusedError) as refused:
            handover_binding(again, "days", ALL, W)
        assert refused.value.reason == W("release.closed")


def test_it_is_drawn_on_screen_and_on_slides(store: ParquetStore) -> None:
    shown = handover_binding(store, "started", ALL, W)
    figure = on_screen("gaps")(shown, W)
    assert len(figure.data) >= 2
    spec = chart_spec("gaps", shown, W)
    assert spec.kind == "scatter"


@pytest.mark.parametrize(
    ("reached", "days", "said"),
    [
        ((0.05, 0.01, 0.001), (-9, 2, 0.001), ("more", "sooner")),
        ((0.05, 0.01, 0.001), (-9, 12, 0.2), ("more", "open")),
        ((0.05, 0.06, 0.2), (-9, 2, 0.001), ("open", "sooner")),
        ((-0.05, 0.01, 0.001), (9, 2, 0.001), ("fewer", "later")),
        # Each interval excludes 0, but not both together at 5 % (Holm).
        ((0.05, 0.049, 0.04), (-9, 8.9, 0.045), ("open", "open")),
        ((0.05, 0.049, 0.04), (-9, 12, 0.2), ("open", "open")),
    ],
)
def test_words_need_their_interval_and_the_rate_of_the_pair(
    reached: tuple[float, float, float],
    days: tuple[float, float, float],
    said: tuple[str, str],
) -> None:
    def difference(value: float, reach: float, p: float) -> ArmDifference:
        return ArmDifference(0.0, 0.0, value, value - reach, value + reach, p)

    total = ArmsCompared(difference(*reached), difference(*days), 500, 600, 20.0)
    assert direction_of(total) == said
