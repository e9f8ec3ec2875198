"""The small drawings of a scorecard's rows, the same on the page and on paper."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from analytics.charts.strips import interval_strip, sparkline

_MARGIN: Final = 0.08
"""Of the drawn span, left free on either side."""


def interval_of_row(row: Mapping[Any, Any]) -> str:
    """Return the value with its interval, the peers' range and the state's value; or nothing.

    Args:
        row: A row of the scorecard.
    """
    names = ("low", "value", "high", "peers_low", "peers_high", "state")
    found: dict[str, Any] = {name: _number(row[name]) for name in names}
    known = [value for value in found.values() if value is not None]
    if found["value"] is None or not known:
        return ""
    low, high = min(known), max(known)
    room = _MARGIN * (high - low) or abs(high) * _MARGIN or 1.0
    return interval_strip(**found, axis=(low - room, high + room))


def spark_of_row(row: Mapping[Any, Any]) -> str:
    """Return the course by quarter; nothing where no two quarters can be drawn."""
    values = tuple(row["spark"])
    known = [value for value in values if not pd.isna(value)]
    return sparkline(values) if len(known) > 1 else ""


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
