"""One wording for values, intervals and the reasons why there is none."""

from datetime import date

import pandas as pd
import pytest

from analytics.domain.estimates import Estimate, Status
from analytics.domain.indicators import indicator
from analytics.i18n import words
from analytics.reports.basis.formatting import (
    Format,
    estimate_text,
    interval_text,
    reason_text,
    text_apart,
    value_text,
)

DE, EN = words("de"), words("en")
NAN = float("nan")
DAYS, SHARE = indicator("median_days_to_referral"), indicator("share_referred_90d")
EUROS = indicator("funding_per_1000_foreign")


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        (Format("share", 1), 0.125, "12,5\u00a0%"),
        (Format("days"), 41.0, "41\u00a0Tage"),
        (Format("money"), 25e6, "25\u00a0Mio.\u00a0€"),
        (Format("number", 1), 0, "0,0"),
        (Format("count"), 1234, "1.234"),
        (Format("date"), date(2019, 12, 31), "31.12.2019"),
        (Format("month"), pd.Timestamp(2019, 12, 1), "Dez. 2019"),
        (Format("quarter"), date(2019, 10, 1), "4. Quartal 2019"),
        (Format("points", 1), 0.0672, "+6,7\u00a0Prozentpunkte"),
        (Format("points", 1), -0.0672, "−6,7\u00a0Prozentpunkte"),
        (Format("points", 1), 0.0002, "±0,0\u00a0Prozentpunkte"),
        (Format("days_change", 1), -9.73, "−9,7\u00a0Tage"),
        (Format("ratio", 2), 1.235, "1,24"),
        (Format("text"), "Köln", "Köln"),
        (Format("text"), None, "–"),
        (Format("date"), pd.NaT, "–"),
        (Format("share"), NAN, "–"),
    ],
)
def test_values_by_kind(form: Format, value: object, text: str) -> None:
    assert form.text(value, DE) == text


@pytest.mark.parametrize(
    ("low", "high", "german", "english"),
    [
        (41, 44, "41 bis 44\u00a0Tage", "41 to 44\u00a0days"),
        (41, NAN, "mindestens 41\u00a0Tage", "at least 41\u00a0days"),
        (None, 44, "höchstens 44\u00a0Tage", "at most 44\u00a0days"),
        (None, None, "", ""),
    ],
)
def test_ranges(low: float | None, high: float | None, german: str, english: str) -> None:
    assert Format("days").range(low, high, DE) == german
    assert Format("days").range(low, high, EN) == english


def test_both_ends_of_a_share_carry_the_sign() -> None:
    assert Format("share", 1).range(0.1, 0.2, EN) == "10.0% to 20.0%"


def test_an_estimate_is_value_interval_and_n() -> None:
    known = Estimate(42, 41, 44, 1234)
    assert (
        estimate_text(DAYS, known, DE)
        == "42\u00a0Tage (95-%-Intervall 41 bis 44\u00a0Tage; n = 1.234)"
    )
    assert interval_text(SHARE, Estimate(0.5, None, None, 20), EN) == "n = 20"
    assert estimate_text(EUROS, Estimate(1250.0, None, None, None), EN) == "€1,250"
    assert value_text(SHARE, 0.0, DE) == "0,0\u00a0%"  # zero is a value


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (Estimate(None, None, None, None, Status.SUPPRESSED), "geschützt"),
        (Estimate(None, None, None, 0, Status.NO_DATA), "keine Daten"),
        (Estimate(None, 240, None, 30, Status.NOT_REACHED), "über 240\u00a0Tage"),
        (Estimate(None, None, None, 30, Status.NOT_REACHED), "nicht erreicht"),
    ],
)
def test_reasons(estimate: Estimate, text: str) -> None:
    assert estimate_text(DAYS, estimate, DE) == text


def test_the_reasons_differ_from_each_other_and_from_zero() -> None:
    for w in (DE, EN):
        texts = [reason_text(status, w) for status in Status] + [value_text(SHARE, 0.0, w), "–"]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("form", "low", "high", "text"),
    [
        (Format("points", 1), 0.048, 0.087, "+4,8 bis +8,7\u00a0Prozentpunkte"),
        (Format("days_change"), -13.0, 1.0, "−13 bis +1\u00a0Tage"),
        (Format("ratio", 2), 1.16, 1.32, "1,16 bis 1,32"),
        (Format("points", 1), 0.048, NAN, "mindestens +4,8\u00a0Prozentpunkte"),
    ],
)
def test_intervals_of_changes_name_their_unit_once(form, low, high, text):
    assert form.range(low, high, DE) == text


@pytest.mark.parametrize(
    ("value", "limits", "digits", "text"),
    [
        (0.0536, [0.05], 0, "5,4\u00a0%"),
        (0.0501, [0.05], 0, "5,01\u00a0%"),
        (0.05, [0.05], 0, "5\u00a0%"),
        (0.0499, [0.05], 0, "4,99\u00a0%"),
        (0.2, [0.05], 0, "20\u00a0%"),
        (0.1001, [0.05, 0.1], 1, "10,01\u00a0%"),
        (0.0, [0.001], 0, "0,0\u00a0%"),
        (0.5, [], 1, "50,0\u00a0%"),
    ],
)
def test_a_value_never_looks_like_the_limit_that_it_misses(
    value: float, limits: list[float], digits: int, text: str
) -> None:
    assert text_apart(value, limits, DE.percent, digits) == text


@pytest.mark.parametrize(
    ("form", "low", "high", "text"),
    [
        (Format("points", 1), 0.0004, 0.012, "+0,04 bis +1,20\u00a0Prozentpunkte"),
        (Format("points", 1), -0.012, -0.0004, "−1,20 bis −0,04\u00a0Prozentpunkte"),
        (Format("days_change", 1), 0.02, 3.0, "+0,02 bis +3,00\u00a0Tage"),
        (Format("ratio", 2), 1.002, 1.3, "1,002 bis 1,300"),
        # An interval that holds no difference may touch it, and one clear of it stays short.
        (Format("points", 1), -0.0004, 0.012, "±0,0 bis +1,2\u00a0Prozentpunkte"),
        (Format("points", 1), 0.0, 0.012, "±0,0 bis +1,2\u00a0Prozentpunkte"),
        (Format("points", 1), 0.004, 0.012, "+0,4 bis +1,2\u00a0Prozentpunkte"),
        (Format("share", 1), 0.0004, 0.012, "0,0\u00a0% bis 1,2\u00a0%"),
    ],
)
def test_an_interval_clear_of_no_difference_does_not_seem_to_reach_it(
    form: Format, low: float, high: float, text: str
) -> None:
    assert form.range(low, high, DE) == text


@pytest.mark.parametrize(
    ("value", "digits"),
    [(0.2504, 4), (-0.2504, 4), (0.2496, 2), (0.25, 2), (0.31, 2), (NAN, 2)],
)
def test_a_column_has_the_digits_that_tell_what_is_beyond_a_limit(
    value: float, digits: int
) -> None:
    frame = pd.DataFrame({"value": [0.1, value], "low": -0.25, "high": 0.25})
    assert Format("number", 2).outside(frame, "low", "high", DE).digits == digits


@pytest.mark.parametrize(("p", "text"), [(0.0002, "< 0,001"), (0.001, "0,001"), (0.216, "0,216")])
def test_no_p_value_in_a_table_reads_as_zero(p: float, text: str) -> None:
    assert Format("p", 3).text(p, DE) == text
