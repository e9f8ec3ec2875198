"""A chart before it is drawn: series of numbers, two axes, how they look.

PowerPoint and paper both draw all that a spec says and nothing else (docs/decisions/0031), but for
shades, which repeat on paper what lines say. What one of them could not draw is refused when the
spec is made.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from analytics.charts import theme
from analytics.charts.axes import decimals, nice_ticks
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format

Numbers = tuple[float | None, ...]
ChartKind = Literal["scatter", "lines", "bars"]
Writing = Literal["number", "number_1", "about", "share", "share_1", "signed", "signed_1", "year"]
"""How numbers are written: with one decimal (``_1``) or with one at most (``about``), with a sign
where they are differences; ``year`` is that of a workbook's day."""


class Side(StrEnum):
    """Where a text stands from its point, under DrawingML's names."""

    LEFT = "l"
    RIGHT = "r"
    ABOVE = "t"
    BELOW = "b"
    CENTRE = "ctr"


class Marker(StrEnum):
    """The symbol at a point, under DrawingML's names."""

    NONE = "none"
    CIRCLE = "circle"
    DIAMOND = "diamond"
    SQUARE = "square"
    TRIANGLE = "triangle"


class Dash(StrEnum):
    """The dashes of a line, under DrawingML's names."""

    SOLID = "solid"
    LONG = "dash"
    SHORT = "sysDash"
    DOTTED = "sysDot"


EPOCH: Final = date(1899, 12, 30)
TYPE: Final = 18
"""Points of texts on a slide: readable from four metres on a usual screen."""
BESIDE: Final = 14
"""Points of the texts beside which lines and symbols have the sizes that a spec says. Beside larger
type on paper they grow with it, beside smaller type they shrink."""


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
        dash: Of the line.
        marker: The symbol at each point; columns have none.
        size: Of the symbol in points.
        is_open: Whether the symbol is pale inside: provisional, or what others are compared with.
        is_made_up: Whether its bars are hatched, as what is made up.
        planned: Of each bar, whether it is only an outline: planned, not spent.
        beyond: Of each bar, whether an arrow leads on from its end: more than that.
        labels: Texts beside the points; empty ones are left out. Every series may have some.
        side: Where these texts stand; those of bars beyond the end or at the centre.
        names_rows: Whether the texts name the rows of a chart with ``label_share``: they stand left
            of the plot, in the room that is kept free, and not beside the points.
        in_legend: Whether the legend names it.
        value_labels: How values are written above the points, or beyond the ends of bars; None
            for not at all. A series has these or ``labels``.
        shade: Heights of another series; the area from this line to that one is filled on paper.
            Charts of lines in PowerPoint have no areas: there the two lines say it alone.

    Raises:
        ValueError: If the columns differ in length, or it has both kinds of texts.
    """

    name: str
    y: Numbers
    x: Numbers = ()
    low: Numbers | None = None
    high: Numbers | None = None
    error: float = 2.0
    colour: str = theme.NEUTRAL
    line: float = 0.0
    dash: Dash = Dash.SOLID
    marker: Marker = Marker.NONE
    size: int = 9
    is_open: bool = False
    is_made_up: bool = False
    planned: tuple[bool, ...] = ()
    beyond: tuple[bool, ...] = ()
    labels: tuple[str, ...] = ()
    side: Side = Side.RIGHT
    names_rows: bool = False
    in_legend: bool = True
    value_labels: Writing | None = None
    shade: Numbers | None = None

    def __post_init__(self) -> None:
        for name, known in (("side", Side), ("marker", Marker), ("dash", Dash)):
            object.__setattr__(self, name, known(getattr(self, name)))
        others = (self.x, self.labels, self.low or (), self.high or (), self.shade or ())
        if any(len(each) not in (0, len(self.y)) for each in (*others, self.planned, self.beyond)):
            raise ValueError(f"columns of different length: {self.name}")
        if (self.low is None) != (self.high is None):
            raise ValueError(f"half an interval: {self.name}")
        if self.labels and self.value_labels:
            raise ValueError(f"two texts at each point: {self.name}")


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of numbers.

    Attributes:
        low, high: Its ends; None leaves them to the program that draws it.
        step: Between the ticks.
        writing: How the ticks are written.
        title: Below or beside it.
        is_hidden: Name no ticks.
        grid: Draw lines across at the ticks.
        crosses: Where the other axis crosses this one; None at its low end. The axis of categories
            or days crosses at 0 where there is a 0, as columns stand on it.
        line: Whether the axis is drawn as a line, where it crosses the other one.
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
        kind: Points by two numbers, lines over days, or bars of categories from top to bottom.
        series: Drawn in this order.
        x, y: Axes; of days and categories ``x`` has only a title. Along bars runs ``y``.
        categories: Names beside the bars.
        days: First days along the axis of lines, which names their years.
        label_share: Part of the width left free for texts left of the points.
        first_column: What the texts or categories of the workbook are.
        x_column: What the places are.
        legend: Whether there is one.

    Raises:
        ValueError: If a series does not fit the kind of chart, or the room for names of rows is not
            used by exactly one series.
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

    def __post_init__(self) -> None:
        if not self.series:
            raise ValueError("nothing to draw")
        for series in self.series:
            self._check(series)
        if sum(series.names_rows for series in self.series) != (1 if self.label_share else 0):
            raise ValueError("names of rows and the room for them belong together")
        if self.label_share and self.kind != "scatter":
            raise ValueError(f"no names of rows beside {self.kind}")

    def _check(self, series: Series) -> None:
        places = {"scatter": series.x, "lines": self.days, "bars": self.categories}[self.kind]
        if len(places) != len(series.y):
            raise ValueError(f"{len(places)} places for {len(series.y)} values: {series.name}")
        is_at_bars = series.side in (Side.RIGHT, Side.CENTRE)
        if self.kind == "bars" and series.labels and not is_at_bars:
            raise ValueError(f"no room above bars: {series.name}")
        if self.kind == "bars" and series.shade is not None:
            raise ValueError(f"bars have no line to shade from: {series.name}")
        if self.kind != "bars" and (series.is_made_up or series.planned or series.beyond):
            raise ValueError(f"looks of bars on {self.kind}: {series.name}")


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
