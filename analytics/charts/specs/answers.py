"""An answer as a chart for PowerPoint and paper: rows with intervals, or a course."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.charts import theme
from analytics.charts.specs.courses import trend
from analytics.charts.specs.points import interval_rows
from analytics.charts.specs.spec import ChartSpec
from analytics.disclosure import ReleasedTable
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_MOST: Final = 18
"""Rows that are read on a slide; of more, those that lie furthest apart."""


def answer(exhibit: Exhibit, w: Words) -> ChartSpec:
    """Draw an answer, of two dimensions a row a cell."""
    frame = exhibit.table.frame
    if "period" in frame:
        return trend(exhibit, w)
    if "series_label" in frame:
        names = zip(frame["label"], frame["series_label"], strict=True)
        frame = frame.assign(label=[", ".join(filter(None, pair)) for pair in names])
    drawn = replace(exhibit, table=ReleasedTable(exhibit.table.columns, _furthest(frame)))
    return interval_rows(drawn, "", theme.MODEL, w)


def _furthest(frame: pd.DataFrame) -> pd.DataFrame:
    if len(frame) <= _MOST:
        return frame
    by = frame["gap" if "gap" in frame else "value"].abs()
    kept = by.sort_values(ascending=False, na_position="last").index[:_MOST]
    return frame[frame.index.isin(kept)]
