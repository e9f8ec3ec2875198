"""Points in time that a finding names, as series of one point with its words.

They have no ring: a symbol that is pale inside means provisional on slides and paper.
"""

from collections.abc import Sequence

import pandas as pd

from analytics.charts import theme
from analytics.charts.named_points import value_at
from analytics.charts.specs.spec import Series, Side
from analytics.reports.basis.exhibit import Exhibit, Point


def by_quarter(exhibit: Exhibit, periods: Sequence[object], scale: float) -> list[Series]:
    """Return the points of a chart of lines by quarter.

    Args:
        exhibit: Rows ``series, period, value`` and the points.
        periods: Those of the chart, in order.
        scale: What values are multiplied by.
    """
    days = [pd.Timestamp(str(period)) for period in periods]
    found = []
    for point in exhibit.points:
        value = scale * value_at(exhibit.table.frame, "period", point)
        is_there = [day == pd.Timestamp(point.at) for day in days]
        y = tuple(value if each else None for each in is_there)
        found.append(_series(point, y, tuple(point.text if each else "" for each in is_there)))
    return found


def _series(point: Point, y: tuple[float | None, ...], labels: tuple[str, ...]) -> Series:
    return Series(
        point.text,
        y,
        colour=theme.INK,
        labels=labels,
        side=Side.ABOVE if point.is_high else Side.BELOW,
        in_legend=False,
    )
