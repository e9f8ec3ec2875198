"""What an effect estimate must pass before it may be called an effect: written rules, as data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.domain.evaluation import Design


class Level(StrEnum):
    """What may be said.

    ``SHOWN``: the programme did it. ``COMPATIBLE``: it may have, if an assumption holds that the
    sentence names. ``NOT``: neither.
    """

    SHOWN = "shown"
    COMPATIBLE = "compatible"
    NOT = "not"


class Assumption(StrEnum):
    """What must hold for a difference to be an effect, in the order in which it is told.

    ``TRENDS``: without the programme all units would have moved alike. ``CLOCK``: needs are written
    down as early as before. ``DEFINITION``: the same counts as a referral. ``DATES``: dates are
    missing as rarely as before. ``RECORDED``: slow needs are written down as often as before.
    ``MIX``: people and needs are the same. ``NEIGHBOURS``: nobody else becomes slower.
    """

    TRENDS = "trends"
    CLOCK = "clock"
    DEFINITION = "definition"
    DATES = "dates"
    RECORDED = "recorded"
    MIX = "mix"
    NEIGHBOURS = "neighbours"


_ORDER: Final = (Level.SHOWN, Level.COMPATIBLE, Level.NOT)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: which value is enough for "shown", which one for "compatible".

    Attributes:
        id: Key of its messages.
        enough: Limit for "shown".
        compatible: Limit below which nothing causal may be said; None: the rule never forbids more
            than "shown".
        larger_is_better: Whether the value must reach the limit or stay within it.
        designs: Where it applies.
        assumption: What it speaks about; None for what concerns chance and size.
    """

    id: str
    enough: float
    compatible: float | None
    larger_is_better: bool
    designs: tuple[Design, ...] = tuple(Design)
    assumption: Assumption | None = None

    @property
    def is_sign(self) -> bool:
        """Return whether it looks for a violation itself, not only for a weak confirmation."""
        return self.assumption is not None and self.larger_is_better and self.enough < 1

    def level(self, value: float) -> Level:
        """Return what a value allows; one that could not be computed allows nothing."""
        if self._reaches(value, self.enough):
            return Level.SHOWN
        if self.compatible is None or self._reaches(value, self.compatible):
            return Level.COMPATIBLE
        return Level.NOT

    def _reaches(self, value: float, limit: float) -> bool:
        return value >= limit if self.larger_is_better else value <= limit


_MODEL: Final = (Design.MODEL_PROJECT,)
_KIM: Final = (Design.KIM_ROLLOUT,)


def _p(
    id: str,
    enough: float,
    compatible: float | None,
    designs: tuple[Design, ...] = tuple(Design),
    assumption: Assumption | None = None,
) -> Rule:
    """Return a rule on a p value that must stay small: of what should be seen again."""
    return Rule(
        id, enough, compatible, larger_is_better=False, designs=designs, assumption=assumption
    )


def _sign(
    id: str,
    enough: float,
    compatible: float | None,
    assumption: Assumption,
    designs: tuple[Design, ...] = tuple(Design),
) -> Rule:
    """Return a rule on a p value that must stay large: of what should not be seen."""
    return Rule(
        id, enough, compatible, larger_is_better=True, designs=designs, assumption=assumption
    )


RULES: Final = (
    # The two that decide: by chance alone each of them passes one panel in twenty.
    _p("placebo", 0.05, 0.05),
    Rule("interval", 0.0, 0.0, larger_is_better=True),
    _p("wild", 0.05, 0.10),
    Rule("detectable", 1.0, 0.75, larger_is_better=True),
    # Trends.
    _sign("pretrend", 0.05, 0.01, Assumption.TRENDS),
    _sign("slope", 0.05, 0.01, Assumption.TRENDS),
    # More than a third of the estimate is left whatever drift the years before leave open.
    Rule("drift", 0.65, None, larger_is_better=False, assumption=Assumption.TRENDS),
    Rule(
        "breakdown", 1.0, None, larger_is_better=True, designs=_MODEL, assumption=Assumption.TRENDS
    ),
    Rule("dip", 1.0, 0.0, larger_is_better=True, assumption=Assumption.TRENDS),
    # Recording.
    _p("clock", 0.025, 0.20, assumption=Assumption.CLOCK),
    _sign("clock_lead", 0.02, 0.01, Assumption.CLOCK),
    _sign("fast", 0.02, 0.01, Assumption.DEFINITION),
    _sign("silent", 0.02, 0.01, Assumption.DATES),
    _p("reach", 0.025, 0.20, assumption=Assumption.RECORDED),
    _sign("reach_lead", 0.02, 0.01, Assumption.RECORDED),
    _sign("needs", 0.01, None, Assumption.RECORDED),
    _sign("cases", 0.01, None, Assumption.RECORDED),
    _p("mix", 0.025, 0.10, assumption=Assumption.MIX),
    _sign("expected", 0.02, None, Assumption.MIX),
    # Others.
    _sign("neighbours", 0.02, 0.01, Assumption.NEIGHBOURS, _MODEL),
    Rule(
        "apart", 1.0, 0.0, larger_is_better=True, designs=_MODEL, assumption=Assumption.NEIGHBOURS
    ),
    # Whether it stands.
    Rule("sites", 1.0, 0.0, larger_is_better=True, designs=_MODEL),
    Rule("choices", 1.0, 0.0, larger_is_better=True, designs=_MODEL),
    Rule("base", 1.0, 0.0, larger_is_better=True, designs=_KIM),
    Rule("refused", 0.25, None, larger_is_better=False, designs=_KIM),
    Rule("units", 10.0, 6.0, larger_is_better=True),
    Rule("missing", 0.10, 0.50, larger_is_better=False),
    Rule("comparability", 1.0, 0.0, larger_is_better=True),
)
"""In the order in which they are shown.

``placebo``: p value of the placebo rank. ``interval``: distance of the 95 % interval from 0 in
standard errors, below 0 if it contains 0. ``wild``: p value of the wild bootstrap. ``detectable``:
estimate in multiples of what the panel can find; one that barely passes the tests is mostly too
large (Gelman & Carlin 2014, doi:10.1177/1745691614551642), so it does not count.

``pretrend``: p value of equal differences in all periods before. ``slope``: that of equal slopes
before. ``drift``: share of the estimate that the largest own drift would explain which the time
before does not exclude. ``breakdown``: departure from parallel trends that the estimate survives,
in multiples of the one before. ``dip``: see ``sites``; without any four quarters in a row before
the start (KIM: without the year before).

The signs are six, and one of them alone speaks against "shown": so each is asked at 2 %.

p values of twins, which must be seen again, one-sided in the direction of the estimate: ``clock``
from the first contact, ``reach`` for all cases, ``mix`` with the expected share taken out. p
values of signs,
which must not be seen: one-sided, where they favour the estimate, that it runs ahead of a twin
(``clock_lead``, ``reach_lead``), needs met within days (``fast``) and needs without any sign for a
year (``silent``) beyond what it implies, and neighbours that fall back (``neighbours``); two-sided
``needs`` for each case, ``cases`` and the ``expected`` share.

``apart``, ``sites``, ``choices``, ``base``: 1 if the estimate keeps its sign and its interval
excludes 0 without the units that border on a site, without each site, under each other choice,
with the quarter before as base; 0 if it keeps its sign; -1 else. ``refused``: share of group-time
cells without an estimate. ``units``: treated units. ``missing``: share of the treated units'
quarters without a value. ``comparability``: as ``sites``, without the units with a documented
break.
"""


def rules(design: Design) -> tuple[Rule, ...]:
    """Return the rules of a design, in their order."""
    return tuple(rule for rule in RULES if design in rule.designs)


def strictest(levels: tuple[Level, ...]) -> Level:
    """Return the level that all of ``levels`` allow."""
    return max(levels, key=_ORDER.index, default=Level.SHOWN)
