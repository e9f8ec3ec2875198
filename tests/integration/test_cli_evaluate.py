"""``evaluate`` on the command line: numbers for scripts, words for people, refusals for both."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from need_rows import MODEL, Needs, publish

from analytics.cli import main
from analytics.domain.vocabulary import Sex
from analytics.extracts.demo import DemoConfig, generate
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import words

KEYS = [
    "design", "outcome", "estimate", "low", "high", "permutation_p", "pretrend_p", "breakdown",
    "halves", "mde", "units_treated", "units_control", "cases", "refused", "verdict", "role",
    "rests_on", "only",
]  # fmt: skip
OUTCOMES = ("share_referred_90d", "restricted_mean_days_180", "hazard_ratio")
DRAWS = ("--draws", "39")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough cases for an estimate, too few for a sure one."""
    root = tmp_path_factory.mktemp("store")
    demo = generate(DemoConfig(cases=8_000))
    SnapshotStore(root).publish(
        demo.tables, as_of=demo.config.as_of, provenance=demo.provenance, source=demo.source
    )
    return root


def evaluated(
    capsys: pytest.CaptureFixture[str], *arguments: str, draws: tuple[str, ...] = DRAWS
) -> dict[str, Any]:
    assert main(["evaluate", *arguments, *draws, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


Usual = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, ...], dict[str, Any]]:
    return {}


@pytest.fixture
def usual(
    store: Path, capsys: pytest.CaptureFixture[str], answers: dict[tuple[str, ...], dict[str, Any]]
) -> Usual:
    """Answers that several tests look at; equal questions have equal ones, as a test says."""

    def ask(*asked: str, draws: tuple[str, ...] = DRAWS) -> dict[str, Any]:
        key = (*asked, *draws)
        if key not in answers:
            answers[key] = evaluated(capsys, *asked, "--store", str(store), draws=draws)
        return answers[key]

    return ask


@pytest.mark.parametrize("design", ["model-project", "kim-rollout"])
def test_an_estimate_for_some_people_is_never_the_planned_one(usual: Usual, design: str) -> None:
    everybody = usual(design, draws=())
    every_sex = [part for code in Sex for part in ("--sex", code.value)]
    some = usual(design, "--sex", "female", "--sex", "male", draws=())
    assert everybody["role"] == "primary" and everybody["only"] == {}
    assert some["role"] == "exploratory" and some["only"] == {"sex": ["female", "male"]}
    assert 0 < some["cases"] < everybody["cases"]
    # To choose every code is to choose everybody: the same needs, the same estimate.
    assert usual(design, *every_sex)["estimate"] == everybody["estimate"]


@pytest.mark.parametrize("option", [("--group", "model"), ("--receiving-body", "school")])
def test_units_and_outcomes_cannot_be_chosen(store: Path, option: tuple[str, str]) -> None:
    assert main(["evaluate", "model-project", *option, "--store", str(store)]) == 2


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("design", ["model-project", "kim-rollout"])
def test_json(usual: Usual, design: str, outcome: str) -> None:
    found = usual(design, "--outcome", outcome)
    assert list(found) == KEYS
    assert (found["design"], found["outcome"]) == (design, outcome)
    assert found["low"] < found["estimate"] < found["high"]
    assert 0 < found["permutation_p"] <= 1
    assert 0 <= found["pretrend_p"] <= 1
    assert found["mde"] > (1 if outcome == "hazard_ratio" else 0)
    assert found["verdict"] in {"shown", "compatible", "not"}
    # Other random draws than the usual ones are a choice of their own.
    assert found["role"] == "exploratory"
    assert found["rests_on"][0]["assumption"] == "trends"
    assert found["cases"] > 1000
    assert (found["breakdown"] is None) == (design == "kim-rollout")
    assert (found["halves"] is None) == (design == "kim-rollout" or outcome == "hazard_ratio")
    if found["halves"]:
        changes = [found["halves"][side]["estimate"] for side in ("treated", "others")]
        assert changes[0] - changes[1] == pytest.approx(found["estimate"])
    if outcome == "hazard_ratio":
        middle = math.sqrt(found["low"] * found["high"])
        assert found["estimate"] == pytest.approx(middle)


def test_small_pools_are_refused(usual: Usual) -> None:
    found = usual("kim-rollout", "--outcome", OUTCOMES[0])
    small = [cell for cell in found["refused"] if cell["reason"] == "small_pool"]
    assert small
    assert all(cell["pool"] < 5 for cell in small)
    assert all(list(cell) == ["start", "quarter", "reason", "pool"] for cell in found["refused"])
    assert all(cell["start"].endswith("-01") for cell in found["refused"])
    assert usual("model-project", "--outcome", OUTCOMES[0])["refused"] == []


def test_choices_change_the_estimate(usual: Usual) -> None:
    first = usual("model-project", "--outcome", OUTCOMES[0])
    assert usual("model-project", "--end", "2019-12", "--towns", "unit") == first
    later = usual("model-project", "--end", "2020-06")
    assert later["cases"] > first["cases"]
    dropped = usual("model-project", "--towns", "drop")
    assert dropped["units_control"] == first["units_control"] - 3
    assert usual("model-project", "--towns", "exposure")["estimate"] != first["estimate"]


def test_equal_seeds_give_equal_output(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("kim-rollout", "--store", str(store))
    first, second = (evaluated(capsys, *arguments, "--seed", "7") for _ in range(2))
    assert first == second
    other = evaluated(capsys, *arguments, "--seed", "8")
    assert other["estimate"] == first["estimate"]
    assert other["permutation_p"] != first["permutation_p"]


@pytest.mark.parametrize(
    ("language", "design", "texts"),
    [
        ("de", "model-project",
         ["Erkundend", "Demonstrationsdaten (synthetisch)", "Prozentpunkte", "39 Zuordnungen"]),
        ("en", "model-project",
         ["Exploratory", "percentage points", "39 assignments", "to compare"]),
        ("de", "kim-rollout", ["Erkundend", "noch nicht begonnen", "Vergleich zu klein"]),
        ("en", "kim-rollout", ["Exploratory", "not started yet", "too few units to compare"]),
    ],
)  # fmt: skip
def test_words(
    store: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    design: str,
    texts: list[str],
) -> None:
    assert main(["evaluate", design, "--store", str(store), *DRAWS, "--lang", language]) == 0
    printed = capsys.readouterr().out
    for text in texts:
        assert text in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["kim-rollout", "--end", "2020-06"], "--end gilt nur für model-project"),
        (["kim-rollout", "--towns", "drop", "--end", "2019-12"], "--end und --towns gilt nur"),
        (["model-project", "--end", "2021-01"], "2019-12, 2020-06"),
        (["model-project", "--draws", "0"], "--draws"),
        (["model-project", "--seed", "x"], "--seed"),
        (["something"], "model-project, kim-rollout"),
        ([], "DESIGN"),
    ],
)
def test_wrong_options_are_refused_in_words(
    store: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["evaluate", *arguments, "--store", str(store), "--lang", "de"]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    ("given", "arguments", "message"),
    [
        ((Needs(12, MODEL, referred=20),), ["model-project"], "zu wenige Einheiten"),
        ((Needs(12, MODEL, ended=20),), ["model-project", "--outcome", "hazard_ratio"],
         "zu wenige Vermittlungen"),
        ((Needs(12, MODEL, referred=20),), ["kim-rollout"], "Baustein 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_estimated_is_said(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    given: tuple[Needs, ...],
    arguments: list[str],
    message: str,
) -> None:
    publish(tmp_path, given).__exit__(None, None, None)
    assert main(["evaluate", *arguments, "--store", str(tmp_path), "--lang", "de"]) == 2
    printed = capsys.readouterr().err
    assert "Keine Schätzung möglich" in printed
    assert message in printed


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("de", "Beispiel"), ("en", "Example")):
        assert main(["evaluate", "--help", "--lang", language]) == 0
        assert word in capsys.readouterr().out


@pytest.mark.parametrize(
    ("outcome", "role"),
    [("share_referred_90d", "primary"), ("restricted_mean_days_180", "secondary")],
)
def test_the_plans_choices_are_told_as_such(
    store: Path, capsys: pytest.CaptureFixture[str], usual: Usual, outcome: str, role: str
) -> None:
    asked = ("model-project", "--outcome", outcome)
    assert usual(*asked, draws=())["role"] == role
    assert main(["evaluate", *asked, "--store", str(store), "--lang", "de"]) == 0
    assert words("de")(f"verdict.role_{role}") in capsys.readouterr().out
    assert usual(*asked, "--seed", "1", draws=())["role"] == "exploratory"
