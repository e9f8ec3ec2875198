"""Published figures as their sources give them: a dot for one number, a bar from one to another."""

from typing import Any, Final

import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import value_axis
from analytics.charts.rows import arrange
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_AXIS_HEIGHT: Final = 64


def course_waits(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw published waiting times on one scale of days, a row each, by what was measured.

    A bar is a range that a source states, never an interval of uncertainty, and looks different.

    Args:
        exhibit: Rows ``period, measure, group, statistic, published, days_low, days_high, source``.
        w: Words of the language.
    """
    frame = exhibit.table.frame.sort_values("measure", kind="stable", ignore_index=True)
    labels = [f"{when}, {who}" for when, who in zip(frame["period"], frame["group"], strict=True)]
    rows = arrange(labels, frame["measure"].astype(str).tolist())
    x: list[float | None] = []
    y: list[float | None] = []
    for low, high, place in zip(frame["days_low"], frame["days_high"], rows.places, strict=True):
        x += [low, high, None]
        y += [place, place, None]
    figure = go.Figure(layout=theme.layout(w, height=rows.height + _AXIS_HEIGHT))
    figure.add_trace(_marks(x, y, _texts(exhibit, frame.to_dict("records"))))
    figure.update_yaxes(**rows.axis())
    days = [day for day in x if day is not None]
    axis = value_axis(days, Format("days"), w)
    figure.update_xaxes(**axis, showgrid=True, title_text=w("chart.days_published"))
    return figure.update_layout(margin_t=16)


def _marks(x: list[float | None], y: list[float | None], texts: list[str]) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="lines+markers",
        connectgaps=False,
        line={"color": theme.MUTED, "width": 7},
        marker={"color": theme.MUTED, "size": 11, "symbol": "square"},
        hovertext=[text for text in texts for _ in range(3)],
        hovertemplate=hover.TEMPLATE,
    )


def _texts(exhibit: Exhibit, records: list[dict[Any, Any]]) -> list[str]:
    names = [column.name for column in exhibit.table.columns if column.kind == "text"]
    return ["<br>".join(hover.plain(record[name]) for name in names) for record in records]
