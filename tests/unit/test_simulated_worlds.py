"""How the stored worlds are counted, told and drawn."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics.charts import theme
from analytics.charts.levels import level_bars
from analytics.coverage.worlds import NAMES
from analytics.domain.evaluation import Design
from analytics.domain.verdict import Assumption, Level
from analytics.i18n import LANGUAGES, words
from analytics.reports.evaluation import worlds_report
from analytics.reports.evaluation.coverage_report import bias
from analytics.reports.evaluation.promises import outcomes
from analytics.reports.evaluation.simulated import Kind, Verdicts, WorldFacts, verdicts

DE = words("de")
CLOCK = WorldFacts("clock_14", Assumption.CLOCK, 0.0)
EFFECT = WorldFacts("effect", None, 1.0)
NULL = WorldFacts("null", None, 0.0)
NATURAL = {"unrecorded", "clock", "people"}
"""Worlds whose names tell the size of the violation in the unit of their words."""


def judged(world: str, levels: str, carried: str = "") -> list[dict[str, object]]:
    """Return a row a letter: s shown, c compatible, n not."""
    names = {"s": Level.SHOWN, "c": Level.COMPATIBLE, "n": Level.NOT}
    return [
        {"world": world, "design": Design.MODEL_PROJECT.value, "cases": 60_000, "seed": seed}
        | {"level": names[level].value, "carried": carried if level == "c" else ""}
        for seed, level in enumerate(levels)
    ]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Verdicts:
    rows = [
        *judged("clock_14", "s" * 30 + "c" * 10 + "n" * 60, "trends mix"),
        *judged("effect", "s" * 10 + "c" * 60 + "n" * 30, "trends"),
        *judged("null", "n" * 99 + "s"),
    ]
    worlds = {world.name: world for world in (NULL, EFFECT, CLOCK)}
    found = Verdicts(pd.DataFrame(rows), worlds, 499, date(2026, 1, 1))
    monkeypatch.setattr(worlds_report, "verdicts", lambda: found)
    return found


def test_worlds_are_counted_in_the_order_of_their_kinds(small: Verdicts) -> None:
    tallies = small.tallies()
    assert [t.world.kind for t in tallies] == [Kind.NONE, Kind.EFFECT, Kind.RECORDING]
    assert [(t.worlds, t.shown, t.compatible) for t in tallies] == [
        (100, 1, 0), (100, 10, 60), (100, 30, 10),
    ]  # fmt: skip
    assert [t.named for t in tallies] == [0, 0, 0]


def test_missed_promises_are_found_and_kept_ones_are_not(small: Verdicts) -> None:
    null, effect, clock = small.tallies()
    missed = {o.promise.id for o in outcomes(clock) if not o.is_kept}
    assert missed == {"shown", "said", "named"}
    assert all(o.is_kept for o in outcomes(null))
    assert [(o.promise.id, o.is_kept) for o in outcomes(effect)] == [("found", False)]


def test_a_small_world_promises_no_power(small: Verdicts) -> None:
    effect = replace(small.tallies()[1], cases=20_000)
    assert outcomes(effect) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_names_the_world_with_most_wrong_sentences(
    small: Verdicts, language: str
) -> None:
    w = words(language)
    exhibit = worlds_report.model_worlds(w)
    assert w("coverage.world_clock_14") in exhibit.title and w.percent(0.3) in exhibit.title
    assert w.percent(0.1) in exhibit.sentence and w.percent(0.7) in exhibit.sentence
    frame = exhibit.table.frame
    assert frame["missed"].tolist() == [False, True, True]
    assert (frame[["value", "compatible", "not"]].sum(axis=1) - 1).abs().max() < 1e-12


def test_missed_rows_are_marked_in_the_picture(small: Verdicts) -> None:
    figure = level_bars(worlds_report.model_worlds(DE), DE)
    ends = [(note.text, note.font.color) for note in figure.layout.annotations]
    missed = [color for text, color in ends if "×" in text]
    assert missed == [theme.SIGNAL] * 2 and len(ends) == 3
    shown, compatible, crosses = figure.data
    assert list(shown.x) == [0.01, 0.1, 0.3] and list(compatible.x) == [0, 0.6, 0.1]
    assert crosses.name == "× Zusage verfehlt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_world_has_its_words(language: str) -> None:
    w = words(language)
    for world in verdicts().worlds.values():
        for message in (f"coverage.world_{world.name}", f"coverage.meaning_{world.family}"):
            assert w.messages[message]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if NATURAL.intersection(name.split("_"))])
def test_the_size_of_a_violation_is_that_of_its_name(name: str, language: str) -> None:
    text = words(language).messages[f"coverage.world_{name}"]
    assert name.rpartition("_")[2] in text


def test_bias_is_relative_to_the_truth_and_signed() -> None:
    frame = bias(DE).table.frame.set_index("key")
    kim = frame.loc["kim-rollout/share_referred_90d"]
    assert -0.25 < kim["low"] < kim["value"] < kim["high"] < 0
    assert kim["exaggeration"] > 1.8 and 0 < kim["significant"] < kim["n"]
    model = frame.loc["model-project/share_referred_90d"]
    assert abs(model["value"]) < 0.05 and model["exaggeration"] < 1.2


def test_tallies_of_the_store_add_up() -> None:
    found = verdicts()
    assert sum(tally.worlds for tally in found.tallies()) == len(found.rows)
