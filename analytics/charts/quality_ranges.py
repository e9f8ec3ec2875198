"""One district's shares by field before the middle half of the other districts."""

from typing import Any, Final

import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import value_axis
from analytics.charts.dots import dot_plot
from analytics.charts.rows import arrange
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_BAR: Final = 14


def quality_ranges(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a dot a field and behind it, as a light bar, where half of the other districts lie.

    The bar is a range of districts, never an interval of uncertainty, and looks different.

    Args:
        exhibit: DOTS rows with ``others_low, others_mid, others_high``.
        w: Words of the language.
    """
    dots = dot_plot(exhibit, w)
    own = [trace for trace in dots.data if trace.mode == "markers"]
    for trace in own:
        name = w("report_quality.own")
        # Fields that nobody fills lie on the very edge.
        trace.update(marker_color=theme.OWN, name=name, showlegend=True, cliponaxis=False)
    axis = _axis(exhibit, w)
    hidden = [trace for trace in dots.data if trace.mode != "markers"]
    for trace in hidden:
        trace.update(x=[axis["range"][0]] * len(trace.y), showlegend=False)
    figure = go.Figure([_bars(exhibit, w), _middles(exhibit, w), *hidden, *own], dots.layout)
    return figure.update_layout(showlegend=True, margin_t=16 + 22 * 3).update_xaxes(**axis)


def _axis(exhibit: Exhibit, w: Words) -> dict[str, Any]:
    """Hold all values and bars and no more: most shares lie close to one another."""
    figures = exhibit.table.frame[["value", "others_low", "others_high"]]
    values = figures.to_numpy(dtype="float64").ravel().tolist()
    return value_axis(values, Format("share"), w, from_zero=False)


def _places(exhibit: Exhibit) -> tuple[float, ...]:
    frame = exhibit.table.frame
    return arrange(frame["label"].astype(str).tolist(), frame["section"].tolist()).places


def _bars(exhibit: Exhibit, w: Words) -> go.Scatter:
    frame = exhibit.table.frame
    x: list[float | None] = []
    y: list[float | None] = []
    for low, high, place in zip(
        frame["others_low"], frame["others_high"], _places(exhibit), strict=True
    ):
        x += [low, high, None]
        y += [place, place, None]
    line: dict[str, Any] = {"color": theme.OTHERS, "width": _BAR}
    name = w("report_quality.others_half")
    return go.Scatter(x=x, y=y, mode="lines", line=line, name=name, hoverinfo="skip")


def _middles(exhibit: Exhibit, w: Words) -> go.Scatter:
    frame = exhibit.table.frame
    texts = [
        f"{hover.plain(label)}<br>{hover.plain(w('report_quality.others_mid'))}: "
        f"{w.percent(middle, 1)}"
        for label, middle in zip(frame["label"], frame["others_mid"], strict=True)
    ]
    return go.Scatter(
        x=frame["others_mid"],
        y=_places(exhibit),
        mode="markers",
        marker={"symbol": "line-ns", "size": _BAR, "line": {"color": theme.NEUTRAL, "width": 2}},
        name=w("report_quality.others_mid"),
        hovertext=texts,
        hovertemplate=hover.TEMPLATE,
    )
