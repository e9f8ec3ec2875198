"""The commands ``ingest``, ``snapshots`` and ``doctor`` as a user meets them."""

import json
from pathlib import Path

import pytest
import python_calamine

from analytics.cli import main
from analytics.cli.doctor import _packages
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words

GOOD = "case_id;district;opened_on;closed_on\nn1;05315;2020-03-01;\n"
MIXED = GOOD + "n2;05315;2020-02-30;\n"


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "store")


def ingest(store: SnapshotStore, text: str, *options: str) -> int:
    file = store.root.parent / "cases.csv"
    file.write_text(text, "utf-8")
    given = ["--table", "cases", "--as-of", "31.12.2023", "--store", str(store.root)]
    return main(["ingest", str(file), *given, *options])


def run(store: SnapshotStore, *arguments: str) -> int:
    return main([*arguments, "--store", str(store.root)])


@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (MIXED, 1), ("a;b\n1;2\n", 2), ("", 2)])
def test_exit_code_says_what_became_of_the_delivery(
    store: SnapshotStore, text: str, code: int
) -> None:
    assert ingest(store, text) == code
    assert (store.current() is not None) == (code < 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ingest_reports_in_either_language(
    store: SnapshotStore, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest(store, MIXED, "--lang", language)
    printed = capsys.readouterr().out
    current = store.current()
    assert current is not None
    assert current.name in printed
    assert "quarantine" in printed
    assert words("de" if language == "en" else "en")("cli_ingest.nothing") not in printed


def test_ingest_writes_its_findings_as_a_workbook(store: SnapshotStore, tmp_path: Path) -> None:
    target = tmp_path / "findings.xlsx"

    assert ingest(store, MIXED, "--lang", "de", "--findings", str(target)) == 1

    book = python_calamine.load_workbook(target)
    listed, shown = (book.get_sheet_by_index(number).to_python() for number in (0, 1))
    assert listed[0][1:3] == ["Blatt", "Zeile"] and listed[1][2] == 3.0
    assert [row[shown[0].index("Zeile")] for row in shown] == ["Zeile", 3.0]


def test_ingest_reports_as_json(store: SnapshotStore, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(store, MIXED, "--json")
    content = json.loads(capsys.readouterr().out)
    assert (content["rows"], content["rows_taken"]) == (2, 1)
    assert content["findings"][0]["line"] == 3
    assert content["as_of"] == "2023-12-31"


def test_snapshots_are_listed_verified_activated_and_pruned(
    store: SnapshotStore, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        ingest(store, GOOD)
    capsys.readouterr()
    assert run(store, "snapshots", "list", "--json") == 0
    ids = [entry["snapshot_id"] for entry in json.loads(capsys.readouterr().out)]
    assert run(store, "snapshots", "activate", ids[2]) == 0
    assert run(store, "snapshots", "verify") == 0
    assert ids[2] in capsys.readouterr().out
    assert run(store, "snapshots", "prune", "--keep", "1") == 0
    assert {listed.snapshot_id for listed in store.list()} == {ids[0], ids[2]}


def test_verify_names_what_is_wrong(
    store: SnapshotStore, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest(store, GOOD)
    current = store.current()
    assert current is not None
    (current / "posts.parquet").write_bytes(b"x")
    capsys.readouterr()
    assert run(store, "snapshots", "verify", "--json") == 1
    content = json.loads(capsys.readouterr().out)
    assert not content["sound"]
    assert "posts" in content["problems"][0]
    assert run(store, "doctor") == 1
    assert "posts" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("snapshots", "verify"),
        ("snapshots", "activate", "../elsewhere"),
        ("snapshots", "prune", "--keep", "0"),
        ("snapshots", "prune"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    store: SnapshotStore, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(store, *arguments) == 2
    error = capsys.readouterr().err
    assert "Traceback" not in error
    assert error.strip()


def test_doctor_reports_an_empty_store_and_a_sound_one(
    store: SnapshotStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(store, "doctor", "--lang", "en") == 1
    assert "No snapshot is in force" in capsys.readouterr().out
    ingest(store, MIXED)
    (store.root / ".draft-left").mkdir()
    capsys.readouterr()
    run(store, "doctor", "--lang", "en")
    printed = capsys.readouterr().out
    assert "sound" in printed
    assert "Remains of an interrupted or running publication: 1" in printed
    assert "quarantine" in printed


def test_doctor_compares_packages_with_their_pins(tmp_path: Path) -> None:
    w = words("en")
    pins = tmp_path / "requirements.txt"
    assert not next(_packages(pins, w)).is_well
    pins.write_text("# a comment\nclick==0.0.1  # old\nno-such-package==1.0\n")
    found = list(_packages(pins, w))
    assert [diagnosis.is_well for diagnosis in found] == [False, False]
    assert "0.0.1" in found[0].text
    assert "no-such-package" in found[1].text
