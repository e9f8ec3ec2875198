"""What needs can be chosen and broken down by, and what a user has chosen as one frozen value.

``FIELDS`` is the one list of it. Parameters of queries, addresses, words, names of files, options
of commands, breakdowns and the data package derive from it (``docs/methods/filters.md``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Self

from analytics.domain.areas import registry
from analytics.domain.periods import Period
from analytics.domain.vocabulary import (
    AccessPath,
    AgeGroup,
    Group,
    LegalRegime,
    OfferArea,
    Provider,
    ReceivingBody,
    ResidenceStatus,
    Sex,
)

UNKNOWN: Final = "unknown"
"""Code of what was not recorded; code lists of the contract that have no such word get it here."""

Chosen = tuple[tuple[str, tuple[str, ...]], ...]
"""Codes by field, in the order of ``FIELDS``; a field that is not named is not narrowed."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property of needs that they can be chosen and broken down by.

    Attributes:
        name: Of the field in breakdowns, in the macro ``chosen_needs`` and in the messages
            ``dimension.<name>``; its codes are ``code.<name>.<code>``.
        codes: Known codes in the order shown.
        option: What a choice of it is called in addresses and on the command line.
        has_gaps: Whether rows without a code are told as ``unknown``.
        is_area: Whether its codes are official keys of areas.
        is_of_referred: Whether it is known only of needs that were referred: what is asked of all
            needs cannot be asked by it, as choosing it would choose those that were.
    """

    name: str
    codes: Callable[[], Iterable[str]]
    option: str = ""
    has_gaps: bool = False
    is_area: bool = False
    is_of_referred: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "option", self.option or self.name)

    def all_codes(self) -> tuple[str, ...]:
        """Return the codes that needs may have, ``unknown`` last where there are gaps."""
        return (*map(str, self.codes()), *((UNKNOWN,) if self.has_gaps else ()))


def _units() -> tuple[str, ...]:
    units = (unit.code for unit in registry().evaluation_units)
    return tuple(sorted([*units, *registry().split_districts]))


FIELDS: Final = (
    Field("group", lambda: (Group.MODEL, Group.COMPARISON)),
    Field("offer_area", lambda: OfferArea),
    Field("legal_regime", lambda: LegalRegime),
    Field("residence_status", lambda: ResidenceStatus),
    Field("sex", lambda: Sex),
    Field("age_group", lambda: AgeGroup),
    Field("provider", lambda: Provider, has_gaps=True),
    Field("access_path", lambda: AccessPath, has_gaps=True),
    Field("receiving_body", lambda: ReceivingBody, has_gaps=True, is_of_referred=True),
    # A page may be about one district (``district``); this is the list of those that count.
    Field(
        "district",
        lambda: (area.ags for area in registry().districts),
        option="within",
        is_area=True,
    ),
    Field("unit", _units, is_area=True),
)
"""In the order in which they are offered."""


BREAKDOWNS: Final = tuple(
    field.name
    for field in FIELDS
    if field.name != "group" and not field.is_area and not field.is_of_referred
)
"""Fields that all needs can be told apart by, within the model and the comparison group."""


@cache
def fields() -> Mapping[str, Field]:
    """Return the fields by name."""
    return {field.name: field for field in FIELDS}


def options_of_needs(*, of_referred: bool = False) -> tuple[str, ...]:
    """Return the options of the fields that needs can be chosen by, or needs that were referred."""
    return tuple(each.option for each in FIELDS if of_referred or not each.is_of_referred)


def only(**codes: Iterable[str]) -> Chosen:
    """Return a choice of codes by field; fields without codes leave all needs.

    Equal choices are equal values, in whatever order they were made.

    Raises:
        ValueError: On a field or a code that there is not: it would select nothing, which would
            read as "no data".
    """
    if unknown := set(codes) - set(fields()):
        raise ValueError(f"unknown field: {sorted(unknown)}")
    found = []
    for field in FIELDS:
        wanted = tuple(sorted({str(code) for code in codes.get(field.name, ())}))
        known = {*field.all_codes(), *((Group.UNASSIGNED,) if field.name == "group" else ())}
        if strange := set(wanted) - known:
            raise ValueError(f"unknown {field.name}: {sorted(strange)}")
        if wanted:
            found.append((field.name, wanted))
    return tuple(found)


def as_map(chosen: Chosen) -> dict[str, list[Any]]:
    """Return a choice as a parameter that DuckDB reads as ``MAP {'sex': ['female']}``."""
    return {
        "key": [name for name, _ in chosen],
        "value": [list(codes) for _, codes in chosen],
    }


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """The needs to count: recorded within ``period``, with any of the codes of each chosen field.

    ``assigned``: only needs whose evaluation unit is known, so that model and comparison group
    together are all that is counted; False: all needs. None leaves it to the question that is
    asked, which says how it counts.
    """

    period: Period
    chosen: Chosen = ()
    assigned: bool | None = None

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """Return the codes of a field; none where it is not narrowed."""
        return dict(self.chosen).get(name, ())

    @property
    def is_narrowed(self) -> bool:
        """Say whether it asks for more than a period and districts."""
        return any(name != "district" for name, _ in self.chosen)

    @property
    def is_of_referred(self) -> bool:
        """Say whether it leaves only needs that were referred."""
        return any(fields()[name].is_of_referred for name, _ in self.chosen)

    def but(self, **codes: Iterable[str]) -> Self:
        """Return the filter with other codes of some fields."""
        return replace(self, chosen=only(**{**dict(self.chosen), **codes}))

    def params(self) -> dict[str, Any]:
        """Return the named parameters of the queries."""
        return {
            "start": self.period.start,
            "end": self.period.end,
            "chosen": as_map(self.chosen),
            "without_group": Group.UNASSIGNED.value if self.assigned else None,
        }
