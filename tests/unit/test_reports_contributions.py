"""What is told of the difference from the peers is what was computed, and it adds up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from need_rows import Needs, publish

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.contributions import contributions_of
from analytics.reports.districts.contributions_report import contributions

OWN, PEER, OTHER = "05766", "05711", "05111"
YEAR = Period.parse("2018-01", "2018-12")
CHOICE = DistrictChoice(OWN, YEAR, (PEER,))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ParquetStore]:
    """Lippe waits 100 days for language and 20 for housing; its peer 40 and 20."""
    given = [
        Needs(20, OWN, referred=60, started=100, area="language"),
        Needs(20, OWN, referred=20, started=20, area="housing"),
        Needs(30, PEER, referred=40, started=40, area="language"),
        Needs(10, PEER, referred=20, started=20, area="housing"),
        Needs(4, PEER, referred=180, area="health"),
        Needs(50, OTHER, referred=5, started=5),
    ]
    with publish(tmp_path, given) as opened:
        yield opened


def test_days_are_those_that_were_waited(store: ParquetStore):
    found = contributions_of(store, CHOICE)
    assert found is not None
    assert found.whole.own.mean == pytest.approx((20 * 100 + 20 * 20) / 40)
    assert found.whole.peers.mean == pytest.approx((30 * 40 + 10 * 20 + 4 * 180) / 44)
    before, after = (found.stages[name].result.total for name in found.stages)
    assert before + after == pytest.approx(found.whole.result.total)
    assert after == pytest.approx(20 * 40 / 40)


def test_few_needs_stand_together_with_as_many_as_it_takes(store: ParquetStore):
    found = contributions_of(store, CHOICE)
    assert found is not None
    parts = found.breakdowns["offer_area"]
    # Four of health on one side only: the smaller of the others joins them.
    assert parts.keys == ("language", "rest_filled")
    assert parts.peers.n.tolist() == [30, 14]


def test_large_contributions_stand_alone(tmp_path: Path):
    given = [Needs(40, OWN, referred=60, started=60), Needs(105, OWN, referred=150, area="health"),
             Needs(60, PEER, referred=40, started=40), Needs(176, PEER, started=1, area="housing"),
             Needs(12, PEER, started=90, area="health"), Needs(4, OWN, started=9, area="family"),
             Needs(8, OWN, started=9, area="other"),
             Needs(11, PEER, started=9, area="other")]  # fmt: skip
    with publish(tmp_path, given) as store:
        frame = contributions(store, CHOICE, words("de")).table.frame
    areas = frame[frame["key"].str.startswith("offer_area.")].set_index("key")
    assert areas.loc["offer_area.health", ["n", "peers_n"]].tolist() == [105, 12]
    assert areas.loc["offer_area.housing", ["n", "peers_n"]].tolist() == [0, 176]
    rest = areas.loc["offer_area.rest"]
    assert (rest["n"], rest["peers_n"]) == (12, 11)
    assert rest["label"] == "Übrige, je auf einer der Seiten weniger als 10 Bedarfe"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_section_of_the_table_adds_up(store: ParquetStore, language: str):
    shown = contributions(store, CHOICE, words(language))
    frame = shown.table.frame
    total = frame["value"].iloc[0]
    sums = frame.groupby("section")["value"].sum()
    assert sums.tolist() == pytest.approx([total] * 4)
    assert frame["value"].to_numpy() == pytest.approx((frame["within"] + frame["mix"]).to_numpy())
    assert "n\u00a0=\u00a040" in shown.sentence


@pytest.mark.parametrize(
    ("own", "said"), [(90, "mehr als"), (40, "nicht erkennbar"), (9, "weniger als")]
)
def test_a_clear_difference_is_told_by_its_direction(tmp_path: Path, own: int, said: str):
    given = [Needs(60, OWN, referred=own, started=own), Needs(60, PEER, referred=38, started=38),
             Needs(60, PEER, referred=42, started=42)]  # fmt: skip
    with publish(tmp_path, given) as store:
        assert said in contributions(store, CHOICE, words("de")).title


def test_only_parts_that_stand_out_are_named_with_their_interval(tmp_path: Path):
    """Language takes 60 days longer, health differs by chance alone."""
    own = [Needs(15, OWN, referred=d, started=d) for d in (95, 99, 101, 105)]
    own += [Needs(15, OWN, referred=d, started=d, area="health") for d in (20, 40, 60)]
    peer = [Needs(15, PEER, referred=d, started=d) for d in (35, 39, 41, 45)]
    peer += [Needs(15, PEER, referred=d, started=d, area="health") for d in (21, 39, 61)]
    with publish(tmp_path, own + peer) as store:
        whole = contributions(store, CHOICE, words("de"))
        slide = contributions(store, CHOICE, words("de"), sections=("offer_area",))
    assert "Angebotsbereich Sprache (+" in whole.sentence
    assert whole.sentence.count("95-%-Intervall") == 3 and "Gesundheit" not in whole.sentence
    assert "fallführende Stelle" in whole.sentence
    assert "fallführende Stelle" not in slide.sentence
    kinds = slide.table.frame["key"].str.split(".").str[0]
    assert kinds.tolist() == ["total", "offer_area", "offer_area"]


def test_without_a_part_that_stands_out_the_sentence_says_so(tmp_path: Path):
    own = [Needs(15, OWN, referred=days, started=days) for days in (20, 40, 60)]
    peer = [Needs(15, PEER, referred=days, started=days) for days in (21, 40, 60)]
    with publish(tmp_path, own + peer) as store:
        assert (
            "Kein einzelner Teil trägt gesichert dazu bei"
            in contributions(store, CHOICE, words("de")).sentence
        )


def test_latest_half_year_does_not_count(store: ParquetStore):
    late = DistrictChoice(OWN, Period.parse("2023-08", "2023-12"), (PEER,))
    shown = contributions(store, late, words("de"))
    assert contributions_of(store, late) is None
    assert shown.table.frame.empty
    assert "180" in shown.sentence


def test_too_few_needs_are_refused(store: ParquetStore):
    assert contributions_of(store, DistrictChoice("05374", YEAR, (PEER,))) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("started", "is_off"), [((100, 41, 37), True), ((80, 20, 20), False)])
def test_parts_that_miss_the_difference_when_rounded_are_said_to_be(
    tmp_path: Path, started: tuple[int, int, int], is_off: bool, language: str
):
    given = [
        *(Needs(20, OWN, referred=20, started=each, area=area)
          for each, area in zip(started, ("language", "housing", "health"), strict=True)),
        *(Needs(each, PEER, referred=20, started=20, area=area)
          for each, area in ((20, "language"), (20, "housing"), (20, "health"))),
    ]  # fmt: skip
    with publish(tmp_path, given) as opened:
        found = contributions(opened, CHOICE, words(language))
    frame = found.table.frame
    shown = frame["value"].round(1)
    by_area = frame["key"].str.startswith("offer_area.")
    assert (abs(shown[by_area].sum() - shown[0]) > 0.05) == is_off
    assert (words(language)("report_district.note_rounded") in found.notes) == is_off
