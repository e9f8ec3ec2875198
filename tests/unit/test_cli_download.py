"""``download`` on the command line: every form, refusals in words, nothing half written."""

import io
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from need_rows import COMPARISON, MODEL, Needs, publish
from python_calamine import CalamineWorkbook

from analytics.charts.picture.sizes import SIZES
from analytics.cli import main
from analytics.reports.catalogue.figures_catalogue import figures

GIVEN = (
    Needs(20, MODEL, referred=30),
    Needs(20, MODEL, ended=100),
    Needs(20, COMPARISON, referred=10, on=date(2019, 5, 2)),
)
FIGURE = "share_referred_90d_by_district"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("store")
    publish(root, GIVEN).__exit__(None, None, None)
    return root


def download(store: Path, target: Path, *arguments: str) -> bytes:
    assert main(["download", *arguments, "-o", str(target), "--store", str(store)]) == 0
    return target.read_bytes()


def test_each_form_holds_the_same_values(store: Path, tmp_path: Path) -> None:
    asked = (FIGURE, "--from", "2018-01", "--to", "2019-12", "--format")
    german = download(store, tmp_path / "a.csv", *asked, "csv", "--lang", "en")
    english = download(store, tmp_path / "b.csv", *asked, "csv-en", "--lang", "de")
    workbook = download(store, tmp_path / "c.xlsx", *asked, "xlsx", "--lang", "en")
    parquet = download(store, tmp_path / "d.parquet", *asked, "parquet")
    name = "Anteil vermittelt binnen 90 Tagen"
    values = pd.read_csv(io.BytesIO(german), sep=";", decimal=",")[name]
    assert values.notna().any()
    english_values = pd.read_csv(io.BytesIO(english))["Share referred within 90 days"]
    assert english_values.tolist() == pytest.approx(values.tolist(), nan_ok=True)
    assert pq.read_table(io.BytesIO(parquet)).to_pandas()["value"].tolist() == pytest.approx(
        values.tolist(), nan_ok=True
    )
    assert CalamineWorkbook.from_filelike(io.BytesIO(workbook)).sheet_names == ["Data", "Notes"]


def test_a_picture_is_the_same_figure(store: Path, tmp_path: Path) -> None:
    picture = download(store, tmp_path / "a.png", FIGURE, "--format", "png")
    assert int.from_bytes(picture[16:20], "big") == SIZES["wide"].pixels
    drawing = download(store, tmp_path / "a.svg", FIGURE, "--format", "svg", "--size", "narrow")
    assert b"<!-- Borken -->" in drawing


def test_a_table_has_no_picture(store: Path, tmp_path: Path) -> None:
    (table, *_) = [figure.id for figure in figures().values() if not figure.drawing]
    target = tmp_path / "a.png"
    asked = ["download", table, "--format", "png", "-o", str(target), "--store", str(store)]
    assert main(asked) != 0
    assert not target.exists()


def test_a_period_and_an_offer_area_are_heeded(store: Path, tmp_path: Path) -> None:
    whole = download(store, tmp_path / "a.csv", FIGURE)
    part = download(store, tmp_path / "b.csv", FIGURE, "--to", "2018-12")
    assert whole != part
    assert "bis Dez. 2018" in part.decode("utf-8-sig").replace("\u00a0", " ")


def test_the_list_names_what_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["download", "--list", "--lang", "de"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Erkunden · Frage" in lines
    parts = [line.split("  ") for line in lines]
    found = {part[1]: [text.strip() for text in part[2:] if text] for part in parts if part[1:]}
    name = "Anteil vermittelt binnen 90 Tagen – Kreis oder kreisfreie Stadt"
    assert found[FIGURE] == [name, "[--from, --to] [Merkmale]"]
    assert lines[-1].startswith("Merkmale: --group, ") and "--sex" in lines[-1]
    assert found["district_curve"][1] == "--district [--peer] [--from, --to]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["referal_trnd"], "referral_trend"),
        (["?"], "download --list"),
        ([], "Welche Abbildung?"),
        (["kim_funding", "--district", "05766"], "nicht wählen: --district"),
        (["district_curve"], "fehlt eine Angabe: --district"),
        (["district_curve", "--district", "Lippe"], "„Lippe“"),
        (["district_funnel", "--district", "05766", "--indicator", "x"], "share_referred_90d"),
        ([FIGURE, "--from", "2019-13"], "Kein Monat"),
        ([FIGURE, "--format", "pdf"], "nicht zulässig"),
        (["referral_trend", "--from", "2019-01"], "nicht wählen: --from, --to"),
        (["model_estimate"], "keine Schätzung möglich. "),
    ],
)
def test_what_cannot_be_made_is_said_and_leaves_no_file(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    target = tmp_path / "x.csv"
    given = ["download", *arguments, "-o", str(target), "--store", str(store), "--lang", "de"]
    assert main(given) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_without_a_file_it_says_how_to_name_one(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["download", FIGURE, "--store", str(store), "--lang", "de"]) == 2
    assert f"-o {FIGURE}.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "lang", "message"),
    [
        ("missing/x.csv", "de", "den Ordner oder die Datei gibt es nicht"),
        ("missing/x.csv", "en", "there is no such file or folder"),
        ("file/x.csv", "de", "ein Teil des Pfads ist kein Ordner"),
        ("pipe", "en", "this is not a regular file"),
    ],
)
def test_a_target_that_cannot_be_written_is_named_with_the_reason(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    lang: str,
    message: str,
) -> None:
    (tmp_path / "file").write_bytes(b"before")
    os.mkfifo(tmp_path / "pipe")
    target = tmp_path / name
    given = ["download", FIGURE, "-o", str(target), "--store", str(store), "--lang", lang]
    assert main(given) == 2
    said = capsys.readouterr().err
    assert message in said and f"{target}" in said and "draft" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "pipe"]
    assert (tmp_path / "pipe").is_fifo()


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fail)
        yield


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_the_file_that_was_there(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.csv"
    target.write_bytes(b"before")
    arguments = ["download", FIGURE, "-o", str(target), "--store", str(store), "--lang", "de"]
    assert main(arguments) == 2
    assert f"({target})" in (said := capsys.readouterr().err) and "ist voll" in said
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert target.read_bytes() == b"before"
