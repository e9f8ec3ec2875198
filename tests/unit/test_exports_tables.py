"""Files open in spreadsheets and programs, hide what is hidden, and run nothing."""

import csv
import io
import zipfile

import pandas as pd
import pytest
from chart_exhibits import exhibit, mixed
from python_calamine import CalamineWorkbook

from analytics.disclosure import Column
from analytics.exports.tables import csv_bytes, readable, xlsx_bytes
from analytics.i18n import LANGUAGES, Language, words

DE, EN = words("de"), words("en")


def test_people_read_numbers_and_reasons() -> None:
    frame = readable(mixed().table, DE)
    assert list(frame.columns) == ["Gruppe", "Maß", "Wert", "von", "bis", "n"]
    assert frame["Wert"].tolist() == [
        "12,5\u00a0Tage",
        "über 240\u00a0Tage",
        "25,0\u00a0%",
        "geschützt",
        "keine Daten",
        "0,0\u00a0%",
    ]
    assert frame["n"].tolist()[2] == "1.200"
    assert readable(mixed().table, EN)["Wert"].tolist()[3] == "protected"


def test_german_csv_is_what_excel_opens() -> None:
    content = csv_bytes(mixed(), DE)
    assert content.startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(io.BytesIO(content), sep=";", decimal=",", encoding="utf-8-sig")
    assert frame["Wert"].tolist()[:1] == [12.5]
    assert frame["Wert"].isna().tolist() == [False, True, False, True, True, False]
    assert frame["Status"].tolist()[3:] == ["geschützt", "keine Daten", "ausgewiesen"]
    assert frame["Herkunft"].unique().tolist() == ["Demonstrationsdaten (synthetisch)"]
    assert frame["Datenstand"].unique().tolist() == ["2023-12-31"]


def test_english_csv_has_points_and_the_mark_that_excel_needs_for_umlauts() -> None:
    content = csv_bytes(mixed(), EN)
    assert content.startswith(b"\xef\xbb\xbfGruppe,")
    frame = pd.read_csv(io.BytesIO(content))
    assert frame["Wert"].tolist()[2] == 0.25
    assert frame["Snapshot"].unique().tolist() == ["2023-12-31-demo"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_runs_no_formula(language: Language) -> None:
    text = csv_bytes(mixed(), words(language)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if language == "de" else ","))
    assert [row[0] for row in rows[1:5]] == ["'=1+1", "'+49", '\'@x; "y"', "'-"]


def test_csv_keeps_negative_numbers_numbers() -> None:
    rows = [("a", -1.5, "shown"), ("b", 1234567.0, "shown"), ("c", 1e-7, "shown")]
    table = exhibit("label value status", rows, (Column("label", "L"), Column("value", "V")))
    lines = csv_bytes(table, DE).decode("utf-8-sig").splitlines()
    assert [line.split(";")[1] for line in lines[1:]] == ["-1,5", "1234567", "0,0000001"]


def test_columns_with_one_label_stay_apart() -> None:
    rows = [("a", "x", 1.0, "shown")]
    columns = (Column("key", "Ort"), Column("label", "Ort"), Column("value", "Status"))
    twin = exhibit("key label value status", rows, columns)
    header = csv_bytes(twin, DE).decode("utf-8-sig").splitlines()[0].split(";")
    assert header[:4] == ["Ort (key)", "Ort (label)", "Status", "Status (2)"]
    assert list(readable(twin.table, DE).columns) == ["Ort (key)", "Ort (label)", "Status"]


def test_workbook_has_typed_cells_and_reasons() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(mixed(), DE)))
    assert book.sheet_names == ["Daten", "Hinweise"]
    rows = book.get_sheet_by_name("Daten").to_python()
    assert rows[0][:3] == ["Gruppe", "Maß", "Wert"]
    assert [row[2] for row in rows[1:]] == [
        12.5,
        "über 240\u00a0Tage",
        0.25,
        "geschützt",
        "keine Daten",
        0,
    ]


def test_workbook_holds_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(mixed(), DE))) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        assert sheets
        assert all(b"<f>" not in archive.read(name) for name in sheets)
        assert b"=1+1" in archive.read("xl/sharedStrings.xml")


def test_workbook_notes_say_what_it_is() -> None:
    content = xlsx_bytes(mixed(), DE, filters=("Sprache, 2017 bis 2019",))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    notes = dict(row[:2] for row in book.get_sheet_by_name("Hinweise").to_python())
    assert notes["Titel"] == "Titel"
    assert notes["Auswahl"] == "Sprache, 2017 bis 2019"
    assert notes["Datenstand"] == "31.12.2023"
    assert notes["Herkunft"] == "Demonstrationsdaten (synthetisch)"
    assert {"Aussage", "Quelle", "Datenbestand", "Lizenz", "Schutz"} <= set(notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_defines_its_indicators(language: Language) -> None:
    w = words(language)
    content = xlsx_bytes(
        exhibit(
            "label value status",
            [("a", 0.5, "shown")],
            (Column("label", "L"), Column("value", "V", "share", 1)),
            indicators=("share_referred_90d",),
        ),
        w,
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    labels = [row[0] for row in book.get_sheet_by_name(w("export.sheet_notes")).to_python()]
    assert w("export.definition") in labels


def test_files_have_the_same_bytes_each_time() -> None:
    assert csv_bytes(mixed(), DE) == csv_bytes(mixed(), DE)
    assert xlsx_bytes(mixed(), EN) == xlsx_bytes(mixed(), EN)
