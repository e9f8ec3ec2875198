"""The two stored simulation studies: estimates beside the truth, and verdicts in each world."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE
from analytics.domain.evaluation import Design
from analytics.domain.verdict import Assumption, Level
from analytics.domain.vocabulary import Provenance
from analytics.i18n import Words
from analytics.reports.basis.exhibit import SourceLine

STORED_INTERVALS: Final = REFERENCE / "coverage.parquet"
STORED_VERDICTS: Final = REFERENCE / "worlds.parquet"

DESIGN_NAMES: Final = {Design.MODEL_PROJECT: "model", Design.KIM_ROLLOUT: "kim"}


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """The stored worlds in which estimates are compared with the truth.

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

    def of(self, scenario: str) -> pd.DataFrame:
        """Return the runs of a scenario: ``effect`` or ``null``."""
        return self.runs[self.runs["scenario"] == scenario]

    def source(self, w: Words) -> SourceLine:
        """Return the source line."""
        return _source(self.runs, self.draws, self.day, w)


class Kind(StrEnum):
    """What a world is simulated for, in the order in which it is shown."""

    NONE = "none"
    EFFECT = "effect"
    TRENDS = "trends"
    RECORDING = "recording"
    MIX = "mix"
    OTHERS = "others"


_KINDS: Final = {
    None: Kind.NONE,
    Assumption.TRENDS: Kind.TRENDS,
    Assumption.MIX: Kind.MIX,
    Assumption.NEIGHBOURS: Kind.OTHERS,
}


@dataclass(frozen=True, slots=True)
class WorldFacts:
    """What holds in a world.

    Attributes:
        name: Key of its messages.
        violates: The assumption that does not hold; None where all do.
        effect: Multiple of the demonstration data's effects; 0 without.
    """

    name: str
    violates: Assumption | None
    effect: float

    @property
    def kind(self) -> Kind:
        """Return what the world is simulated for."""
        return Kind.EFFECT if self.effect else _KINDS.get(self.violates, Kind.RECORDING)

    @property
    def family(self) -> str:
        """Return the name without the programme and the size of the violation."""
        words = self.name.removeprefix("kim_").split("_")
        return "_".join(word for word in words if not word.isdigit())


@dataclass(frozen=True, slots=True)
class Tally:
    """What was said in the worlds of one kind and size about one programme.

    Attributes:
        world: Which.
        design, cases: Programme and cases a world.
        worlds: How many were simulated.
        shown, compatible: In how many the sentence had this level.
        named: In how many of the compatible ones it names the assumption that is violated.
    """

    world: WorldFacts
    design: Design
    cases: int
    worlds: int
    shown: int
    compatible: int
    named: int

    @property
    def said(self) -> int:
        """Return in how many worlds anything causal was said."""
        return self.shown + self.compatible


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """The stored worlds in which the verdict was asked.

    Attributes:
        rows: One row per world and design, as ``analytics.coverage.judgement.Judgement``.
        worlds: What holds in each world, by its name.
        draws: Random assignments a placebo rank.
        day: When it was stored.
    """

    rows: pd.DataFrame
    worlds: dict[str, WorldFacts]
    draws: int
    day: date

    def tallies(self) -> list[Tally]:
        """Return one tally per world, programme and size, in the order in which they are shown."""
        groups = self.rows.groupby(["world", "design", "cases"], sort=False)
        tallies = [
            self._tally(str(name), Design(str(design)), int(str(cases)), rows)
            for (name, design, cases), rows in groups
        ]
        designs, kinds, names = list(Design), list(Kind), list(self.worlds)
        return sorted(
            tallies,
            key=lambda t: (
                designs.index(t.design),
                kinds.index(t.world.kind),
                names.index(t.world.name),
                t.cases,
            ),
        )

    def _tally(self, name: str, design: Design, cases: int, rows: pd.DataFrame) -> Tally:
        world = self.worlds[name]
        compatible = rows[rows["level"] == Level.COMPATIBLE]
        named = [world.violates in carried.split() for carried in compatible["carried"]]
        return Tally(
            world=world,
            design=design,
            cases=cases,
            worlds=len(rows),
            shown=int((rows["level"] == Level.SHOWN).sum()),
            compatible=len(compatible),
            named=sum(named),
        )

    def source(self, w: Words) -> SourceLine:
        """Return the source line."""
        return _source(self.rows, self.draws, self.day, w)


@cache
def intervals(path: Path = STORED_INTERVALS) -> Intervals:
    """Return the stored study of intervals."""
    rows, about = _read(path)
    return Intervals(rows, int(about["cases"]), int(about["draws"]), _day(about))


@cache
def verdicts(path: Path = STORED_VERDICTS) -> Verdicts:
    """Return the stored study of verdicts."""
    rows, about = _read(path)
    worlds = {
        name: WorldFacts(
            name, Assumption(fact["violates"]) if fact["violates"] else None, fact["effect"]
        )
        for name, fact in json.loads(about["worlds"]).items()
    }
    return Verdicts(rows, worlds, int(about["draws"]), _day(about))


def _read(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    table = pq.read_table(path)
    about = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    return table.to_pandas(), about


def _day(about: dict[str, str]) -> date:
    return date.fromisoformat(about["date"])


def _source(rows: pd.DataFrame, draws: int, day: date, w: Words) -> SourceLine:
    text = w(
        "coverage.source",
        first=w.number(int(rows["seed"].min())),
        last=w.number(int(rows["seed"].max())),
        day=w.date(day),
        draws=w.number(draws),
    )
    brief = w("coverage.source_brief", day=w.date(day))
    return SourceLine(text, Provenance.SYNTHETIC, day, None, brief)
