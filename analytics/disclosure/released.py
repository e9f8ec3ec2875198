"""A table that has passed the gate, and the description of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from analytics.disclosure.limits import MIN_COUNT
from analytics.domain.estimates import Status

ColumnKind = Literal[
    "text",
    "count",
    "number",
    "share",
    "days",
    "money",
    "date",
    "month",
    "quarter",
    "points",
    "days_change",
    "change",
    "ratio",
    "p",
]
_STATUSES = frozenset(Status)

OWN: Final = "own"
"""Column that says which rows are the reader's own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a shown table.

    Attributes:
        name: Column of the frame.
        label: What people read.
        kind: How values are formatted; ``share`` is 0 to 1, ``days`` a duration in days. Changes
            have kinds of their own, written with their sign: ``points`` of shares from -1 to 1,
            ``days_change`` in days, ``change`` of numbers. A ``ratio`` of 1 means no difference.
        digits: Decimals shown; for shares, decimals of the percentage.
        internal: Carried for charts and machine-readable downloads, not for people to read.
    """

    name: str
    label: str
    kind: ColumnKind = "text"
    digits: int = 0
    internal: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ReleasedTable:
    """A tidy table that may be shown: one row a category and measure.

    A column ``status`` (see ``Status``) says for each row whether its figures are shown; figures
    of a row that is not shown are missing. A column ``n`` holds the number of observations. A
    column ``own`` says of which rows the reader is the one who has sent the data: these may hold
    counts of any size.

    Raises:
        ValueError: If the frame breaks one of these promises. That is a mistake in the program,
            and better seen by it than by a reader of someone's data.
    """

    columns: tuple[Column, ...]
    frame: pd.DataFrame

    def __post_init__(self) -> None:
        missing = [c.name for c in self.columns if c.name not in self.frame.columns]
        if missing:
            raise ValueError(f"columns described but absent: {missing}")
        self._check_status()
        self._check_counts()

    def _check_status(self) -> None:
        if "status" not in self.frame.columns:
            return
        status = self.frame["status"].to_numpy()
        unknown = set(status) - _STATUSES
        if unknown:
            raise ValueError(f"unknown status: {sorted(map(str, unknown))}")
        # A median that is not reached may still state the lower bound of its interval.
        hidden = (status != Status.SHOWN) & (status != Status.NOT_REACHED)
        figures = {"value", "low", "high", "estimate"}.intersection(self.frame.columns)
        if any(self.frame[name].notna().to_numpy()[hidden].any() for name in figures):
            raise ValueError("a hidden row carries figures")

    def _check_counts(self) -> None:
        counts = [c.name for c in self.columns if c.kind == "count"]
        for name in counts:
            values = self.frame[name]
            if ((values > 0) & (values < MIN_COUNT) & ~self._is_own()).any():
                raise ValueError(f"column {name!r} shows a count below {MIN_COUNT}")

    def readable(self) -> Sequence[Column]:
        """Return the columns meant for people."""
        return [c for c in self.columns if not c.internal]

    def _is_own(self) -> "pd.Series[bool]":
        if OWN not in self.frame:
            return pd.Series(data=False, index=self.frame.index)
        return self.frame[OWN].eq(True)
