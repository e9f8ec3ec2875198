"""The kinds of published facts as frozen values; ``analytics.domain.programme`` reads them."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.domain.partial_dates import PartialDate
from analytics.domain.vocabulary import Module

DAYS_PER_WEEK = 7
DAYS_PER_MONTH = 30.4375


class Qualifier(StrEnum):
    """How exact a published figure is."""

    EXACT = "exact"
    ABOUT = "about"
    JUST_UNDER = "just_under"
    OVER = "over"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


class Programme(StrEnum):
    """Which of the two programmes, or the whole integration infrastructure of the state."""

    MODEL = "model_programme"
    KIM = "kim"
    INFRASTRUCTURE = "infrastructure"


class Lane(StrEnum):
    """The line of the timeline that an event belongs to."""

    MODEL = "model_programme"
    KIM = "kim"
    LAW = "law"
    LOCAL = "local"


class Measure(StrEnum):
    """What is waited for: ``access`` counts from the entitlement, ``waiting`` from registration."""

    ACCESS = "access"
    WAITING = "waiting"


class Statistic(StrEnum):
    """The average that a published waiting time is; ``unstated`` where the source is silent."""

    MEAN = "mean"
    MEDIAN = "median"
    UNSTATED = "unstated"


class Participants(StrEnum):
    """Whose waiting time it is; ``one_group`` is a status group that the source does not name."""

    ALL = "all"
    OBLIGED = "obliged"
    ENTITLED = "entitled"
    ONE_GROUP = "one_group"


class TimeUnit(StrEnum):
    """The unit in which a waiting time was published."""

    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Text:
    """A short statement in both languages."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the statement in German for ``de``, else in English."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts were published; ``date`` is None where the source does not tell."""

    number: int
    title: str
    date: PartialDate | None

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact has: the date it is about (None: undated) and its sources' numbers."""

    date: PartialDate | None
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSite(Fact):
    """One of the model municipalities; None means that no source tells, never that it has none."""

    ags: str
    start: PartialDate | None = None
    start_note: Text | None = None
    focus: Text | None = None
    built: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """An entry of the timeline, from ``date`` to ``end`` where it lasted; legal steps included."""

    lane: Lane
    kind: str
    text: Text
    end: PartialDate | None = None
    ags: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Fact):
    """An amount in euros; ``year`` where it is for one year, ``per_year`` where it recurs."""

    id: str
    programme: Programme
    amount_eur: float
    qualifier: Qualifier
    per_year: bool
    planned: bool
    text: Text
    year: int | None = None
    ags: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Fact):
    """The grant for one post and year, in euros."""

    id: str
    module: Module
    amount_eur: float
    qualifier: Qualifier
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPosts(Fact):
    """Full-time posts of one place; ``module`` is None for all of them together."""

    ags: str
    fte: float
    qualifier: Qualifier
    module: Module | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWait(Fact):
    """A published waiting time for integration courses in Germany; ``low`` to ``high``, in units.

    Values of different measures, statistics or groups are not comparable with each other.
    """

    measure: Measure
    statistic: Statistic
    group: Participants
    unit: TimeUnit
    low: float
    high: float
    qualifier: Qualifier
    text: Text | None = None

    @property
    def days(self) -> tuple[float, float]:
        """Return low and high converted to days, for one scale; published is the unit's value."""
        factor = DAYS_PER_WEEK if self.unit is TimeUnit.WEEKS else DAYS_PER_MONTH
        return self.low * factor, self.high * factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Fact):
    """A published number of people or cases; ``related`` ones belong to another programme."""

    id: str
    ags: str
    value: int
    qualifier: Qualifier
    related: bool
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Fact):
    """What one source says about a question on which sources differ."""

    text: Text


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question with claims that contradict each other; shown together, never resolved."""

    id: str
    question: Text
    claims: tuple[Claim, ...]
