"""Estimates from small counts, worked out by hand, and the reasons why there may be none."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.domain.estimates import Status
from analytics.domain.indicators import indicator
from analytics.reports.indicators.estimation import (
    clock_estimates,
    median_estimates,
    proportion_estimates,
    ratio_estimates,
)

MEDIAN = indicator("median_days_to_referral")
WITHIN_90 = indicator("share_referred_90d")
MEAN_180 = indicator("restricted_mean_days_180")
RESULT = ["key", "series", "value", "low", "high", "n", "status"]

# Wilson's interval for 0 of 12: z² / (12 + z²).
NONE_OF_12 = 1.959964**2 / (12 + 1.959964**2)


def clock(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return counts from (key, days, event, needs), or (key, series, days, event, needs)."""
    full = [(row[0], "", *row[1:]) if len(row) == 4 else row for row in rows]
    return pd.DataFrame(full, columns=["key", "series", "days", "event", "needs"])


def by_key(frame: pd.DataFrame) -> pd.DataFrame:
    assert list(frame.columns) == RESULT
    return frame.set_index("key")


def test_share_with_competing_ends_and_open_needs() -> None:
    # Day 10: 6 of 20 referred. Day 20: 5 end otherwise, 9 of 20 stay. Day 30: 2 leave unseen.
    # Day 40: 3 of the 7 left are referred: 6/20 + 9/20 · 3/7 = 69/140. The rest is open.
    counts = clock(("a", 10, 1, 6), ("a", 20, 2, 5), ("a", 30, 0, 2), ("a", 40, 1, 3),
                   ("a", 95, 0, 4))  # fmt: skip
    (row,) = clock_estimates(WITHIN_90, counts).itertuples()
    assert row.value == pytest.approx(69 / 140)
    assert row.low < row.value < row.high
    assert (row.n, row.status) == (20, Status.SHOWN)


def test_median_counts_other_ends_as_censored() -> None:
    # 4 of 20 are referred on day 5, 4 end otherwise on day 6, 6 of 12 are referred on day 8:
    # 16/20 · 6/12 = 0.4.
    counts = clock(("a", 5, 1, 4), ("a", 6, 2, 4), ("a", 8, 1, 6), ("a", 9, 0, 6))
    found = by_key(clock_estimates(MEDIAN, counts)).loc["a"]
    assert (found["value"], found["n"], found["status"]) == (8, 20, Status.SHOWN)
    assert found["low"] <= 8


def test_restricted_mean_is_the_area_under_the_curve() -> None:
    # Half of 20 are referred on day 60, the others wait all 180 days: 60 + 0.5 · 120.
    counts = clock(("a", 60, 1, 10), ("a", 200, 0, 10))
    found = by_key(clock_estimates(MEAN_180, counts)).loc["a"]
    assert found["value"] == pytest.approx(120)


def test_nobody_referred_is_zero_with_an_upper_bound() -> None:
    found = by_key(clock_estimates(WITHIN_90, clock(("a", 100, 0, 12)))).loc["a"]
    assert (found["value"], found["low"], found["status"]) == (0, 0, Status.SHOWN)
    assert found["high"] == pytest.approx(NONE_OF_12, abs=1e-6)


def test_everybody_referred_is_one_with_a_lower_bound() -> None:
    found = by_key(clock_estimates(WITHIN_90, clock(("a", 10, 1, 12)))).loc["a"]
    assert (found["value"], found["high"]) == (1, 1)
    assert found["low"] == pytest.approx(1 - NONE_OF_12, abs=1e-6)


def test_certainty_rests_only_on_needs_that_were_followed() -> None:
    # 12 of 24 left the data before day 90: their fate is unknown and lends no certainty.
    counts = clock(("a", 50, 0, 12), ("a", 100, 0, 12))
    found = by_key(clock_estimates(WITHIN_90, counts)).loc["a"]
    assert found["high"] == pytest.approx(NONE_OF_12, abs=1e-6)
    assert found["n"] == 24


def test_a_share_beyond_what_was_observed_is_no_data() -> None:
    found = by_key(clock_estimates(WITHIN_90, clock(("a", 10, 1, 8), ("a", 60, 0, 8)))).loc["a"]
    assert found["status"] == Status.NO_DATA
    assert found[["value", "low", "high"]].isna().all()
    assert found["n"] == 16


def test_a_median_that_is_not_reached_names_a_bound_that_is_no_single_need() -> None:
    # Nobody is referred. The longest wait, 999 days, is one need's own; ten were followed to 90.
    counts = clock(("a", 60, 0, 20), ("a", 90, 0, 9), ("a", 999, 0, 1))
    found = by_key(clock_estimates(MEDIAN, counts)).loc["a"]
    assert found["status"] == Status.NOT_REACHED
    assert pd.isna(found["value"])
    assert found["low"] == 90


def test_a_median_that_is_not_reached_keeps_the_lower_end_of_its_interval() -> None:
    counts = clock(("a", 30, 1, 9), ("a", 90, 0, 11))  # the curve stays at 11/20
    found = by_key(clock_estimates(MEDIAN, counts)).loc["a"]
    assert (found["status"], found["low"]) == (Status.NOT_REACHED, 30)


@pytest.mark.parametrize(("n", "status"), [(9, Status.SUPPRESSED), (10, Status.SHOWN)])
@pytest.mark.parametrize("chosen", [MEDIAN, replace(MEAN_180, parameter=5)])
def test_durations_need_ten(chosen: object, n: int, status: Status) -> None:
    found = by_key(clock_estimates(chosen, clock(("a", 5, 1, n)))).loc["a"]  # type: ignore[arg-type]
    assert found["status"] == status
    assert found["n"] == n  # five or more: the number itself is no secret
    assert found[["value", "low", "high"]].isna().all() == (status is Status.SUPPRESSED)


@pytest.mark.parametrize(
    ("referred", "not_referred", "status"),
    [
        (0, 5, Status.SHOWN),
        (1, 50, Status.SUPPRESSED),
        (4, 50, Status.SUPPRESSED),
        (5, 5, Status.SHOWN),
        (50, 4, Status.SUPPRESSED),
        (50, 1, Status.SUPPRESSED),
        (5, 0, Status.SHOWN),
        (2, 2, Status.SUPPRESSED),
        (0, 4, Status.SUPPRESSED),
    ],
)
def test_shares_hide_events_and_the_others_from_1_to_4(
    referred: int, not_referred: int, status: Status
) -> None:
    rows = [("a", 10, 1, referred), ("a", 100, 0, not_referred)]
    counts = clock(*(row for row in rows if row[3]))
    assert by_key(clock_estimates(WITHIN_90, counts)).loc["a", "status"] == status
    plain = pd.DataFrame({"key": ["a"], "events": [referred], "trials": [referred + not_referred]})
    assert by_key(proportion_estimates(plain)).loc["a", "status"] == status


@pytest.mark.parametrize(("noise", "told"), [(2.0, False), (0.0, True)])
def test_no_number_stands_beside_what_is_hidden_but_ones_own(noise: float, told: bool) -> None:
    # Of 50 needs 3 were referred: perturbed figures do not say so, one's own rows may.
    few = clock(("a", 10, 1, 3), ("a", 100, 0, 47)).assign(noise=noise)
    plain = pd.DataFrame({"key": ["a"], "events": [3], "trials": [50], "noise": [noise]})
    waits = clock(("a", 10, 1, 9)).assign(noise=noise)
    for found in (
        clock_estimates(WITHIN_90, few), proportion_estimates(plain), clock_estimates(MEDIAN, waits)
    ):  # fmt: skip
        assert found["status"].tolist() == [Status.SUPPRESSED]
        assert found["n"].notna().tolist() == [told]


def test_n_below_five_is_hidden_with_the_next_smallest() -> None:
    counts = clock(("a", 5, 1, 3), ("b", 5, 1, 12), ("c", 5, 1, 40))
    found = by_key(clock_estimates(MEDIAN, counts))
    assert found["status"].tolist() == [Status.SUPPRESSED, Status.SUPPRESSED, Status.SHOWN]
    assert found["n"].isna().tolist() == [True, True, False]


def test_units_are_protected_against_the_total_of_their_district() -> None:
    # Wesel is shown elsewhere with 43 needs: 3 without municipality could be told from 40 + 3.
    wesel = (("05170", 5, 1, 3), ("05170024", 5, 1, 15), ("05170R", 5, 1, 25))
    # Hidden as well, so that the totals of their groups tell neither of Wesel's.
    beside = (("05162", 5, 1, 4), ("05566R", 5, 1, 12), ("05117", 5, 1, 9), ("05114", 5, 1, 8))
    found = by_key(clock_estimates(MEDIAN, clock(*wesel, *beside, ("05315", 5, 1, 12))))
    assert found.loc[["05170", "05170024"], "status"].eq(Status.SUPPRESSED).all()
    assert found.loc[["05170R", "05315"], "status"].eq(Status.SHOWN).all()
    alone = by_key(clock_estimates(MEDIAN, clock(*wesel, ("05315", 5, 1, 12))))
    assert alone.loc[[key for key, *_ in wesel], "status"].eq(Status.SUPPRESSED).all()
    assert alone.loc["05315", "status"] == Status.SHOWN


def test_series_of_one_key_are_parts_of_its_total() -> None:
    counts = clock(("q1", "model", 5, 1, 3), ("q1", "rest", 5, 1, 30),
                   ("q2", "model", 5, 1, 20), ("q2", "rest", 5, 1, 50),
                   ("q3", "model", 5, 1, 30), ("q3", "rest", 5, 1, 50))  # fmt: skip
    found = clock_estimates(MEDIAN, counts).set_index(["key", "series"])["status"]
    assert found["q1", "model"] == found["q1", "rest"] == Status.SUPPRESSED
    assert found["q2", "model"] == Status.SUPPRESSED  # hides q1 in the model's own total
    assert found["q3", "model"] == found["q3", "rest"] == Status.SHOWN


def test_proportions_by_hand() -> None:
    # Newcombe (1998), table I: 81 of 263 and 15 of 148 by Wilson's score method.
    counts = pd.DataFrame({"key": ["a", "b", "c"], "events": [81, 15, 0], "trials": [263, 148, 0]})
    found = by_key(proportion_estimates(counts))
    assert found.loc["a", ["low", "high"]].tolist() == pytest.approx([0.2553, 0.3662], abs=5e-5)
    assert found.loc["b", ["low", "high"]].tolist() == pytest.approx([0.0624, 0.1605], abs=5e-5)
    assert found.loc["c", "status"] == Status.NO_DATA
    assert found.loc["c", "n"] == 0


def test_plain_median_by_hand() -> None:
    counts = pd.DataFrame({"key": ["a"] * 3 + ["b"], "days": [1, 2, 9, 4], "needs": [5, 5, 10, 9]})
    found = by_key(median_estimates(counts))
    assert found.loc["a", "value"] == 5.5  # the tenth value is 2, the eleventh 9
    assert found.loc["b", "status"] == Status.SUPPRESSED


def ratios(*rows: tuple[str, float | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["key", "numerator", "denominator"]).astype(
        {"numerator": float, "denominator": float}
    )


def test_rates_of_cases_have_byars_interval() -> None:
    # PHEindicatormethods: 65 events, Byar 50.163188 to 82.849139; per 1,000 of 10,000.
    given = ratios(("a", 65, 10_000), ("b", 500, 10_000))
    found = by_key(ratio_estimates(indicator("cases_per_1000_foreign"), given)).loc["a"]
    assert found["value"] == pytest.approx(6.5)
    assert [found["low"], found["high"]] == pytest.approx([5.0163188, 8.2849139], abs=1e-6)
    assert found["n"] == 65


def test_no_case_is_zero_and_no_delivery_is_no_data() -> None:
    given = ratios(("none", 0, 5000), ("silent", None, 5000), ("nobody", 20, None),
                   ("empty", 20, 0), ("many", 50, 5000))  # fmt: skip
    found = by_key(ratio_estimates(indicator("cases_per_1000_foreign"), given))
    assert found.loc["none", ["value", "low", "n"]].tolist() == [0, 0, 0]
    assert found.loc["none", "high"] > 0
    assert found.loc["none", "status"] == Status.SHOWN
    for key in ("silent", "nobody", "empty"):
        assert found.loc[key, "status"] == Status.NO_DATA
        assert pd.isna(found.loc[key, "n"])


def test_few_cases_are_hidden_in_a_rate() -> None:
    given = ratios(("a", 3, 5000), ("b", 7, 5000), ("c", 90, 5000))
    found = by_key(ratio_estimates(indicator("cases_per_1000_foreign"), given))
    assert found["status"].tolist() == [Status.SUPPRESSED, Status.SUPPRESSED, Status.SHOWN]
    assert found[["value", "low", "high", "n"]].iloc[:2].isna().all(axis=None)


def test_posts_and_money_are_not_people() -> None:
    given = ratios(("a", 1.5, 3), ("b", None, 3))
    found = by_key(ratio_estimates(indicator("posts_filled_share"), given))
    assert found.loc["a", ["value", "status"]].tolist() == [0.5, Status.SHOWN]
    assert found.loc["a", ["low", "high", "n"]].isna().all()
    assert found.loc["b", "status"] == Status.NO_DATA


@pytest.mark.parametrize("chosen", [MEDIAN, WITHIN_90, MEAN_180])
def test_nothing_in_gives_nothing_out(chosen: object) -> None:
    empty = clock().astype({"days": np.int64, "event": np.int64, "needs": np.int64})
    assert by_key(clock_estimates(chosen, empty)).empty  # type: ignore[arg-type]


def test_nothing_in_gives_nothing_out_of_the_other_methods() -> None:
    whole = pd.DataFrame({"key": [], "events": [], "trials": [], "days": [], "needs": []})
    assert by_key(proportion_estimates(whole)).empty
    assert by_key(median_estimates(whole)).empty
    assert by_key(ratio_estimates(indicator("cases_per_1000_foreign"), ratios())).empty
