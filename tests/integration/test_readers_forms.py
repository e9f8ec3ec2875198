"""The forms in which districts really deliver, all read to the same rows."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from analytics.domain.areas import registry
from analytics.extracts.check import check
from analytics.extracts.contract import CASES, POPULATION, POSTS, REFERRALS
from analytics.extracts.readers import Aside, FileFormat, read

DELIVERIES = Path(__file__).parents[1] / "fixtures" / "deliveries"
OFFICIAL = Path(__file__).parents[1] / "fixtures" / "official"
AS_OF = dt.date(2023, 12, 31)


def _csv(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "delivery.txt"
    path.write_bytes(content)
    return path


def test_windows_1252_with_german_headers_and_codes() -> None:
    delivery = read(DELIVERIES / "faelle_windows1252.csv", CASES)
    result = check(delivery, as_of=AS_OF, registry=registry())

    assert (delivery.facts.encoding, delivery.facts.delimiter) == ("cp1252", ";")
    assert result.findings == ()
    assert result.accepted.schema == CASES.schema
    first, second, third = result.accepted.to_pylist()
    assert first["provider"] == "integration_centre"
    assert first["opened_on"] == dt.date(2019, 1, 2)
    assert (second["residence_status"], second["age_group"]) == ("asylum_procedure", "18_24")
    assert (third["first_contact_on"], third["sex"]) == (None, "diverse")


def test_referrals_with_byte_order_mark_and_three_forms_of_dates() -> None:
    cases = check(
        read(DELIVERIES / "faelle_windows1252.csv", CASES), as_of=AS_OF, registry=registry()
    )
    delivery = read(DELIVERIES / "vermittlungen_utf8_bom.csv", REFERRALS)
    result = check(delivery, as_of=AS_OF, registry=registry(), cases=cases.accepted)

    assert delivery.facts.encoding == "utf-8-sig"
    assert [finding.rule for finding in result.findings] == []
    first = result.accepted.to_pylist()[0]
    assert first["referred_on"] == dt.date(2019, 1, 20)
    assert first["started_on"] == dt.date(2019, 2, 4)  # Excel's serial 43500
    assert result.accepted["binding_handover"].to_pylist() == [True, False, None]


def test_decimal_commas_and_tabs() -> None:
    result = check(
        read(DELIVERIES / "stellen_dezimalkomma.csv", POSTS), as_of=AS_OF, registry=registry()
    )

    assert result.findings == ()
    assert result.accepted["fte_funded"].to_pylist() == [7.5, 3.0]
    assert result.accepted["module"].to_pylist() == ["case_management"] * 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_line_ends_and_delimiters(
    tmp_path: Path, encoding: str, end: str, delimiter: str
) -> None:
    lines = ["Fall-ID|Straße|Kreis", "ä-1|x|05315", "", "ö-2|y|05111"]
    content = end.join(lines).replace("|", delimiter).encode(encoding)

    delivery = read(_csv(tmp_path, content), CASES)

    assert delivery.cells.to_pydict() == {
        "line": [2, 4],
        "case_id": ["ä-1", "ö-2"],
        "district": ["05315", "05111"],
    }
    assert delivery.unknown == ("Straße",)


def test_mixed_line_ends_and_line_breaks_in_cells_keep_line_numbers(tmp_path: Path) -> None:
    content = b'case_id;district\r\na;05315\n"b\nc";05315\rd;05315\r\n'

    cells = read(_csv(tmp_path, content), CASES).cells

    assert cells["line"].to_pylist() == [2, 3, 5]
    assert cells["case_id"].to_pylist() == ["a", "b\nc", "d"]


def test_ragged_lines_are_left_out_and_named(tmp_path: Path) -> None:
    delivery = read(_csv(tmp_path, b"case_id;district\na;1\nb\nc;2;3\nd;4;;\n"), CASES)

    # Line 3 ends early and is completed; what line 5 has too much is empty.
    assert delivery.cells["line"].to_pylist() == [2, 3, 5]
    assert delivery.cells["district"].to_pylist() == ["1", None, "4"]
    assert [(note.line, note.value) for note in delivery.notes] == [(4, "3 ≠ 2")]
    assert delivery.facts.aside == ((Aside.COMPLETED, 1),)


def test_declared_delimiter_and_title_rows(tmp_path: Path) -> None:
    content = b"sep=,\nExport of January\n\ncase_id,district\na,05315\n"

    assert read(_csv(tmp_path, content), CASES).cells["line"].to_pylist() == [5]


def test_columns_in_any_order_keep_the_senders_order(tmp_path: Path) -> None:
    delivery = read(_csv(tmp_path, b"Kreis;Foo;Fall-ID\n05315;x;a\n"), CASES)

    assert list(delivery.headers) == ["district", "case_id"]


def _workbook(tmp_path: Path) -> Path:
    path = tmp_path / "delivery.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Deckblatt").write(0, 0, "Lieferung")
        sheet = book.add_worksheet("Daten")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(2, 1, ["Fall-ID", "Kreis", "Fall eröffnet am"])
        sheet.write_row(4, 1, ["a", 5315])
        sheet.write_datetime(4, 3, dt.date(2019, 12, 31), day)
        sheet.write_row(5, 1, ["b", "05334002", 43830])
    return path


def test_workbook_with_cover_sheet_offset_and_numbers_as_keys(tmp_path: Path) -> None:
    delivery = read(_workbook(tmp_path), CASES)
    result = check(delivery, as_of=AS_OF, registry=registry())

    assert delivery.facts.sheet == "Daten"
    assert delivery.cells["line"].to_pylist() == [5, 6]
    assert result.accepted["opened_on"].to_pylist() == [dt.date(2019, 12, 31)] * 2
    assert result.accepted["district"].to_pylist() == ["05315", "05334"]
    assert result.accepted["municipality"].to_pylist() == [None, "05334002"]
    assert [finding.rule for finding in result.findings] == ["zero_restored"]


def test_parquet_with_types_and_dictionaries(tmp_path: Path) -> None:
    rows = pa.table(
        {
            "case_id": pa.array(["a", "b"]).dictionary_encode(),
            "district": ["05315", "05315"],
            "opened_on": pa.array([dt.date(2019, 1, 2), dt.date(2020, 2, 29)]),
            "recorded_on": pa.array([dt.date(2019, 1, 3), None]).cast(pa.timestamp("ns")),
        }
    )
    pq.write_table(rows, tmp_path / "delivery.parquet")

    result = check(read(tmp_path / "delivery.parquet", CASES), as_of=AS_OF, registry=registry())

    assert result.findings == ()
    assert result.accepted["opened_on"].to_pylist() == [dt.date(2019, 1, 2), dt.date(2020, 2, 29)]
    assert result.accepted["recorded_on"].to_pylist() == [dt.date(2019, 1, 3), None]


@pytest.mark.parametrize("name", ["AI002-1.csv", "12411-05-01-4.csv"])
def test_official_exports_are_merged_and_clean(name: str) -> None:
    delivery = read(OFFICIAL / name, POPULATION)
    result = check(delivery, as_of=AS_OF, registry=registry())

    assert delivery.facts.format is FileFormat.GENESIS
    assert result.findings == ()
    districts = set(result.accepted["district"].to_pylist())
    assert districts == {area.ags for area in registry().districts}


def _book(path: Path, *sheets: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


HEADERS = ["Fall-ID", "Kreis", "Fall eröffnet am", "Fall geschlossen am"]
GOES_ON = [[f"B-{n}", "05315", f"0{n}.03.2019", ""] for n in range(1, 5)]
LEGEND = [["Abkürzung", "Bedeutung", "Stand", "von"], ["w", "weiblich", "01.03.2019", "Amt"]]


@pytest.mark.parametrize(
    ("second", "is_named"),
    [
        (GOES_ON, True),
        ([[*row, "", "x"] for row in GOES_ON], False),
        ([*LEGEND, ["m", "männlich", "", ""], ["d", "divers", "", ""]], False),
    ],
)
def test_rows_that_go_on_without_a_header_are_named(
    tmp_path: Path, second: list[list[str]], *, is_named: bool
) -> None:
    first = [HEADERS, ["A-1", "05315", "01.03.2019", ""]]
    delivery = read(_book(tmp_path / "book.xlsx", first, second), CASES)

    assert delivery.rows == 1
    assert ("sheet_without_header" in {note.rule for note in delivery.notes}) == is_named
