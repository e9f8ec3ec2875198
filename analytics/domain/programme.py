"""Published facts on the model programme and KIM, read from ``data/reference/programme.toml``."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from analytics.domain.areas import REFERENCE
from analytics.domain.partial_dates import PartialDate
from analytics.domain.programme_types import (
    Claim,
    Conflict,
    Count,
    CourseWait,
    Event,
    Fact,
    Funding,
    Lane,
    LocalPosts,
    Measure,
    ModelSite,
    Participants,
    Programme,
    Qualifier,
    Rate,
    Source,
    Statistic,
    Text,
    TimeUnit,
)
from analytics.domain.vocabulary import Module

__all__ = [
    "Claim",
    "Conflict",
    "Count",
    "CourseWait",
    "Event",
    "Fact",
    "Facts",
    "Funding",
    "Lane",
    "LocalPosts",
    "Measure",
    "ModelSite",
    "PartialDate",
    "Participants",
    "Programme",
    "Qualifier",
    "Rate",
    "Source",
    "Statistic",
    "Text",
    "TimeUnit",
    "UnsourcedFactError",
    "facts",
    "read_facts",
]

_UNDATED: Final = "undated"
_Fact = TypeVar("_Fact", bound=Fact)


class UnsourcedFactError(ValueError):
    """A fact without a source, with an unknown one, or without a date (or ``undated``)."""


@dataclass(frozen=True)
class Facts:
    """All published facts, in the order of the file; ``sources`` by number."""

    sites: tuple[ModelSite, ...]
    events: tuple[Event, ...]
    funding: tuple[Funding, ...]
    rates: tuple[Rate, ...]
    posts: tuple[LocalPosts, ...]
    course_waits: tuple[CourseWait, ...]
    counts: tuple[Count, ...]
    conflicts: tuple[Conflict, ...]
    sources: Mapping[int, Source]

    def source(self, number: int) -> Source:
        """Return the source with this number.

        Raises:
            KeyError: If there is none.
        """
        return self.sources[number]

    def site(self, ags: str) -> ModelSite:
        """Return the model site with this key.

        Raises:
            KeyError: If the area is no model site.
        """
        return {site.ags: site for site in self.sites}[ags]

    def timeline(self, *lanes: Lane) -> tuple[Event, ...]:
        """Return the dated events of these lanes (none: of all), oldest first."""
        chosen = [
            (event.date.first_day, event)
            for event in self.events
            if event.date is not None and (not lanes or event.lane in lanes)
        ]
        return tuple(event for _, event in sorted(chosen, key=lambda pair: pair[0]))

    def yearly_funding(self, programme: Programme) -> tuple[Funding, ...]:
        """Return the state's amounts for single years, oldest first; local ones are left out."""
        of_state = [f for f in self.funding if f.programme is programme and f.ags is None]
        return tuple(sorted((f for f in of_state if f.year), key=lambda fact: fact.year or 0))

    def funding_of(self, id: str) -> Funding:
        """Return the amount with this id.

        Raises:
            KeyError: If there is none.
        """
        return {fact.id: fact for fact in self.funding}[id]

    def conflict(self, id: str) -> Conflict:
        """Return the question with this id.

        Raises:
            KeyError: If there is none.
        """
        return {conflict.id: conflict for conflict in self.conflicts}[id]

    def all(self) -> Iterator[Fact]:
        """Yield every fact, the claims of conflicts included."""
        yield from (*self.sites, *self.events, *self.funding, *self.rates, *self.posts)
        yield from (*self.course_waits, *self.counts)
        for conflict in self.conflicts:
            yield from conflict.claims


@cache
def facts() -> Facts:
    """Return the facts of ``data/reference/programme.toml``, read once."""
    return read_facts(REFERENCE / "programme.toml")


def read_facts(path: Path) -> Facts:
    """Read a file of facts.

    Raises:
        UnsourcedFactError: If a fact lacks a date or a known source.
        ValueError: If a date or code is none.
        TypeError: If an entry lacks a field or has one too many.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    sources = {
        int(number): _source(int(number), entry) for number, entry in data["sources"].items()
    }

    def read(table: str, kind: Callable[..., _Fact]) -> tuple[_Fact, ...]:
        return tuple(kind(**_fields(entry, sources)) for entry in data[table])

    conflicts = [
        Conflict(
            entry["id"],
            Text(**entry["question"]),
            tuple(Claim(**_fields(claim, sources)) for claim in entry["claims"]),
        )
        for entry in data["conflicts"]
    ]
    return Facts(
        sites=read("sites", ModelSite),
        events=read("events", Event),
        funding=read("funding", Funding),
        rates=read("rates", Rate),
        posts=read("posts", LocalPosts),
        course_waits=read("course_waits", CourseWait),
        counts=read("counts", Count),
        conflicts=tuple(conflicts),
        sources=sources,
    )


_CONVERSIONS: Final[Mapping[str, Callable[[Any], object]]] = {
    "start": PartialDate.parse,
    "end": PartialDate.parse,
    "amount_eur": float,
    "lane": Lane,
    "programme": Programme,
    "qualifier": Qualifier,
    "module": Module,
    "measure": Measure,
    "statistic": Statistic,
    "group": Participants,
    "unit": TimeUnit,
}
_TEXTS: Final = frozenset({"text", "focus", "built", "start_note"})


def _fields(entry: Mapping[str, Any], sources: Mapping[int, Source]) -> dict[str, Any]:
    """Return the entry with its values converted, after checking its date and sources."""
    numbers = tuple(int(number) for number in entry.get("sources", ()))
    if not numbers or not set(numbers) <= set(sources) or not entry.get("date"):
        raise UnsourcedFactError(f"no date or no known source: {dict(entry)}")
    fields: dict[str, Any] = {}
    for name, value in entry.items():
        if name in _TEXTS:
            fields[name] = Text(**value)
        else:
            fields[name] = _CONVERSIONS[name](value) if name in _CONVERSIONS else value
    return fields | {"date": _date(entry["date"]), "sources": numbers}


def _source(number: int, entry: Mapping[str, str]) -> Source:
    return Source(number, entry["title"], _date(entry["date"]))


def _date(text: str) -> PartialDate | None:
    return None if text == _UNDATED else PartialDate.parse(text)
