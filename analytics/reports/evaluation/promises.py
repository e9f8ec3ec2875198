"""What the verdict promises in simulated worlds, and whether a tally keeps it."""

from dataclasses import dataclass
from typing import Final

from analytics.reports.evaluation.simulated import Kind, Tally
from analytics.stats.intervals import wilson

FULL_CASES: Final = 60_000
"""Cases of the demonstration data: only a world of that size promises that an effect is found."""

LEAST_SENTENCES: Final = 5
"""Compatible sentences of a world below which nothing is said of what they name."""

_FAULTS: Final = frozenset(
    {"undated", "undated_others", "undated_sites", "redefined", "displacement"}
)
_LARGE_FAULTS: Final = frozenset({"unrecorded_40", "clock_14", "people_50"})


@dataclass(frozen=True, slots=True)
class Promise:
    """A limit on how often something is said.

    Attributes:
        id: Key of its message.
        limit: A share.
        is_upper: Whether the share must not be above the limit; else not below it.
    """

    id: str
    limit: float
    is_upper: bool


SHOWN: Final = Promise("shown", 0.05, is_upper=True)
"""Without an effect, "shown" in any world."""
SAID: Final = Promise("said", 0.20, is_upper=True)
"""Without an effect, "shown" or "compatible" where the records are at fault."""
NAMED: Final = Promise("named", 0.80, is_upper=False)
"""Of the compatible sentences those that name the violated assumption."""
FOUND: Final = Promise("found", 0.80, is_upper=False)
"""With the demonstration data's effect or more, "shown" or "compatible"."""
PROVED: Final = Promise("proved", 0.50, is_upper=False)
"""With twice that effect, "shown"."""

PROMISES: Final = (SHOWN, SAID, NAMED, FOUND, PROVED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often it came so, and what the worlds say about the limit."""

    promise: Promise
    hits: int
    trials: int

    @property
    def is_kept(self) -> bool:
        """Say whether the limit lies within the simulation's own error (Wilson, 95 %)."""
        interval = wilson(self.hits, self.trials)
        if self.promise.is_upper:
            return bool(interval.low <= self.promise.limit)
        return bool(interval.high >= self.promise.limit)


def outcomes(tally: Tally) -> list[Outcome]:
    """Return the promises that apply to a tally, each with what became of it."""
    found = []
    if tally.world.kind is Kind.EFFECT:
        if tally.cases >= FULL_CASES:
            found.append(Outcome(FOUND, tally.said, tally.worlds))
            if tally.world.effect >= 2:
                found.append(Outcome(PROVED, tally.shown, tally.worlds))
        return found
    found.append(Outcome(SHOWN, tally.shown, tally.worlds))
    if tally.world.family in _FAULTS or tally.world.name.removeprefix("kim_") in _LARGE_FAULTS:
        found.append(Outcome(SAID, tally.said, tally.worlds))
    if tally.world.violates is not None and tally.compatible >= LEAST_SENTENCES:
        found.append(Outcome(NAMED, tally.named, tally.compatible))
    return found
