"""What people write in cells: taken as meant and announced, or refused with the reason."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from test_rules import AS_OF, GOOD, checked, deliver

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import TABLES
from analytics.extracts.findings import totals_by_rule
from analytics.extracts.instructions import DateOrder, Instructions
from analytics.i18n import LANGUAGES, words

MARCH, JULY = dt.date(2019, 3, 7), dt.date(2019, 7, 3)


def cases(column: str, *texts: str | None, **cells: str) -> list[Mapping[str, str | None]]:
    """Return cases that differ in one column."""
    return [
        {**GOOD["cases"], "case_id": f"K-{place}", **cells, column: text}
        for place, text in enumerate(texts)
    ]


def needs(column: str, *texts: str | None, **cells: str) -> list[Mapping[str, str | None]]:
    """Return needs that differ in one column."""
    return [
        {**GOOD["referrals"], "referral_id": f"B-{place}", **cells, column: text}
        for place, text in enumerate(texts)
    ]


def told(name: str, rows: Sequence[Mapping[str, str | None]], what: Instructions) -> CheckResult:
    delivery = replace(deliver(TABLES[name], *rows), told=what)
    return check(delivery, as_of=AS_OF, registry=registry())


def values(result: CheckResult, column: str) -> list[object]:
    return result.accepted[column].to_pylist()


# ------------------------------------------------------------------ day and month


def test_a_column_that_shows_the_month_first_is_read_so_and_says_it() -> None:
    result = checked("cases", *cases("opened_on", "03/07/2019", "07/15/2019", "12/20/2019"))

    assert values(result, "opened_on") == [MARCH, dt.date(2019, 7, 15), dt.date(2019, 12, 20)]
    (finding,) = result.findings
    assert finding.rule == "order_found"
    assert "„03/07/2019“ als 07.03.2019" in finding.text(words("de"))
    read = result.to_json(words("de"))["date_orders"]
    assert read == {"opened_on": {"order": "mdy", "basis": "shown"}}


def test_a_column_that_shows_nothing_is_read_as_in_germany_and_says_it() -> None:
    result = checked("cases", *cases("opened_on", "03/07/2019", "04/08/2019"))

    assert values(result, "opened_on") == [JULY, dt.date(2019, 8, 4)]
    (finding,) = result.findings
    assert finding.rule == "order_assumed"
    assert "--date-order mdy" in finding.mend(words("de"))
    assert result.date_orders["opened_on"].basis == "assumed"


def test_the_sender_decides_what_the_column_leaves_open_and_no_more() -> None:
    month_first = Instructions(date_order=DateOrder.MONTH_FIRST)
    undecided = told("cases", cases("opened_on", "03/07/2019"), month_first)
    decided = told("cases", cases("opened_on", "03/07/2019", "15/07/2019"), month_first)

    assert values(undecided, "opened_on") == [MARCH]
    assert undecided.findings == ()
    assert values(decided, "opened_on") == [JULY, dt.date(2019, 7, 15)]


def test_another_column_of_the_file_decides() -> None:
    rows = cases("opened_on", "03/07/2019", "03/08/2019", first_contact_on="02/20/2019")
    result = checked("cases", *rows)

    assert values(result, "opened_on") == [MARCH, dt.date(2019, 3, 8)]
    assert totals_by_rule(result.findings) == {"order_found": 1}
    assert result.date_orders["opened_on"].basis == "other"


def test_the_few_that_break_the_order_are_set_aside() -> None:
    result = checked("cases", *cases("opened_on", "15/07/2019", "16/07/2019", "07/17/2019"))

    assert values(result, "opened_on") == [dt.date(2019, 7, 15), dt.date(2019, 7, 16)]
    assert [f.line for f in result.findings if f.rule == "other_order"] == [4]


def test_am_and_pm_put_the_month_first() -> None:
    result = checked("cases", *cases("opened_on", "3/7/2019 12:00:00 AM", "3/8/2019 12:00:00 AM"))
    assert values(result, "opened_on") == [MARCH, dt.date(2019, 3, 8)]


def test_points_and_dashes_begin_with_the_day() -> None:
    result = checked(
        "cases", *cases("opened_on", "02.04.2019", "02-04-2019 14:05:00", "13-04-2019")
    )
    assert values(result, "opened_on")[:2] == [dt.date(2019, 4, 2)] * 2
    assert result.findings == ()


def test_many_dates_with_points_can_show_the_month_first() -> None:
    result = checked("cases", *cases("opened_on", "03.07.2019", "03.15.2019", "03.16.2019"))
    assert values(result, "opened_on")[0] == MARCH


def test_two_digit_years_that_may_be_days_are_refused() -> None:
    result = checked("cases", *cases("opened_on", "19-07-01", "19-07-20", "19-08-31"))
    assert totals_by_rule(result.findings) == {"century_unclear": 3}


def test_midnights_that_a_time_zone_has_shifted_are_the_next_day() -> None:
    shifted = checked(
        "cases", *cases("opened_on", "2019-03-01 23:00:00", "2019-06-30T22:00:00Z", "2019-07-02")
    )
    plain = checked("cases", *cases("opened_on", "2019-03-01 23:00:00", "2019-06-30 09:15:00"))

    days = [dt.date(2019, 3, 2), dt.date(2019, 7, 1), dt.date(2019, 7, 2)]
    assert values(shifted, "opened_on") == days
    assert totals_by_rule(shifted.findings) == {"midnight_shifted": 1}
    assert values(plain, "opened_on") == [dt.date(2019, 3, 1), dt.date(2019, 6, 30)]


# ------------------------------------------------------------------ words and placeholders

OPEN = (
    "31.12.9999", "9999-12-31", "31.12.2099", "31.12.99", "01.01.1900", "1899-12-30", "01.01.1970",
    "00.00.0000", "0000-00-00", "0000-00-00 00:00:00", "00.01.1900", "0", "2958465", "0001-01-01",
    "laufend", "Läuft noch", "noch offen", "offen", "in Arbeit", "in Bearbeitung", "(laufend)",
    "nicht vermittelt", "noch nicht", "entfällt", "?", "unbefristet", "aktuell", "bis heute",
    "steht noch aus", "Warteliste", "ongoing", "not yet",
)  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_what_stands_for_not_yet_is_taken_and_counted(text: str) -> None:
    result = checked("cases", *cases("closed_on", text, text, "2019-12-01"))

    assert values(result, "closed_on") == [None, None, dt.date(2019, 12, 1)]
    (finding,) = result.findings
    assert (finding.rule, finding.value, finding.other) == ("not_yet", text, "2")


@pytest.mark.parametrize("text", ["unbekannt", "Datum unbekannt", "ja", "erfolgt", "unclear"])
def test_what_may_have_happened_is_no_open_case(text: str) -> None:
    result = checked("cases", *cases("closed_on", text))
    assert totals_by_rule(result.findings) == {"date_unknown": 1}
    assert result.rows_accepted == 0


@pytest.mark.parametrize("text", ["unbekannt", "00.00.0000", "?", "01.01.1900"])
def test_where_empty_says_not_known_the_words_are_empty(text: str) -> None:
    result = checked("cases", *cases("first_contact_on", text))
    assert values(result, "first_contact_on") == [None]
    assert totals_by_rule(result.findings) == {"read_as_empty": 1}


@pytest.mark.parametrize("text", ["laufend", "31.12.9999", "00.00.0000", "?"])
def test_a_required_date_has_no_placeholders(text: str) -> None:
    assert checked("cases", *cases("opened_on", text)).rows_accepted == 0


@pytest.mark.parametrize("text", ["#WERT!", "#BEZUG!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?"])
def test_errors_of_formulas_are_called_so(text: str) -> None:
    (finding,) = checked("cases", *cases("closed_on", text)).findings
    assert finding.rule == "formula_error"
    assert text in finding.text(words("de"))


def test_remarks_in_brackets_are_dropped_and_named() -> None:
    result = checked(
        "cases", *cases("opened_on", "07.03.2019 (telefonisch)", "07.03.2019 (vorläufig)")
    )
    assert values(result, "opened_on") == [MARCH]
    assert totals_by_rule(result.findings) == {"remark_dropped": 1, "date_uncertain": 1}


def test_two_digit_years_are_announced() -> None:
    row = {**GOOD["population"], "reference_date": "31.12.22"}
    result = checked("population", row)
    assert values(result, "reference_date") == [dt.date(2022, 12, 31)]
    assert totals_by_rule(result.findings) == {"two_digit_year": 1}


@pytest.mark.parametrize(
    "text",
    ["1/2023", "Q1 2023", "2023-Q1", "I/2023", "1. Quartal 2023", "2023/1", "01/2023", "Q1/23"],
)
def test_quarters_are_meant_by_their_first_day(text: str) -> None:
    result = checked("posts", {**GOOD["posts"], "quarter": text})
    assert values(result, "quarter") == [dt.date(2023, 1, 1)]


# ------------------------------------------------------------------ the data cut


def test_what_came_after_the_cut_had_not_happened() -> None:
    rows = [
        *needs("referred_on", "2023-12-31", "2024-02-20"),
        *needs("started_on", "2024-03-01", referral_id="B-7", referred_on="2023-12-01",
               outcome="started"),
        *needs("ended_on", "2024-03-01", referral_id="B-8", outcome="no_place"),
    ]  # fmt: skip
    result = checked("referrals", *[{**row, "referral_id": f"B-{n}"} for n, row in enumerate(rows)])

    assert values(result, "referred_on") == [AS_OF, None, dt.date(2023, 12, 1), None]
    assert values(result, "started_on") == values(result, "ended_on") == [None] * 4
    assert values(result, "outcome") == [None, None, "referred", "open"]
    assert set(totals_by_rule(result.findings)) == {"after_cut"}
    assert result.to_json(words("de"))["data_cut"] == "2023-12-31"


def test_a_case_closed_after_the_cut_is_open_and_has_no_reason() -> None:
    rows = cases("closed_on", "2024-03-01", closure_reason="goals_met", recorded_on="2024-03-02")
    result = checked("cases", *rows)

    row = result.accepted.to_pylist()[0]
    assert (row["closed_on"], row["closure_reason"], row["recorded_on"]) == (None, None, None)
    assert totals_by_rule(result.findings) == {"after_cut": 3}


def test_a_row_that_starts_after_the_cut_is_set_aside() -> None:
    rows = cases("opened_on", "2024-01-02", closed_on="2024-02-01")
    result = checked("cases", *rows)
    assert result.rows_accepted == 0
    assert set(totals_by_rule(result.findings)) == {"date_after_cut"}


def test_a_slip_of_the_year_does_not_open_a_case() -> None:
    result = checked("cases", *cases("closed_on", "2032-03-01"))
    assert totals_by_rule(result.findings) == {"date_after_cut": 1}


# ------------------------------------------------------------------ yes and no


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("✓", True), ("✔️", True), ("☑", True), ("✗", False), ("✘", False), ("☐", False),
        ("-1", True), ("1.0", True), ("0", False),
    ],
)  # fmt: skip
def test_marks_are_yes_and_no(text: str, value: bool) -> None:
    result = checked("referrals", *needs("binding_handover", text, "ja", "nein"))
    assert values(result, "binding_handover") == [value, True, False]


@pytest.mark.parametrize("texts", [("0", "1", "2", "10"), ("1", "10"), ("0", "3,5")])
def test_counts_are_no_column_of_yes_and_no(texts: tuple[str, ...]) -> None:
    result = checked("referrals", *needs("binding_handover", *texts))
    assert values(result, "binding_handover") == [None] * len(texts)
    assert totals_by_rule(result.findings) == {"count_column": 1}
    assert result.emptied == len(texts)


def test_a_number_among_words_costs_its_own_cell_alone() -> None:
    result = checked("referrals", *needs("binding_handover", "ja", "nein", "ja", "26"))
    assert values(result, "binding_handover") == [True, False, True, None]
    assert totals_by_rule(result.findings) == {"unreadable_boolean": 1}
    assert result.emptied == 1


def test_a_few_words_among_counts_make_no_column_of_yes_and_no() -> None:
    result = checked("referrals", *needs("binding_handover", "ja", "2", "3", "nein"))
    assert totals_by_rule(result.findings) == {"count_column": 1}


def test_only_yes_and_blanks_is_a_question_until_it_is_answered() -> None:
    rows = needs("binding_handover", "x", None, "X", "")
    asked = checked("referrals", *rows)
    answered = told("referrals", rows, Instructions(blank_is_no=("binding_handover",)))

    assert values(asked, "binding_handover") == [None] * 4
    assert totals_by_rule(asked.findings) == {"only_marked": 1}
    assert asked.emptied == 2
    assert values(answered, "binding_handover") == [True, False, True, False]
    assert answered.findings == ()


def test_a_word_that_the_sender_has_explained_is_read() -> None:
    partly = Instructions(codes=(("binding_handover", "teilweise", "false"),))
    result = told("referrals", needs("binding_handover", "teilweise", "ja"), partly)
    assert values(result, "binding_handover") == [False, True]
    short = Instructions(codes=(("sex", "Fr", "female"),))
    assert values(told("cases", cases("sex", "Fr"), short), "sex") == ["female"]


# ------------------------------------------------------------------ keys

BLANKS = ["\u00a0", "\u202f", "\u2009", "\u3000", "\u200b", "\ufeff", "\u00ad", "\u2060", "\t"]


@pytest.mark.parametrize("blank", BLANKS)
def test_nothing_that_nobody_sees_makes_another_key(blank: str) -> None:
    result = checked("cases", *cases("opened_on", "2019-01-02", case_id=f"{blank}K-101{blank}"))
    assert values(result, "case_id") == ["K-101"]


@pytest.mark.parametrize("text", ["K\u200b-101", '="K-101"', "'K-101", "'K-101'", "K\u00ad-101"])
def test_wrapped_and_split_keys_are_the_keys(text: str) -> None:
    result = checked("cases", *cases("opened_on", "2019-01-02", case_id=text))
    assert values(result, "case_id") == ["K-101"]


def test_keys_that_came_as_numbers_are_whole_unless_decimals_tell_them_apart() -> None:
    whole = checked("cases", *[{**GOOD["cases"], "case_id": key} for key in ("101.0", "102.0")])
    parts = checked("cases", *[{**GOOD["cases"], "case_id": key} for key in ("101.0", "101.1")])
    assert values(whole, "case_id") == ["101", "102"]
    assert values(parts, "case_id") == ["101.0", "101.1"]


@pytest.mark.parametrize("key", ["2,01903E+11", "2.01903E+11", "2E+11", "1,5e+15"])
def test_keys_that_a_spreadsheet_has_damaged_refuse_the_file(key: str) -> None:
    result = checked("cases", *[{**GOOD["cases"], "case_id": each} for each in (key, "K-1")])
    assert not result.is_usable
    assert totals_by_rule(result.findings) == {"damaged_key": 1}
    assert result.rows_accepted == 0


def test_long_keys_that_end_in_zeros_are_suspicious() -> None:
    keys = ("2019030000000010", "2019030000000020")
    rounded = checked("cases", *[{**GOOD["cases"], "case_id": key} for key in keys])
    sound = checked("cases", *[{**GOOD["cases"], "case_id": f"{key[:-1]}7"} for key in keys])
    assert totals_by_rule(rounded.findings) == {"rounded_key": 1}
    assert sound.findings == ()


# ------------------------------------------------------------------ areas


def test_an_empty_district_is_the_senders() -> None:
    rows = cases("district", None, "", "Köln")
    result = check(
        deliver(TABLES["cases"], *rows), as_of=AS_OF, registry=registry(), district="05315"
    )
    assert values(result, "district") == ["05315"] * 3
    assert totals_by_rule(result.findings) == {"district_filled": 1}


def test_a_name_that_is_no_district_is_never_said_to_belong_elsewhere() -> None:
    rows = cases("district", "Siegen", "Aachen", "Lipe")
    result = check(
        deliver(TABLES["cases"], *rows), as_of=AS_OF, registry=registry(), district="05970"
    )
    assert totals_by_rule(result.findings) == {"unknown_district": 3}


def test_the_city_of_aachen_is_no_rest_of_the_region() -> None:
    result = checked("cases", *cases("district", "Stadt Aachen", "StädteRegion Aachen"))
    assert values(result, "district") == ["05334"] * 2
    assert values(result, "municipality") == ["05334002", None]


def test_municipalities_are_found_by_name_and_by_parts_of_their_key() -> None:
    texts = ["Detmold", "Stadt Detmold", "020", "20", "5766020", "057660020020", "05766020"]
    result = checked("cases", *cases("municipality", *texts, district="Kreis Lippe"))
    assert values(result, "municipality") == ["05766020"] * len(texts)


def test_parts_of_towns_are_not_guessed() -> None:
    result = checked("cases", *cases("municipality", "Pivitsheide", district="05766"))
    assert totals_by_rule(result.findings) == {"unknown_municipality": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_announcements_can_be_said(language: str) -> None:
    rows = [
        *cases("closed_on", "laufend", "03/07/2019", "01.01.24", first_contact_on="?"),
        *cases("opened_on", "07/2019", "ca. 1.7.2019", case_id="Z"),
    ]
    w = words(language)
    for finding in checked("cases", *rows).findings:
        assert "{" not in finding.text(w) + finding.mend(w)
