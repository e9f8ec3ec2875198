"""The figures of a released table as texts, row by row; the wording is the reports'."""

from collections.abc import Sequence
from typing import Final, cast

import pandas as pd

from analytics.disclosure import Column, ColumnKind, ReleasedTable
from analytics.domain.estimates import Status
from analytics.domain.programme_types import Qualifier
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format, reason_text
from analytics.reports.basis.published import qualified

FIGURES: Final = ("value", "estimate")
"""Columns of a tidy table that hold its figure."""


def column(table: ReleasedTable, name: str) -> Column:
    """Return the description of column ``name``; a plain number when the table describes none."""
    found = next((c for c in table.columns if c.name == name), None)
    return found or Column(name, name, "number")


def formats(table: ReleasedTable, name: str) -> list[Format]:
    """Return the format of each row's ``name``.

    A table with a column ``unit`` mixes measures: its entries are kinds and hold for the row's
    estimate; ``digits`` beside it gives their decimals.
    """
    described = column(table, name)
    frame = table.frame
    if "unit" not in frame.columns or described.name not in ("value", "low", "high", "estimate"):
        return [Format(described.kind, described.digits)] * len(frame)
    kinds = [cast(ColumnKind, str(kind)) for kind in frame["unit"]]
    digits = frame["digits"].tolist() if "digits" in frame else [described.digits] * len(frame)
    return [Format(kind, int(d)) for kind, d in zip(kinds, digits, strict=True)]


def units(table: ReleasedTable) -> list[str]:
    """Return the kind of each row's figure, such as ``days``; empty where a row has none."""
    described = {c.name: c.kind for c in table.columns}
    name = next((name for name in FIGURES if described.get(name, "text") != "text"), None)
    if name is None:
        return [""] * len(table.frame)
    return [form.kind for form in formats(table, name)]


def estimate_texts(table: ReleasedTable, w: Words, name: str = "value") -> list[str]:
    """Return each row's value, or why there is none.

    A column ``qualifier`` says how exact a published figure is: "over 65" is not 65.
    """
    statuses = row_statuses(table)
    lows = table.frame["low"].tolist() if "low" in table.frame else [None] * len(statuses)
    rows = zip(
        table.frame[name], lows, _qualifiers(table), formats(table, name), statuses, strict=True
    )
    return [
        qualified(form.text(value, w), qualifier, w)
        if status is Status.SHOWN
        else reason_text(status, w, low=low, form=form)
        for value, low, qualifier, form, status in rows
    ]


def _qualifiers(table: ReleasedTable) -> Sequence[Qualifier]:
    if "qualifier" not in table.frame:
        return [Qualifier.EXACT] * len(table.frame)
    return [Qualifier.EXACT if pd.isna(q) else Qualifier(q) for q in table.frame["qualifier"]]


def row_statuses(table: ReleasedTable) -> Sequence[Status]:
    """Return each row's status; all shown when the table carries none."""
    if "status" not in table.frame:
        return [Status.SHOWN] * len(table.frame)
    return [Status(str(status)) for status in table.frame["status"]]
