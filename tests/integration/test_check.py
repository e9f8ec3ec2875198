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
from test_rules import AS_OF, GOOD, checked, deliver

from analytics.cli import main
from analytics.domain.areas import registry
from analytics.extracts.aliases import aliases, normal
from analytics.extracts.check import check
from analytics.extracts.contract import CASES, TABLES
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.findings import LISTED, MASK, totals_by_rule
from analytics.extracts.readers import read

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

    fewer = checked("cases", *many[:25], previous=earlier)
    bare = checked("cases", *[_case(number) for number in range(60)], previous=earlier)

    assert [(f.rule, f.value, f.other) for f in fewer.findings] == [
        ("sudden_volume", KOELN, "60 → 25")
    ]
    assert fewer.rows_accepted == 25
    assert {(f.rule, f.field) for f in bare.findings} == {
        ("sudden_missing", "sex"),
        ("sudden_missing", "closed_on"),
    }
    assert checked("cases", *many[:31], previous=earlier).findings == ()


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


def test_contacts_in_other_columns_are_masked_too() -> None:
    result = checked("cases", _case(1, provider="anna@example.org"))

    assert [finding.value for finding in result.findings] == [MASK]
    assert result.quarantined["provider"].to_pylist() == [MASK]


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


def test_typed_numbers_are_not_ambiguous() -> None:
    row = {**GOOD["funding"], "amount_eur": "1.234"}
    typed = check(deliver(TABLES["funding"], row, typed=True), as_of=AS_OF, registry=registry())

    assert typed.accepted["amount_eur"].to_pylist() == [1.234]
    assert _rules(checked("funding", row)) == {"ambiguous_number"}


def test_the_demonstration_data_keep_every_rule(demo_store: Path, tmp_path: Path) -> None:
    snapshot = demo_store / (demo_store / "CURRENT").read_text().strip()
    cases = pq.read_table(snapshot / "cases.parquet")
    for name, contract in TABLES.items():
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
