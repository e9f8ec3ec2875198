"""``indicator`` on the command line: three forms, two languages, and clear refusals."""

import json
from datetime import date
from pathlib import Path

import pytest
from need_rows import COMPARISON, MODEL, Needs, publish

from analytics.cli import main

GIVEN = (
    Needs(20, MODEL, referred=30),
    Needs(20, MODEL, ended=100),
    Needs(3, COMPARISON, referred=10, on=date(2019, 5, 2)),
)
BY_GROUP = ("indicator", "share_referred_90d", "--by", "group")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("store")
    publish(root, GIVEN).__exit__(None, None, None)
    return root


def test_json_is_all_that_is_on_standard_output(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [*BY_GROUP, "--format", "json", "--store", str(store), "--lang", "en"]
    assert main([*arguments, "--to", "2018-12"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["provenance"] == "synthetic"
    assert (document["from"], document["to"]) == ("2018-02", "2018-12")
    model, comparison = document["values"]
    assert (model["label"], model["value"], model["n"]) == ("Model municipalities", 0.5, 40)
    assert comparison["status"] == "no_data"


def test_json_has_null_for_what_is_hidden(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Three of the comparison units could be told from the total, so both groups are hidden.
    assert main([*BY_GROUP, "--format", "json", "--store", str(store)]) == 0
    for row in json.loads(capsys.readouterr().out)["values"]:
        assert row["status"] == "suppressed"
        assert [row[name] for name in ("value", "low", "high", "n")] == [None] * 4


def test_the_table_says_what_is_hidden(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [*BY_GROUP, "--store", str(store), "--lang", "de"]
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert "Anteil vermittelt binnen 90 Tagen" in text
    assert "geschützt" in text
    assert "Demonstrationsdaten (synthetisch)" in text


def test_csv_is_what_the_language_reads(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["indicator", "share_referred_90d", "--by", "state", "--format", "csv"]
    assert main([*arguments, "--store", str(store), "--lang", "de", "--to", "2018-12"]) == 0
    header, row = capsys.readouterr().out.splitlines()
    assert header.count(";") == row.count(";")
    assert "0,5" in row
    assert main([*arguments, "--store", str(store), "--lang", "en", "--to", "2018-12"]) == 0
    assert "0.5" in capsys.readouterr().out.splitlines()[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cases_per_fte", "--by", "group"], "lässt sich so nicht aufgliedern"),
        (["foreign_share", "--by", "state", "--offer-area", "health"], "beruht auf Kreisdaten"),
        (["foreign_share", "--by", "state", "--from", "2019-13"], "Kein Monat in der Form"),
        (["foreign_share", "--by", "state", "--from", "2020-02", "--to", "2020-01"],
         "endet (2020-01) vor seinem Beginn (2020-02)"),
        (["league_table", "--by", "state"], "nicht zulässig"),
        (["foreign_share", "--by", "rank"], "--by"),
        (["foreign_share", "--by", "state", "--offer-area", "LANGUAGE"], "language, education"),
        (["foreign_share"], "--by"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_in_words(
    store: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["indicator", *arguments, "--store", str(store), "--lang", "de"]) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_an_empty_or_damaged_store_says_what_helps(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*BY_GROUP, "--store", str(tmp_path), "--lang", "de"]) == 2
    assert "python -m analytics demo" in capsys.readouterr().err
    (tmp_path / "CURRENT").write_text("nowhere")
    assert main([*BY_GROUP, "--store", str(tmp_path), "--lang", "de"]) == 2
    assert "nowhere" in (said := capsys.readouterr().err) and "snapshots list" in said
