"""When milestones were reached: one unit's dates over the middle half of all others."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import time_axis
from analytics.charts.rows import arrange
from analytics.domain.estimates import Status
from analytics.domain.periods import Month
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import reason_text

_AXIS_HEIGHT: Final = 56
_LEGEND_LINE: Final = 22

Row = dict[Any, Any]


def rollout_ranges(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a row a milestone: the others' middle half and median, peers as rings, the own as a dot.

    Args:
        exhibit: Rows of ``reports.districts.rollout_report.rollout``.
        w: Words of the language.
    """
    records = exhibit.table.frame.to_dict("records")
    first, last = _span(exhibit, records)
    cut = exhibit.source.as_of or last
    rows = arrange(
        [str(r["label"]) for r in records],
        [str(r["section"]) for r in records],
        [_missing(r, cut, w) for r in records],
    )
    names = [
        w(f"report_own_rollout.legend_{name}") for name in ("others", "median", "peers", "own")
    ]
    lines = theme.legend_rows(names)
    layout = theme.layout(w, height=rows.height + _AXIS_HEIGHT)
    layout["height"] += _LEGEND_LINE * lines
    traces = [
        _bars(records, rows.places, last, names[0], w),
        _medians(records, rows.places, names[1], w),
        _peers(records, rows.places, names[2], w),
        _own(records, rows.places, names[3], w),
    ]
    return go.Figure(
        traces,
        layout
        | {
            "showlegend": True,
            "margin": {"t": 16 + _LEGEND_LINE * lines},
            "xaxis": {**time_axis(first, last, w), "showgrid": True, "range": [first, last]},
            "yaxis": rows.axis(),
        },
    )


def _span(exhibit: Exhibit, records: Sequence[Row]) -> tuple[date, date]:
    """Return the first and the last day of the axis: from the first date known to the data cut."""
    known = [r[name] for r in records for name in ("own", "q1", "planned") if pd.notna(r[name])]
    known += [pd.Timestamp(day) for r in records for day in r["peers"]]
    last = exhibit.source.as_of or max(known).date()
    first = min(known).date() if known else date(last.year - 1, 1, 1)
    return date(first.year, 1, 1), max(last, *(day.date() for day in known)) if known else last


def _bars(
    records: Sequence[Row], places: Sequence[float], last: date, name: str, w: Words
) -> dict[str, Any]:
    """Return the middle halves; one that is still open reaches to the end of the axis."""
    x: list[object] = []
    y: list[float | None] = []
    texts: list[str] = []
    for row, place in zip(records, places, strict=True):
        if pd.isna(row["q1"]):
            continue
        end = last if pd.isna(row["q3"]) else row["q3"]
        x += [row["q1"], end, None]
        y += [place, place, None]
        texts += [_text(row, w)] * 3
    style = {"line": {"color": theme.PALE, "width": 12}, "connectgaps": False}
    return _trace(x, y, texts, name) | {"mode": "lines", **style}


def _medians(
    records: Sequence[Row], places: Sequence[float], name: str, w: Words
) -> dict[str, Any]:
    found = [(r, p) for r, p in zip(records, places, strict=True) if pd.notna(r["median"])]
    texts = [_text(r, w) for r, _ in found]
    marker = {"symbol": "line-ns", "size": 12, "line": {"color": theme.NEUTRAL, "width": 2}}
    trace = _trace([r["median"] for r, _ in found], [p for _, p in found], texts, name)
    return trace | {"mode": "markers", "marker": marker}


def _peers(records: Sequence[Row], places: Sequence[float], name: str, w: Words) -> dict[str, Any]:
    marks = [
        (day, place, _text(row, w))
        for row, place in zip(records, places, strict=True)
        for day in row["peers"]
    ]
    marker = {"symbol": "circle-open", "size": 6, "color": theme.PEERS, "line": {"width": 1.2}}
    days, rows, texts = [m[0] for m in marks], [m[1] for m in marks], [m[2] for m in marks]
    return _trace(days, rows, texts, name) | {"mode": "markers", "marker": marker}


def _own(records: Sequence[Row], places: Sequence[float], name: str, w: Words) -> dict[str, Any]:
    found = [(r, p) for r, p in zip(records, places, strict=True) if pd.notna(r["own"])]
    marker = {"color": theme.OWN, "size": 12, "line": {"color": theme.PAPER, "width": 1.5}}
    trace = _trace([r["own"] for r, _ in found], [p for _, p in found], [], name)
    return trace | {
        "hovertext": [_text(r, w) for r, _ in found],
        "mode": "markers",
        "marker": marker,
    }


def _missing(row: Row, cut: date, w: Words) -> str:
    """Say why there is no own date; a plan is told as such, and as a former one once it is over.

    It stands below the row's name: on a phone there is nowhere else without dots of others.
    """
    if pd.notna(row["own"]):
        return ""
    if pd.notna(row["planned"]):
        month = Month.of(pd.Timestamp(row["planned"]).date())
        told = w.month(month.first_day).replace(" ", "\u00a0")
        if month.plus(1).first_day <= cut + timedelta(days=1):
            return w("report_own_rollout.was_planned_for", month=told)
        return w("report_own_rollout.planned_for", month=told)
    if row["status"] == Status.NOT_REACHED:
        return w("report_own_rollout.open")
    return reason_text(Status(row["status"]), w)


def _trace(
    x: Sequence[object], y: Sequence[float | None], texts: Sequence[str], name: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": list(x),
        "y": list(y),
        "name": name,
        "hovertext": list(texts),
        "hovertemplate": hover.TEMPLATE,
    }


def _text(row: Row, w: Words) -> str:
    def month(name: str) -> str:
        day = row[name]
        return w("report_own_rollout.open") if pd.isna(day) else w.month(pd.Timestamp(day).date())

    told = w(
        "report_own_rollout.hover",
        own=month("own"),
        q1=month("q1"),
        median=month("median"),
        q3=month("q3"),
    )
    return f"<b>{hover.plain(row['label'])}</b><br>{hover.plain(row['section'])}<br>{told}"
