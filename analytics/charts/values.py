"""Values as people read them: by the kind of their column, or by why there is none."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from analytics.disclosure import Column, ColumnKind, ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words


@dataclass(frozen=True, slots=True)
class Format:
    """How a value is written."""

    kind: ColumnKind = "number"
    digits: int = 0

    def text(self, value: Any, w: Words) -> str:
        """Return ``value`` as people read it; a missing one is an en dash."""
        if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
            return "–"
        match self.kind:
            case "text":
                return str(value)
            case "share":
                return w.percent(float(value), self.digits)
            case "days":
                return w.days(float(value), self.digits)
            case "money":
                return w.money(float(value))
            case "date":
                return w.date(pd.Timestamp(value).date())
            case "month":
                return w.month(pd.Timestamp(value).date())
            case "quarter":
                return w.quarter(pd.Timestamp(value).date())
            case _:
                return w.number(float(value), self.digits)


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


def estimate_texts(table: ReleasedTable, w: Words, name: str = "value") -> list[str]:
    """Return each row's value, or why there is none."""
    statuses = row_statuses(table)
    lows = table.frame["low"].tolist() if "low" in table.frame else [None] * len(statuses)
    rows = zip(table.frame[name], lows, formats(table, name), statuses, strict=True)
    return [_estimate_text(value, low, form, status, w) for value, low, form, status in rows]


def row_statuses(table: ReleasedTable) -> Sequence[Status]:
    """Return each row's status; all shown when the table carries none."""
    if "status" not in table.frame:
        return [Status.SHOWN] * len(table.frame)
    return [Status(str(status)) for status in table.frame["status"]]


def _estimate_text(value: Any, low: Any, form: Format, status: Status, w: Words) -> str:
    if status is Status.SHOWN:
        return form.text(value, w)
    if status is Status.NOT_REACHED:
        bound = next((b for b in (value, low) if b is not None and not math.isnan(b)), None)
        return w("chart.above", bound=form.text(bound, w)) if bound else w("chart.not_reached")
    return w(f"chart.{status}")


def interval_text(low: Any, high: Any, form: Format, w: Words) -> str:
    """Return ``a bis b``, one-sided where the data give no limit, empty when there is none."""
    has_low, has_high = not pd.isna(low), not pd.isna(high)
    if has_low and has_high:
        return w("chart.from_to", low=form.text(low, w), high=form.text(high, w))
    if has_low:
        return w("chart.at_least", low=form.text(low, w))
    return w("chart.at_most", high=form.text(high, w)) if has_high else ""
