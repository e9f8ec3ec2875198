"""``trial`` walks every figure, and tells rows, words, lost and new files apart."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.cli import main
from analytics.reports.figures_catalogue import figures


@pytest.fixture(scope="module")
def walked(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("walk")
    assert main(["trial", "-o", str(folder), "--store", str(demo_store)]) == 0
    return folder


def test_every_figure_is_there_in_both_languages(walked: Path) -> None:
    names = {path.name.rsplit(".", 1)[0] for path in walked.iterdir()}
    assert names == {f"{figure}.{language}" for figure in figures() for language in ("de", "en")}


def test_what_differs_is_told_by_its_kind(
    walked: Path, demo_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tmp_path / "before"
    before.mkdir()
    for path in walked.iterdir():
        (before / path.name).write_bytes(path.read_bytes())
    rows = pq.read_table(before / "referral_measures.de.parquet")
    pq.write_table(rows.slice(1), before / "referral_measures.de.parquet")
    words = before / "referral_trend.en.csv"
    words.write_text(words.read_text("utf-8-sig").replace("Model", "Muster"), "utf-8-sig")
    (before / "kim_funding.de.csv").unlink()
    (before / "gone.de.csv").write_text("")
    arguments = ["-o", str(tmp_path / "after"), "--store", str(demo_store), "--lang", "en"]
    assert main(["trial", *arguments, "--against", str(before)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line[:2] in ("- ", "+ ", "~ ", '" ')] == [
        "- gone.de.csv", "+ kim_funding.de.csv", "~ referral_measures.de.parquet",
        '" referral_trend.en.csv',
    ]  # fmt: skip
    assert lines[-1] == "Differences: 4"
