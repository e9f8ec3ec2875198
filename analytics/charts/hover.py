"""Texts that appear when pointing at a mark: what it is, value, interval, n."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analytics.charts.values import estimate_texts, formats
from analytics.disclosure import ReleasedTable
from analytics.i18n import Words

TEMPLATE: Final = "%{hovertext}<extra></extra>"


def plain(text: object) -> str:
    """Return text in which Plotly finds no markup."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def texts(
    table: ReleasedTable, w: Words, heads: Sequence[Sequence[str]], value: str = "value"
) -> list[str]:
    """Return one text a row: its head, value, interval and number of observations.

    Args:
        table: One row a mark.
        w: Words of the language.
        heads: Lines above the value, the first in bold; one sequence a row.
        value: Column with the value.
    """
    frame = table.frame
    shown = estimate_texts(table, w, value)
    intervals = _intervals(table, w, value)
    counts = _counts(frame, w)
    rows = zip(heads, shown, intervals, counts, strict=True)
    return ["<br>".join(_lines(*row)) for row in rows]


def _lines(head: Sequence[str], value: str, interval: str, count: str) -> list[str]:
    first, *others = (plain(line) for line in head)
    return [f"<b>{first}</b>", *others, *(line for line in (value, interval, count) if line)]


def _intervals(table: ReleasedTable, w: Words, value: str) -> list[str]:
    frame = table.frame
    if "low" not in frame or "high" not in frame:
        return [""] * len(frame)
    rows = zip(frame["low"], frame["high"], formats(table, value), strict=True)
    ranges = [form.range(low, high, w) for low, high, form in rows]
    return [w("estimate.interval", range=text) if text else "" for text in ranges]


def _counts(frame: pd.DataFrame, w: Words) -> list[str]:
    for name in ("n", "at_risk"):
        if name in frame:
            return [
                "" if pd.isna(n) else w(f"chart.count_{name}", n=w.number(float(n)))
                for n in frame[name]
            ]
    return [""] * len(frame)
