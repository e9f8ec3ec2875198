"""What a table of the data contract is made of: its name, columns, key, parent and area."""

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from analytics.extracts.columns import Column, Empty, Kind


class TableName(StrEnum):
    """The tables that districts deliver and snapshots hold."""

    CASES = "cases"
    REFERRALS = "referrals"
    ROLLOUT = "rollout"
    POSTS = "posts"
    FUNDING = "funding"
    POPULATION = "population"
    COMPARABILITY = "comparability"
    HANDOVERS = "handovers"
    REGIME_CHANGES = "regime_changes"
    CONFERENCES = "conferences"
    AGREEMENTS = "agreements"
    STRUCTURE = "structure"
    TITLES = "titles"


@dataclass(frozen=True, slots=True)
class Parent:
    """The table that holds each row's parent, found by equal ``columns``."""

    table: TableName
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: Its name.
        columns: Its columns in order.
        key: The columns that no two rows share.
        area: The column that says whose row it is.
        parent: Where each row's parent is found, if it has one.
        is_optional: Whether nobody has to deliver it. A snapshot holds it only where somebody has:
            then it has rows; that it is not there says "not delivered", never "none".
        tells_of_people: Whether a row stands for somebody, so that numbers of rows are protected.
    """

    name: TableName
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    area: str
    parent: Parent | None = None
    is_optional: bool = False
    tells_of_people: bool = False

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


def text(name: str, empty: Empty = Empty.UNKNOWN) -> Column:
    """Return a column of text."""
    return Column(name, Kind.TEXT, empty)


def date(name: str, empty: Empty = Empty.UNKNOWN) -> Column:
    """Return a column of days."""
    return Column(name, Kind.DATE, empty)


def figure(name: str, kind: Kind, empty: Empty = Empty.NO_FIGURE) -> Column:
    """Return a column of figures."""
    return Column(name, kind, empty)


def code(
    name: str, codes: type[StrEnum], empty: Empty = Empty.UNKNOWN, wording: str = ""
) -> Column:
    """Return a column of codes."""
    return Column(name, Kind.CODE, empty, codes, wording)
