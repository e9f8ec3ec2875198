"""Distributions of units by group: every unit a dot, the middle half a box."""

from typing import Final

import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import value_axis
from analytics.charts.rows import wrap
from analytics.charts.values import column
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_HEIGHT: Final = 300
_NAME_WIDTH: Final = 16
_HALF: Final = 0.35
"""Of a mean's line: a little higher than the box."""


def unit_boxes(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a box a group with all its units beside it, and the group's mean as a dashed line.

    Args:
        exhibit: Rows ``series, section, key, label, value, n, mean, status``.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame[table.frame["status"] == Status.SHOWN]
    texts = hover.texts(
        type(table)(table.columns, frame),
        w,
        list(zip(frame["label"], frame["section"], strict=True)),
    )
    figure = go.Figure(layout=theme.layout(w, height=_HEIGHT))
    groups = frame.groupby("series", sort=False).indices
    for place, (series, positions) in enumerate(groups.items()):
        part = frame.iloc[positions]
        colour = theme.series_colour(str(series))
        figure.add_trace(
            go.Box(
                x=part["value"].tolist(),
                name=wrap(str(part["section"].iloc[0]), _NAME_WIDTH),
                orientation="h",
                boxpoints="all",
                jitter=0.6,
                pointpos=0,
                width=0.5,
                whiskerwidth=0,
                marker={"color": colour, "size": 7, "line": {"color": theme.PAPER, "width": 1}},
                line={"color": colour, "width": 1.5},
                fillcolor=theme.translucent(colour),
                hoveron="points",
                hovertext=[texts[i] for i in positions],
                hovertemplate=hover.TEMPLATE,
            )
        )
        mean = float(part["mean"].iloc[0])
        line = {"color": colour, "width": 2, "dash": "dash"}
        ends = {"x0": mean, "x1": mean, "y0": place - _HALF, "y1": place + _HALF}
        figure.add_shape(type="line", line=line, **ends)
    described = column(table, "value")
    form = Format(described.kind, described.digits)
    axis = value_axis(frame["value"].tolist(), form, w, from_zero=False)
    title = w("chart.days_axis") if form.kind == "days" else described.label
    figure.update_xaxes(**axis, title_text=title, showgrid=True)
    figure.update_yaxes(
        autorange="reversed", tickfont={"size": theme.SMALL_SIZE, "color": theme.INK}
    )
    return figure.update_layout(margin_t=16)
