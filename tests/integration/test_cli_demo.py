"""``python -m analytics demo``."""

import json

import pytest

from analytics.cli import main
from analytics.extracts.demo import truth as truths
from analytics.extracts.manifest import read_manifest
from analytics.extracts.snapshots import SnapshotStore

SMALL = ["--cases", "300", "--seed", "5"]


def demo(store, *more):
    return main(["demo", "--store", str(store), *SMALL, *more])


def test_publishes_a_sound_synthetic_snapshot(tmp_path, capsys):
    assert demo(tmp_path, "--lang", "de") == 0
    folder = SnapshotStore(tmp_path).current()
    manifest = read_manifest(folder)
    assert manifest.is_synthetic
    assert manifest.tables["population"].provenance == "official"
    assert manifest.as_of.isoformat() == "2023-12-31"
    assert SnapshotStore(tmp_path).verify(folder.name) == ()
    assert folder.name in capsys.readouterr().out


def test_equal_seeds_give_equal_snapshots(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        # A store draws a key of its own, which the secret numbers of its records come from.
        (tmp_path / name / "records.key").write_bytes(bytes(32))
        demo(tmp_path / name)
    sums = [
        {name: entry.sha256 for name, entry in read_manifest(folder).tables.items()}
        for folder in (SnapshotStore(tmp_path / name).current() for name in ("one", "two"))
    ]
    assert sums[0] == sums[1]


def test_the_truth_goes_to_its_own_file_only(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(
        "analytics.extracts.demo.true_values.truth",
        lambda config, progress: truths(config, progress, replicates=2, cases=2_000),
    )
    file = tmp_path / "truth.json"
    assert demo(tmp_path / "store", "--truth", str(file), "--lang", "en") == 0
    assert json.loads(file.read_text("utf-8"))["config"]["seed"] == 5
    assert not list((tmp_path / "store").rglob("*truth*"))
    assert str(file) in capsys.readouterr().out


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_truth_is_refused_inside_the_store(tmp_path, capsys, language):
    assert demo(tmp_path, "--truth", str(tmp_path / "truth.json"), "--lang", language) == 2
    assert "truth.json" in capsys.readouterr().err
    assert SnapshotStore(tmp_path).current() is None


def test_if_missing_keeps_what_is_there(tmp_path):
    demo(tmp_path)
    before = SnapshotStore(tmp_path).current()
    assert demo(tmp_path, "--if-missing") == 0
    assert SnapshotStore(tmp_path).current() == before


@pytest.mark.parametrize("wrong", [["--cases", "0"], ["--cases", "x"], ["--seed", "-1"]])
def test_wrong_numbers_are_said_in_words(tmp_path, capsys, wrong):
    assert main(["demo", "--store", str(tmp_path), *wrong]) == 2
    assert wrong[0] in capsys.readouterr().err


@pytest.fixture
def delivered(tmp_path):
    file = tmp_path / "cases.csv"
    file.write_text("case_id;district;opened_on;closed_on\nn1;05315;2020-03-01;\n", "utf-8")
    store = tmp_path / "store"
    given = ["--table", "cases", "--as-of", "2023-12-31", "--store", str(store)]
    assert main(["ingest", str(file), *given]) == 0
    return store


@pytest.mark.parametrize("language", ["de", "en"])
def test_deliveries_are_not_replaced_unasked(delivered, capsys, language):
    before = SnapshotStore(delivered).current()
    assert demo(delivered, "--lang", language) == 2
    assert "--replace-delivered" in capsys.readouterr().err
    assert demo(delivered, "--if-missing", "--replace-delivered") == 0
    assert SnapshotStore(delivered).current() == before


def test_deliveries_are_replaced_when_that_is_said(delivered, capsys):
    before = SnapshotStore(delivered).current()
    assert demo(delivered, "--replace-delivered", "--lang", "en") == 0
    assert f"snapshots activate {before.name}" in capsys.readouterr().out
    assert SnapshotStore(delivered).current() != before


@pytest.mark.parametrize(("answer", "code"), [("ja", 0), ("", 2), ("nein", 2), ("j", 2)])
def test_somebody_there_is_asked(delivered, monkeypatch, answer, code):
    monkeypatch.setattr("click.prompt", lambda *_, **__: answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert demo(delivered, "--lang", "de") == code


def test_a_snapshot_that_cannot_be_read_may_hold_deliveries(delivered):
    current = SnapshotStore(delivered).current()
    (current / "manifest.json").write_text("{", "utf-8")
    assert demo(delivered) == 2
    assert SnapshotStore(delivered).current() == current
