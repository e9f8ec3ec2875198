"""What a sender tells of headers and words, on the way from the file to the accepted rows."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from test_rules import AS_OF

from analytics.cli import main
from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import CASES, REFERRALS, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.proposals import header_proposals, word_proposals
from analytics.extracts.readers import read
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words

NEEDS = """Bedarfs-ID;Fall-ID;Kreis;Angebotsbereich;Bedarf festgestellt am;{}
B-1;K-1;05766;{};03.07.2019;{}
B-2;K-1;05766;Sprache;10.07.2019;{}
"""
PEOPLE = """Fall-ID;Kreis;Fall eröffnet am;Aufenthaltsstatus;Alter;Rechtskreis
K-1;05766;03.07.2019;{};{};{}
K-2;05766;06.08.2019;{};{};{}
"""


def _checked(tmp_path: Path, text: str, table: Table, **told: object) -> CheckResult:
    path = tmp_path / "delivery.csv"
    path.write_text(text, "utf-8")
    delivery = read(path, table, Instructions(**told))  # type: ignore[arg-type]
    return check(delivery, as_of=AS_OF, registry=registry())


def test_a_header_with_dates_is_the_day_of_the_referral(tmp_path: Path) -> None:
    for header in ("Vermittlung", "Vermittlung am", "Überwiesen am", "Weitergeleitet"):
        text = NEEDS.format(header, "Sprache", "20.08.2019", "")
        days = _checked(tmp_path, text, REFERRALS).accepted["referred_on"].to_pylist()
        assert [day and day.isoformat() for day in days] == ["2019-08-20", None], header


def test_a_school_leaving_certificate_is_no_closing_date(tmp_path: Path) -> None:
    text = "Fall-ID;Kreis;Fall eröffnet am;Abschluss\nK-1;05766;03.07.2019;Abitur\n"

    result = _checked(tmp_path, text, CASES)

    assert [(f.rule, f.value, f.field) for f in result.findings] == [
        ("column_school", "Abschluss", "closed_on")
    ]
    assert result.rows_accepted == 1
    assert result.accepted["closed_on"].null_count == 1


def test_the_end_of_a_course_ends_no_need(tmp_path: Path) -> None:
    header = "Begonnen am;Vermittelt am;Beendet am"
    both = "01.09.2019;20.08.2019;01.12.2019"
    result = _checked(tmp_path, NEEDS.format(header, "Sprache", both, ";;"), REFERRALS)

    assert {f.rule for f in result.findings} == {"column_course_end"}
    assert result.rows_accepted == 2
    assert result.accepted["ended_on"].null_count == 2


def test_number_codes_are_asked_once_and_told(tmp_path: Path) -> None:
    text = PEOPLE.format("2", "27", "SGB II", "24", "1990", "AsylbLG § 3")

    asked = _checked(tmp_path, text, CASES)
    told = _checked(
        tmp_path,
        text,
        CASES,
        codes=(("residence_status", "2", "Duldung"), ("Aufenthaltsstatus", "24", "settlement")),
    )

    assert asked.accepted["residence_status"].to_pylist() == [None, None]
    assert {f.reason and f.reason.name for f in asked.findings} == {"number_codes"}
    assert told.accepted["residence_status"].to_pylist() == ["tolerated", "settlement"]
    assert told.accepted["age_group"].to_pylist() == ["25_34", "25_34"]
    assert told.accepted["legal_regime"].to_pylist() == ["sgb2", "asylblg"]
    assert told.findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_finding_says_why_a_word_has_no_code(tmp_path: Path, language) -> None:
    text = PEOPLE.format("§ 25", "20-29", "Grundsicherung", "Duldugn", "27", "SGB II")
    w = words(language)

    findings = {f.value: f.text(w) for f in _checked(tmp_path, text, CASES).findings}

    assert w("reason.paragraph") in findings["§ 25"]
    assert w("reason.age_cut") in findings["20-29"]
    assert w("reason.basic_security") in findings["Grundsicherung"]
    assert w("code.residence_status.tolerated") in findings["Duldugn"]


def test_a_birth_date_below_age_is_not_even_shown(tmp_path: Path) -> None:
    text = PEOPLE.format("Duldung", "12.03.1988", "SGB II", "Duldung", "01.02.1990", "SGB II")

    result = _checked(tmp_path, text, CASES)

    assert "1988" not in repr(result.findings) + repr(result.accepted.to_pylist())
    assert [(f.rule, f.value) for f in result.findings] == [("column_misfit", "Alter")]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"codes": (("residence_status", "2", "gibtesnicht"),)}, "reader.told_code"),
        ({"codes": (("gibtesnicht", "2", "tolerated"),)}, "reader.told_code_column"),
        ({"columns": (("Alter", "gibtesnicht"),)}, "reader.told_column"),
    ],
)
def test_what_is_told_wrongly_is_refused_in_words(tmp_path: Path, told, message) -> None:
    text = PEOPLE.format("2", "27", "SGB II", "2", "27", "SGB II")
    with pytest.raises(UnusableInputError) as caught:
        _checked(tmp_path, text, CASES, **told)
    assert caught.value.message == message


def test_a_told_header_that_is_not_there_is_named(tmp_path: Path) -> None:
    text = PEOPLE.format("Duldung", "27", "SGB II", "Duldung", "27", "SGB II")
    result = _checked(tmp_path, text, CASES, columns=(("Gibtesnicht", "sex"),))
    assert [(f.rule, f.value) for f in result.findings] == [("told_header", "Gibtesnicht")]
    assert not result.is_usable


@pytest.mark.parametrize(("order", "opened"), [("dmy", "2019-07-03"), ("mdy", "2019-03-07")])
def test_the_command_line_takes_the_order_of_dates(tmp_path: Path, order: str, opened: str) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("case_id;district;opened_on;closed_on\na;05315;03/07/2019;\n", "utf-8")
    store = SnapshotStore(tmp_path / "store")
    given = ["--table", "cases", "--as-of", "2023-12-31", "--store", str(store.root)]
    assert main(["ingest", str(path), *given, "--date-order", order]) < 2
    folder = store.current()
    assert folder is not None
    (day,) = pq.read_table(folder / "cases.parquet")["opened_on"].to_pylist()
    assert day.isoformat() == opened


def test_the_command_line_takes_what_is_told(tmp_path: Path, capsys) -> None:
    path = tmp_path / "delivery.csv"
    path.write_text(NEEDS.format("Maßnahmestart", "Yoga", "01.09.2019", ""), "utf-8")
    check_it = ["check", str(path), "--table", "referrals", "--json"]
    told = ["--map", "Maßnahmestart=started_on", "--code", "offer_area:Yoga=health"]

    assert main(check_it) != 0
    assert '"unknown_code"' in capsys.readouterr().out
    main([*check_it, *told])
    out = capsys.readouterr().out
    assert '"accepted": 2' in out and '"unknown_c' not in out
    assert main([*check_it, "--map", "ohne Zeichen"]) == 2


def test_what_may_be_meant_is_offered(tmp_path: Path) -> None:
    text = NEEDS.format("Kursstart am;Nachname", "Anerkennung", "01.09.2019;X", ";")
    path = tmp_path / "delivery.csv"
    path.write_text(text, "utf-8")
    delivery = read(path, REFERRALS)

    (header,) = header_proposals(delivery)
    result = check(delivery, as_of=AS_OF, registry=registry())
    (word,) = word_proposals("referrals", result.findings)

    assert header.header == "Kursstart am"
    assert header.columns[0] == "started_on"
    assert (word.column, word.word, word.count) == ("offer_area", "Anerkennung", 1)
    assert word.reason and word.reason.name == "two_areas"
