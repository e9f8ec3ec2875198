"""The data contract, version 1: seven tables, their columns, keys and parents.

A table is data: readers map delivered columns to it, the check turns text into its types, snapshots
write its schema. Labels and descriptions are messages, see ``Column.label`` and ``Column.about``.
"""

import re
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

CONTRACT_VERSION: Final = 1

# Funding rows of the whole state carry the state's key instead of a unit's.
STATE: Final = "05"


class Kind(StrEnum):
    """What a column holds; ``share`` is a number of 0 to 1, ``code`` a value of a code list."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    SHARE = "share"
    CODE = "code"


class TableName(StrEnum):
    """The tables that districts deliver and snapshots hold."""

    CASES = "cases"
    REFERRALS = "referrals"
    ROLLOUT = "rollout"
    POSTS = "posts"
    FUNDING = "funding"
    POPULATION = "population"
    COMPARABILITY = "comparability"


_ARROW: Final[Mapping[Kind, pa.DataType]] = MappingProxyType(
    {
        Kind.TEXT: pa.string(),
        Kind.CODE: pa.string(),
        Kind.DATE: pa.date32(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.SHARE: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. Columns of one name mean the same in every table."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    codes: type[StrEnum] | None = None

    @property
    def label(self) -> str:
        """Return the message id of the column's short label."""
        return f"column.label.{self.name}"

    @property
    def about(self) -> str:
        """Return the message id of the column's description."""
        return f"column.about.{self.name}"

    @property
    def code_list(self) -> str | None:
        """Return the code list's name as in ``code.<list>.<code>``, such as ``offer_area``."""
        if self.codes is None:
            return None
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.codes.__name__).lower()

    @property
    def arrow(self) -> pa.DataType:
        """Return the type of the column in Arrow and Parquet."""
        return _ARROW[self.kind]


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


def _text(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, required)


def _date(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, required)


def _code(name: str, codes: type[StrEnum], *, required: bool = False) -> Column:
    return Column(name, Kind.CODE, required, codes)


CASES: Final = Table(
    TableName.CASES,
    (
        _text("case_id", required=True),
        _text("district", required=True),
        _text("municipality"),
        _code("provider", Provider),
        _code("access_path", AccessPath),
        _date("first_contact_on"),
        _date("opened_on", required=True),
        _date("closed_on"),
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
        _text("referral_id", required=True),
        _text("case_id", required=True),
        _text("district", required=True),
        _code("offer_area", OfferArea, required=True),
        _date("need_recorded_on", required=True),
        _date("referred_on"),
        _date("started_on"),
        _date("ended_on"),
        _code("outcome", Outcome),
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
        _text("unit", required=True),
        _code("module", Module, required=True),
        _code("milestone", Milestone, required=True),
        _date("planned_on"),
        _date("reached_on"),
    ),
    key=("unit", "module", "milestone"),
    area="unit",
)

POSTS: Final = Table(
    TableName.POSTS,
    (
        _text("unit", required=True),
        _code("module", Module, required=True),
        _date("quarter", required=True),
        Column("fte_funded", Kind.NUMBER),
        Column("fte_filled", Kind.NUMBER),
    ),
    key=("unit", "module", "quarter"),
    area="unit",
)

FUNDING: Final = Table(
    TableName.FUNDING,
    (
        _text("unit", required=True),
        Column("year", Kind.INTEGER, required=True),
        _code("module", Module),
        Column("amount_eur", Kind.NUMBER, required=True),
        _code("status", FundingStatus, required=True),
    ),
    key=("unit", "year", "module", "status"),
    area="unit",
)

POPULATION: Final = Table(
    TableName.POPULATION,
    (
        _text("district", required=True),
        _date("reference_date", required=True),
        Column("population", Kind.INTEGER),
        Column("foreign_population", Kind.INTEGER),
        Column("foreign_share", Kind.SHARE),
        _code("series", Series, required=True),
        _text("source"),
    ),
    key=("district", "reference_date", "series"),
    area="district",
)

COMPARABILITY: Final = Table(
    TableName.COMPARABILITY,
    (
        _text("district", required=True),
        _code("table", TableName, required=True),
        _text("column"),
        _date("valid_from", required=True),
        _date("valid_to"),
        _code("kind", ComparabilityKind, required=True),
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
