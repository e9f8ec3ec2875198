"""What workbooks say besides values: failed formulas, merged and hidden cells, stray blanks."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import CASES
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers import Aside, read

HEADER = ["Fall-ID", "Fall eröffnet am", "Fall abgeschlossen am"]
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'

_MANIFEST = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'


def text(value: str, attributes: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{attributes}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def day(value: str) -> str:
    return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


def open_document(path: Path, **sheets: list[str]) -> Path:
    """Write an OpenDocument file of these rows, one sheet a name."""
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(rows)}</table:table>'
        for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<m:manifest {_MANIFEST}/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_NAMES} {_CALC}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def checked(path: Path) -> CheckResult:
    delivery = read(path, CASES)
    as_of = dt.date(2023, 12, 31)
    return check(delivery, as_of=as_of, registry=registry(), district="05766")


def test_a_failed_formula_in_a_workbook_is_no_open_case(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for line, error in enumerate(("#DIV/0!", "#REF!", "#VALUE!", "#NAME?"), start=1):
            sheet.write_row(line, 0, [f"K-{line}", "02.03.2019"])
            sheet.write_formula(line, 2, "=1/0", None, error)
        sheet.write_row(5, 0, ["K-5", "02.03.2019"])

    result = checked(path)

    assert result.accepted["case_id"].to_pylist() == ["K-5"]
    assert {f.line for f in result.findings if f.rule == "formula_error"} == {2, 3, 4, 5}


FAILED = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
VALUELESS = '<table:table-cell table:formula="of:=[.B2]+90"/>'


@pytest.mark.parametrize(
    ("cell", "rule"), [(FAILED, "formula_error"), (VALUELESS, "unreadable_date")]
)
def test_a_formula_of_opendocument_without_a_value_is_no_open_case(
    tmp_path: Path, cell: str, rule: str
) -> None:
    header = row(*map(text, HEADER))
    gap = row(
        '<table:table-cell table:number-columns-repeated="3"/>',
        attributes=' table:number-rows-repeated="2"',
    )
    path = open_document(
        tmp_path / "liste.ods",
        A=[header, row(text("K-1"), day("2019-03-02"))],
        B=[
            gap,
            header,
            row(text("K-2"), day("2019-03-02"), cell),
            row(text("K-3"), day("2019-03-02")),
        ],
    )

    result = checked(path)

    assert result.accepted["case_id"].to_pylist() == ["K-1", "K-3"]
    (finding,) = [each for each in result.findings if each.rule == rule]
    assert (finding.sheet, finding.line) == ("B", 4)
    assert "C4" in {each.value for each in result.findings if each.rule == "formula_cells"}


def test_merged_and_hidden_cells_of_opendocument(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell/>"
    merged = text("SGB II", ' table:number-rows-spanned="3"')
    path = open_document(
        tmp_path / "liste.ods",
        A=[
            row(*map(text, ["Rechtskreis", *HEADER])),
            row(merged, text("K-1"), day("2019-03-02")),
            row(covered, text("K-2"), day("2019-03-02"), attributes=' table:visibility="filter"'),
            row(covered, text("K-3"), day("2019-03-02")),
        ],
        B=[
            row(*map(text, HEADER)),
            row(text("K-4"), day("2019-03-02"), attributes=' table:visibility="collapse"'),
        ],
    )

    result = checked(path)

    assert result.accepted["legal_regime"].to_pylist() == ["sgb2", "sgb2", "sgb2", None]
    assert result.facts is not None and dict(result.facts.aside) == {Aside.HIDDEN: 2}
    assert [(f.rule, f.value) for f in result.findings if f.sheet == "A"] == [
        ("merged_cells", "A2:A4")
    ]


@pytest.mark.parametrize("stray", [" ", "\u00a0", "x"])
def test_a_blank_far_from_a_long_list_is_left_out(tmp_path: Path, stray: str) -> None:
    path = tmp_path / "liste.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for line in range(1, 1_501):
            sheet.write_row(line, 0, [f"K-{line}", "02.03.2019"])
        sheet.write_string(1_400, 16_383, stray)
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    if stray == "x":
        with pytest.raises(UnusableInputError) as caught:
            checked(path)
        assert caught.value.message == "reader.too_many_cells"
    else:
        assert checked(path).rows_accepted == 1_500
