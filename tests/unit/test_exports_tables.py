"""Files open in spreadsheets and programs, hide what is hidden, and run nothing."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from chart_exhibits import exhibit, mixed
from python_calamine import CalamineWorkbook

from analytics.disclosure import Column, ColumnKind
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.exports.tables import csv_bytes, parquet_bytes, readable, xlsx_bytes
from analytics.i18n import LANGUAGES, Language, Words, words
from analytics.reports.basis.exhibit import Exhibit

DE, EN = words("de"), words("en")
CHOICE = (
    ("district", "05766"),
    ("from", "2017-01"),
    ("to", "2019-12"),
    ("peers", "05315+05978"),
    ("outcome", "hazard_ratio"),
    ("of the program", "x"),
)


def selections(workbook: bytes, w: Words) -> list[str]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(1).to_python()
    return [str(row[1]) for row in rows if row[0] == w("export.filters")]


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
    assert header[:5] == ["Ort (key)", "Ort (label)", "Status", "Einheit", "Status (2)"]
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
    content = xlsx_bytes(replace(mixed(), choice=CHOICE), DE)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    notes = dict(row[:2] for row in book.get_sheet_by_name("Hinweise").to_python())
    assert notes["Titel"] == "Titel"
    assert selections(content, DE) == [
        "Zeitraum: 2017 bis 2019",
        "Kreis oder kreisfreie Stadt: Kreis Lippe",
        "Vergleichsring: Köln und Kreis Unna",
        "Zielgröße: Bereinigtes Tempo der Vermittlung (Hazard Ratio)",
    ]
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


def test_a_selection_is_told_or_said_to_be_none() -> None:
    needs = NeedFilter(
        Period.parse("2019-01", "2019-03"), only(offer_area=["language", "health"], sex=["female"])
    )
    content = xlsx_bytes(replace(mixed(), needs=needs), EN)
    assert selections(content, EN) == [
        "Period: Jan 2019 to Mar 2019",
        "Offer area: Health and Language",
        "Sex: Female",
    ]
    assert selections(xlsx_bytes(mixed(), EN), EN) == ["no restriction"]


def _csv(made: Exhibit, w: Words) -> pd.DataFrame:
    separators = {"sep": ";", "decimal": ","} if w.language == "de" else {}
    return pd.read_csv(io.BytesIO(csv_bytes(made, w)), encoding="utf-8-sig", **separators)


def test_a_csv_says_what_was_selected_as_people_do() -> None:
    needs = NeedFilter(Period.parse("2017-01", "2019-12"), only(offer_area=["housing", "language"]))
    asked = replace(mixed(), needs=needs)
    told = _csv(asked, DE)["Auswahl"].unique().tolist()
    assert told == ["Zeitraum: 2017 bis 2019 · Angebotsbereich: Wohnen und Sprache"]
    (told,) = _csv(asked, EN)["Selection"].unique()
    assert "2017 to 2019" in told and "2020" not in told and "=" not in told
    chosen = replace(mixed(), choice=(("outcome", "hazard_ratio"), ("end", "2019-12")))
    (told,) = _csv(chosen, DE)["Auswahl"].unique()
    assert told.endswith("Bis: Dez. 2019") and "hazard_ratio" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_unit(language: Language) -> None:
    w = words(language)
    kinds = ("days", "share", "number", "count", "money", "points", "days_change", "ratio")
    rows = [(kind, 0.5, kind, 1, "shown") for kind in kinds]
    columns = (Column("label", "L"), Column("value", "V", "number"))
    made = exhibit("label value unit digits status", rows, columns)
    assert _csv(made, w)[w("export.unit")].tolist() == [w(f"export.unit_{kind}") for kind in kinds]
    table = pq.read_table(io.BytesIO(parquet_bytes(made, w)))
    assert table["value_unit"].to_pylist() == list(kinds)
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(made, w)))
    header, *cells = book.get_sheet_by_name(w("export.sheet_data")).to_python()
    place = header.index(w("export.unit"))
    assert [row[place] for row in cells] == [w(f"export.unit_{kind}") for kind in kinds]


@pytest.mark.parametrize("kind", ["days", "share", "money"])
def test_the_unit_of_a_table_is_that_of_its_figure(kind: ColumnKind) -> None:
    made = exhibit("label value", [("a", 1.0)], (Column("label", "L"), Column("value", "V", kind)))
    assert _csv(made, DE)["Einheit"].tolist() == [DE(f"export.unit_{kind}")]


def test_workbook_keeps_a_text_text_when_it_is_edited() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(mixed(), DE))) as archive:
        assert b'quotePrefix="1"' in archive.read("xl/styles.xml")


def test_workbook_dates_are_dates() -> None:
    rows = [("a", date(2019, 12, 31), 4.0, "shown"), ("b", None, None, "no_data")]
    columns = (Column("label", "L"), Column("day", "Tag", "date"), Column("value", "V", "number"))
    content = xlsx_bytes(exhibit("label day value status", rows, columns), DE)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = book.get_sheet_by_name("Daten").to_python()
    assert [row[1] for row in sheet[1:]] == [date(2019, 12, 31), ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_parquet_has_types_and_codes_for_what_is_hidden(language: Language) -> None:
    table = pq.read_table(io.BytesIO(parquet_bytes(mixed(), words(language))))
    assert table.column_names[-1] == "status"
    assert table["value"].to_pylist() == [12.5, None, 0.25, None, None, 0.0]
    assert table["status"].to_pylist()[1:5] == ["not_reached", "shown", "suppressed", "no_data"]
    assert table.schema.field("n").type == pa.int64()
    assert table.schema.field("label").type == pa.string()
    assert "=1+1" in table["label"].to_pylist()


def test_parquet_keeps_dates_and_types_without_any_value() -> None:
    rows = [("a", pd.Timestamp(2019, 10, 1), float("nan"), True, float("nan"), "suppressed")]
    columns = (
        Column("label", "L"),
        Column("period", "Quartal", "quarter"),
        Column("value", "V", "share"),
        Column("provisional", "P"),
        Column("n", "n", "count"),
    )
    table = exhibit("label period value provisional n status", rows, columns)
    schema = pq.read_schema(io.BytesIO(parquet_bytes(table, DE)))
    text = pa.string()
    types = [text, pa.date32(), pa.float64(), pa.bool_(), pa.int64(), text, text]
    assert schema.types == types


def test_parquet_says_what_it_is() -> None:
    metadata = pq.read_schema(io.BytesIO(parquet_bytes(mixed(), DE))).metadata
    assert metadata[b"data_cut"] == b"2023-12-31"
    assert metadata[b"snapshot"] == b"2023-12-31-demo"
    assert metadata[b"provenance"] == b"synthetic"
    notes = dict(json.loads(metadata[b"notes"]))
    assert notes["Titel"] == "Titel"
    assert {"Auswahl", "Quelle", "Datenbestand", "Lizenz", "Schutz"} <= set(notes)


def test_files_have_the_same_bytes_each_time() -> None:
    assert parquet_bytes(mixed(), DE) == parquet_bytes(mixed(), DE)
    assert csv_bytes(mixed(), DE) == csv_bytes(mixed(), DE)
    assert xlsx_bytes(mixed(), EN) == xlsx_bytes(mixed(), EN)
