"""The simulation study as stored: how often intervals, placebo rank and verdict were right."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow.parquet as pq

from analytics.disclosure import Column, ReleasedTable
from analytics.domain.areas import REFERENCE
from analytics.domain.estimates import Status
from analytics.domain.evaluation import Design, EffectOutcome
from analytics.domain.verdict import Level
from analytics.domain.vocabulary import Provenance
from analytics.i18n import Words
from analytics.reports.evaluation.scale import Scale
from analytics.reports.exhibit import Exhibit, SourceLine
from analytics.stats.intervals import wilson

STORED: Final = REFERENCE / "coverage.parquet"

PROMISED_COVERAGE: Final = 0.95
_LEVEL: Final = 0.05
_NAMES: Final = {Design.MODEL_PROJECT: "model", Design.KIM_ROLLOUT: "kim"}


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """The stored worlds.

    Attributes:
        runs: One row per world, design and outcome, as ``analytics.coverage.world.Run``.
        cases: Cases a world.
        draws: Random assignments a placebo rank.
        day: When it was stored.
    """

    runs: pd.DataFrame
    cases: int
    draws: int
    day: date

    def worlds(self, scenario: str) -> int:
        """Return how many worlds of a scenario there are."""
        return int(self.runs.loc[self.runs["scenario"] == scenario, "seed"].nunique())

    def seeds(self) -> tuple[int, int]:
        """Return the first and the last seed."""
        return int(self.runs["seed"].min()), int(self.runs["seed"].max())


@cache
def study(path: Path = STORED) -> Study:
    """Return the stored study."""
    table = pq.read_table(path)
    about = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    return Study(
        runs=table.to_pandas(),
        cases=int(about["cases"]),
        draws=int(about["draws"]),
        day=date.fromisoformat(about["date"]),
    )


def coverage(w: Words) -> Exhibit:
    """Return per design and outcome how often the 95 % interval contains the true effect."""
    runs = _of("effect")
    hit = (runs["low"] <= runs["truth"]) & (runs["truth"] <= runs["high"])
    return _exhibit("coverage", runs.assign(hit=hit), "effect", w)


def rejections(w: Words) -> Exhibit:
    """Return how often the placebo rank calls chance an effect (p at most 5 %)."""
    runs = _of("null")
    return _exhibit("rejections", runs.assign(hit=runs["placebo_p"] <= _LEVEL), "null", w)


def false_verdicts(w: Words) -> Exhibit:
    """Return how often the rules allow a causal sentence although there is no effect."""
    runs = _of("null")
    return _exhibit("false_verdicts", runs.assign(hit=runs["level"] != Level.NOT), "null", w)


def true_verdicts(w: Words) -> Exhibit:
    """Return how often the rules allow one where the effect is easy to find."""
    runs = _of("strong")
    return _exhibit("true_verdicts", runs.assign(hit=runs["level"] != Level.NOT), "strong", w)


def _of(scenario: str) -> pd.DataFrame:
    runs = study().runs
    return runs[runs["scenario"] == scenario]


def _exhibit(name: str, runs: pd.DataFrame, scenario: str, w: Words) -> Exhibit:
    frame = _rows(runs, w)
    known = study()
    first, last = known.seeds()
    least, most = frame["value"].min(), frame["value"].max()
    texts = {"least": w.percent(least, 1), "most": w.percent(most, 1)}
    size = {
        "worlds": w.number(known.worlds(scenario)),
        "cases": w.number(known.cases),
        "effect": w.number(_relative_effect(runs), 1),
    }
    used = size if scenario == "strong" else {k: size[k] for k in ("worlds", "cases")}
    title = w(f"coverage.{name}_title", **texts)
    return Exhibit(
        id=name,
        title=title,
        sentence=w(f"coverage.{name}_sentence", **texts, **used),
        table=ReleasedTable(_columns(name, w), frame),
        alt=w("coverage.alt", title=title),
        source=SourceLine(
            w(
                "coverage.source",
                first=w.number(first),
                last=w.number(last),
                day=w.date(known.day),
                draws=w.number(known.draws),
            ),
            Provenance.SYNTHETIC,
            known.day,
            None,
        ),
        notes=(w("coverage.note_error"),),
    )


def _rows(runs: pd.DataFrame, w: Words) -> pd.DataFrame:
    rows = []
    for design in Design:
        for outcome in EffectOutcome:
            chosen = runs[(runs["design"] == design) & (runs["outcome"] == outcome)]
            hits, trials = int(chosen["hit"].sum()), len(chosen)
            interval = wilson(hits, trials)
            rows.append(
                {
                    "key": f"{design}/{outcome}",
                    "label": Scale(outcome).name(w),
                    "section": w(f"verdict.design_{_NAMES[design]}"),
                    "value": hits / trials,
                    "low": float(interval.low),
                    "high": float(interval.high),
                    "n": trials,
                    "status": Status.SHOWN.value,
                }
            )
    return pd.DataFrame(rows)


def _relative_effect(runs: pd.DataFrame) -> float:
    """Return the smallest effect of an outcome, in multiples of what its panels could detect."""
    ratio = runs["truth"].abs() / runs["detectable"]
    return float(ratio.groupby([runs["design"], runs["outcome"]]).mean().min())


def _columns(name: str, w: Words) -> tuple[Column, ...]:
    return (
        Column("section", w("verdict.design")),
        Column("label", w("coverage.outcome")),
        Column("value", w(f"coverage.{name}_value"), "share", 1),
        Column("low", w("indicator.low"), "share", 1),
        Column("high", w("indicator.high"), "share", 1),
        Column("n", w("coverage.worlds"), "number"),
        Column("key", w("indicator.key"), internal=True),
        Column("status", w("indicator.status"), internal=True),
    )
