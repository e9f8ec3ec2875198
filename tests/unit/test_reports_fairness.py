"""Gaps of groups: none where only the mix differs, planted ones found, and what cannot be said."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from people_rows import PLACES, People, publish_people

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.exploring.ends import ends_by_group, ends_by_reason
from analytics.reports.exploring.fairness import MEASURES, USUAL, fairness_course, fairness_gaps

W = words("de")
NEEDS = NeedFilter(Period.parse("2018-01", "2018-12"))
SHARE = "share_referred_90d"
DAYS = {"language": (20, 40, 150), "housing": (60, 120, 170)}
"""Days of waiting, the same for whoever needs it: housing takes longer."""


def world(mix: dict[str, dict[str, int]], longer: dict[str, int] | None = None) -> list[People]:
    """Return needs of each sex by area; one that waits ``longer`` does so in every area."""
    return [
        People(count + place % 2, district, days + (longer or {}).get(sex, 0), area=area,
               person={"sex": sex})
        for place, district in enumerate(PLACES)
        for sex, areas in mix.items()
        for area, count in areas.items()
        for days in DAYS[area]
    ]  # fmt: skip


MIX = {"female": {"language": 2, "housing": 8}, "male": {"language": 9, "housing": 3}}


def _rows(store: ParquetStore, measure: str = USUAL, by: str = "sex") -> pd.DataFrame:
    return fairness_gaps(store, NEEDS, by, measure, W).table.frame.set_index("key")


@pytest.fixture(scope="module")
def only_mix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with publish_people(tmp_path_factory.mktemp("mix"), world(MIX)) as opened:
        yield opened


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    given = world(MIX, {"female": 10})
    with publish_people(tmp_path_factory.mktemp("planted"), given) as opened:
        yield opened


@pytest.mark.parametrize("measure", [USUAL, SHARE, "open_over_180d_share"])
def test_where_only_the_mix_differs_the_standardised_gap_is_none(
    only_mix: ParquetStore, measure: str
) -> None:
    rows = _rows(only_mix, measure)
    if measure != "open_over_180d_share":  # nobody waits that long
        assert abs(rows.loc["female", "raw"]) > 0.05
        assert rows["value"].tolist() == pytest.approx([0, 0], abs=1e-9)


def test_a_title_claims_nothing_where_only_the_mix_differs(only_mix: ParquetStore) -> None:
    for language in LANGUAGES:
        w = words(language)
        shown = fairness_gaps(only_mix, NEEDS, "sex", USUAL, w)
        assert shown.title == w("fairness.title_none")
        assert shown.table.frame["judged"].eq(w("fairness.judged_unclear")).all()


def test_a_planted_gap_within_strata_is_found(planted: ParquetStore) -> None:
    rows = _rows(planted)
    # Ten days later in every area; the longest wait of housing ends with the window, at 180.
    assert rows.loc["female", "value"] == pytest.approx(10, abs=1e-9)
    assert rows.loc["female", "raw"] > 20
    low, high = rows.loc["female", ["low", "high"]]
    assert 0 < low <= 10 <= high
    assert rows.loc["female", "judged"] == W("fairness.judged_worse")
    title = fairness_gaps(planted, NEEDS, "sex", USUAL, W).title
    assert title.startswith(W.label("sex", "female"))


def test_the_gap_is_expected_less_than_own(planted: ParquetStore) -> None:
    rows = _rows(planted)
    assert (rows["own"] - rows["expected"]).tolist() == pytest.approx(rows["value"].tolist())


def test_without_like_needs_nothing_is_standardised_and_it_is_said(tmp_path: Path) -> None:
    """The law gives each status a regime of its own: nobody is met by both."""
    given = [
        People(6, district, days, person={"residence_status": status, "legal_regime": regime})
        for district in PLACES
        for status, regime, days in (
            ("tolerated", "asylblg", 80),
            ("eu_citizen", "sgb2", 30),
        )
    ]
    with publish_people(tmp_path, given) as store:
        shown = fairness_gaps(store, NEEDS, "residence_status", USUAL, W)
    rows = shown.table.frame.set_index("key")
    assert rows["value"].isna().all() and (rows["status"] == Status.NO_DATA).all()
    assert rows.loc["tolerated", "raw"] == pytest.approx(50)
    assert shown.title == W("fairness.title_incomparable")
    labels = [W.label("residence_status", key) for key in rows.index]
    assert W("fairness.note_incomparable", groups=W.join(labels)) in shown.notes


def test_what_is_not_recorded_is_not_evened_out_and_the_note_says_so(tmp_path: Path) -> None:
    """A trait that no field holds delays people; it is more frequent among women."""
    given = [
        People(count, district, days, person={"sex": sex})
        for district in PLACES
        for sex, quick, slow in (("female", 3, 9), ("male", 9, 3))
        for count, days in ((quick, 20), (slow, 90))
    ]
    with publish_people(tmp_path, given) as store:
        shown = fairness_gaps(store, NEEDS, "sex", USUAL, W)
    rows = shown.table.frame.set_index("key")
    assert rows.loc["female", "value"] == pytest.approx(35)  # no true difference between alike
    assert W("fairness.note_reading") in shown.notes


def test_a_group_of_few_people_is_hidden_with_another(tmp_path: Path) -> None:
    few = [People(1, PLACES[0], 20, person={"sex": "diverse"})]
    unknown = [People(3, district, 20, person={"sex": "unknown"}) for district in PLACES]
    with publish_people(tmp_path, [*world(MIX), *few, *unknown]) as store:
        rows = _rows(store)
    assert rows.loc["diverse", "status"] == Status.SUPPRESSED
    hidden = rows[rows["status"] == Status.SUPPRESSED]
    assert len(hidden) >= 2
    assert hidden[["value", "low", "high", "raw", "own", "others"]].isna().all(axis=None)


def test_one_group_alone_is_refused(only_mix: ParquetStore) -> None:
    chosen = NeedFilter(NEEDS.period, only(sex=["female"]))
    with pytest.raises(RefusedError, match=W("dimension.sex")):
        fairness_gaps(only_mix, chosen, "sex", USUAL, W)
    with pytest.raises(KeyError):
        fairness_gaps(only_mix, NEEDS, "district", USUAL, W)


def test_every_measure_is_answered_and_a_single_district_has_no_interval(
    only_mix: ParquetStore,
) -> None:
    for measure in MEASURES:
        assert fairness_gaps(only_mix, NEEDS, "sex", measure, W).title
    own = NeedFilter(NEEDS.period, only(district=[PLACES[0]]))
    rows = fairness_gaps(only_mix, own, "sex", USUAL, W).table.frame
    assert rows["raw"].notna().all() and rows[["raw_low", "low"]].isna().all(axis=None)


def test_a_course_has_each_year_by_itself(planted: ParquetStore) -> None:
    frame = fairness_course(planted, NEEDS, "sex", USUAL, W).table.frame
    of_year = frame[frame["year"] == "2018"].set_index("key")
    assert of_year.loc["female", "value"] == pytest.approx(10)
    others = frame[frame["year"] != "2018"]
    assert (others["status"] == Status.NO_DATA).all() and others["value"].isna().all()


def _ends() -> list[People]:
    return [
        People(count, district, days, outcome, person={"sex": sex})
        for district in PLACES
        for sex, places in (("female", 4), ("male", 2))
        for count, days, outcome in (
            (10, 50, "started"), (places, 30, "no_place"), (2, 40, "not_entitled"),
            (2, 200, "contact_lost"), (2, 0, "open"),
        )
    ]  # fmt: skip


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with publish_people(tmp_path_factory.mktemp("ends"), _ends()) as opened:
        yield opened


def test_competing_causes_are_those_of_the_rows(ended: ParquetStore) -> None:
    frame = ends_by_reason(ended, NEEDS, USUAL, W).table.frame
    last = frame.groupby("series").tail(1).set_index("series")["estimate"]
    # 38 needs a district: nobody is censored before day 365.
    assert last.to_dict() == pytest.approx(
        {"reached": 20 / 38, "no_place": 6 / 38, "not_entitled": 4 / 38, "contact_lost": 4 / 38}
    )


def test_reasons_by_group_are_those_of_the_rows_on_both_days(ended: ParquetStore) -> None:
    frame = ends_by_group(ended, NEEDS, "sex", USUAL, W).table.frame
    rows = frame.set_index(["series", "key"])
    assert rows.loc[("no_place", "female"), "value"] == pytest.approx(4 / 20)
    assert rows.loc[("contact_lost", "female"), ["early", "value"]].tolist() == [0, 2 / 20]


def test_a_reason_of_few_people_is_hidden_with_another(tmp_path: Path) -> None:
    rare = [People(2, PLACES[0], 35, "moved_away", person={"sex": "male"})]
    with publish_people(tmp_path, [*_ends(), *rare]) as store:
        frame = ends_by_reason(store, NEEDS, USUAL, W).table.frame
    hidden = set(frame.loc[frame["status"] == Status.SUPPRESSED, "series"])
    assert "moved_away" in hidden and len(hidden) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_needs_it_is_said_that_there_are_none(
    ended: ParquetStore, language: Language
) -> None:
    w, later = words(language), NeedFilter(Period.parse("2021-01", "2021-12"))
    assert fairness_gaps(ended, later, "sex", USUAL, w).table.frame.empty
    assert ends_by_reason(ended, later, USUAL, w).title == w("ends.title_empty")
    assert ends_by_group(ended, later, "sex", USUAL, w).title == w("ends.title_empty")


def test_needs_whose_end_nobody_records_are_left_out(tmp_path: Path) -> None:
    """A district that does not record ends would seem to keep everybody waiting."""
    given = [*_ends(), *(People(9, "05113", 0, "open", person={"sex": "male"}) for _ in range(3))]
    with publish_people(tmp_path, given, silent=("05113",)) as store:
        frame = ends_by_reason(store, NEEDS, USUAL, W).table.frame
        notes = ends_by_group(store, NEEDS, "sex", USUAL, W).notes
    last = frame.groupby("series").tail(1).set_index("series")["estimate"]
    assert last["no_place"] == pytest.approx(6 / 38)
    assert W("ends.note_recorded") in notes
