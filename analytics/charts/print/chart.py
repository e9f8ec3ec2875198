"""Charts for paper: what PowerPoint draws natively, from the same numbers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from textwrap import fill
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from analytics.charts import theme
from analytics.charts.print.looks import bar, legend, look, scaled, shade
from analytics.charts.print.paper import sheet
from analytics.charts.specs.spec import (
    EPOCH,
    Axis,
    ChartSpec,
    Numbers,
    Series,
    Side,
    Writing,
    serial,
)
from analytics.i18n import Words

Places = npt.NDArray[np.float64]

_APART: Final = 5
"""Points between a marker and its text, beside type of 14 points."""

_TEXT_PLACES: Final[Mapping[Side, tuple[tuple[float, float], str, str]]] = {
    Side.ABOVE: ((0, _APART), "center", "bottom"),
    Side.BELOW: ((0, -_APART), "center", "top"),
    Side.RIGHT: ((_APART, 0), "left", "center"),
    Side.LEFT: ((-_APART, 0), "right", "center"),
    Side.CENTRE: ((0, 0), "center", "center"),
}
"""How far a text is moved from its point, and which of its edges stands there."""
_POINTS_PER_INCH: Final = 72
_POINTS_PER_MM: Final = _POINTS_PER_INCH / 25.4
_SIGN: Final = 0.43
"""Mean width of a sign of running text in parts of the type's size."""

_PLOT: Final = 0.8
"""Part of a chart's height that its rows take."""

_ROW_LINE: Final = 1.1
"""Height of a line of a row's text, with what keeps it from the next row, in sizes of the type."""

_YEAR_DAYS: Final = 2500
_CATEGORY: Final = 0.8
"""Of a category's room, by its bars."""
_ARROW: Final = 9
"""Size of the arrow that leads on from a bar's end, in points beside type of 14."""

_MARGIN: Final = 0.03
"""Part of the days drawn that is kept free on both sides, so that no marker touches the edge."""

_MINUS: Final = "\u2212"
_WRITINGS: Final[Mapping[Writing, Callable[[Words, float], str]]] = {
    "number": lambda w, value: w.number(value).replace("-", _MINUS),
    "number_1": lambda w, value: w.number(value, 1),
    "about": lambda w, value: w.number(value, 0 if float(value).is_integer() else 1),
    "share": lambda w, value: w.percent(value),
    "share_1": lambda w, value: w.percent(value, 1),
    "signed": lambda w, value: w.signed(value) if value else w.number(0),
    "signed_1": lambda w, value: w.signed(value, 1) if value else w.number(0),
    "year": lambda w, value: str((EPOCH + timedelta(days=round(value))).year),
}


def printed_chart(spec: ChartSpec, w: Words, *, width: float, height: float, points: float) -> str:
    """Return the chart as SVG.

    Args:
        spec: What is drawn.
        w: Words of the language.
        width: In millimetres.
        height: In millimetres.
        points: Size of the type.
    """

    def paint(axes: Axes) -> None:
        _KINDS[spec.kind](axes, spec, w)
        along, up = (spec.y, spec.x) if spec.kind == "bars" else (spec.x, spec.y)
        axes.set_xlabel(along.title)
        axes.set_ylabel(up.title)
        axes.grid(visible=up.grid, axis="y")
        axes.grid(visible=along.grid, axis="x")
        _axis_lines(axes, spec)
        if spec.label_share:
            room = width * _POINTS_PER_MM * spec.label_share / points
            _row_labels(axes, spec, room, height * _POINTS_PER_MM * _PLOT / points)
        if spec.legend:
            legend(axes, spec, width * _POINTS_PER_MM)

    return sheet(width, height, points, paint)


def _axis_lines(axes: Axes, spec: ChartSpec) -> None:
    """Draw each axis where it crosses the other one, which may be inside."""
    across, up = spec.y.crosses, spec.x.crosses
    flat, upright = spec.x.line, spec.y.line
    if spec.kind == "lines":
        across, up = _zero_within(*axes.get_ylim()), None
    elif spec.kind == "bars":
        flat, upright = upright, flat
        across, up = None, _zero_within(*axes.get_xlim())
    line: dict[str, Any] = {"color": theme.OUTLINE, "linewidth": scaled(1)}
    axes.spines["bottom"].set_visible(flat and across is None)
    axes.spines["left"].set_visible(upright and up is None)
    if flat and across is not None:
        axes.axhline(across, **line)
    if upright and up is not None:
        axes.axvline(up, **line)


def _zero_within(low: float, high: float) -> float | None:
    return 0.0 if low < 0 < high else None


def _scatter(axes: Axes, spec: ChartSpec, w: Words) -> None:
    for series in spec.series:
        _draw(axes, series, _floats(series.x))
        _texts(axes, series, _floats(series.x), w)
    _scale(axes.set_xlim, axes.set_xticks, spec.x, w)
    _scale(axes.set_ylim, axes.set_yticks, spec.y, w)


def _lines(axes: Axes, spec: ChartSpec, w: Words) -> None:
    places = np.array([serial(day) for day in spec.days], dtype=np.float64)
    for series in spec.series:
        _draw(axes, series, places)
        _texts(axes, series, places, w)
    for line in axes.lines:
        line.set_clip_on(False)  # the highest value may be the end of the axis
    _scale(axes.set_ylim, axes.set_yticks, spec.y, w)
    first, last = spec.days[0], spec.days[-1]
    margin = _MARGIN * (last - first).days
    axes.set_xlim(places[0] - margin, places[-1] + margin)
    apart = max(1, round((last - first).days / _YEAR_DAYS))
    years = [date(year, 1, 1) for year in range(first.year, last.year + 1, apart)]
    shown = [day for day in years if first <= day <= last]
    axes.set_xticks([serial(day) for day in shown], [str(day.year) for day in shown])


def _bars(axes: Axes, spec: ChartSpec, w: Words) -> None:
    places = np.arange(len(spec.categories), dtype=np.float64)
    high = _CATEGORY / len(spec.series)
    for position, series in enumerate(spec.series):
        y = places + (position - (len(spec.series) - 1) / 2) * high
        _draw_bars(axes, series, y, high * 0.95)
        for at, (place, value, text) in enumerate(
            zip(y, _floats(series.y), _words(series, w), strict=True)
        ):
            if text and np.isfinite(value):
                is_beyond = bool(series.beyond and series.beyond[at])
                _note(axes, text, *_at_bar(series, place, value), is_beyond=is_beyond)
    axes.set_yticks(places, list(spec.categories))
    axes.tick_params(axis="y", length=0, labelcolor=theme.INK)
    axes.invert_yaxis()
    _scale(axes.set_xlim, axes.set_xticks, spec.y, w)
    axes.margins(y=0.02)


def _draw_bars(axes: Axes, series: Series, y: Places, high: float) -> None:
    lengths = _floats(series.y)
    _intervals(axes, series, y, is_flat=True)
    for at in np.flatnonzero(np.isfinite(lengths)):
        is_planned = bool(series.planned and series.planned[at])
        axes.barh(y[at], lengths[at], height=high, **bar(series, is_planned=is_planned))
        if series.beyond and series.beyond[at]:
            _arrow(axes, series.colour, (lengths[at], y[at]))


def _arrow(axes: Axes, colour: str, at: tuple[float, float]) -> None:
    """Draw the arrow that leads on from a bar's end."""
    size, sheet_of = scaled(_ARROW), cast(Figure, axes.figure)
    beyond = ScaledTranslation(size / 2 / _POINTS_PER_INCH, 0, sheet_of.dpi_scale_trans)
    axes.plot(
        [at[0]], [at[1]], marker=">", color=colour, markersize=size, linestyle="none",
        transform=axes.transData + beyond, clip_on=False,
    )  # fmt: skip


_KINDS: Final[Mapping[str, Callable[[Axes, ChartSpec, Words], None]]] = {
    "scatter": _scatter,
    "lines": _lines,
    "bars": _bars,
}


def _at_bar(series: Series, place: float, value: float) -> tuple[tuple[float, float], Side]:
    """Return where a bar's text stands: beyond its end, left of one that reaches to the left."""
    if series.labels and series.side is Side.CENTRE:
        return (value / 2, place), Side.CENTRE
    return (value, place), Side.RIGHT if value >= 0 else Side.LEFT


def _draw(axes: Axes, series: Series, x: Places) -> None:
    _intervals(axes, series, x)
    if series.shade is not None:
        axes.fill_between(x, _floats(series.shade), _floats(series.y), **shade(series))
    axes.plot(x, _floats(series.y), **look(series))


def _intervals(axes: Axes, series: Series, x: Places, *, is_flat: bool = False) -> None:
    if series.low is not None and series.high is not None:
        firm = np.isfinite(_floats(series.low)) & np.isfinite(_floats(series.high))
        low, high = _floats(series.low)[firm], _floats(series.high)[firm]
        draw = axes.hlines if is_flat else axes.vlines
        draw(x[firm], low, high, colors=series.colour, linewidth=scaled(series.error))


def _words(series: Series, w: Words) -> Sequence[str]:
    """Return the text of each point; empty where it has none."""
    write = series.value_labels
    if write:
        return ["" if v is None else _WRITINGS[write](w, v) for v in series.y]
    return series.labels or [""] * len(series.y)


def _texts(axes: Axes, series: Series, x: Places, w: Words) -> None:
    """Write the texts beside the points, but not those that name rows."""
    if series.names_rows:
        return
    side = Side.ABOVE if series.value_labels else series.side
    for place, value, text in zip(x, _floats(series.y), _words(series, w), strict=True):
        if text and np.isfinite(place) and np.isfinite(value):
            _note(axes, text, (place, value), side)


def _row_labels(axes: Axes, spec: ChartSpec, room: float, height: float) -> None:
    """Write the texts of rows where the ticks would be, in lines that fit left of the points.

    Args:
        axes: What is drawn on.
        spec: The chart.
        room: Width of the texts in sizes of the type.
        height: Height of all rows in sizes of the type; where it is too low for texts of several
            lines, they are smaller, so that no text runs into the next.
    """
    named = next(series for series in spec.series if series.names_rows)
    texts = [fill(text, max(12, int(room / _SIGN))) for text in named.labels]
    lines = max((text.count("\n") + 1 for text in texts), default=1)
    size = min(1.0, height / max(len(texts), 1) / (lines * _ROW_LINE))
    axes.set_yticks(_floats(named.y), texts, fontsize=size * rcParams["font.size"])
    axes.tick_params(axis="y", labelcolor=theme.INK)


def _scale(limit: Callable[..., Any], mark: Callable[..., Any], axis: Axis, w: Words) -> None:
    limit(axis.low, axis.high)  # matplotlib keeps its own for None
    if axis.is_hidden:
        mark([], [])
    elif axis.low is not None and axis.high is not None and axis.step:
        count = int((axis.high - axis.low) / axis.step + 1e-6)
        ticks = [round(axis.low + place * axis.step, 10) for place in range(count + 1)]
        mark(ticks, [_WRITINGS[axis.writing](w, tick) for tick in ticks])


def _note(
    axes: Axes, text: str, at: tuple[float, float], side: Side, *, is_beyond: bool = False
) -> None:
    """Write a text at a point, moved to its side; further where an arrow stands between."""
    (right, above), across, up = _TEXT_PLACES[side]
    offset = (scaled(right + is_beyond * _ARROW), scaled(above))
    axes.annotate(text, at, xytext=offset, textcoords="offset points", ha=across, va=up)


def _floats(values: Numbers) -> Places:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
