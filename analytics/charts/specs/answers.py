"""An answer as a chart for PowerPoint and paper: rows with intervals, or a course."""

from dataclasses import replace
from itertools import product
from typing import Final

import pandas as pd

from analytics.charts import theme
from analytics.charts.specs.courses import trend
from analytics.charts.specs.points import forest, interval_rows
from analytics.charts.specs.spec import ChartSpec, Dash
from analytics.disclosure import ReleasedTable
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck.answer_slides import MOST_COURSES, MOST_ROWS

_DASHES: Final = (Dash.SOLID, Dash.LONG, Dash.SHORT, Dash.DOTTED)


def answer(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw an answer, of two dimensions a row a cell."""
    frame = exhibit.table.frame
    if "expected" in frame:
        return forest(exhibit, w)
    if "period" in frame:
        frame = _widest(frame)
        drawn = replace(exhibit, table=ReleasedTable(exhibit.table.columns, frame))
        return _told_apart(trend(drawn, w), frame["label"].drop_duplicates().astype(str).tolist())
    if "series_label" in frame:
        names = zip(frame["label"], frame["series_label"], strict=True)
        frame = frame.assign(label=[", ".join(filter(None, pair)) for pair in names])
    drawn = replace(exhibit, table=ReleasedTable(exhibit.table.columns, _furthest(frame)))
    return interval_rows(drawn, "", theme.MODEL, w)


def _widest(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the courses that moved most, where there are more than can be told apart."""
    spans = frame.groupby("series", sort=False)["value"].agg(lambda v: v.max() - v.min())
    if len(spans) <= MOST_COURSES:
        return frame
    kept = spans.sort_values(ascending=False, kind="stable").index[:MOST_COURSES]
    return frame[frame["series"].isin(kept)]


def _told_apart(drawn: ChartSpec, names: list[str]) -> ChartSpec:
    """Give courses that have no colours of their own looks that tell them apart."""
    if len(names) <= 2:
        return drawn
    looks = dict(zip(names, product((theme.INK, theme.OUTLINE), _DASHES), strict=False))
    found = [
        replace(each, colour=looks[each.name][0], dash=looks[each.name][1])
        if each.name in looks
        else each
        for each in drawn.series
    ]
    return replace(drawn, series=tuple(found))


def _furthest(frame: pd.DataFrame) -> pd.DataFrame:
    if len(frame) <= MOST_ROWS:
        return frame
    by = frame["gap" if "gap" in frame else "value"].abs()
    kept = by.sort_values(ascending=False, na_position="last").index[:MOST_ROWS]
    return frame[frame.index.isin(kept)]
