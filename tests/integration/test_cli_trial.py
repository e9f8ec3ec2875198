"""``trial`` walks every figure, and tells rows, words, lost and new files apart."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.cli import main
from analytics.cli.trial import differences
from analytics.reports.catalogue.figures_catalogue import figures


@pytest.fixture(scope="module")
def walked(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("walk")
    assert main(["trial", "-o", str(folder), "--store", str(demo_store)]) == 0
    return folder


def test_every_figure_is_there_in_both_languages(walked: Path) -> None:
    names = {path.name.rsplit(".", 1)[0] for path in walked.iterdir()}
    assert names == {f"{figure}.{language}" for figure in figures() for language in ("de", "en")}


def test_what_differs_is_told_by_its_kind(walked: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(walked, before)
    rows = pq.read_table(before / "referral_measures.de.parquet")
    pq.write_table(rows.slice(1), before / "referral_measures.de.parquet")
    words = before / "referral_trend.en.csv"
    words.write_text(words.read_text("utf-8-sig").replace("Model", "Muster"), "utf-8-sig")
    (before / "kim_funding.de.csv").unlink()
    (before / "gone.de.csv").write_text("")
    assert list(differences(before, walked)) == [
        "- gone.de.csv", "+ kim_funding.de.csv", "~ referral_measures.de.parquet",
        '" referral_trend.en.csv',
    ]  # fmt: skip
    assert not list(differences(walked, walked))
