"""A slide's chart before it is drawn: series of numbers, two axes, how they look."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from analytics.charts import theme
from analytics.charts.axes import decimals, nice_ticks
from analytics.i18n import Words
from analytics.reports.formatting import Format

Numbers = tuple[float | None, ...]
ChartKind = Literal["scatter", "lines", "columns"]
Side = Literal["l", "r", "t", "b", "ctr"]
Writing = Literal["number", "number_1", "about", "share", "share_1", "signed", "signed_1", "year"]
"""How numbers are written: with one decimal (``_1``) or with one at most (``about``), with a sign
where they are differences; ``year`` is that of a workbook's day."""

EPOCH: Final = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Series:
    """Points of a chart.

    Attributes:
        name: As the legend and the workbook call it.
        y: Heights; None leaves a gap.
        x: Places on a scatter chart; the categories' order elsewhere.
        low, high: Ends of the intervals along y, drawn as error bars; None without.
        error: Width of the error bars in points.
        colour: Of line, marker and error bars.
        line: Width in points; 0 for none.
        dash: DrawingML's name of the line's dashes.
        marker: DrawingML's name of the symbol; ``none`` for none.
        size: Of the symbol in points.
        is_open: Whether the symbol is pale inside: provisional, or what others are compared with.
        labels: Texts beside the points; empty ones are left out.
        side: Where these texts stand.
        in_legend: Whether the legend names it.
        value_labels: How values are written at the points; None for not at all.
    """

    name: str
    y: Numbers
    x: Numbers = ()
    low: Numbers | None = None
    high: Numbers | None = None
    error: float = 2.0
    colour: str = theme.NEUTRAL
    line: float = 0.0
    dash: str = "solid"
    marker: str = "none"
    size: int = 9
    is_open: bool = False
    labels: tuple[str, ...] = ()
    side: Side = "r"
    in_legend: bool = True
    value_labels: Writing | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of numbers.

    Attributes:
        low, high: Its ends; None leaves them to the program that draws it.
        step: Between the ticks.
        writing: How the ticks are written.
        title: Below or beside it.
        is_hidden: Draw neither line nor ticks.
        grid: Draw lines across at the ticks.
        crosses: Where the other axis crosses this one; None at its low end.
        line: Whether the axis is drawn as a line.
    """

    low: float | None = None
    high: float | None = None
    step: float | None = None
    writing: Writing = "number"
    title: str = ""
    is_hidden: bool = False
    grid: bool = False
    crosses: float | None = None
    line: bool = True


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart that people can read from the far end of a room.

    Attributes:
        kind: Points by two numbers, lines over days, or columns over categories.
        series: Drawn in this order.
        x, y: Axes; of charts over categories ``x`` has only a title.
        categories: Names along the axis of columns.
        days: First days along the axis of lines, which names their years.
        label_share: Part of the width left free for texts left of the points.
        first_column: What the texts or categories of the workbook are.
        x_column: What the places are.
        legend: Whether there is one.
    """

    kind: ChartKind
    series: tuple[Series, ...]
    x: Axis
    y: Axis
    categories: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    label_share: float = 0.0
    first_column: str = ""
    x_column: str = ""
    legend: bool = True


def numbers(values: object, scale: float = 1.0) -> Numbers:
    """Return a column's values times ``scale``; missing ones as None."""
    found = [float(value) for value in values]  # type: ignore[attr-defined]
    return tuple(None if value != value else value * scale for value in found)


def scale_of(form: Format) -> float:
    """Return what values are multiplied by: percentage points and millions are read as such."""
    return {"points": 100.0, "money": 1e-6}.get(form.kind, 1.0)


def value_axis(values: Numbers, form: Format, *, from_zero: bool, most: int = 5) -> Axis:
    """Return the axis that holds ``values``, already scaled, with round ticks."""
    finite = [value for value in values if value is not None] or [0.0, 1.0]
    low = min(0.0, *finite) if from_zero else min(finite)
    ticks = nice_ticks(low, max(finite), most)
    if form.kind == "share" and max(finite) <= 1:
        ticks = [tick for tick in ticks if tick <= 1 + 1e-9]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    return Axis(ticks[0], ticks[-1], round(step, 10), tick_writing(form, step))


def tick_writing(form: Format, step: float) -> Writing:
    """Return how ticks a ``step`` apart are written."""
    if form.kind == "share":
        return "share" if decimals(100 * step) == 0 else "share_1"
    if form.kind in ("points", "days_change"):
        return "signed" if decimals(step) == 0 else "signed_1"
    return "number" if decimals(step) == 0 else "number_1"


def unit_title(form: Format, w: Words) -> str:
    """Return what the numbers of an axis are, where the ticks do not say it."""
    match form.kind:
        case "points" | "days" | "days_change" | "money":
            return w(f"deck.unit_{form.kind}")
        case _:
            return ""


def serial(day: date) -> int:
    """Return the number that workbooks know a day by."""
    return (day - EPOCH).days
