"""No row with a value under a known header is lost, however a workbook or a text is laid out."""

import csv
import io
from datetime import date
from pathlib import Path

import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analytics.domain.areas import registry
from analytics.extracts.check import check
from analytics.extracts.contract import CASES
from analytics.extracts.readers import read
from analytics.extracts.what_was_read import rows_named

_CALM = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
_CASES = ["Fallkennung", "Kreis", "Fall eröffnet am", "Rechtskreis", "Geschlecht"]
_NEEDS = [
    "Vermittlungskennung",
    "Fallkennung",
    "Kreis",
    "Angebotsbereich",
    "Bedarf festgestellt am",
]
_CASE = ["K-{}", "05315", "02.03.2019", "SGB II", "weiblich"]
_NEED = ["V-{}", "K-{}", "05315", "Sprache", "02.03.2019"]
_KINDS = st.sampled_from(
    [
        "row",
        "row",
        "row",
        "needless",
        "broken",
        "blank",
        "total",
        "note",
        "header",
        "longer",
        "title",
        "needs",
    ]
)
_SHEET = st.lists(_KINDS, min_size=1, max_size=14)


def laid_out(kinds: list[str], number: int) -> tuple[list[list[str]], int]:
    """Return the rows of a sheet, its first the header, and how many have a value under one."""
    rows, values = [_CASES], 0
    is_case = True
    for place, kind in enumerate(kinds):
        key = f"{number}x{place}"
        if kind in {"header", "longer", "needs"}:
            header = {"header": _CASES, "longer": [*_CASES, "Altersgruppe"], "needs": _NEEDS}[kind]
            rows.append(header)
            is_case = kind != "needs"
            continue
        if kind == "title" or kind == "blank":
            rows.append([""] * 5)
            continue
        values += 1
        whole = [cell.format(key) for cell in (_CASE if is_case else _NEED)]
        rows.append(
            {
                "row": whole,
                "needless": whole[:3],
                "broken": [whole[0], "", "", "", "x"],
                "total": ["Summe", "", "", "", ""],
                "note": ["Quelle: eigene Erhebung", "", "", "", ""],
            }[kind]
        )
    return rows, values


@_CALM
@given(sheets=st.lists(_SHEET, min_size=1, max_size=3), offset=st.integers(0, 3))
def test_workbooks(tmp_path: Path, sheets: list[list[str]], offset: int) -> None:
    path, values = tmp_path / "delivery.xlsx", 0
    with xlsxwriter.Workbook(str(path)) as book:
        for number, kinds in enumerate(sheets):
            sheet = book.add_worksheet()
            rows, found = laid_out(kinds, number)
            values += found
            for place, row in enumerate(rows):
                sheet.write_row(place + offset, offset, row)

    _assert_kept(path, values)


@_CALM
@example(kinds=["blank", "longer"], delimiter=";", is_cut=True).via("five and two fields make six")
@given(kinds=_SHEET, delimiter=st.sampled_from(";,|\t"), is_cut=st.booleans())
def test_texts(tmp_path: Path, kinds: list[str], delimiter: str, is_cut: bool) -> None:
    rows, values = laid_out(kinds, 0)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    width = max(map(len, rows))
    for row in rows:
        filled = [*row, *[""] * (width - len(row))]
        # The writer marks a line of one empty field with quotes, which no program cuts off.
        while is_cut and len(filled) > 2 and not filled[-1]:
            filled.pop()
        writer.writerow(filled)
    path = tmp_path / "delivery.csv"
    path.write_text(buffer.getvalue(), "utf-8")

    _assert_kept(path, values)


def _assert_kept(path: Path, values: int) -> None:
    result = check(read(path, CASES), as_of=date(2023, 12, 31), registry=registry())

    assert result.facts is not None
    named = rows_named(result.facts)
    assert result.rows_accepted + result.rows_quarantined + named == values
