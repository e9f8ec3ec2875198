"""The data contract, version 1: seven tables, their columns, keys and parents.

A table is data: readers map delivered columns to it, the check turns text into its types, snapshots
write its schema. Labels and descriptions are messages, see ``Column.label`` and ``Column.about``.
``docs/decisions/0014`` says why an unreadable cell costs the row in one column and not in another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from analytics.domain.vocabulary import (
    AccessPath,
    AgeGroup,
    ClosureReason,
    ComparabilityKind,
    FundingStatus,
    LegalRegime,
    Milestone,
    Module,
    OfferArea,
    Outcome,
    Provider,
    ReceivingBody,
    ResidenceStatus,
    Series,
    Sex,
)
from analytics.extracts.columns import Column, Empty, Kind

__all__ = [
    "CASES",
    "COMPARABILITY",
    "CONTRACT_VERSION",
    "FUNDING",
    "POPULATION",
    "POSTS",
    "REFERRALS",
    "ROLLOUT",
    "STATE",
    "TABLES",
    "Column",
    "Empty",
    "Kind",
    "Parent",
    "Table",
    "TableName",
    "table",
]

CONTRACT_VERSION: Final = 1

# Funding rows of the whole state carry the state's key instead of a unit's.
STATE: Final = "05"


class TableName(StrEnum):
    """The tables that districts deliver and snapshots hold."""

    CASES = "cases"
    REFERRALS = "referrals"
    ROLLOUT = "rollout"
    POSTS = "posts"
    FUNDING = "funding"
    POPULATION = "population"
    COMPARABILITY = "comparability"


@dataclass(frozen=True, slots=True)
class Parent:
    """The table that holds each row's parent, found by equal ``columns``."""

    table: TableName
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, its unique key, the column that says whose row it is."""

    name: TableName
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    area: str
    parent: Parent | None = None

    @property
    def label(self) -> str:
        """Return the message id of the table's name."""
        return f"column.tables.{self.name}"

    @property
    def schema(self) -> pa.Schema:
        """Return the Arrow schema; that required columns are filled is a rule, not a type."""
        return pa.schema([pa.field(column.name, column.arrow) for column in self.columns])

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names of the columns in order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of the columns that every row must fill."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """Return the column of this name.

        Raises:
            KeyError: If the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def of_kind(self, *kinds: Kind) -> tuple[Column, ...]:
        """Return the columns of these kinds, in order."""
        return tuple(column for column in self.columns if column.kind in kinds)


def _text(name: str, empty: Empty = Empty.UNKNOWN) -> Column:
    return Column(name, Kind.TEXT, empty)


def _date(name: str, empty: Empty = Empty.UNKNOWN) -> Column:
    return Column(name, Kind.DATE, empty)


def _figure(name: str, kind: Kind, empty: Empty = Empty.NO_FIGURE) -> Column:
    return Column(name, kind, empty)


def _code(name: str, codes: type[StrEnum], empty: Empty = Empty.UNKNOWN) -> Column:
    return Column(name, Kind.CODE, empty, codes)


CASES: Final = Table(
    TableName.CASES,
    (
        _text("case_id", Empty.REFUSED),
        _text("district", Empty.REFUSED),
        _text("municipality", Empty.WHOLE),
        _code("provider", Provider),
        _code("access_path", AccessPath),
        _date("first_contact_on"),
        _date("opened_on", Empty.REFUSED),
        _date("closed_on", Empty.NOT_YET),
        _code("closure_reason", ClosureReason),
        _code("legal_regime", LegalRegime),
        _code("residence_status", ResidenceStatus),
        _code("age_group", AgeGroup),
        _code("sex", Sex),
        _date("recorded_on"),
    ),
    key=("district", "case_id"),
    area="district",
)

REFERRALS: Final = Table(
    TableName.REFERRALS,
    (
        _text("referral_id", Empty.REFUSED),
        _text("case_id", Empty.REFUSED),
        _text("district", Empty.REFUSED),
        _code("offer_area", OfferArea, Empty.REFUSED),
        _date("need_recorded_on", Empty.REFUSED),
        _date("referred_on", Empty.NOT_YET),
        _date("started_on", Empty.NOT_YET),
        _date("ended_on", Empty.NOT_YET),
        _code("outcome", Outcome, Empty.NOT_YET),
        _code("receiving_body", ReceivingBody),
        Column("binding_handover", Kind.BOOLEAN),
        _date("recorded_on"),
    ),
    key=("district", "referral_id"),
    area="district",
    parent=Parent(TableName.CASES, ("district", "case_id")),
)

ROLLOUT: Final = Table(
    TableName.ROLLOUT,
    (
        _text("unit", Empty.REFUSED),
        _code("module", Module, Empty.REFUSED),
        _code("milestone", Milestone, Empty.REFUSED),
        _date("planned_on"),
        _date("reached_on", Empty.NOT_YET),
    ),
    key=("unit", "module", "milestone"),
    area="unit",
)

POSTS: Final = Table(
    TableName.POSTS,
    (
        _text("unit", Empty.REFUSED),
        _code("module", Module, Empty.REFUSED),
        _date("quarter", Empty.REFUSED),
        _figure("fte_funded", Kind.NUMBER),
        _figure("fte_filled", Kind.NUMBER),
    ),
    key=("unit", "module", "quarter"),
    area="unit",
)

FUNDING: Final = Table(
    TableName.FUNDING,
    (
        _text("unit", Empty.REFUSED),
        _figure("year", Kind.INTEGER, Empty.REFUSED),
        _code("module", Module, Empty.WHOLE),
        _figure("amount_eur", Kind.NUMBER, Empty.REFUSED),
        _code("status", FundingStatus, Empty.REFUSED),
    ),
    key=("unit", "year", "module", "status"),
    area="unit",
)

POPULATION: Final = Table(
    TableName.POPULATION,
    (
        _text("district", Empty.REFUSED),
        _date("reference_date", Empty.REFUSED),
        _figure("population", Kind.INTEGER),
        _figure("foreign_population", Kind.INTEGER),
        _figure("foreign_share", Kind.SHARE),
        _code("series", Series, Empty.REFUSED),
        _text("source"),
    ),
    key=("district", "reference_date", "series"),
    area="district",
)

COMPARABILITY: Final = Table(
    TableName.COMPARABILITY,
    (
        _text("district", Empty.REFUSED),
        _code("table", TableName, Empty.REFUSED),
        _text("column", Empty.WHOLE),
        _date("valid_from", Empty.REFUSED),
        _date("valid_to", Empty.NOT_YET),
        _code("kind", ComparabilityKind, Empty.REFUSED),
        _text("note"),
    ),
    key=("district", "table", "column", "valid_from", "kind"),
    area="district",
)

_ALL: Final = (CASES, REFERRALS, ROLLOUT, POSTS, FUNDING, POPULATION, COMPARABILITY)
TABLES: Final[Mapping[str, Table]] = MappingProxyType({each.name.value: each for each in _ALL})


def table(name: str) -> Table:
    """Return the table of this name.

    Raises:
        KeyError: If the contract has no such table.
    """
    return TABLES[name]
