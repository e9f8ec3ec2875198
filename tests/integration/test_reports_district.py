"""What a district is told: scorecard, summary, control chart, curve; from the same values."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from need_rows import Needs, publish

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import catalogue, indicator
from analytics.domain.periods import Period
from analytics.domain.position import Comparison, Spread
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.districts.control import SHORTEST, watched
from analytics.reports.districts.control_report import control
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.funnel import funnel_of
from analytics.reports.districts.funnel_report import funnel
from analytics.reports.districts.longest_waits import IN_WORDS, longest
from analytics.reports.districts.position import positions
from analytics.reports.districts.ring import RING_SIZE, ring_of
from analytics.reports.districts.scorecard import scorecard
from analytics.reports.districts.summary import summary
from analytics.reports.districts.themes import THEMES
from analytics.reports.districts.values import district_values, quarter_values
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.process import optional_table
from analytics.stats.control_chart import xmr

DE = words("de")
PERIOD = Period.parse("2017-01", "2023-12")
RECENT = Period.parse("2021-01", "2023-12")
COURSE = "median_days_to_referral"
KOELN = DistrictChoice("05315", PERIOD)
LIPPE = DistrictChoice("05766", PERIOD)
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = SnapshotStore(demo_store).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


def test_every_indicator_by_district_has_one_theme():
    named = [name for names in THEMES.values() for name in names]
    by_district = {i: each for i, each in catalogue().items() if "district" in each.dimensions}
    # What not everybody delivers is no part of the profile: no district is held against the few.
    expected = {i for i, each in by_district.items() if optional_table(each) is None}
    assert set(named) == expected < set(by_district)
    assert len(named) == len(set(named))


class TestRing:
    def test_nearest_are_as_many_as_planned_and_never_oneself(self, store: ParquetStore):
        ring = ring_of(store, LIPPE)
        assert len(ring.members) == RING_SIZE
        assert LIPPE.district not in ring.members
        assert not ring.is_own

    def test_own_ring_is_kept_without_oneself(self, store: ParquetStore):
        chosen = DistrictChoice("05766", PERIOD, ("05911", "05766", "05111"))
        ring = ring_of(store, chosen)
        assert ring.members == ("05111", "05911")
        assert ring.is_own


class TestScorecard:
    @BOTH
    def test_values_are_those_of_the_map(self, store: ParquetStore, language: str):
        card = scorecard(store, LIPPE, words(language)).table.frame.set_index("key")
        for name in card.index:
            on_map = indicator_values(
                store, name, "district", NeedFilter(PERIOD), words(language)
            ).table.frame.set_index("key")
            own, shown = card.loc[name], on_map.loc["05766"]
            assert own["status"] == shown["status"]
            for figure in ("value", "low", "high", "n"):
                np.testing.assert_equal(own[figure], shown[figure])

    def test_peers_range_is_that_of_the_ring(self, store: ParquetStore):
        card = scorecard(store, LIPPE, DE).table.frame.set_index("key")
        values = district_values(store, "share_referred_90d", PERIOD)
        found = values.shown_of(ring_of(store, LIPPE).members)
        row = card.loc["share_referred_90d"]
        assert (row["peers_low"], row["peers_high"]) == (min(found), max(found))

    def test_durations_are_placed_and_full_counts_say_why_not(self, store: ParquetStore):
        card = scorecard(store, LIPPE, DE).table.frame.set_index("key")
        assert card.loc["median_days_to_referral", "comparison"] != "none"
        assert "Tage" in card.loc["median_days_to_referral", "difference_text"]
        complete = card.loc["modules_started"]
        assert complete["comparison_text"] == DE("report_district.unplaced_complete")
        assert complete["spread_text"] == complete["difference_text"] == ""

    def test_a_documented_break_is_named(self, store: ParquetStore):
        breaks = store.fetch("comparability_breaks")
        broken = str(breaks["district"].iloc[0])
        card = scorecard(store, DistrictChoice(broken, PERIOD), DE).table.frame
        assert card["comparability"].str.contains("ab").any()
        assert not scorecard(store, LIPPE, DE).table.frame["comparability"].any()

    def test_it_ranks_nobody(self, store: ParquetStore):
        shown = scorecard(store, LIPPE, DE)
        said = " ".join([shown.title, shown.sentence, *shown.table.frame["position_text"]])
        assert not any(word in said for word in ("Platz", "Rang ", "beste", "schlechteste"))


class TestSummary:
    @BOTH
    def test_it_tells_of_every_kind(self, store: ParquetStore, language: str):
        w = words(language)
        for district in ("05766", "05315", "05334"):
            said = summary(store, DistrictChoice(district, PERIOD), w)
            assert len(said) >= 3
            assert all(sentence[-1] in "." for sentence in said)
            assert "n = " in said[0]

    def test_it_names_each_figure_under_how_it_compares(self, store: ParquetStore):
        found = positions(store, "binding_handover_share", PERIOD).by_district
        kinds = dict.fromkeys(each.comparison for each in found.values())
        assert {Comparison.BETTER, Comparison.WORSE, Comparison.ALIKE} <= set(kinds)
        name = indicator("binding_handover_share").name["de"]
        leads = {
            Comparison.BETTER: "Günstiger als",
            Comparison.WORSE: "Ungünstiger als",
            Comparison.UNSURE: "Kein gesicherter Unterschied",
        }
        for kind in kinds:
            district = next(key for key, each in found.items() if each.comparison is kind)
            said = summary(store, DistrictChoice(district, PERIOD), DE)
            named = [each for each in said if each.startswith(tuple(leads.values()))]
            lead = [each for each in named if f"{name} " in each]
            assert [each.startswith(leads.get(kind, "-")) for each in lead] == (
                [True] if kind in leads else []
            )

    @BOTH
    def test_three_hand_overs_with_the_longest_waits_are_told(self, store: ParquetStore, language):
        w = words(language)
        known = longest(store, KOELN, w).rows["section"].unique()
        assert len(known) > IN_WORDS
        (told,) = [each for each in summary(store, KOELN, w) if known[0] in each]
        assert [pair in told for pair in known] == [at < IN_WORDS for at in range(len(known))]

    def test_it_tells_apart_what_differs_and_what_is_unusual(self, store: ParquetStore):
        """In the demonstration data Bielefeld's handovers differ and are not unusual."""
        position = positions(store, "binding_handover_share", RECENT).of("05711")
        assert (position.comparison, position.spread) == (Comparison.BETTER, Spread.USUAL)
        said = summary(store, DistrictChoice("05711", RECENT), DE)
        (better,) = [each for each in said if each.startswith("Günstiger als im übrigen Land")]
        assert "verbindlicher Übergaben" in better
        unusual = [each for each in said if each.startswith("Außerhalb der üblichen Streuung")]
        assert not any("verbindlicher Übergaben" in each for each in unusual)


class TestFunnel:
    def test_rows_are_all_districts_with_their_roles(self, store: ParquetStore):
        frame = funnel(store, LIPPE, "share_referred_90d", DE).table.frame
        assert (frame["role"] == "own").sum() == 1
        assert (frame["role"] == "peers").sum() == RING_SIZE
        assert list(frame["key"]) == sorted(frame["key"])

    def test_spread_agrees_with_the_limits_shown(self, store: ParquetStore):
        for name in ("open_over_180d_share", "binding_handover_share", "cases_per_1000_foreign"):
            frame = funnel(store, LIPPE, name, DE).table.frame.dropna(subset="value")
            differs = ~frame["comparison"].isin(["alike", "unsure", "none"])
            for side, beyond in (
                ("above", frame["value"] > frame["usual_high"]),
                ("below", frame["value"] < frame["usual_low"]),
            ):
                assert ((frame["spread"] == side) == (beyond & differs)).all()

    def test_the_usual_spread_holds_chance(self, store: ParquetStore):
        found = funnel_of(store, "binding_handover_share", PERIOD)
        assert found is not None and found.factor > 1
        assert (found.usual.low < found.chance.low).all()
        assert (found.usual.high > found.chance.high).all()
        notes = funnel(store, LIPPE, "binding_handover_share", DE).notes
        assert any(f"{DE.number(found.factor**0.5, 1)}-mal so weit" in note for note in notes)

    def test_a_spread_no_wider_than_chance_is_said(self, store: ParquetStore):
        found = funnel_of(store, "cases_per_1000_foreign", RECENT)
        assert found is not None and found.factor == 1
        np.testing.assert_array_equal(found.usual.low, found.chance.low)
        notes = funnel(store, DistrictChoice("05766", RECENT), "cases_per_1000_foreign", DE).notes
        assert DE("report_district.note_as_chance") in notes

    def test_a_duration_is_refused_with_the_reason(self, store: ParquetStore):
        shown = funnel(store, LIPPE, "median_days_to_referral", DE)
        assert shown.table.frame.empty
        assert "Dauern" in shown.sentence


class TestControlChart:
    def test_limits_are_those_of_the_shown_values(self, store: ParquetStore):
        frame = control(store, KOELN, COURSE, DE).table.frame
        inside = frame[frame["segment"] >= 0]
        starts = [int(np.argmax(inside["segment"] == s)) for s in inside["segment"].unique()]
        chart = xmr(inside["value"].to_numpy(), rebase=starts[1:])
        np.testing.assert_allclose(inside["mean"], np.concatenate(
            [[part.mean] * (part.stop - part.start) for part in chart.segments]
        ))  # fmt: skip
        assert [bool(s) for s in inside["signal"]] == [bool(s) for s in chart.signals]

    def test_it_begins_anew_where_kim_began(self, store: ParquetStore):
        found = watched(store, KOELN, COURSE)
        assert found is not None and found.chart is not None
        kim = next(each.quarter for each in found.landmarks if each.kind == "kim")
        quarters = list(found.series.frame["period"])
        starts = [quarters[found.first + part.start] for part in found.chart.segments]
        assert kim in starts
        assert all(part.stop - part.start >= SHORTEST for part in found.chart.segments)

    def test_provisional_quarters_have_no_limits(self, store: ParquetStore):
        frame = control(store, KOELN, COURSE, DE).table.frame
        assert frame.loc[frame["provisional"], "mean"].isna().all()


class TestProtection:
    @pytest.fixture
    def small(self, tmp_path: Path) -> Iterator[ParquetStore]:
        given = [Needs(40, district, referred=20) for district in ("05111", "05112", "05113")]
        with publish(tmp_path, [*given, Needs(3, "05766", referred=9)]) as opened:
            yield opened

    def test_few_needs_are_told_nowhere(self, small: ParquetStore):
        choice = DistrictChoice("05766", Period.parse("2018-01", "2018-12"), ("05111", "05112"))
        frame = scorecard(small, choice, DE).table.frame.set_index("key")
        assert frame.loc["share_referred_90d", "status"] == Status.SUPPRESSED
        assert frame.loc["share_referred_90d", "spark"] == ()
        assert quarter_values(small, "share_referred_90d", choice) is None
        own = curve(small, choice, DE).table.frame
        assert list(own.loc[own["series"] == "own", "status"]) == [Status.SUPPRESSED]
        assert "3" not in summary(small, choice, DE)[0].replace("90", "")
        assert "geschützt" in curve(small, choice, DE).title

    def test_a_district_without_needs_is_not_called_protected(self, tmp_path: Path):
        given = [Needs(20, "05111", referred=20), Needs(20, "05111", ended=100)]
        choice = DistrictChoice("05158", Period.parse("2018-01", "2018-12"), ("05111", "05112"))
        with publish(tmp_path, given) as opened:
            assert "kein Wert" in curve(opened, choice, DE).title

    def test_limits_of_others_are_not_denied_where_the_own_value_is_protected(
        self, store: ParquetStore
    ):
        values = district_values(store, "share_referred_90d", RECENT)
        hidden = [area.ags for area in registry().districts if values.of(area.ags).status
                  is Status.SUPPRESSED]  # fmt: skip
        shown = funnel(store, DistrictChoice(hidden[0], RECENT), "share_referred_90d", DE)
        assert "lässt sich nicht ausweisen" in shown.title
        assert "geschützt" in shown.sentence

    def test_a_ring_of_hidden_districts_is_no_ring(self, small: ParquetStore):
        choice = DistrictChoice("05111", Period.parse("2018-01", "2018-12"), ("05766",))
        frame = curve(small, choice, DE).table.frame
        assert list(frame.loc[frame["series"] == "peers", "status"]) == [Status.SUPPRESSED]


def _beside(root: Path, *peers: tuple[str, int], own: int = 34) -> Exhibit:
    """Return the curve of a district beside peers, each with so many of 40 needs referred."""
    given = [
        needs
        for district, referred in (("05158", own), *peers)
        for needs in (
            Needs(referred, district, referred=20),
            Needs(40 - referred, district, ended=99),
        )
    ]
    choice = DistrictChoice("05158", Period.parse("2018-01", "2018-12"), tuple(d for d, _ in peers))
    with publish(root, given) as opened:
        return curve(opened, choice, DE)


def test_a_ring_varies_between_its_districts_and_a_district_between_its_needs(tmp_path: Path):
    alike = _beside(tmp_path / "alike", ("05111", 18), ("05112", 20), ("05113", 22))
    apart = _beside(tmp_path / "apart", ("05111", 10), ("05112", 20), ("05113", 30))
    widths = []
    for exhibit in (alike, apart):
        last = exhibit.table.frame.groupby("series").last()
        widths.append((last["high"] - last["low"]).to_dict())
        assert last.loc["peers", "estimate"] == 0.5
        assert "n = 120 aus 3 Kommunen" in exhibit.sentence
        assert "n = 40)" in exhibit.sentence
    assert widths[0]["own"] == widths[1]["own"]
    # As many needs and the same share: only how the districts differ makes the ring uncertain.
    assert widths[0]["peers"] < 0.3 < 0.8 < widths[1]["peers"]
    assert "kein erkennbarer Unterschied" not in alike.title
    assert "kein erkennbarer Unterschied" in apart.title


def test_a_ring_of_one_district_is_not_compared(tmp_path: Path):
    exhibit = _beside(tmp_path, ("05111", 10))
    assert "nur eine Kommune, deshalb ohne Intervall" in exhibit.sentence
    assert "kein erkennbarer Unterschied" in exhibit.title
