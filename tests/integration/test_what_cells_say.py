"""What cells say that hold neither a date nor a word of a code list."""

import datetime as dt

import pytest

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.code_words import meanings
from analytics.extracts.contract import table
from analytics.extracts.questions import ask
from analytics.extracts.readers import Aside, Source, read

AS_OF = dt.date(2023, 12, 31)
CASE_HEADER = "Fall-ID;Fall eröffnet am;Fall geschlossen am"


def checked(table_name: str, *lines: str) -> CheckResult:
    source = Source("liste.csv", content="\n".join([*lines, ""]).encode())
    delivery = read(source, table(table_name))
    return check(delivery, as_of=AS_OF, registry=registry(), district="05766")


def closed(text: str) -> CheckResult:
    return checked(
        "cases",
        "Fall-ID;Fall eröffnet am;Fall geschlossen am",
        f"K-1;01.07.2019;{text}",
        "K-2;01.07.2019;01.08.2019",
    )


@pytest.mark.parametrize(
    "text", ["k.A.", "k. A.", "K.A.", "keine Angabe", "ohne Angabe", "o.A.", "unbekannt", "(k.A.)"]
)
def test_a_date_that_nobody_knows_is_no_open_case(text: str) -> None:
    result = closed(text)

    assert result.accepted["case_id"].to_pylist() == ["K-2"]
    assert [finding.rule for finding in result.findings] == ["date_unknown"]


@pytest.mark.parametrize("text", ["", "-", "–", "NULL", "leer"])
def test_a_date_left_blank_means_not_yet(text: str) -> None:
    result = closed(text)

    assert result.accepted["closed_on"].to_pylist() == [None, dt.date(2019, 8, 1)]
    assert result.findings == ()


@pytest.mark.parametrize("text", ["n.a.", "n/a", "entfällt"])
def test_a_date_that_does_not_apply_is_announced(text: str) -> None:
    result = closed(text)

    assert result.rows_accepted == 2
    assert [finding.rule for finding in result.findings] == ["not_yet"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SGB XII, 4. Kapitel", "sgb12"),
        ("SGB XII 4. Kapitel", "sgb12"),
        ("SGB XII Kap. 3", "sgb12"),
        ("Leistungen nach dem 4. Kapitel SGB XII", "sgb12"),
        ("Leistungen nach § 3 AsylbLG", "asylblg"),
        ("bezieht Leistungen nach § 2 AsylbLG seit 01.03.2019", "asylblg"),
        ("Grundleistungen nach § 3 AsylbLG", "asylblg"),
        ("SGB II und AsylbLG", None),
        ("kein Bezug nach AsylbLG", None),
        ("SGB II, 4. Kapitel SGB XII", None),
    ],
)
def test_laws_of_benefits_within_longer_texts(text: str, code: str | None) -> None:
    assert meanings("legal_regime", [text]) == [code]


def test_years_of_birth_below_their_header_give_age_groups() -> None:
    result = checked(
        "cases",
        "Fall-ID;Fall eröffnet am;Geburtsjahr",
        "K-1;01.07.2019;1990",
        "K-2;01.07.2019;1960",
        "K-3;01.07.2019;1994",
    )

    assert result.accepted["age_group"].to_pylist() == ["25_34", "55_plus", None]
    assert [(f.rule, f.value) for f in result.findings] == [("unknown_code", "1994")]


@pytest.mark.parametrize("joint", [" und ", " sowie ", " & ", ", ", "/", " + "])
def test_two_known_areas_in_a_cell_are_two_needs(joint: str) -> None:
    result = checked(
        "referrals",
        "Bedarfs-ID;Fall-ID;Angebotsbereich;Bedarf festgestellt am;Vermittelt am",
        f"B-1;K-1;Sprache{joint}Arbeit;01.07.2019;01.08.2019",
    )

    assert result.accepted["offer_area"].to_pylist() == ["language", "labour_market"]


def test_an_unknown_header_like_a_date_is_asked_about() -> None:
    """Beside a missing column of referrals it would make every need an open one."""
    result = checked(
        "referrals",
        "Bedarfs-ID;Fall-ID;Angebotsbereich;Bedarf festgestellt am;Xyz am",
        "B-1;K-1;Sprache;01.07.2019;01.08.2019",
    )
    (asked,) = ask([result], as_of=AS_OF)

    assert not asked.is_taken
    (question,) = [f for f in asked.open_questions if f.field == "referred_on"]
    assert (question.rule, question.other) == ("column_absent", "Xyz am")


def test_a_key_with_a_hyphen_of_another_kind_is_the_same_key() -> None:
    result = checked("cases", CASE_HEADER, "K\u20111;01.07.2019;", "K\u20102;01.07.2019;")

    assert result.accepted["case_id"].to_pylist() == ["K-1", "K-2"]


def test_notes_and_sums_below_a_table_are_no_cases() -> None:
    result = checked(
        "cases",
        CASE_HEADER,
        "K-1;01.07.2019;",
        "Zwischensumme;1;",
        "K-2;01.07.2019;01.08.2019",
        "Gesamt;2;1",
        "",
        "* ohne die Fälle der Stadt Detmold",
        "Legende:;;",
        "Stand: 31.12.2023",
    )

    assert result.accepted["case_id"].to_pylist() == ["K-1", "K-2"]
    assert result.rows == 2 and result.findings == ()
    assert result.facts is not None
    assert dict(result.facts.aside)[Aside.FOOTNOTE] == 3
    assert dict(result.facts.aside)[Aside.TOTAL] == 2


HANDOVERS = (
    "Übergabe-ID;Fall-ID;vereinbart am;Termin vereinbart;Termin wahrgenommen;Rückmeldung am",
    "H-1;K-1;01.03.2023;ja;ja;02.03.2023",
    "H-2;K-2;02.03.2023;nein;nein;",
    "H-3;K-3;03.03.2023;ja;nein;04.03.2023",
)


@pytest.mark.parametrize(
    "last",
    [
        "Summe;3;;2;1;2",
        "Summe;3;3;2;1;2",
        ";Summe;;2;1;2",
        ";;;2;1;2",
        ";;3;2;;",
        ";;;2;;\n;;;;;\n* ohne die Übergaben der Stadt Detmold",
    ],
)
def test_sums_below_yes_and_no_are_no_handover(last: str) -> None:
    result = checked("handovers", *HANDOVERS, last)

    assert result.rows == 3 and result.emptied == 0
    assert result.accepted["appointment_agreed"].to_pylist() == [True, False, True]
    assert {f.rule for f in result.findings} == set()
    assert result.facts is not None
    assert dict(result.facts.aside)[Aside.TOTAL] == 1


@pytest.mark.parametrize(
    "last", ["4;12;;ja;ja;Gesamt 3", ";;;1;0;", ";;43617;;;", ";12;;2;1;2", ";;;ja;1;2"]
)
def test_what_may_be_a_handover_is_no_sum(last: str) -> None:
    result = checked("handovers", *HANDOVERS, last)

    assert result.rows == 4
    assert {f.line for f in result.findings if f.rule == "required_empty"} == {5}


def test_numbers_in_a_row_that_others_follow_are_no_sum() -> None:
    result = checked("handovers", *HANDOVERS[:2], ";;;2;1;2", *HANDOVERS[2:])

    assert result.rows == 4


@pytest.mark.parametrize("last", ["K 12;;", "K-12;;", "Quelle: eigene Erhebung;01.07.2019;"])
def test_what_may_be_a_case_is_no_note(last: str) -> None:
    result = checked("cases", CASE_HEADER, "K-1;01.07.2019;", last)

    assert result.rows == 2


def test_a_quoted_empty_field_alone_on_its_line_is_an_empty_line() -> None:
    result = checked("cases", CASE_HEADER, "K-1;01.07.2019;", '""', "K-2;01.07.2019;")

    assert result.rows_accepted == 2 and result.findings == ()
    assert result.facts is not None and result.facts.aside == ()


def needs(*outcomes: str) -> CheckResult:
    header = (
        "Vermittlungs-ID;Fall-ID;Angebotsbereich;Bedarf erfasst am;Vermittelt am;Begonnen am;"
        "Beendet ohne Beginn am;Ergebnis"
    )
    rows = [f"V-{n};K-{n};Sprache;01.03.2019;{text}" for n, text in enumerate(outcomes)]
    return checked("referrals", header, *rows)


def test_a_date_counts_where_the_outcome_was_not_brought_up_to_date() -> None:
    result = needs(
        "02.04.2019;;;Warteliste",
        "02.04.2019;03.05.2019;;offen",
        ";03.05.2019;;vermittelt",
        "02.04.2019;;;vermittelt",
        ";;;Warteliste",
    )

    assert result.accepted["outcome"].to_pylist() == [None, None, None, "referred", "open"]
    assert result.accepted["referred_on"].null_count == 2
    assert {f.line for f in result.findings if f.rule == "outcome_behind"} == {2, 3, 4}
    assert result.emptied == 3


def test_an_end_beside_an_open_outcome_still_says_two_things() -> None:
    result = needs(";;04.05.2019;offen", "02.04.2019;;04.05.2019;vermittelt")

    assert result.rows_accepted == 0
    assert {finding.rule for finding in result.findings} == {"outcome_contradicts"}


@pytest.mark.parametrize(("cells", "read"), [("✗ ", [None, None]), ("✗✓", [False, True])])
def test_a_cross_is_a_no_only_beside_a_tick(cells: str, read: list[bool | None]) -> None:
    rows = [f"V-{n};K-{n};Sprache;01.03.2019;{sign}" for n, sign in enumerate(cells)]
    header = "Vermittlungs-ID;Fall-ID;Angebotsbereich;Bedarf erfasst am;Verbindliche Übergabe"
    result = checked("referrals", header, *rows)

    assert result.accepted["binding_handover"].to_pylist() == read


def test_shares_above_one_are_said_once_for_the_column() -> None:
    result = checked(
        "population",
        "Kreis;Stichtag;Bevölkerung;Ausländer;Ausländeranteil;Datenquelle",
        "Lippe;31.12.2022;349614;41234;11,8;Fortschreibung",
        "Lippe;31.12.2021;348000;40000;11,5;Fortschreibung",
    )

    assert result.accepted["foreign_share"].to_pylist() == [0.118, 0.115]
    assert [finding.rule for finding in result.findings] == ["shares_in_percent"]
