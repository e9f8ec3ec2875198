"""What an effect estimate must pass before it may be called an effect: written rules, as data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.domain.evaluation import Design


class Assumption(StrEnum):
    """What must hold for a difference to be an effect."""

    TRENDS = "trends"
    CLOCK = "clock"
    DEFINITION = "definition"
    DATES = "dates"
    RECORDED = "recorded"
    MIX = "mix"
    NEIGHBOURS = "neighbours"


class Level(StrEnum):
    """What may be said: the sentence as it is, with its reservations, or not at all."""

    MAY = "may"
    CAVEAT = "caveat"
    NOT = "not"


_ORDER: Final = (Level.MAY, Level.CAVEAT, Level.NOT)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: which value is enough, which one is enough with a reservation.

    Attributes:
        id: Key of its messages.
        enough: Limit for no reservation.
        with_caveat: Limit below which nothing causal may be said; None: the rule only ever adds a
            reservation.
        larger_is_better: Whether the value must reach the limit or stay within it.
        designs: Where it applies.
    """

    id: str
    enough: float
    with_caveat: float | None
    larger_is_better: bool
    designs: tuple[Design, ...] = tuple(Design)

    def level(self, value: float) -> Level:
        """Return what a value allows; one that could not be computed allows nothing."""
        if self._reaches(value, self.enough):
            return Level.MAY
        if self.with_caveat is None or self._reaches(value, self.with_caveat):
            return Level.CAVEAT
        return Level.NOT

    def _reaches(self, value: float, limit: float) -> bool:
        return value >= limit if self.larger_is_better else value <= limit


_MODEL: Final = (Design.MODEL_PROJECT,)
_KIM: Final = (Design.KIM_ROLLOUT,)

RULES: Final = (
    # The two that decide: by chance alone each of them passes one panel in twenty.
    Rule("placebo", 0.05, 0.05, larger_is_better=False),
    Rule("interval", 0.0, 0.0, larger_is_better=True),
    Rule("wild", 0.05, 0.10, larger_is_better=False),
    Rule("pretrend", 0.10, 0.05, larger_is_better=True),
    Rule("detectable", 1.0, 0.75, larger_is_better=True),
    Rule("breakdown", 1.0, None, larger_is_better=True, designs=_MODEL),
    Rule("sites", 1.0, 0.0, larger_is_better=True, designs=_MODEL),
    Rule("choices", 1.0, 0.0, larger_is_better=True, designs=_MODEL),
    Rule("base", 1.0, 0.0, larger_is_better=True, designs=_KIM),
    Rule("refused", 0.25, None, larger_is_better=False, designs=_KIM),
    Rule("units", 10.0, 6.0, larger_is_better=True),
    Rule("missing", 0.10, 0.50, larger_is_better=False),
    Rule("comparability", 0.05, None, larger_is_better=False),
)
"""In the order in which they are shown.

``placebo``: p value of the placebo rank. ``interval``: distance of the 95 % interval from 0 in
standard errors, below 0 if it contains 0. ``wild``: p value of the wild bootstrap. ``pretrend``: p
value of equal trends before. ``detectable``: estimate in multiples of what the panel can find; one
that barely passes the tests is mostly too large (Gelman & Carlin 2014,
doi:10.1177/1745691614551642), so it does not count.
``breakdown``: departure from parallel trends the estimate survives, in multiples of the one before.
``sites``, ``choices``, ``base``: 1 if the estimate keeps its sign and its interval excludes 0
without each site, under each other choice, with the quarter before as base; 0 if it keeps its
sign; -1 else. ``refused``: share of group-time cells without an estimate. ``units``: treated units.
``missing``: share of the treated units' quarters without a value. ``comparability``: share of units
with a documented break.
"""


def rules(design: Design) -> tuple[Rule, ...]:
    """Return the rules of a design, in their order."""
    return tuple(rule for rule in RULES if design in rule.designs)


def strictest(levels: tuple[Level, ...]) -> Level:
    """Return the level that all of ``levels`` allow."""
    return max(levels, key=_ORDER.index, default=Level.MAY)
