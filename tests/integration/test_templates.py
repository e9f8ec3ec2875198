"""Templates to fill in: made from the contract, and read back without findings."""

import io
import re
import zipfile
from datetime import date
from html import escape, unescape

import pytest

from analytics.domain.areas import registry
from analytics.exports.templates import template_csv, template_xlsx
from analytics.extracts.aliases import BOOLEAN, aliases, normal
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import TABLES, Column, Kind, Table
from analytics.extracts.readers import Source, read
from analytics.i18n import LANGUAGES, Language, words

LIPPE = "05766"
EXAMPLES = {
    "district": LIPPE,
    "unit": LIPPE,
    "municipality": "05766020",
    "case_id": "f-0001",
    "referral_id": "v-0001",
    "table": "cases",
    "column": "closed_on",
    "note": "Neues Fachverfahren",
    "source": "Statistik",
    "quarter": "01.01.2021",
    "foreign_population": "100",
    "population": "1000",
    "year": "2021",
    # Each another than the first of its list, which stands on the other side.
    "to_body": "job_centre",
    "second_body": "job_centre",
    "new_regime": "sgb2",
    "bodies": "3",
}
OF_KIND = {Kind.NUMBER: "2", Kind.INTEGER: "100", Kind.SHARE: "0.1", Kind.DATE: "01.02.2021"}
# Filled together these would contradict each other.
LEFT_EMPTY = {"closed_on", "closure_reason", "started_on", "ended_on", "outcome", "referred_on"}


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".xml")
        }


def filled(content: bytes, cells: list[str]) -> bytes:
    """Return the workbook with one more row on its first sheet, as text cells."""
    row = "".join(
        f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else "<c/>" for cell in cells
    )
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", f"<row>{row}</row></sheetData>".encode())
            new.writestr(name, part)
    return target.getvalue()


def example(column: Column, language: Language) -> str:
    if column.name in LEFT_EMPTY and not column.required:
        return ""
    if column.name in EXAMPLES:
        return EXAMPLES[column.name]
    if column.kind is Kind.BOOLEAN:
        return words(language)("template.yes")
    if column.kind is Kind.CODE:
        return words(language).label(column.code_list or "", next(iter(column.codes or ())))
    return OF_KIND.get(column.kind, "x-1")


def checked(source: Source, table: Table) -> CheckResult:
    return check(read(source, table), as_of=date(2023, 12, 31), registry=registry(), district=LIPPE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_filled_workbook_is_read_without_findings(table: Table, language: Language):
    cells = [example(column, language) for column in table.columns]
    content = filled(template_xlsx(table, words(language)), cells)

    result = checked(Source("vorlage.xlsx", content=content), table)

    assert [finding.text(words("en")) for finding in result.findings] == []
    assert result.rows_accepted == 1
    row = result.accepted.to_pylist()[0]
    assert {name for name, value in row.items() if value is None} <= LEFT_EMPTY


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_filled_csv_is_read_without_findings(table: Table, language: Language):
    empty = template_csv(table, words(language))
    assert empty.startswith(b"\xef\xbb\xbf") and empty.count(b"\r\n") == 1
    row = ";".join(example(column, language) for column in table.columns)
    if any(column.kind is Kind.SHARE for column in table.columns):
        row = row.replace("0.1", "0,1")

    result = checked(Source("vorlage.csv", content=empty + row.encode()), table)

    assert [finding.text(words("en")) for finding in result.findings] == []
    assert result.rows_accepted == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_empty_template_holds_no_rows(table: Table, language: Language):
    source = Source("vorlage.xlsx", content=template_xlsx(table, words(language)))

    assert [finding.rule for finding in checked(source, table).findings] == ["no_rows"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_lists_offer_what_the_readers_understand(table: Table, language: Language):
    found = parts(template_xlsx(table, words(language)))
    offered = {
        unescape(text) for text in re.findall(r"<t[^>]*>(.*?)</t>", found["xl/sharedStrings.xml"])
    }

    for column in table.of_kind(Kind.CODE, Kind.BOOLEAN):
        spellings = aliases().codes[str(column.code_list) if column.codes else BOOLEAN]
        meanings = {spellings[normal(text)] for text in offered if normal(text) in spellings}
        assert meanings >= {code.value for code in column.codes or ()}
    lists = [c for c in table.columns if c.kind in (Kind.CODE, Kind.BOOLEAN)]
    assert found["xl/worksheets/sheet1.xml"].count('type="list"') == len(lists)
    assert found["xl/comments1.xml"].count("<comment ") == len(table.columns)
    assert 'state="hidden"' in found["xl/workbook.xml"]
    assert 'state="frozen"' in found["xl/worksheets/sheet1.xml"]
