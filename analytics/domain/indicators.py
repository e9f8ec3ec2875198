"""The indicator catalogue: definitions as data (``indicators.toml``), one place for each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from analytics.domain.filters import FIELDS, fields

Method = Literal[
    "survival_median", "cumulative_incidence", "restricted_mean", "proportion", "median", "ratio"
]
Dimension = str
"""``state``, ``quarter`` or the name of a field of needs."""

DIMENSIONS: Final[tuple[Dimension, ...]] = ("state", "quarter", *(each.name for each in FIELDS))
Clock = Literal["referral", "start", "start_after_referral"]
Process = Literal[
    "answer",
    "kept",
    "returned",
    "regime_gap",
    "conference",
    "decision",
    "implementation",
    "residence_title",
    "naturalisation",
]
"""What runs between bodies: rows of the derived table ``process_clock``."""
Direction = Literal["lower", "higher", "none"]
Unit = Literal["days", "share", "number", "euros"]
Theme = Literal["speed", "fit", "bindingness", "means", "context"]
"""Parts of the promise: faster, fitting, bindingly; with what means, and under which conditions."""

_OF_PROCESSES: Final = ("state", "quarter", "group", "district")
"""By what processes are told apart: not everybody delivers them, so the rest would be few."""
_OF_CASES: Final = ("answer", "kept", "returned", "regime_gap", "conference")
_CLOCK_FIELDS: Final = ("need_recorded_on", "referred_on", "started_on", "ended_on", "outcome")
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": get_args(Unit),
    "better": get_args(Direction),
    "method": get_args(Method),
    "theme": get_args(Theme),
    "interval": ("poisson", "none"),
}
_CLOCKED: Final = ("survival_median", "cumulative_incidence", "restricted_mean")
_WITH_DAY: Final = ("cumulative_incidence", "restricted_mean")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator's definition; texts by language.

    Attributes:
        id: Stable code in URLs, downloads and on the command line.
        name: What it is called.
        definition: What is measured, in one or two sentences.
        numerator: What is counted or measured.
        denominator: Out of what.
        unit: ``days``, ``share`` (0 to 1), ``number`` or ``euros``.
        digits: Decimals shown (for shares, of the percentage).
        better: Which direction is better for people; ``none`` where neither is.
        method: How the value and its interval are estimated.
        parameter: The method's parameter, such as the day of a cumulative incidence.
        clock: Which clock of the derived table it uses, if any.
        process: Which process between bodies it is of; None where it is of needs, posts or money.
        dimensions: By what it can be broken down; of needs all that is known of them.
        interval: For ratios: ``poisson`` where the numerator counts cases, ``none`` where
            everything was counted and nothing was sampled.
        per: For ratios: multiplier of the denominator's unit.
        minimum_n: Observations needed before a value is shown.
        tables: Tables of the contract that it is computed from.
        fields: Columns that it is counted from: a documented break of one of them concerns it, as a
            break of a whole table does. Those of a clock are the clock's.
        theme: The part of the promise that it speaks of.
        caveats: What one must know before using it.
        source: Source of the method or of the figures.
        version: Raised whenever the definition changes.
        is_of_referred: Whether only needs that were referred count, so that what is known of these
            alone, such as the receiving body, may tell them apart.
    """

    id: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    numerator: Mapping[str, str]
    denominator: Mapping[str, str]
    unit: Unit
    better: Direction
    method: Method
    minimum_n: int
    tables: tuple[str, ...]
    caveats: Mapping[str, str]
    source: str
    version: int
    theme: Theme
    fields: tuple[str, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    is_of_referred: bool = False
    digits: int = 0
    parameter: int | None = None
    clock: Clock | None = None
    process: Process | None = None
    interval: Literal["poisson", "none"] = "none"
    per: int = 1

    def __post_init__(self) -> None:
        if self.process is not None:
            object.__setattr__(self, "dimensions", _OF_PROCESSES)
        elif self.method in _CLOCKED:
            object.__setattr__(self, "fields", _CLOCK_FIELDS)
        if self.counts_needs and not self.dimensions:
            object.__setattr__(self, "dimensions", self._known_of_needs())
        for name, known in _WORDS.items():
            self._check(name, getattr(self, name) in known)
        self._check("dimensions", set(self.dimensions) <= set(DIMENSIONS))
        # A process has one clock, so its name says which.
        is_clocked = self.method in _CLOCKED and self.process is None
        self._check("clock", self.clock in (get_args(Clock) if is_clocked else (None,)))
        self._check("process", self.process in (None, *get_args(Process)))
        self._check("parameter", (self.parameter is not None) == (self.method in _WITH_DAY))

    @property
    def counts_needs(self) -> bool:
        """Say whether it is one of needs, which their filters choose from."""
        return self.method != "ratio" and self.process is None

    @property
    def is_of_cases(self) -> bool:
        """Say whether what it counts belongs to cases, whose municipality tells the unit.

        Themes and applications belong to whole districts.
        """
        return self.counts_needs or self.process in _OF_CASES

    @property
    def is_standardised(self) -> bool:
        """Say whether it can be held against needs of the same mix: means and shares of needs.

        A median has no weighted counterpart that the same counts would give with an interval; the
        mean wait of the same clock stands for it.
        """
        shares = ("restricted_mean", "cumulative_incidence", "proportion")
        return self.counts_needs and self.method in shares

    @property
    def is_complete(self) -> bool:
        """Say whether it counts all there is, so that it has no interval."""
        return self.method == "ratio" and self.interval == "none"

    @property
    def timed_by(self) -> Clock:
        """Return the clock of an indicator that has one."""
        if self.clock is None:
            raise ValueError(f"{self.id} has no clock")
        return self.clock

    @property
    def day(self) -> int:
        """Return the day up to which the method looks, of an indicator that has one."""
        if self.parameter is None:
            raise ValueError(f"{self.id} has no day")
        return self.parameter

    @property
    def needs_ends(self) -> bool:
        """Say whether it must be known which needs ended otherwise.

        A share by a day does not change if they seem to wait on; how long people wait does.
        """
        return self.method in ("survival_median", "restricted_mean")

    def _known_of_needs(self) -> tuple[Dimension, ...]:
        known = fields()
        return tuple(
            name
            for name in DIMENSIONS
            if self.is_of_referred or name not in known or not known[name].is_of_referred
        )

    def _check(self, field: str, is_sound: bool) -> None:
        if not is_sound:
            raise ValueError(f"indicator {self.id}: {field} cannot be {getattr(self, field)!r}")


@cache
def catalogue() -> Mapping[str, Indicator]:
    """Return all indicators by id, in the order in which they are shown."""
    path = Path(__file__).with_name("indicators.toml")
    entries = tomllib.loads(path.read_text("utf-8"))
    return {key: Indicator(id=key, **_tuples(entry)) for key, entry in entries.items()}


def indicator(indicator_id: str) -> Indicator:
    """Return one indicator; raises KeyError if there is none with this id."""
    return catalogue()[indicator_id]


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
