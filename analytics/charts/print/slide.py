"""The charts of slides for paper: what PowerPoint draws natively, from the same numbers."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from textwrap import fill
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analytics.charts import theme
from analytics.charts.print.paper import legend, sheet
from analytics.charts.slides.spec import EPOCH, Axis, ChartSpec, Numbers, Series, Writing, serial
from analytics.i18n import Words

Places = npt.NDArray[np.float64]

_DASHES: Final[Mapping[str, Any]] = {
    "solid": "solid",
    "dash": (0, (5, 2.5)),
    "sysDash": (0, (3, 1.5)),
    "sysDot": (0, (1, 1.2)),
}
_MARKERS: Final = {"circle": "o", "diamond": "D"}
_POINTS_PER_MM: Final = 72 / 25.4
_SIGN: Final = 0.5
"""Mean width of a sign in parts of the type's size."""

_SIGN_OF_ROW: Final = 0.43
"""The same of running text, which has no room to spare."""

_LEGEND_MARKER: Final = 8
_YEAR_DAYS: Final = 2500
_COLUMNS: Final = 0.7
"""Part of a category that its columns take."""

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


def printed_slide_chart(
    spec: ChartSpec, w: Words, *, width: float, height: float, points: float
) -> str:
    """Return a slide's chart as SVG.

    Args:
        spec: What is drawn.
        w: Words of the language.
        width: In millimetres.
        height: In millimetres.
        points: Size of the type.
    """

    def paint(axes: Axes) -> None:
        _KINDS[spec.kind](axes, spec, w)
        axes.set_xlabel(spec.x.title)
        axes.set_ylabel(spec.y.title)
        axes.grid(visible=spec.y.grid, axis="y")
        axes.grid(visible=spec.x.grid, axis="x")
        axes.spines["bottom"].set_visible(spec.x.line)
        if spec.label_share:
            _row_labels(axes, spec, width * _POINTS_PER_MM * spec.label_share / points)
        if spec.legend:
            _legend(axes, spec, width * _POINTS_PER_MM / points)

    return sheet(width, height, paint, points=points)


def _scatter(axes: Axes, spec: ChartSpec, w: Words) -> None:
    for series in spec.series:
        _draw(axes, series, _floats(series.x))
        if not spec.label_share:
            _texts(axes, series, _floats(series.x))
    _scale(axes.set_xlim, axes.set_xticks, spec.x, w)
    _scale(axes.set_ylim, axes.set_yticks, spec.y, w)
    # Where an axis crosses the other one inside, that is where no difference lies.
    if spec.x.crosses is not None and spec.x.grid:
        axes.axvline(spec.x.crosses, color=theme.OUTLINE, linewidth=1)
    if spec.y.crosses is not None and spec.y.grid:
        axes.axhline(spec.y.crosses, color=theme.OUTLINE, linewidth=1)


def _lines(axes: Axes, spec: ChartSpec, w: Words) -> None:
    places = np.array([serial(day) for day in spec.days], dtype=np.float64)
    for series in spec.series:
        _draw(axes, series, places)
        _texts(axes, series, places)
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


def _columns(axes: Axes, spec: ChartSpec, w: Words) -> None:
    places = np.arange(len(spec.categories), dtype=np.float64)
    wide = _COLUMNS / len(spec.series)
    for position, series in enumerate(spec.series):
        x = places + (position - (len(spec.series) - 1) / 2) * wide
        heights = _floats(series.y)
        axes.bar(x, heights, width=wide * 0.95, color=series.colour)
        for place, value in zip(x, heights, strict=True):
            if series.value_labels and np.isfinite(value):
                text = _WRITINGS[series.value_labels](w, value)
                _note(axes, text, (place, value), (0, 3), "t")
    axes.set_xticks(places, list(spec.categories))
    axes.tick_params(axis="x", length=0)
    _scale(axes.set_ylim, axes.set_yticks, spec.y, w)
    axes.margins(x=0.02)


_KINDS: Final[Mapping[str, Callable[[Axes, ChartSpec, Words], None]]] = {
    "scatter": _scatter,
    "lines": _lines,
    "columns": _columns,
}


def _draw(axes: Axes, series: Series, x: Places) -> None:
    y = _floats(series.y)
    if series.low is not None and series.high is not None:
        firm = np.isfinite(_floats(series.low)) & np.isfinite(_floats(series.high))
        low, high = _floats(series.low)[firm], _floats(series.high)[firm]
        axes.vlines(x[firm], low, high, colors=series.colour, linewidth=series.error)
    axes.plot(x, y, **_look(series))


def _look(series: Series) -> dict[str, Any]:
    """Return line and marker as matplotlib calls them."""
    is_lined = series.line > 0
    return {
        "color": series.colour,
        "linewidth": series.line,
        "linestyle": _DASHES[series.dash] if is_lined else "none",
        "marker": _MARKERS.get(series.marker, ""),
        "markersize": series.size,
        "markerfacecolor": theme.PALE if series.is_open else series.colour,
        "markeredgewidth": 1.5,
    }


def _texts(axes: Axes, series: Series, x: Places) -> None:
    """Write the texts beside the points, the side being where there is room."""
    for place, value, text in zip(x, _floats(series.y), series.labels, strict=False):
        if text:
            across = -5 if series.side == "l" else 5
            _note(axes, text, (place, value), (across, 0), series.side)


def _row_labels(axes: Axes, spec: ChartSpec, room: float) -> None:
    """Write the texts of rows where the ticks would be, in lines that fit left of the points."""
    named = next(series for series in spec.series if series.labels)
    texts = [fill(text, max(12, int(room / _SIGN_OF_ROW))) for text in named.labels]
    axes.set_yticks(_floats(named.y), texts)
    axes.tick_params(axis="y", labelcolor=theme.INK)


def _legend(axes: Axes, spec: ChartSpec, room: float) -> None:
    """Name the series above the chart, in as many columns as their names leave room for."""
    handles = [_handle(spec, series) for series in spec.series if series.in_legend]
    widest = max((len(str(handle.get_label())) for handle in handles), default=1)
    columns = max(1, min(len(handles), int(room / (widest * _SIGN + 3))))
    if handles:
        legend(axes, handles, columns=columns)


def _handle(spec: ChartSpec, series: Series) -> Any:
    if spec.kind == "columns":
        return Patch(color=series.colour, label=series.name)
    look = _look(series)
    look["markersize"] = min(series.size, _LEGEND_MARKER)
    return Line2D([], [], label=series.name, **look)


def _scale(limit: Callable[..., Any], mark: Callable[..., Any], axis: Axis, w: Words) -> None:
    if axis.low is None or axis.high is None or not axis.step:
        return
    count = int((axis.high - axis.low) / axis.step + 1e-6)
    ticks = [round(axis.low + place * axis.step, 10) for place in range(count + 1)]
    limit(axis.low, axis.high)
    texts = [_WRITINGS[axis.writing](w, tick) for tick in ticks]
    mark([] if axis.is_hidden else ticks, [] if axis.is_hidden else texts)


def _note(
    axes: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], side: str
) -> None:
    """Write a text at a point: above it (``t``), or right or left of it."""
    align = {"t": ("center", "bottom"), "r": ("left", "center"), "l": ("right", "center")}[side]
    axes.annotate(
        text, at, xytext=offset, textcoords="offset points", ha=align[0], va=align[1]
    )  # fmt: skip


def _floats(values: Numbers) -> Places:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
