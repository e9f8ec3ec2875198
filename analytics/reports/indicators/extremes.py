"""The quarters in which an indicator was lowest and highest, where a single one was."""

from typing import Any

import pandas as pd

from analytics.domain.indicators import Indicator
from analytics.i18n import Words
from analytics.reports.basis.formatting import value_text
from analytics.reports.basis.making import Point


def extremes(chosen: Indicator, shown: pd.DataFrame, w: Words) -> tuple[Point, ...]:
    """Return the lowest and the highest quarter, each only where no other reads the same.

    Args:
        chosen: The indicator.
        shown: Its rows with a value, ``series, period, value``.
        w: Language.
    """
    texts = [value_text(chosen, value, w) for value in shown["value"]]
    ends = ((shown["value"].argmin(), False), (shown["value"].argmax(), True))
    return tuple(
        _point(shown.iloc[row], texts[row], w, is_high=is_high)
        for row, is_high in ends
        if texts.count(texts[row]) == 1
    )


def in_words(points: tuple[Point, ...], w: Words) -> str:
    """Name the quarters in words; empty where there are none."""
    names = {True: "indicator.highest_in", False: "indicator.lowest_in"}
    return "".join(f" {w(names[point.is_high], quarter=w.quarter(point.at))}" for point in points)


def _point(row: "pd.Series[Any]", value: str, w: Words, *, is_high: bool) -> Point:
    at = pd.Timestamp(str(row["period"])).date()
    text = w("indicator.point", quarter=w.quarter(at), value=value)
    return Point(str(row["series"]), at, text, is_high)
