"""How series look on paper beside the type of a drawing, and the legend that names them."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.textpath import text_to_path

from analytics.charts import theme
from analytics.charts.specs.spec import BESIDE, ChartSpec, Dash, Marker, Series

_DASHES: Final[Mapping[Dash, Any]] = {
    Dash.SOLID: "solid",
    Dash.LONG: (0, (5, 2.5)),
    Dash.SHORT: (0, (3, 1.5)),
    Dash.DOTTED: (0, (1, 1.2)),
}
_MARKERS: Final[Mapping[Marker, str]] = {
    Marker.NONE: "",
    Marker.CIRCLE: "o",
    Marker.DIAMOND: "D",
    Marker.SQUARE: "s",
    Marker.TRIANGLE: "^",
}
_SHADE: Final = 0.14
_LEGEND_MARKER: Final = 8
_HANDLE: Final = 3.1
"""Room for symbol and gap of a legend's entry, in sizes of the type."""


def scaled(points: float) -> float:
    """Return what a spec says in points beside the type of this drawing."""
    return points * float(rcParams["font.size"]) / BESIDE


def shade(series: Series) -> dict[str, Any]:
    """Return the look of an area in a series' colour."""
    return {"color": series.colour, "alpha": _SHADE, "linewidth": 0}


def bar(series: Series, *, is_planned: bool) -> dict[str, Any]:
    """Return the look of a bar: an outline if planned, hatched if made up, else filled."""
    if is_planned:
        line = {"edgecolor": series.colour, "linestyle": _DASHES[Dash.SHORT]}
        return {"facecolor": theme.PAPER, "linewidth": scaled(1.5), **line}
    if series.is_made_up:
        hatched = {"edgecolor": series.colour, "hatch": "///", "hatch_linewidth": scaled(1.5)}
        return {"facecolor": theme.PAPER, "linewidth": scaled(1.5), **hatched}
    return {"facecolor": series.colour, "linewidth": 0}


def look(series: Series) -> dict[str, Any]:
    """Return line and marker as matplotlib calls them."""
    is_lined = series.line > 0
    return {
        "color": series.colour,
        "linewidth": scaled(series.line),
        "solid_capstyle": "butt",  # as DrawingML's flat ends: a line says where it ends
        "linestyle": _DASHES[series.dash] if is_lined else "none",
        "marker": _MARKERS[series.marker],
        "markersize": scaled(series.size),
        "markerfacecolor": theme.PALE if series.is_open else series.colour,
        "markeredgewidth": scaled(1.5),
    }


def legend(axes: Axes, spec: ChartSpec, room: float) -> None:
    """Name the series above the chart, in as many columns as their names leave room for."""
    named = [series for series in spec.series if series.in_legend]
    if not named:
        return
    font = FontProperties(size=rcParams["font.size"])
    texts = [text_to_path.get_text_width_height_descent(s.name, font, False)[0] for s in named]
    widths = np.array(texts) + _HANDLE * rcParams["font.size"]
    counts = range(len(named), 0, -1)
    fitting = (n for n in counts if sum(map(max, np.array_split(widths, n))) <= room)
    axes.figure.legend(
        handles=[_handle(spec, series) for series in named],
        labels=[series.name for series in named],
        loc="outside upper left",
        ncols=next(fitting, 1),
    )


def _handle(spec: ChartSpec, series: Series) -> Any:
    """Return what stands for a series: its line on its shade, if it has one."""
    if spec.kind == "bars":
        return Patch(**bar(series, is_planned=False))
    marker = scaled(min(series.size, _LEGEND_MARKER))
    line = Line2D([], [], **{**look(series), "markersize": marker})
    return line if series.shade is None else (Patch(**shade(series)), line)
