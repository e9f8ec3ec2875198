"""The data package is what it says: valid for Frictionless, protected, and never half written."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package as Frictionless
from frictionless import system
from need_rows import COMPARISON, MODEL, Needs, publish

from analytics.cli import main
from analytics.disclosure import ReleasedTable
from analytics.domain.indicators import catalogue
from analytics.domain.release import Release
from analytics.exports.package import package_files, package_zip
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.catalogue.package_contents import Package, contents, package

W = words("de")
NAME = "median_days_to_referral"
FEW = (Needs(40, MODEL, referred=30), Needs(6, COMPARISON, referred=10, on=date(2019, 5, 2)))


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = current_folder(demo_store)
    assert folder is not None
    opened = open_snapshot(folder, Release.RELEASED)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def made_in(store: ParquetStore) -> Callable[[Language], Package]:
    """The package in a language, put together once."""
    return cache(lambda language: package(store, words(language)))


@pytest.fixture(scope="module")
def made(made_in: Callable[[Language], Package]) -> Package:
    return made_in("de")


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode("utf-8"))))


def write_to(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frictionless_tool_finds_it_valid(
    made_in: Callable[[Language], Package], tmp_path: Path, language: Language
) -> None:
    made = made_in(language)
    folder = write_to(tmp_path, package_files(made, words(language)))
    with system.use_context(trusted=True):
        report = Frictionless(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(made.families)


def test_the_frictionless_tool_would_find_a_wrong_value(made: Package, tmp_path: Path) -> None:
    files = package_files(made, W)
    path = "data/indicators_by_district.csv"
    files[path] = files[path].replace(b",shown,", b",guessed,", 1)
    write_to(tmp_path, files)
    with system.use_context(trusted=True):
        report = Frictionless(str(tmp_path / "datapackage.json")).validate()
    types = {error[0] for error in report.flatten(["type"])}
    assert {"constraint-error", "hash-count"} <= types


def test_it_says_what_it_is(made: Package) -> None:
    descriptor = json.loads(package_files(made, W)["datapackage.json"])
    assert descriptor["profile"] == "tabular-data-package"
    assert descriptor["version"] == made.snapshot_id
    assert descriptor["created"] == "2023-12-31T00:00:00Z"
    assert descriptor["description"].startswith("Demonstrationsdaten (synthetisch)")
    assert all(each["licenses"] and each["sources"] for each in descriptor["resources"])
    by_name = {each["name"]: each for each in descriptor["resources"]}
    titles = [licence["title"] for licence in by_name["indicators_by_district"]["licenses"]]
    assert W("export.licence_official") in titles
    assert W("export.licence_synthetic") in titles


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_read_me_names_licences_and_sources(
    made_in: Callable[[Language], Package], language: Language
) -> None:
    files = package_files(made_in(language), words(language))
    descriptor, read_me = json.loads(files["datapackage.json"]), files["README.md"].decode()
    for named in (*descriptor["licenses"], *descriptor["sources"]):
        assert f"- {named['title']}" in read_me
    assert "https://www.govdata.de/dl-de/by-2-0" in read_me


def test_a_bound_of_several_indicators_is_in_no_single_unit(made: Package) -> None:
    descriptor = json.loads(package_files(made, W)["datapackage.json"])
    of_state = next(each for each in descriptor["resources"] if each["name"].endswith("by_state"))
    fields = {field["name"]: field for field in of_state["schema"]["fields"]}
    assert all("description" not in fields[name] for name in ("value", "low", "high"))


def test_each_row_keeps_its_provenance(made: Package) -> None:
    files = package_files(made, W)
    rows = table(files, "indicators_by_district")
    assert {row["provenance"] for row in rows if row["indicator"] == "foreign_share"} == {
        "official"
    }
    funding = table(files, "kim_funding")
    assert {(row["series"], row["provenance"]) for row in funding} == {
        ("published", "published"),
        ("granted", "synthetic"),
    }


def test_every_indicator_is_there_for_every_district(made: Package) -> None:
    rows = table(package_files(made, W), "indicators_by_district")
    expected = [name for name, entry in catalogue().items() if "district" in entry.dimensions]
    assert len(rows) == 53 * len(expected)
    assert {row["key"][:2] for row in rows} == {"05"}


def test_a_package_is_made_of_released_figures_alone(demo_store: Path) -> None:
    folder = current_folder(demo_store)
    assert folder is not None
    with open_snapshot(folder, Release.CONFIDENTIAL) as opened, pytest.raises(ValueError):
        package(opened, W)


def test_what_is_protected_is_empty_and_says_so(tmp_path: Path) -> None:
    with publish(tmp_path, FEW) as few, open_snapshot(few.folder, Release.RELEASED) as released:
        files = package_files(package(released, W), W)
    rows = [row for row in table(files, "indicators_by_group") if row["status"] == "suppressed"]
    assert rows
    assert {row[name] for row in rows for name in ("value", "low", "high")} == {""}


def test_a_text_that_a_spreadsheet_would_run_is_harmless(made: Package) -> None:
    family = next(each for each in made.families if each.name == "data_comparability")
    shown = family.parts[0].exhibit
    frame = shown.table.frame.assign(note="=1+1")
    hostile = replace(shown, table=ReleasedTable(shown.table.columns, frame))
    changed = replace(family, parts=(replace(family.parts[0], exhibit=hostile),))
    files = package_files(replace(made, families=(changed,)), W)
    assert {row["note"] for row in table(files, "data_comparability")} == {"'=1+1"}


def test_the_archive_is_the_same_each_time(made: Package) -> None:
    content = package_zip(made, W)
    assert content == package_zip(made, W)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2023, 12, 31)}


def test_the_list_of_contents_counts_the_rows_of_the_files(
    store: ParquetStore, made: Package
) -> None:
    frame = contents(store, W).table.frame
    files = package_files(made, W)
    counted = {name: len(table(files, name)) for name in frame["name"]}
    assert dict(zip(frame["name"], frame["value"], strict=True)) == counted


def test_the_command_writes_replaces_and_reads_back(demo_store: Path, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "package"
    arguments = ["package", "-o", str(target), "--store", str(demo_store), "--lang", "en"]
    assert main(arguments) == 0
    first = (target / "datapackage.json").read_bytes()
    (target / "data" / "sources.csv").unlink()
    assert main(arguments) == 0
    assert (target / "datapackage.json").read_bytes() == first
    assert len(pd.read_csv(target / "data" / "sources.csv")) > 0
    assert [path.name for path in target.parent.iterdir()] == ["package"]


@pytest.mark.parametrize("name", ["thesis.txt", "datapackage.json"])
def test_the_command_touches_no_foreign_folder(
    demo_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).write_text('{"name": "other"}')
    arguments = ["package", "-o", str(tmp_path), "--store", str(demo_store), "--lang", "de"]
    assert main(arguments) == 2
    assert "neuen oder leeren Ordner" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [name]
