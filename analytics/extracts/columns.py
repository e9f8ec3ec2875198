"""Columns of the data contract: what they hold, and what an empty cell of each says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import pyarrow as pa


class Kind(StrEnum):
    """What a column holds; ``share`` is a number of 0 to 1, ``code`` a value of a code list."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    SHARE = "share"
    CODE = "code"


class Empty(StrEnum):
    """What an empty cell says.

    It decides what becomes of a cell that cannot be read: emptying it must not make the row say
    something else. So only a cell whose emptiness says "not known" is emptied; any other costs the
    row.

    Attributes:
        REFUSED: The row says nothing without it: a required column.
        UNKNOWN: Not known; the row holds without it.
        NOT_YET: It has not happened: a need or case would seem open, a step not taken.
        WHOLE: The row holds for the whole: of a district, of all modules, of a table.
        NO_FIGURE: There is no figure; sums would be too small.
    """

    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    WHOLE = "whole"
    NO_FIGURE = "no_figure"


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
    """One column of a table.

    Columns of one name mean the same in every table; one that does not has a ``wording`` of its
    own, under which its messages and aliases stand.
    """

    name: str
    kind: Kind = Kind.TEXT
    empty: Empty = Empty.UNKNOWN
    codes: type[StrEnum] | None = None
    wording: str = ""

    @property
    def required(self) -> bool:
        """Say whether every row must fill it."""
        return self.empty is Empty.REFUSED

    @property
    def is_emptied(self) -> bool:
        """Say whether a cell that cannot be read is emptied, instead of costing the row."""
        return self.empty is Empty.UNKNOWN

    @property
    def words(self) -> str:
        """Return the name under which the column's messages and aliases stand."""
        return self.wording or self.name

    @property
    def label(self) -> str:
        """Return the message id of the column's short label."""
        return f"column.label.{self.words}"

    @property
    def about(self) -> str:
        """Return the message id of the column's description."""
        return f"column.about.{self.words}"

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
