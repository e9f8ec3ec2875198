"""S-curves: how many units had reached each milestone by each month."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import nice_ticks, time_axis
from analytics.charts.named_points import ring, value_at, words
from analytics.charts.values import column
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit, Point

_DASHES: Final = ("3px,3px", "7px,3px", "14px,4px", "solid")
"""From the first milestone to the last; the lines are told apart without colour."""

_TOP: Final = 1.04
_TOP_WITH_WORDS: Final = 1.2
"""Times all units, what the axis reaches to; with a point that is named there is room for its
words, on a slide, too, which leaves the curves little height."""
_MIDDLE: Final = 0.4
"""Of the axis, up to which words have room to the right on a phone."""
_BESIDE_LINE: Final = 4


def progress_curves(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw one step line a milestone, up to the number of all units.

    Args:
        exhibit: STEPS rows ``series, label, month, value, total``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    figure = go.Figure(layout=theme.layout(w))
    names = []
    for place, (series, part) in enumerate(frame.groupby("series", sort=False)):
        ordered = part.sort_values("month")
        names.append(_name(ordered, w))
        figure.add_trace(_line(ordered, str(series), names[-1], _DASHES[place % len(_DASHES)], w))
    total = float(frame["total"].max()) if len(frame) else 1.0
    ticks = [tick for tick in nice_ticks(0, total, 5) if tick < 0.93 * total]
    figure.update_yaxes(
        range=[0, (_TOP_WITH_WORDS if exhibit.points else _TOP) * total],
        tickmode="array",
        tickvals=[*ticks, total],
        ticktext=[w.number(tick) for tick in (*ticks, total)],
        title_text=hover.plain(column(exhibit.table, "value").label),
    )
    if len(frame):
        months = pd.to_datetime(frame["month"])
        first, last = months.min(), months.max()
        figure.update_xaxes(**time_axis(first.date(), last.date(), w))
        for point in exhibit.points:
            along = (pd.Timestamp(point.at) - first) / max(last - first, pd.Timedelta(1))
            _mark(figure, point, value_at(frame, "month", point), along)
    top = 24 + 22 * theme.legend_rows(names)
    return figure.update_layout(showlegend=True, margin_t=top, legend_itemwidth=44)


def _mark(figure: go.Figure, point: Point, value: float, along: float) -> None:
    """Mark a point; its words stand above all curves, since between them there is no room.

    Args:
        figure: Curves with room above.
        point: Which one.
        value: Its height.
        along: Its place, as a share of the axis.
    """
    day, is_early = point.at.isoformat(), along < _MIDDLE
    line = {"color": theme.INK, "width": 1, "dash": "2px,3px"}
    figure.add_vline(x=day, line=line)
    figure.add_trace(ring(day, value))
    place = {"yref": "y domain", "yanchor": "top", "xanchor": "left" if is_early else "right"}
    shift = _BESIDE_LINE if is_early else -_BESIDE_LINE
    figure.add_annotation(words(point.text, x=day, y=1, xshift=shift, **place))


def _name(part: pd.DataFrame, w: Words) -> str:
    reached = w.number(float(part["value"].iloc[-1]))
    return hover.plain(f"{part['label'].iloc[0]}: {reached}")


def _line(part: pd.DataFrame, series: str, name: str, dash: str, w: Words) -> go.Scatter:
    texts = [
        "<br>".join(
            (
                f"<b>{hover.plain(label)}</b>",
                w.month(pd.Timestamp(month).date()),
                w("chart.of_total", value=w.number(float(value)), total=w.number(float(total))),
            )
        )
        for label, month, value, total in zip(
            part["label"], part["month"], part["value"], part["total"], strict=True
        )
    ]
    return go.Scatter(
        x=part["month"].tolist(),
        y=part["value"].tolist(),
        name=name,
        mode="lines",
        line={"color": theme.series_colour(series), "width": 3, "shape": "hv", "dash": dash},
        hovertext=texts,
        hovertemplate=hover.TEMPLATE,
    )
