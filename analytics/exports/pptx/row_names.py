"""Names of a chart's rows: in lines that fit left of the points, and as large as rows allow."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from analytics.charts.specs.spec import TYPE, ChartSpec
from analytics.exports.pptx.boxes import FIGURE
from analytics.reports.basis.formatting import tied

_SIGN: Final = 0.45
"""Mean width of a sign, in sizes of the type."""
_LINE: Final = 1.17
"""Height of a line, in sizes of the type."""
_EDGE: Final = 0.02
"""Of the chart's width, between the names and the points."""
_POINTS: Final = 72
_SIZES: Final = [size / 2 for size in range(2 * TYPE, 19, -1)]
"""Of the type, from the largest on."""


@dataclass(frozen=True, slots=True)
class RowNames:
    """How the rows of a chart are named; a program wraps nothing by itself.

    Attributes:
        lines: Of each name.
        points: Size of their type.
        width: Of the names, as part of the chart's.
        height: Of the longest, as part of the chart's.
    """

    lines: tuple[tuple[str, ...], ...]
    points: float
    width: float
    height: float


def row_names(spec: ChartSpec, plot: float, height: float) -> RowNames | None:
    """Return how the rows of a chart on a slide are named; None where it names none.

    Args:
        spec: The chart.
        plot: Height of its rows in inches.
        height: Of the whole chart.
    """
    named = next((series for series in spec.series if series.names_rows), None)
    if named is None:
        return None
    width = spec.label_share - _EDGE
    room = plot * _POINTS / len(named.labels)
    for points in _SIZES:
        signs = int(width * FIGURE[2] * _POINTS / points / _SIGN)
        lines = tuple(tuple(wrap(tied(text), signs)) for text in named.labels)
        most = max(map(len, lines)) * points * _LINE
        if most <= room:
            break
    return RowNames(lines, points, width, most / _POINTS / height)
