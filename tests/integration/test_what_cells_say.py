"""What cells say that hold neither a date nor a word of a code list."""

import datetime as dt

import pytest

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.code_words import meanings
from analytics.extracts.contract import table
from analytics.extracts.questions import ask
from analytics.extracts.readers import Source, read

AS_OF = dt.date(2023, 12, 31)


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
