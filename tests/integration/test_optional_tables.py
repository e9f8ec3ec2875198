"""The tables of version 2 as they are sent: recognised, read, never taken for one another."""

import datetime as dt
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter
from tired_files import OLDER, TIRED

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import TABLES, table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.questions import ask
from analytics.extracts.readers import OTHER_TABLE_ROWS, Source, read, tables_in
from analytics.extracts.rules import Severity
from analytics.i18n import words

AS_OF = dt.date(2023, 12, 31)
KOELN = "05315"
FILES = {**TIRED, **OLDER}


def source(name: str, text: str, encoding: str = "cp1252") -> Source:
    return Source(f"{name}.csv", content=text.encode(encoding))


def checked(sent: Source, name: str, told: Instructions = NOTHING_TOLD) -> CheckResult:
    contract = table(name)
    result = check(read(sent, contract, told), as_of=AS_OF, registry=registry(), district=KOELN)
    return ask([result], as_of=AS_OF, told=told)[0]


def rules(result: CheckResult) -> set[str]:
    return {finding.rule for finding in result.findings}


def workbook(*names: str) -> Source:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            for row, line in enumerate(FILES[name].splitlines()):
                sheet.write_row(row, 0, line.split(";"))
    return Source("alles.xlsx", content=content.getvalue())


# What is expected of each file: rows taken, rules broken, and cells of a column of the taken rows.
EXPECTED = [
    ("handovers", 3, {"unknown_column", "not_yet", "two_digit_year", "step_too_early"},
     {"from_body": ["integration_centre", "immigration_office", "job_centre"],
      "to_body": ["job_centre", "social_welfare_office", "vocational_language_course"],
      "agreed_on": [dt.date(2023, 3, 1), dt.date(2023, 3, 3), dt.date(2023, 5, 12)],
      "appointment_agreed": [True, True, True], "appointment_kept": [True, False, False],
      "answered_on": [dt.date(2023, 3, 15), None, None],
      "return_reason": [None, "not_responsible", "person_absent"]}),
    ("regime_changes", 2, {"step_too_early"},
     {"old_regime": ["asylblg", "asylblg"], "new_regime": ["sgb2", "sgb2"],
      "first_benefit_on": [dt.date(2022, 7, 1), None]}),
    ("conferences", 3, {"unreadable_integer", "number_outside", "not_yet"},
     {"bodies": [4, None, 3], "decisions": [3, 1, 2],
      "done_on": [dt.date(2022, 8, 4), None, None]}),
    ("agreements", 2, {"agreement_twice", "not_yet"},
     {"unit": [KOELN, KOELN], "first_body": ["integration_centre", "immigration_office"],
      "valid_to": [dt.date(2025, 12, 31), None]}),
    ("structure", 2, {"step_too_early", "counterpart_missing"},
     {"theme_id": ["T1", "T3"], "offer_area": ["housing", "health"],
      "decision": ["adopted", None], "implemented_on": [dt.date(2021, 9, 1), None]}),
    ("titles", 3, {"step_too_early"},
     {"kind": ["residence_title", "naturalisation", "residence_title"],
      "decision": ["granted", None, "withdrawn"], "district": [KOELN] * 3}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "taken", "broken", "cells"), EXPECTED)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_a_tired_file_is_read_right(
    name: str, taken: int, broken: set[str], cells: dict[str, list[object]], encoding: str
) -> None:
    result = checked(source(name, TIRED[name], encoding), name)

    assert rules(result) == broken
    assert (result.rows_accepted, result.rows_quarantined) == (taken, 1)
    assert {column: result.accepted[column].to_pylist() for column in cells} == cells


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_of_its_own_table_alone(name: str) -> None:
    assert list(tables_in(source(name, FILES[name]))) == [name]


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_table_is_named_and_not_taken(name: str) -> None:
    sent = source(name, FILES[name])
    for other in set(TABLES) - {name}:
        result = checked(sent, other)
        (finding,) = (each for each in result.findings if each.severity is Severity.FILE)
        assert (finding.rule, finding.value) == ("wrong_table", name)
        assert result.rows_accepted == 0


def test_all_tables_in_one_workbook_are_told_apart() -> None:
    sent = workbook(*FILES)

    assert (
        {name: count for name, count in tables_in(sent).items() if count}
        == {name: count for name, count in zip(FILES, (4, 3, 4, 3, 3, 4, 3, 2), strict=True)}
        == tables_in(sent)
    )
    for name, taken, *_ in EXPECTED:
        result = checked(sent, name)
        others = {f.value for f in result.findings if f.rule == OTHER_TABLE_ROWS}
        assert result.rows_accepted == taken
        assert others == set(FILES) - {name}


@pytest.mark.parametrize(
    ("name", "headers", "cells"),
    [
        ("referrals", "Rückmeldung am;Abgebende Stelle", "02.03.2023;KI"),
        ("referrals", "Fallkonferenz am;Grund", "02.03.2023;verzogen"),
        ("cases", "Fallkonferenz am;Rechtskreiswechsel am", "03.04.2023;01.06.2023"),
        ("cases", "Antrag vom;Bescheid vom;Art des Antrags", "03.04.2023;;Einbürgerung"),
    ],
)
def test_further_columns_leave_a_file_what_it_is(name: str, headers: str, cells: str) -> None:
    first, *lines = OLDER[name].splitlines()
    text = "\n".join([f"{first};{headers}", *(f"{line};{cells}" for line in lines)])

    plain, wider = (checked(source(name, each), name) for each in (OLDER[name], text))

    assert list(tables_in(source(name, text))) == [name]
    assert wider.accepted.equals(plain.accepted)
    # What holds days and is not read is asked about, whatever its name.
    assert rules(wider) - rules(plain) <= {"unknown_column", "column_absent"}


def test_a_running_number_is_a_key_unless_it_begins_anew() -> None:
    head = "lfd. Nr.;Fall-ID;Übergabe am"
    rows = [f"{n};F-{n};0{n}.03.2023" for n in range(1, 7)]
    again = [f"{n};F-{n};0{n}.04.2023" for n in range(1, 7)]

    once = checked(source("handovers", "\n".join([head, *rows, ";;", ";;"])), "handovers")
    below = checked(source("handovers", "\n".join([head, *rows, *again])), "handovers")
    parts = checked(
        source("handovers", "\n".join([head, *rows, "Nr.;Fall-ID;Übergabe am", *again])),
        "handovers",
    )

    assert once.accepted["handover_id"].to_pylist() == [str(n) for n in range(1, 7)]
    assert {"missing_column", "column_misfit"} <= rules(below)
    assert "duplicate_key" in rules(parts)
    assert below.rows_accepted == parts.rows_accepted == 0


def test_what_came_after_the_cut_had_not_happened() -> None:
    text = """Antragsnummer;Art des Antrags;Antrag vom;Bescheid vom;Entscheidung
A-1;Einbürgerung;01.12.2023;01.02.2024;erteilt
A-2;Einbürgerung;01.02.2024;01.03.2024;erteilt
"""
    result = checked(source("titles", text), "titles")

    (row,) = result.accepted.to_pylist()
    assert (row["application_id"], row["decided_on"], row["decision"]) == ("A-1", None, None)
    assert rules(result) == {"after_cut", "date_after_cut"}


TITLE_HEADER = "Antragsnummer;Art des Antrags;Antrag vom;Bescheid vom;Entscheidung\n"
HANDOVER_HEADER = "Übergabe-ID;Fall-ID;Übergabe am;Rückmeldung am;Rückgabe am;Rückgabegrund\n"


def listed(name: str, header: str, *rows: str) -> CheckResult:
    lines = "".join(f"{row}\n" for row in rows)
    return checked(source(name, header + lines), name)


def test_rows_that_say_not_yet_in_words_stay_beside_the_fast_ones() -> None:
    titles = listed(
        "titles",
        TITLE_HEADER,
        "A-1;Einbürgerung;01.02.2021;01.05.2021;erteilt",
        "A-2;Einbürgerung;01.02.2021;;offen",
        "A-3;Einbürgerung;01.02.2021;in Prüfung;in Bearbeitung",
    )
    handovers = listed(
        "handovers",
        HANDOVER_HEADER,
        "Ü-1;F-17;01.03.2023;15.03.2023;20.03.2023;nicht zuständig",
        "Ü-2;F-17;01.04.2023;keine Rückmeldung;keine Rückgabe;keine",
    )

    assert titles.accepted["decision"].to_pylist() == ["granted", None, None]
    assert handovers.accepted["answered_on"].to_pylist() == [dt.date(2023, 3, 15), None]
    assert handovers.accepted["return_reason"].to_pylist() == ["not_responsible", None]
    assert rules(titles) == rules(handovers) == {"not_yet"}
    said = {(f.field, f.value, f.other) for f in titles.findings}
    assert ("decision", "offen", "1") in said and ("decided_on", "in Prüfung", "1") in said
    (finding,) = (f for f in titles.findings if f.value == "offen")
    assert finding.text(words("de")) == (
        "„offen“ bei „Entscheidung“ wurde als „noch nicht“ gelesen: 1-mal."
    )
    assert finding.mend(words("en")) == (
        "Fill the field in if that is not meant. Otherwise there is nothing to do."
    )


@pytest.mark.parametrize("text", ["nicht bekannt", "unbekannt", "nein", "unbefristet", "?"])
def test_a_decision_that_nobody_knows_is_not_pending(text: str) -> None:
    result = listed("titles", TITLE_HEADER, f"A-1;Einbürgerung;01.02.2021;;{text}")

    assert result.rows_accepted == 0
    assert rules(result) == {"unknown_code"}


@pytest.mark.parametrize("text", ["kein Datum", "nicht dokumentiert", "keine Angabe", "ja"])
def test_an_answer_on_a_day_that_nobody_knows_is_not_pending(text: str) -> None:
    result = listed("handovers", HANDOVER_HEADER, f"Ü-1;F-17;01.03.2023;{text};;")

    assert result.rows_accepted == 0
    assert rules(result) <= {"unreadable_date", "date_unknown"}


@pytest.mark.parametrize("day", ["", "offen"])
def test_what_happened_on_an_unknown_day_has_not_failed_to_happen(day: str) -> None:
    titles = listed("titles", TITLE_HEADER, f"A-1;Einbürgerung;01.02.2021;{day};abgelehnt")
    themes = listed(
        "structure",
        "Kreis;Thema;Thema erkannt am;beschlossen am;Beschluss\n",
        f"05315;T1;01.02.2021;{day};angenommen",
    )
    handovers = listed(
        "handovers", HANDOVER_HEADER, f"Ü-1;F-17;01.03.2023;15.03.2023;{day};nicht zuständig"
    )

    for result in (titles, themes, handovers):
        (finding,) = (f for f in result.findings if f.rule == "counterpart_missing")
        assert (finding.severity, result.rows_accepted) == (Severity.ROW, 0)
        assert "ein leeres Datum hieße „noch nicht“" in finding.mend(words("de"))
        assert "an empty date would mean “not yet”" in finding.mend(words("en"))


@pytest.mark.parametrize(
    ("decision", "broken", "taken"),
    [
        ("", {"counterpart_missing": Severity.WARNING}, 1),
        ("noch offen", {"counterpart_missing": Severity.WARNING, "not_yet": Severity.WARNING}, 1),
        ("einstimmig", {"unknown_code": Severity.ROW}, 0),
    ],
)
def test_a_decision_that_cannot_be_read_is_not_called_missing_too(
    decision: str, broken: dict[str, Severity], taken: int
) -> None:
    result = listed(
        "titles",
        TITLE_HEADER,
        f"A-1;Einbürgerung;01.02.2021;01.05.2021;{decision}",
        "A-2;Einbürgerung;01.02.2021;01.05.2021;erteilt",
    )

    assert {finding.rule: finding.severity for finding in result.findings} == broken
    assert result.rows_accepted == taken + 1


def test_a_column_that_is_not_there_is_not_recorded() -> None:
    text = "Übergabe-ID;Fall-ID;Übergabe am;Abgebende Stelle\nÜ-1;F-1;01.03.2023;KI\n"

    result = checked(source("handovers", text), "handovers")

    assert set(result.not_recorded) == {"answered_on", "returned_on", "return_reason"}
    assert rules(result) == {"not_recorded"}
    assert result.rows_accepted == 1


def test_a_column_that_may_be_the_one_that_is_missing_is_asked_about() -> None:
    text = "Fall-ID;Fallkonferenz am;abgehakt am\nF-1;01.03.2023;01.04.2023\n"

    asked = checked(source("conferences", text), "conferences")
    told = checked(
        source("conferences", text),
        "conferences",
        Instructions(columns=(("abgehakt am", "done_on"),)),
    )

    assert [finding.question for finding in asked.open_questions] == ["column_absent:done_on"]
    assert told.accepted["done_on"].to_pylist() == [dt.date(2023, 4, 1)]


def test_days_below_the_name_of_another_column_are_asked_about() -> None:
    text = "Antrags-ID;Art;Antrag vom;Entscheidung\nA0;Titel;01.02.2020;02.03.2020\n"

    asked = checked(source("titles", text), "titles")
    told = checked(
        source("titles", text),
        "titles",
        Instructions(columns=(("Entscheidung", "decided_on"),)),
    )

    (question,) = asked.open_questions
    assert (question.question, question.other) == ("column_absent:decided_on", "Entscheidung")
    assert told.accepted["decided_on"].to_pylist() == [dt.date(2020, 3, 2)]
    words_below = text.replace("02.03.2020", "vertagt")
    assert checked(source("titles", words_below), "titles").open_questions == ()


def test_days_below_an_age_are_no_step() -> None:
    text = "Fall-ID;Kreis;Fallbeginn;Alter\nF-1;05315;01.02.2020;02.03.1988\n"

    result = checked(source("cases", text), "cases")

    assert rules(result) == {"column_misfit", "not_recorded"}


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (Instructions(not_recorded=("implemented_on",)), "answered_on, returned_on, return_reason"),
        (Instructions(blank_is_no=("binding_handover",)), "appointment_agreed, appointment_kept"),
    ],
)
def test_an_answer_about_a_column_of_another_table_is_refused(
    told: Instructions, known: str
) -> None:
    with pytest.raises(UnusableInputError) as refused:
        checked(source("handovers", TIRED["handovers"]), "handovers", told)

    (column,) = (*told.not_recorded, *told.blank_is_no)
    assert refused.value.message == "reader.told_answer"
    assert refused.value.values == {"column": column, "columns": known}
    for language, text in (("de", f"Möglich sind: {known}"), ("en", f"There are: {known}")):
        assert text in words(language)(refused.value.message, **refused.value.values)


def test_a_file_reference_links_handovers_to_cases_and_titles_to_nobody() -> None:
    text = {
        "cases": "Aktenzeichen;Kreis;Fallbeginn\n51.2-K-101/19;05315;01.02.2019\n",
        "handovers": "Übergabe-ID;Aktenzeichen;Kreis;Übergabe am\nÜ-1;51.2-K-101/19;05315;1.3.2019",
        "titles": "Aktenzeichen;Kreis;Antragsart;Antrag vom\n51.2-K-101/19;05315;Titel;1.3.2019\n",
    }
    secret = b"k" * 32
    found = {}
    for name, content in text.items():
        sent = Source(f"{name}.csv", content=content.encode(), secret=lambda: secret)
        found[name] = checked(sent, name)
        assert "51.2" not in str(found[name].accepted.to_pylist())
    keys = [found[name].accepted["case_id"].to_pylist() for name in ("cases", "handovers")]
    (title,) = found["titles"].accepted["application_id"].to_pylist()

    assert keys[0] == keys[1]
    assert title.startswith("p") and title not in keys[0]


def test_a_handover_needs_its_case() -> None:
    delivery = read(source("handovers", TIRED["handovers"]), table("handovers"))
    cases = checked(source("cases", OLDER["cases"]), "cases").accepted.slice(0, 1)

    result = check(delivery, as_of=AS_OF, registry=registry(), district=KOELN, cases=cases)

    missing = [finding.value for finding in result.findings if finding.rule == "missing_case"]
    assert missing == ["F-18", "F-19"]
    assert result.accepted["handover_id"].to_pylist() == ["Ü-1", "Ü-4"]


@pytest.mark.parametrize(("name", "taken"), [entry[:2] for entry in EXPECTED])
def test_what_was_taken_comes_back_from_parquet(name: str, taken: int, tmp_path: Path) -> None:
    accepted = checked(source(name, TIRED[name]), name).accepted
    path = tmp_path / f"{name}.parquet"
    pq.write_table(accepted, path)

    again = check(read(Source(path.name, path), table(name)), as_of=AS_OF, registry=registry())

    assert list(tables_in(Source(path.name, path))) == [name]
    assert again.rows_accepted == taken
    assert again.accepted.equals(accepted)
