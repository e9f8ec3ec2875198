"""The control chart: an indicator by quarter, the range of its usual up and down, and signals."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.trend import trend
from analytics.charts.values import column
from analytics.disclosure import ReleasedTable
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

Part = dict[str, Any]

_HALF_QUARTER: Final = timedelta(days=45)
_LINE: Final = 18
"""Height of a milestone's name in pixels."""

_SYMBOLS: Final = {
    "above": "diamond",
    "below": "diamond",
    "run_above": "triangle-up",
    "run_below": "triangle-down",
    "trend_up": "triangle-ne",
    "trend_down": "triangle-se",
}
"""Shapes of the signals; the legend says each in words."""


def control_chart(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the quarters with mean and limits of each segment, signals and milestones marked.

    Args:
        exhibit: CONTROL rows ``period, label, value, n, status, provisional, mean, lower, upper,
            segment, signal, signal_text, milestone``, in time.
        w: Words of the language.
    """
    frame = exhibit.table.frame.reset_index(drop=True)
    limits = frame[["lower", "upper"]].to_numpy(dtype=np.float64).ravel()
    figure = trend(_course(exhibit, frame), w, reach=limits[np.isfinite(limits)].tolist())
    figure.update_traces(showlegend=False)
    segments = [part for _, part in frame[frame["segment"] >= 0].groupby("segment")]
    named = [*(_usual(segments, figure, w) if segments else ()), *_signals(frame, exhibit.table, w)]
    figure.add_traces(named)
    names = _milestones(figure, frame)
    legend = [trace.name for trace in named if trace.showlegend]
    rows = theme.legend_rows(legend) if legend else 0
    # From the figure's upper edge: between it and the axis stand the milestones' names.
    figure.update_layout(legend={"yref": "container", "y": 1, "yanchor": "top"})
    return figure.update_layout(showlegend=bool(legend), margin_t=20 + 22 * rows + _LINE * names)


def _course(exhibit: Exhibit, frame: pd.DataFrame) -> Exhibit:
    """Return the quarters as one series without intervals: the limits are the only band."""
    label = column(exhibit.table, "value").label
    told = frame.assign(series="own", label=label, low=np.nan, high=np.nan)
    return replace(exhibit, table=ReleasedTable(exhibit.table.columns, told))


def _span(part: pd.DataFrame) -> tuple[date, date]:
    """Return from where to where a segment's lines reach: half a quarter beyond its values."""
    days = pd.to_datetime(part["period"])
    return (days.min() - _HALF_QUARTER).date(), (days.max() + _HALF_QUARTER).date()


def _usual(segments: Sequence[pd.DataFrame], figure: go.Figure, w: Words) -> list[go.Scatter]:
    """Shade the usual range of each segment; return the lines of means and limits."""
    lines: dict[str, tuple[list[str | None], list[float | None]]] = {
        name: ([], []) for name in ("mean", "lower", "upper")
    }
    for part in segments:
        start, end = (day.isoformat() for day in _span(part))
        first = part.iloc[0]
        for name, (x, y) in lines.items():
            x += [start, end, None]
            y += [float(first[name])] * 2 + [None]
        if pd.notna(first["lower"]) and pd.notna(first["upper"]):
            figure.add_shape(
                type="rect", x0=start, x1=end, y0=first["lower"], y1=first["upper"],
                fillcolor=theme.SHADE, line_width=0, layer="below",
            )  # fmt: skip
    return [
        _flat(*lines["mean"], w("chart_district.mean"), 1.5, "solid", is_named=True),
        _flat(*lines["upper"], w("chart_district.usual"), 1.2, "5px,3px", is_named=True),
        _flat(*lines["lower"], w("chart_district.usual"), 1.2, "5px,3px", is_named=False),
    ]


def _flat(
    x: Sequence[str | None],
    y: Sequence[float | None],
    name: str,
    width: float,
    dash: str,
    *,
    is_named: bool,
) -> go.Scatter:
    return go.Scatter(
        x=list(x),
        y=list(y),
        name=hover.plain(name),
        mode="lines",
        line={"color": theme.OUTLINE, "width": width, "dash": dash},
        connectgaps=False,
        hoverinfo="skip",
        showlegend=is_named,
    )


def _signals(frame: pd.DataFrame, table: ReleasedTable, w: Words) -> list[go.Scatter]:
    """Return the marks of each kind of signal; its words are in the legend and on pointing."""
    described = column(table, "value")
    form = Format(described.kind, described.digits)
    found = [code for code in _SYMBOLS if (frame["signal"] == code).any()]
    return [_marks(frame[frame["signal"] == code], code, form, w) for code in found]


def _marks(part: pd.DataFrame, code: str, form: Format, w: Words) -> go.Scatter:
    rows = zip(
        part["label"], part["value"], part["n"], part["signal_text"], part["lower"], part["upper"],
        strict=True,
    )  # fmt: skip
    return go.Scatter(
        x=part["period"].tolist(),
        y=part["value"].tolist(),
        name=hover.plain(part["signal_text"].iloc[0]),
        mode="markers",
        marker={
            "symbol": _SYMBOLS[code],
            "size": 13,
            "color": theme.OWN,
            "line": {"color": theme.PAPER, "width": 1.5},
        },
        cliponaxis=False,
        showlegend=True,
        hovertext=[_text(row, form, w) for row in rows],
        hovertemplate=hover.TEMPLATE,
    )


def _text(row: tuple[Any, ...], form: Format, w: Words) -> str:
    label, value, n, signal, lower, upper = row
    usual = form.range(lower, upper, w)
    lines = [
        f"<b>{hover.plain(label)}</b>",
        form.text(value, w),
        "" if pd.isna(n) else w("chart.count_n", n=w.number(float(n))),
        hover.plain(signal),
        w("chart_district.usual_range", range=usual) if usual else "",
    ]
    return "<br>".join(line for line in lines if line)


def _milestones(figure: go.Figure, frame: pd.DataFrame) -> int:
    """Draw a line before the first quarter of each milestone, named above; return their number.

    The names stand above the axis, each a line lower: quarters are narrow on a phone.
    """
    found = frame[frame["milestone"] != ""]
    for place, (index, row) in enumerate(found.iterrows()):
        day = (pd.Timestamp(row["period"]) - _HALF_QUARTER).date().isoformat()
        is_late = float(str(index)) > len(frame) / 2
        figure.add_vline(x=day, line={"color": theme.INK, "width": 1.2, "dash": "1px,2px"})
        anchor = "right" if is_late else "left"
        shift = _LINE * (len(found) - 1 - place)
        text = hover.plain(row["milestone"])
        theme.note(figure, text, theme.INK, x=day, xanchor=anchor, yshift=shift)
    return len(found)
