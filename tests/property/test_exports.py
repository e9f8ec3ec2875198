"""Whatever a delivery brings as text: files run nothing, and give back what went in."""

import csv
import io
import zipfile
from datetime import date

import pyarrow.parquet as pq
import pytest
from chart_exhibits import exhibit
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from analytics.disclosure import Column
from analytics.exports.tables import csv_bytes, parquet_bytes, xlsx_bytes
from analytics.i18n import LANGUAGES, words
from analytics.reports.basis.exhibit import Exhibit

STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\u00a0@")
TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=30)
HOSTILE = st.tuples(st.sampled_from(STARTS), TEXTS).map("".join)
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6))
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
ROWS = st.lists(st.tuples(HOSTILE | TEXTS, NUMBERS, DAYS), min_size=1, max_size=5)


def table(rows: list[tuple[str, float, date]], *, label: str = "Ort") -> Exhibit:
    columns = (
        Column("label", label),
        Column("value", "Wert", "number"),
        Column("day", "T", "date"),
    )
    return exhibit("label value day status", [(*row, "shown") for row in rows], columns)


@pytest.mark.parametrize("language", LANGUAGES)
@given(rows=ROWS, label=HOSTILE)
@settings(max_examples=60, deadline=None)
def test_no_cell_of_a_csv_begins_a_formula_unless_it_is_a_number(language, rows, label):
    german = language == "de"
    text = csv_bytes(table(rows, label=label), words(language)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if german else ","))
    assert {len(row) for row in read} == {len(read[0])}
    for row, (name, value, day) in zip(read[1:], rows, strict=True):
        assert row[0] in (name, f"'{name}")
        assert float(row[1].replace(",", ".") if german else row[1]) == pytest.approx(value)
        assert date.fromisoformat(row[2]) == day
    texts = [cell for row in read for place, cell in enumerate(row) if row is read[0] or place != 1]
    assert not [cell for cell in texts if cell.lstrip().startswith(STARTS) or cell[:1] in STARTS]


@given(rows=ROWS, label=HOSTILE)
@settings(max_examples=30, deadline=None)
def test_no_cell_of_a_workbook_is_a_formula(rows, label):
    content = xlsx_bytes(table(rows, label=label), words("de"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not [name for name in sheets if b"<f" in archive.read(name)]
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [(row[1], row[2]) for row in read[1:]] == [
        (pytest.approx(value), day) for _, value, day in rows
    ]


@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_parquet_gives_back_what_went_in(rows):
    read = pq.read_table(io.BytesIO(parquet_bytes(table(rows), words("en"))))
    found = zip(*(read[name].to_pylist() for name in ("label", "value", "day")), strict=True)
    assert list(found) == rows
