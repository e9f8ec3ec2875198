"""The check as a whole: what is taken, what is not, what is hidden, and how much is listed."""

import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine
from broken_inputs import GOOD as GOOD_LINE
from broken_inputs import HEADER
from test_rules import AS_OF, GOOD, checked

from analytics.cli import main
from analytics.domain.areas import registry
from analytics.exports.findings_xlsx import write_findings
from analytics.extracts.aliases import aliases, normal
from analytics.extracts.check import check
from analytics.extracts.contract import CASES, TABLES, Kind
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.findings import LISTED, MASK, totals_by_rule
from analytics.extracts.readers import read
from analytics.extracts.rules import Severity
from analytics.i18n import words
from analytics.settings import settings

KOELN, AACHEN_TOWN = "05315", "05334002"


def _case(number: int, **cells: str | None) -> dict[str, str | None]:
    return {**GOOD["cases"], "case_id": f"c-{number}", **cells}


def _rules(result) -> set[str]:
    return {finding.rule for finding in result.findings}


def test_a_repeated_row_is_taken_once_and_contradicting_rows_not_at_all() -> None:
    result = checked(
        "cases", _case(1), _case(1), _case(2), _case(2, sex="female"), _case(3, sex="w")
    )

    assert result.accepted["case_id"].to_pylist() == ["c-1", "c-3"]
    lines = {finding.rule: finding.line for finding in result.findings}
    assert lines["repeated_row"] == 3
    assert totals_by_rule(result.findings) == {"repeated_row": 1, "duplicate_key": 2}


def test_the_same_id_in_two_districts_is_two_cases() -> None:
    assert checked("cases", _case(1), _case(1, district="05111")).findings == ()


def test_rows_of_other_districts_are_findings() -> None:
    result = checked("cases", _case(1), _case(2, district="05111"), district=KOELN)

    assert _rules(result) == {"other_district"}
    assert result.rows_accepted == 1
    units = [{**GOOD["posts"], "unit": unit} for unit in ("05315", "05170024")]
    assert _rules(checked("posts", *units, district=KOELN)) == {"other_unit"}


def test_a_missing_column_district_is_filled_with_the_senders() -> None:
    rows = [{"case_id": "c-1", "opened_on": "2019-01-02"}]

    result = checked("cases", *rows, district=AACHEN_TOWN)

    assert result.accepted["district"].to_pylist() == ["05334"]
    assert _rules(checked("cases", *rows)) == {"missing_column"}


@pytest.mark.parametrize("name", ["agreements", "structure", "posts", "rollout"])
@pytest.mark.parametrize("sender", [KOELN, AACHEN_TOWN])
def test_a_missing_column_of_units_is_filled_with_the_sender(name: str, sender: str) -> None:
    row = {column: cell for column, cell in GOOD[name].items() if column != "unit"}

    result = checked(name, row, district=sender)

    assert result.accepted["unit"].to_pylist() == [sender]
    assert _rules(checked(name, row)) == {"missing_column"}


def test_an_empty_unit_is_not_filled() -> None:
    rows = [{**GOOD["posts"], "unit": unit} for unit in (KOELN, None)]

    assert _rules(checked("posts", *rows, district=KOELN)) == {"required_empty"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Die Pflichtspalte „Fallkonferenz am“ (held_on) fehlt."),
        ("en", "The required column “Conference held on” (held_on) is missing."),
    ],
)
def test_a_missing_column_is_named_as_files_name_it(language: str, said: str) -> None:
    (finding,) = checked("conferences", {"case_id": "c-1", "district": KOELN}).findings

    assert finding.text(words(language)) == said


@pytest.mark.parametrize(("language", "head"), [("de", "Spalten"), ("en", "Columns")])
def test_all_columns_that_are_not_read_are_named(
    language: str, head: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.csv"
    file.write_text("Fall-ID;Fall eröffnet am;Xa;Ya;Za\nc-1;01.07.2019;1;2;3\n", "utf-8")

    main(["check", str(file), "--table", "cases", "--district", KOELN, "--lang", language])

    assert f"{head}: Xa, Ya, Za" in capsys.readouterr().out


def test_an_unknown_district_of_the_sender_is_unusable() -> None:
    with pytest.raises(UnusableInputError) as caught:
        checked("cases", _case(1), district="00000")
    assert caught.value.message == "rule.unknown_district_option"


def test_referrals_need_their_cases() -> None:
    cases = checked("cases", _case(1)).accepted
    own, strange = GOOD["referrals"], {**GOOD["referrals"], "referral_id": "r-2", "case_id": "x"}

    result = checked("referrals", own, strange, cases=cases)

    assert [(found.rule, found.line) for found in result.findings] == [("missing_case", 3)]
    assert "missing_case" in checked("referrals", own, strange).skipped


def test_a_sudden_change_is_a_warning() -> None:
    many = [_case(number, sex="female", closed_on="2020-01-01") for number in range(60)]
    earlier = checked("cases", *many).accepted

    more = checked("cases", *many, previous=earlier.slice(0, 29))
    bare = checked("cases", *[_case(number) for number in range(60)], previous=earlier)

    assert [(f.rule, f.value, f.other) for f in more.findings] == [
        ("sudden_volume", KOELN, "29 → 60")
    ]
    assert more.rows_accepted == 60
    assert {(f.rule, f.field) for f in bare.findings} == {
        ("sudden_missing", "sex"),
        ("sudden_missing", "closed_on"),
    }
    # Fewer rows are asked about before anything is taken (test_questions.py).
    assert checked("cases", *many[:25], previous=earlier).findings == ()
    assert checked("cases", *many, previous=earlier.slice(0, 30)).findings == ()


@pytest.mark.parametrize("secret", ["erika@example.org", "+49 211 987654", "Mustermann, Erika"])
def test_identifying_values_appear_nowhere(secret: str, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(f"{HEADER}{secret};05315;;2019-13-13;;\n{secret};05315;;2019-01-01;;\n")
    target = tmp_path / "findings.xlsx"

    result = check(read(path, CASES), as_of=AS_OF, registry=registry())
    main(["check", str(path), "--table", "cases", "--findings", str(target)])

    assert result.rows_accepted == 0
    assert secret not in repr(result.findings)
    assert secret not in repr(result.quarantined.to_pylist())
    assert result.quarantined["case_id"].to_pylist() == [MASK, MASK]
    book = python_calamine.load_workbook(target)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert secret not in repr(sheets)
    assert MASK in repr(sheets)


def test_contacts_in_other_columns_are_masked_too(tmp_path: Path) -> None:
    taken, aside = {"provider": "anna@example.org"}, {"closed_on": "anna@example.org"}
    result = checked("cases", _case(1, **taken), _case(2, **aside))
    target = tmp_path / "findings.xlsx"
    write_findings([result], target, words("de"))

    assert [finding.value for finding in result.findings] == [MASK, MASK]
    assert result.quarantined["closed_on"].to_pylist() == [MASK]
    assert result.accepted["provider"].to_pylist() == [None]
    rows = python_calamine.load_workbook(target).get_sheet_by_index(1).to_python()
    assert "anna" not in repr(rows)
    assert (rows[1][3], rows[2][5]) == (MASK, MASK)


CELLS = [
    (name, column.name)
    for name, each in TABLES.items()
    for column in each.columns
    if column.kind is not Kind.TEXT
]


@pytest.mark.parametrize(("name", "column"), CELLS)
def test_an_unreadable_cell_is_emptied_only_where_empty_means_not_known(
    name: str, column: str
) -> None:
    result = checked(name, {**GOOD[name], column: "???"})

    costs = [finding.severity for finding in result.findings if finding.field == column]
    emptied = TABLES[name].column(column).is_emptied
    assert costs == [Severity.WARNING if emptied else Severity.ROW]
    assert (result.rows_accepted, result.emptied) == ((1, 1) if emptied else (0, 0))
    if emptied:
        assert result.accepted[column].to_pylist() == [None]


def test_what_would_stop_or_start_a_clock_is_never_emptied() -> None:
    events = {"closed_on", "referred_on", "started_on", "ended_on", "outcome", "reached_on"}
    events |= {"answered_on", "returned_on", "first_benefit_on", "done_on"}
    events |= {"raised_on", "decided_on", "implemented_on", "decision"}
    emptied = {(n, c.name) for n, each in TABLES.items() for c in each.columns if c.is_emptied}
    assert not events & {column for _, column in emptied}
    # A key of one table may only be mentioned in another: the need that a handover serves.
    keys = {(n, name) for n, each in TABLES.items() for name in (*each.key, each.area)}
    assert not keys & emptied


def test_only_fields_of_taken_rows_count_as_emptied() -> None:
    result = checked("cases", _case(1, sex="???"), _case(2, sex="???", opened_on="???"))

    assert result.emptied == 1
    assert result.to_json(words("de"))["emptied_fields"] == 1
    assert totals_by_rule(result.findings) == {"unknown_code": 2, "unreadable_date": 1}


def test_an_emptied_field_is_named_with_its_value_and_how_to_mend_it() -> None:
    (finding,) = checked("cases", _case(1, residence_status="Aufenthaltserlaubnis § 99")).findings

    text = finding.text(words("de"))
    assert "„Aufenthaltserlaubnis § 99“" in text
    assert "nur das Feld geleert" in text
    assert "Duldung" in finding.mend(words("de"))
    assert "Only the field is emptied" in finding.text(words("en"))


TEXTS = [
    ("cases", {"closed_on": "2018-05-06"}, ("06.05.2018 vor 02.01.2019",)),
    ("cases", {"opened_on": "2024-01-05"}, ("05.01.2024", "Datenstand 31.12.2023")),
    ("cases", {"opened_on": "2019-02-30"}, ("„2019-02-30“",)),
    ("cases", {"municipality": "05111000"}, ("Düsseldorf (05111000)", "Köln (05315)")),
    ("cases", {"closure_reason": "goals_met", "closed_on": ""}, ("„Ziele erreicht (goals_met)“",)),
    (
        "referrals",
        {"outcome": "open", "ended_on": "2019-02-01"},
        ("„Offen (open)“", "(Ohne Beginn beendet am 01.02.2019)"),
    ),
    ("referrals", {"outcome": "open", "referred_on": "2019-02-01"}, ("„Offen (open)“",)),
    ("posts", {"fte_funded": "1", "fte_filled": "1,5"}, ("(1,5)", "gefördert (1)")),
    ("comparability", {"table": "Fälle", "column": "foo"}, ("„Fälle (cases)“", "„foo“")),
]


@pytest.mark.parametrize(("name", "cells", "parts"), TEXTS)
def test_texts_use_dates_labels_and_names(
    name: str, cells: dict[str, str], parts: tuple[str, ...]
) -> None:
    (finding,) = checked(name, {**GOOD[name], **cells}).findings
    text = finding.text(words("de"))
    assert all(part in text for part in parts), text


def test_an_id_that_looks_like_a_day_stays_as_it_is() -> None:
    row = {**GOOD["cases"], "case_id": "F-2019-01-02"}
    found = checked("cases", row, row).findings
    assert "F-2019-01-02" in found[0].text(words("de"))


def test_long_lists_are_capped_and_counted_exactly() -> None:
    rows = [_case(number, opened_on=None) for number in range(LISTED + 234)]

    result = checked("cases", *rows)

    assert len(result.findings) == LISTED + 1
    assert totals_by_rule(result.findings) == {"required_empty": LISTED + 234}
    assert result.rows_quarantined == LISTED + 234


def test_values_are_shortened() -> None:
    (finding,) = checked("cases", _case(1, provider="x" * 300)).findings
    assert finding.value is not None
    assert len(finding.value) == 40


def test_text_is_judged_alike_in_every_format() -> None:
    row = {**GOOD["funding"], "amount_eur": "1.234"}
    number = checked("funding", {**row, "amount_eur": "1.2340"})

    assert number.accepted["amount_eur"].to_pylist() == [1.234]
    assert _rules(checked("funding", row)) == {"ambiguous_number"}


def test_the_demonstration_data_keep_every_rule(demo_store: Path, tmp_path: Path) -> None:
    snapshot = demo_store / (demo_store / "CURRENT").read_text().strip()
    cases = pq.read_table(snapshot / "cases.parquet")
    for name, contract in TABLES.items():
        if contract.is_optional and not (snapshot / f"{name}.parquet").exists():
            continue  # the demonstration need not have it, as nobody needs to deliver it
        delivery = read(snapshot / f"{name}.parquet", contract)
        if not delivery.rows:
            continue
        result = check(delivery, as_of=AS_OF, registry=registry(), cases=cases)
        assert totals_by_rule(result.findings) == {}, name
        assert result.accepted.num_rows == delivery.rows


def test_aliases_are_normalised_and_unique() -> None:
    assert normal(" Straße (55+) Ä") == "strasse55+ae"
    assert normal("U\u0308ber") == "ueber"
    assert aliases().columns["cases"][normal("Fall-ID")] == "case_id"


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["check", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_command_is_clean_with_exit_code_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(HEADER + GOOD_LINE)

    code, out, err = _run(capsys, str(path), "--table", "cases", "--lang", "de")

    assert code == 0
    assert "Ohne Befund" in out
    assert "Lese cases.csv" in err


def test_command_finds_with_exit_code_1_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(HEADER + GOOD_LINE + "b;05315;;30.02.2019;;\n")

    code, out, _ = _run(capsys, str(path), "--table", "cases", "--json", "--lang", "en")

    (file,) = json.loads(out)["files"]
    assert code == 1
    assert (file["rows"], file["accepted"], file["quarantined"]) == (2, 1, 1)
    assert file["findings"][0]["text"].startswith("“30.02.2019” in “Case opened on”")


def test_command_groups_findings_by_rule_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.csv"
    bad = "".join(f"b-{n};05315;;{n + 10}.13.2019;;\n" for n in range(12))
    path.write_text(HEADER + GOOD_LINE + bad + "c;05315;;02.01.2019;01.01.2018;\n")

    code, out, _ = _run(capsys, str(path), "--table", "cases", "--lang", "de")

    lines = [line.strip() for line in out.splitlines()]
    assert code == 1
    # What was read stands before what was found.
    assert "Überschrift in Zeile 1: 14 Zeilen gelesen." in lines[:3]
    found = lines[lines.index("Zeile zurückgestellt: 13") :]
    assert found[1].startswith("12 ×, zum Beispiel Zeile 3: „10.13.2019“ bei")
    assert found[3] == "Werte: 10.13.2019, 11.13.2019, 12.13.2019, 13.13.2019, 14.13.2019 …"
    assert found[4] == "Zeilen: 3, 4, 5, 6, 7, 8, 9, 10 …"
    assert found[5].startswith("Zeile 15: ")
    assert lines[-1].startswith("Alle Zeilen und Werte")


def test_command_checks_against_the_data_cut_of_the_store(
    demo_store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(f"{HEADER}a;05315;;2024-01-05;;\n")
    arguments = (str(path), "--table", "cases", "--lang", "de")

    def run_with(store: Path, *further: str) -> tuple[int, str]:
        monkeypatch.setenv("EWG_STORE", str(store))
        settings.cache_clear()
        code, out, _ = _run(capsys, *arguments, *further)
        return code, out

    try:
        code, out = run_with(demo_store)
        assert code == 1
        assert "liegt nach dem Datenstand 31.12.2023" in out
        assert run_with(demo_store, "--as-of", "31.01.2024")[0] == 0
        # Without a store today is the data cut; the same with one that cannot be read.
        assert run_with(tmp_path / "none")[0] == 0
        (tmp_path / "damaged").mkdir()
        (tmp_path / "damaged" / "CURRENT").write_text("../elsewhere")
        assert run_with(tmp_path / "damaged")[0] == 0
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_command_refuses_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = _run(capsys, str(tmp_path / "no"), "--table", "cases", "--lang", "en")
    assert code == 2
    assert "does not exist" in out
    assert "Traceback" not in out + err


def test_command_says_usage_errors_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("de", "Möglich sind"), ("en", "Choose one of")):
        code, _, err = _run(capsys, "x", "--table", "foo", "--lang", language)
        assert code == 2
        assert word in err


@pytest.mark.parametrize(
    ("arguments", "words_of_click"),
    [
        (["--help"], ("Usage", "Options", "required", "default", "Show this", "FILE", "DATE ")),
        (["snapshots", "prune", "--help"], ("required", "DIRECTORY")),
        (["indicator", "--help"], ("default:", "YYYY")),
        (["reference", "--help"], ("DIRECTORY",)),
        (["ingest", "--help"], ("FILE", "DATE ", "required")),
        (["snapshots", "verify", "a", "b"], ("unexpected", "Error")),
        (["snapshots", "prune", "--keep", "0"], ("range", "Error", "Invalid")),
    ],
)
def test_click_speaks_german(
    arguments: list[str], words_of_click: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*arguments, "--lang", "de"])
    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert said
    assert not [word for word in words_of_click if word in said]


def test_workbook_holds_text_only_in_the_senders_order(tmp_path: Path) -> None:
    path, target = tmp_path / "cases.csv", tmp_path / "findings.xlsx"
    path.write_text("Kreis;Fall-ID;Fall eröffnet am\n05999;=1+1;2019-01-02\n", "utf-8")

    assert main(["check", str(path), "--table", "cases", "--findings", str(target)]) == 1

    book = python_calamine.load_workbook(target)
    rows = book.get_sheet_by_index(1).to_python()
    assert rows[0][1:4] == ["Kreis", "Fall-ID", "Fall eröffnet am"]
    assert rows[1][:4] == [2.0, "05999", "=1+1", "2019-01-02"]


def test_dates_are_stored_as_dates() -> None:
    rows = checked("cases", _case(1, opened_on="1.2.2019"), _case(2, opened_on="43497")).accepted
    assert rows.schema.field("opened_on").type == pa.date32()
    assert rows["opened_on"].to_pylist() == [dt.date(2019, 2, 1)] * 2
