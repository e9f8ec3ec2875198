"""Waits of hand-overs as a chart for PowerPoint and paper: each with its interval."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.charts import theme
from analytics.charts.specs.points import interval_rows
from analytics.charts.specs.spec import ChartSpec
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck.short_cooperation import most_waits

_OWN: Final = "own"


def waits(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw hand-overs under each other; a district's in its colour, its ring's below each."""
    exhibit = few(exhibit)
    rows = exhibit.table.frame
    if "section" in rows:
        # What the hand-over is stands once, with the district's own row.
        named = rows["section"].where(rows["key"] == _OWN, rows["label"])
        rows = rows.assign(label=named)
    rows = _with_limits(rows, w)
    drawn = replace(exhibit, table=ReleasedTable(exhibit.table.columns, rows))
    return interval_rows(drawn, _OWN, theme.OWN, w)


def few(exhibit: Exhibit) -> Exhibit:
    """Return the exhibit with as many of its first rows as a slide has room for."""
    rows = most_waits(exhibit.table.frame)
    return replace(exhibit, table=ReleasedTable(exhibit.table.columns, rows))


def _with_limits(rows: pd.DataFrame, w: Words) -> pd.DataFrame:
    """Return rows named with their n; an interval without an upper limit reaches to the edge."""
    is_shown = rows["status"] == Status.SHOWN
    is_open = is_shown & rows["high"].isna()
    ends = ["open" if each else "n" for each in is_open]
    named = [
        w(f"deck.row_{end}", label=label, n=w.number(n)) if known else label
        for end, label, n, known in zip(ends, rows["label"], rows["n"], is_shown, strict=True)
    ]
    edge = rows.loc[is_shown, ["value", "high"]].max().max()
    return rows.assign(label=named, high=rows["high"].mask(is_open, edge))
