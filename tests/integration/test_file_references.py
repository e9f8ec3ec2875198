"""File references as keys: the same in all that one store takes, and no trace of a mere check."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.cli import main
from analytics.extracts.snapshots import SnapshotStore
from analytics.settings import settings

CASES = "Aktenzeichen;Kreis;Fall eröffnet am;Fall geschlossen am\n51.2/19;05766;01.07.2019;\n"
NEEDS = (
    "Bedarfs-ID;Aktenzeichen;Kreis;Angebotsbereich;Bedarf festgestellt am;Vermittelt am;"
    "Begonnen am;Ohne Beginn beendet am\nB-1;51.2/19;05766;Sprache;02.07.2019;01.08.2019;;\n"
)
TOLD = ("--district", "05766", "--as-of", "2023-12-31", "--map", "Aktenzeichen=case_id")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setenv("EWG_STORE", str(tmp_path / "usual"))
    settings.cache_clear()
    found = (tmp_path / "cases.csv", tmp_path / "needs.csv")
    for path, text in zip(found, (CASES, NEEDS), strict=True):
        path.write_text(text, "utf-8")
    return found


def test_cases_and_needs_of_one_store_find_each_other(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    store = tmp_path / "own"
    for path, table in zip(files, ("cases", "referrals"), strict=True):
        assert main(["ingest", str(path), "--table", table, *TOLD, "--store", str(store)]) < 2

    folder = SnapshotStore(store).current()
    assert folder is not None
    (case,) = pq.read_table(folder / "cases.parquet")["case_id"].to_pylist()
    (need,) = pq.read_table(folder / "referrals.parquet")["case_id"].to_pylist()
    assert case == need
    assert "51" not in case[:3]
    assert not (tmp_path / "usual").exists()


def test_a_check_leaves_no_key_behind(files: tuple[Path, Path], tmp_path: Path) -> None:
    cases, needs = map(str, files)
    assert main(["check", needs, "--table", "referrals", *TOLD, "--cases", cases]) < 2
    assert not (tmp_path / "usual").exists()
