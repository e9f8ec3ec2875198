"""Both statements on a district's figure: beside the rest of the state, and among districts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.areas import registry
from analytics.domain.deck import DeckChoice, Detail, Story
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter, only
from analytics.domain.indicators import catalogue, indicator
from analytics.domain.periods import Period
from analytics.domain.position import Comparison, Position, Reason, Spread, unplaced
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.deck.district import district_slides
from analytics.reports.districts.case_likeness import CaseLikeness
from analytics.reports.districts.funnel import duration_sides, funnel_of, has_limits
from analytics.reports.districts.funnel_report import funnel
from analytics.reports.districts.position import position_of, positions
from analytics.reports.districts.position_words import (
    bare_difference,
    comparison_text,
    difference_text,
    position_clause,
    position_text,
    spread_text,
)
from analytics.reports.districts.rest import rest_estimates, without_each
from analytics.reports.districts.scorecard import scorecard
from analytics.reports.districts.values import DistrictValues, district_values
from analytics.reports.indicators.indicator_estimates import state_estimate
from analytics.reports.indicators.process import optional_table

RECENT = Period.parse("2021-01", "2023-12")
KOELN = DistrictChoice("05315", RECENT)
BY_DISTRICT = [
    name
    for name, entry in catalogue().items()
    if "district" in entry.dimensions and optional_table(entry) is None
]
PROCESSES = [name for name, entry in catalogue().items() if entry.process is not None]
BOTH = pytest.mark.parametrize("language", LANGUAGES)
SHARE, WAIT, RATE = (
    indicator(name) for name in ("share_referred_90d", "median_days_to_referral", "cases_per_fte")
)


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = SnapshotStore(demo_store).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


def estimate(value: float, half: float, n: int = 500) -> Estimate:
    return Estimate(value, value - half, value + half, n)


def compared(own: Estimate, rest: Estimate, effect: float = 1.0, chosen=SHARE, side=0) -> Position:
    return position_of(chosen, own, rest, float(rest.value or 0), (effect, effect), side)


class TestComparison:
    @pytest.mark.parametrize(
        ("chosen", "above", "below"),
        [
            (SHARE, Comparison.BETTER, Comparison.WORSE),
            (WAIT, Comparison.WORSE, Comparison.BETTER),
            (RATE, Comparison.HIGHER, Comparison.LOWER),
        ],
    )
    def test_it_is_said_in_the_direction_of_the_indicator(self, chosen, above, below) -> None:
        scale = 100 if chosen is WAIT else 1

        def told(value: float) -> Comparison:
            own = [Estimate(scale * v, scale * (v - h), scale * (v + h), 500) for v, h in
                   ((value, 0.05), (0.5, 0.01))]  # fmt: skip
            return compared(*own, chosen=chosen).comparison

        assert (told(0.7), told(0.3), told(0.52)) == (above, below, Comparison.ALIKE)

    def test_medians_a_rounding_apart_are_not_told_apart_by_it(self) -> None:
        """Two medians of one day each: no width, but both are rounded."""
        assert compared(estimate(5, 0), estimate(5, 0), chosen=WAIT).comparison is Comparison.ALIKE
        found = compared(estimate(5, 0), estimate(6, 0), chosen=WAIT)
        assert (found.low, found.high) == pytest.approx((-1.8, -0.2), abs=0.005)

    def test_an_own_interval_that_leaves_out_the_rest_is_never_called_alike(self) -> None:
        own, rest = estimate(0.56, 0.05), estimate(0.5, 0.01)
        assert compared(own, rest).comparison is Comparison.BETTER
        found = compared(own, rest, effect=2.0)
        assert found.comparison is Comparison.UNSURE
        assert found.low is not None and found.low < 0

    def test_nor_one_that_leaves_out_the_state_alone(self) -> None:
        own, rest = estimate(0.56, 0.05), estimate(0.52, 0.01)
        found = position_of(SHARE, own, rest, 0.505, (1.0, 1.0), 0)
        assert found.comparison is Comparison.UNSURE

    def test_an_interval_open_on_the_far_side_still_compares(self) -> None:
        slow = replace(estimate(90.0, 10.0), high=None)
        found = compared(slow, estimate(30.0, 1.0), chosen=WAIT)
        assert found.comparison is Comparison.WORSE
        assert found.high is None
        assert difference_text(WAIT, found, words("de")) == "+60,0 (mindestens +49,9\u00a0Tage)"
        fast = replace(estimate(20.0, 5.0), high=None)
        assert compared(fast, estimate(30.0, 1.0), chosen=WAIT).comparison is Comparison.ALIKE

    @pytest.mark.parametrize(
        "other",
        [None, Estimate(None, None, None, None, Status.NO_DATA), Estimate(0.5, None, None, 9)],
    )
    def test_without_a_figure_or_interval_there_is_no_comparison(self, other) -> None:
        found = position_of(SHARE, estimate(0.7, 0.05), other, 0.5, (1.0, 1.0), 1)
        assert found == unplaced(Reason.UNSHOWN)


class TestSpread:
    def test_what_differs_may_be_usual_or_not(self) -> None:
        own, rest = estimate(0.7, 0.05), estimate(0.5, 0.01)
        sides = {1: Spread.ABOVE, -1: Spread.BELOW, 0: Spread.USUAL, None: Spread.NONE}
        for side, expected in sides.items():
            assert compared(own, rest, side=side).spread is expected

    def test_what_is_not_told_apart_is_not_unusual(self) -> None:
        assert compared(estimate(0.51, 0.05), estimate(0.5, 0.01), side=1).spread is Spread.USUAL


class TestRest:
    def test_sums_are_those_of_all_other_keys(self) -> None:
        counts = pd.DataFrame(
            {
                "key": ["a", "a", "b", "c"],
                "days": [1, 2, 2, 3],
                "event": [1, 0, 0, 1],
                "needs": [5, 6, 7, 8],
            }
        )
        found = without_each(counts).set_index(["key", "days", "event"])["needs"].to_dict()
        assert found == {
            ("rest of a", 2, 0): 7, ("rest of a", 3, 1): 8,
            ("rest of b", 1, 1): 5, ("rest of b", 2, 0): 6, ("rest of b", 3, 1): 8,
            ("rest of c", 1, 1): 5, ("rest of c", 2, 0): 13,
        }  # fmt: skip

    def test_half_a_ratio_adds_to_no_sum(self) -> None:
        counts = pd.DataFrame(
            {
                "key": list("abcd"),
                "numerator": [1.0, 2, np.nan, 4],
                "denominator": [10.0, 20, 30, 0],
            }
        )
        found = without_each(counts).set_index("key")
        assert list(found.index) == ["rest of a", "rest of b"]
        assert found.loc["rest of a"].to_list() == [2, 20]

    @pytest.mark.parametrize("name", BY_DISTRICT)
    def test_it_is_the_state_without_the_district(self, store: ParquetStore, name: str) -> None:
        chosen = indicator(name)
        others = tuple(area.ags for area in registry().districts if area.ags != "05315")
        needs = NeedFilter(RECENT, only(district=others), assigned=False)
        expected, _ = state_estimate(store, name, needs)
        found = rest_estimates(store, chosen, RECENT)[0]["05315"]
        assert found.value == pytest.approx(expected.value)
        assert found.low == pytest.approx(expected.low)
        assert found.high == pytest.approx(expected.high)


class TestDemonstration:
    """All districts and indicators of the demonstration data, in two spans of time."""

    @pytest.mark.parametrize("period", [RECENT, Period.parse("2017-01", "2023-12")])
    def test_no_cell_clear_of_the_state_or_the_rest_is_called_alike(
        self, store: ParquetStore, period: Period
    ) -> None:
        w, seen = words("de"), 0
        for name in BY_DISTRICT:
            placed = positions(store, name, period)
            values = district_values(store, name, period)
            for area in registry().districts:
                own, position = values.of(area.ags), placed.of(area.ags)
                if own.status is not Status.SHOWN or own.low is None:
                    assert not position.is_judged
                    continue
                assert position.rest is not None and values.state.value is not None
                high = np.inf if own.high is None else own.high
                others = (position.rest, values.state.value)
                if any(not own.low <= other <= high for other in others):
                    seen += 1
                    assert position.comparison is not Comparison.ALIKE
                    assert "zu unterscheiden" not in position_text(position, w)
                if position.comparison.is_different:
                    ends = [end for end in (position.low, position.high) if end is not None]
                    assert all(end > 0 for end in ends) or all(end < 0 for end in ends)
        assert seen > 50

    @pytest.mark.parametrize("name", PROCESSES)
    def test_no_district_is_held_against_the_few_that_deliver(
        self, store: ParquetStore, name: str
    ) -> None:
        found = positions(store, name, RECENT).by_district
        assert found and set(found.values()) == {unplaced(Reason.PARTIAL)}

    def test_both_kinds_of_indicators_are_judged(self, store: ParquetStore) -> None:
        judged = 0
        for name in BY_DISTRICT:
            position = positions(store, name, RECENT).of(KOELN.district)
            if indicator(name).is_complete:
                assert position == unplaced(Reason.COMPLETE)
            elif district_values(store, name, RECENT).of(KOELN.district).value is None:
                assert position == unplaced(Reason.UNSHOWN)
            else:
                judged += 1
                assert position.is_judged
                assert position.spread is not Spread.NONE
        assert judged >= 10

    def test_few_districts_are_not_judged(self, store: ParquetStore) -> None:
        month = Period.parse("2015-01", "2015-01")
        values = district_values(store, "binding_handover_share", month)
        assert len(values.shown_of(tuple(values.by_district))) < 10
        found = positions(store, "binding_handover_share", month)
        assert {each.reason for each in found.by_district.values()} == {Reason.FEW}


class TestWords:
    @BOTH
    def test_chance_is_never_said_of_the_usual_spread(self, language: Language) -> None:
        w = words(language)
        for spread in (Spread.ABOVE, Spread.BELOW, Spread.USUAL):
            for comparison in Comparison:
                if comparison is Comparison.NONE:
                    continue
                position = Position(comparison, spread, 0.5, 0.1, 0.05, 0.15)
                said = f"{position_text(position, w)} {position_clause(position, w)}".lower()
                assert "zufall" not in said and "chance" not in said
                assert ("übliche" if language == "de" else "usual spread") in said
        for name in ("chart_district", "deck"):
            assert not {"zufall", "chance"} & set(w(f"{name}.limit_usual").lower().split())

    def test_both_statements_stand_in_every_text(self) -> None:
        w = words("de")
        position = Position(Comparison.BETTER, Spread.USUAL, 0.57, 0.203, 0.165, 0.237)
        assert position_text(position, w) == "günstiger; in der üblichen Streuung"
        assert position_clause(position, w) == (
            "günstiger als im übrigen Land, in der üblichen Streuung"
        )
        assert difference_text(SHARE, position, w) == "+20,3 (+16,5 bis +23,7\u00a0Prozentpunkte)"
        assert bare_difference(SHARE, position, w) == "+20,3"

    def test_a_difference_that_is_none_is_not_shown_alone(self) -> None:
        position = Position(Comparison.ALIKE, Spread.USUAL, 0.57, 0.01, -0.02, 0.04)
        assert bare_difference(SHARE, position, words("de")) == ""

    def test_a_difference_just_clear_of_zero_looks_like_it(self) -> None:
        position = Position(Comparison.BETTER, Spread.USUAL, 0.57, 0.03, 0.0002, 0.06)
        assert difference_text(SHARE, position, words("en")) == (
            "+3.00 (+0.02 to +6.00\u00a0percentage points)"
        )

    @BOTH
    def test_a_reason_stands_in_place_of_a_comparison(self, language: Language) -> None:
        w = words(language)
        for reason in Reason:
            position = unplaced(reason)
            assert comparison_text(position, w) == w(f"report_district.unplaced_{reason}")
            assert spread_text(position, w) == difference_text(SHARE, position, w) == ""


class TestSurfaces:
    @BOTH
    def test_scorecard_funnel_and_slide_say_the_same(
        self, store: ParquetStore, language: Language
    ) -> None:
        w = words(language)
        card = scorecard(store, KOELN, w).table.frame.set_index("key")
        shared = ["comparison", "spread", "comparison_text", "difference_text", "spread_text"]
        for name in BY_DISTRICT:
            if not has_limits(indicator(name)) or funnel_of(store, name, RECENT) is None:
                continue
            shown = funnel(store, KOELN, name, w)
            row = shown.table.frame.set_index("key").loc[KOELN.district]
            assert row[shared].to_list() == card.loc[name, shared].to_list()
            position = positions(store, name, RECENT).of(KOELN.district)
            if position.is_judged:
                assert shown.title.endswith(position_clause(position, w))
                assert row["difference_text"] in shown.sentence

    @BOTH
    def test_the_slide_says_both_and_its_notes_explain_both(
        self, store: ParquetStore, language: Language
    ) -> None:
        w = words(language)
        deck = DeckChoice((Story.DISTRICT,), (KOELN.district,), period=RECENT, detail=Detail.BRIEF)
        (slide,) = district_slides(store, deck, w)
        position = positions(store, "share_referred_90d", RECENT).of(KOELN.district)
        assert slide.title.endswith(position_clause(position, w))
        assert difference_text(SHARE, position, w) in " ".join(slide.lines)
        for note in ("note_comparison", "note_spread"):
            assert w(f"report_district.{note}") in slide.notes


def test_an_upload_larger_than_the_whole_state_has_a_side_of_its_own() -> None:
    """Uploaded rows are no part of the state that they are held against."""
    others = {f"05{number:03}": estimate(50 + number % 3 - 1, 4) for number in range(1, 21)}
    values = DistrictValues(
        others | {"05315": estimate(80, 1, n=200_000)}, estimate(50, 0.5, n=10_000), ()
    )
    sides = duration_sides(values, CaseLikeness({}, 1.0, ()))
    assert sides["05315"] == 1
    assert {sides[key] for key in others} == {0}
