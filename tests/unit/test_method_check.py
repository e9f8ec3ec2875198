"""The check of the methods: it fails when a figure differs, and names tests that exist."""

import ast
import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.cli import main
from analytics.domain.published_figures import PublishedFigure, published_figures, remissions
from analytics.i18n import LANGUAGES, words
from analytics.reports.data import method_check as report
from analytics.reports.data.method_check import method_check, method_checks
from analytics.reports.data.method_values import recomputed

PROJECT = Path(__file__).parents[2]
METHODS = {
    "wilson", "difference", "poisson", "kaplan_meier", "logrank", "aalen_johansen", "funnel",
    "overdispersion", "control_chart", "two_by_two", "staggered", "honest",
}  # fmt: skip


@pytest.fixture
def wrong_figure(monkeypatch: pytest.MonkeyPatch) -> PublishedFigure:
    """One figure whose printed value is off by one unit of its last digit."""
    figure = replace(published_figures()[0], printed="0.552545")
    monkeypatch.setattr(report, "published_figures", lambda: (figure, *published_figures()[1:]))
    return figure


def test_every_method_has_published_figures() -> None:
    assert {figure.group for figure in published_figures()} == METHODS


def test_groups_stay_together() -> None:
    groups = [figure.group for figure in published_figures()]
    assert len(set(groups)) == 1 + sum(a != b for a, b in itertools.pairwise(groups))


def test_all_live_figures_agree() -> None:
    live = [check for check in method_checks() if check.figure.is_live]
    assert len(live) >= 80
    assert all(check.passed for check in live)


def test_tolerance_is_half_a_printed_digit() -> None:
    by_printed = {figure.printed: figure for figure in published_figures() if figure.is_live}
    assert by_printed["16.79"].tolerance == pytest.approx(0.005)
    assert by_printed["0.3862650"].tolerance == pytest.approx(5e-8)
    assert by_printed["0.3862650"].digits == 7
    wider = {figure.printed for figure in published_figures() if _is_wider(figure)}
    assert wider == {"0.0120", "0.0086"}  # both drawn at random by their source


def _is_wider(figure: PublishedFigure) -> bool:
    return figure.tolerance > 0.51 * 10**-figure.digits


@pytest.mark.parametrize(
    "figure",
    [figure for figure in published_figures() if not figure.is_live],
    ids=lambda figure: f"{figure.group}-{figure.quantity}-{figure.at}",
)
def test_named_tests_exist_and_hold_the_figure(figure: PublishedFigure) -> None:
    file, _, name = figure.test.partition("::")
    source = (PROJECT / file).read_text("utf-8")
    tests = {node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    assert name in tests
    assert figure.printed.rstrip("0").rstrip(".").lstrip("-") in source


def test_a_method_that_the_program_does_not_know_is_a_mistake() -> None:
    figure = replace(published_figures()[0], group="unheard")
    with pytest.raises(KeyError):
        recomputed(figure)


def test_trial_of_6_mercaptopurine_is_complete() -> None:
    arms = [patient.arm for patient in remissions()]
    assert (arms.count("6-MP"), arms.count("placebo")) == (21, 21)
    assert sum(patient.relapsed for patient in remissions() if patient.arm == "6-MP") == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_exhibit_counts_what_it_shows(language: str) -> None:
    w = words(language)
    exhibit = method_check(w)
    outcomes = exhibit.table.frame["outcome"].value_counts().to_dict()
    assert set(outcomes) == {"passed", "tests_only"}
    for count in (*outcomes.values(), len(exhibit.table.frame)):
        assert w.number(count) in exhibit.sentence
    of_tests = exhibit.table.frame.query("outcome == 'tests_only'")
    assert (of_tests["computed"] == "–").all()
    assert of_tests["test"].str.startswith("tests/reference/").all()


def test_numbers_are_written_in_the_readers_language() -> None:
    german, english = (method_check(words(language)).table.frame for language in ("de", "en"))
    assert german["published"][0] == "0,552544"
    assert english["published"][0] == "0.552544"
    assert german["tolerance"][0] == "± 0,0000005"
    assert "Untergrenze bei M = 0,5" in set(german["quantity"])


def test_a_deviation_is_said_and_exits_with_one(
    wrong_figure: PublishedFigure, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["selftest", "--lang", "de"]) == 1
    text = capsys.readouterr().out
    assert "[weicht ab]" in text
    assert "Abweichende veröffentlichte Zahlen: 1;" in text
    assert method_check(words("de")).table.frame["outcome"][0] == "failed"


def test_selftest_passes_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("de", "Nachgerechnete"), ("en", "reproduced")):
        assert main(["selftest", "--lang", language]) == 0
        assert word in capsys.readouterr().out


def test_json_holds_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["selftest", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["checks"]) == len(published_figures())
    assert document["failed"] == 0
    assert document["passed"] + document["tests_only"] == len(published_figures())
    first = document["checks"][0]
    assert (first["published"], first["result"], first["test"]) == (0.552544, "passed", None)
    assert first["computed"] == pytest.approx(0.552544, abs=5e-7)
