"""What the page and the command say of attacks."""

import json
from datetime import date
from pathlib import Path

import pytest

from analytics import cli
from analytics.attack import attacks, results
from analytics.attack.claims import Claims
from analytics.attack.judgement import Judged
from analytics.i18n import words
from analytics.reports.data.attack_report import attack_table, attacks_of, stored

WORDS = words("en")


def judged(release: str, right: int, certain: int = 0) -> Judged:
    return Judged(
        attack="windows",
        release=release,
        cells=1_000,
        right=right,
        wrong=1_000 - right,
        guessed=500.0,
        error=15.0,
        certain_right=certain,
        certain_wrong=0,
        certain_guessed=certain / 2,
        persons=0,
        persons_right=0,
        bound=0.5,
        chance=0.4,
        chance_person=0.7,
        remaining=float("nan"),
        asked=10,
        refused=2,
    )


@pytest.mark.parametrize(
    ("right", "certain", "told"),
    [(500, 0, False), (540, 0, False), (550, 0, True), (500, 50, True)],
)
def test_told_is_what_a_guess_does_not_explain(right: int, certain: int, told: bool) -> None:
    assert judged("released", right, certain).has_told is told


def test_few_certain_claims_may_be_chance() -> None:
    assert not judged("released", 500, 4).has_told


def test_a_table_says_which_edition_tells() -> None:
    rows = results.rows_of([judged("confidential", 990, 900), judged("released", 500)])
    found = attacks_of(rows, results.about(2_000, date(2026, 11, 29)))
    exhibit = attack_table(found, WORDS)
    assert exhibit.title == "None of 1 attacks on the released edition tells more than guessing"
    assert "1 of 1 attacks tell more" in exhibit.sentence
    assert exhibit.table.frame["told"].tolist() == [True, False]
    assert exhibit.table.frame["right_text"].tolist() == ["990 of 1,000", "500 of 1,000"]


def test_results_are_kept_with_what_they_are_about(tmp_path: Path) -> None:
    rows = results.rows_of([judged("released", 600)])
    results.store_results(rows, results.about(2_000, date(2026, 11, 29)), tmp_path / "a.parquet")
    found = stored(tmp_path / "a.parquet")
    assert (found.cases, found.deviation, found.day) == (2_000, 3, date(2026, 11, 29))
    assert attack_table(found, WORDS).title.startswith("1 of 1 attacks")


def test_the_command_tells_what_attacks_told(
    demo_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(attacks, "ATTACKS", {"windows": lambda *_: Claims((), ())})
    assert cli.main(["attack", "--lang", "en", "--store", str(demo_store), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["release"] for each in document["attacks"]] == ["confidential", "released"]
    assert document["variance"] == "2.0"
