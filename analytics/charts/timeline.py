"""Time lines: the programme's published events, and one calm line a unit."""

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import time_axis
from analytics.charts.rows import arrange
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_TEXT_WIDTH: Final = 28
"""Letters a line of an event's text: half of what a phone holds, as it stands beside a mark."""
_HALF: Final = 0.55
"""Part of the time that a text needs beside its mark on a phone; with less it stands above it."""
_LINE: Final = 17
_GAP: Final = 10
"""Between two events."""
_APART: Final = 12
"""Between a mark and its text."""
_HEADING: Final = 30
_UNIT_ROW: Final = 25


def programme_timeline(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw published events in lanes along time: a mark or a span, and its text beside it.

    Args:
        exhibit: TIMELINE rows ``lane, label, start, end, kind, source``, in reading order; ``end``
            is missing for an event of one day. A column ``lane_label`` names the lane, a column
            ``when`` says the date as exactly as the source does.
        w: Words of the language.
    """
    frame = exhibit.table.frame.reset_index(drop=True)
    figure = go.Figure()
    notes: list[dict[str, Any]] = []
    axis = _years(frame, w) if len(frame) else {}
    cursor = 0.0
    for _, lane in frame.groupby("lane", sort=False):
        cursor = _add_lane(figure, notes, lane, cursor, axis["range"], w)
    figure.update_layout(theme.layout(w, height=round(cursor) + 60))
    figure.update_layout(annotations=notes, margin_l=12)
    figure.update_yaxes(visible=False, range=[cursor, 0])
    return figure.update_xaxes(**axis, showgrid=True, side="bottom")


def _add_lane(
    figure: go.Figure,
    notes: list[dict[str, Any]],
    lane: pd.DataFrame,
    top: float,
    span: Sequence[str],
    w: Words,
) -> float:
    """Add a lane's heading and events from ``top`` pixels down; return where it ends."""
    name = hover.plain(lane["lane_label" if "lane_label" in lane else "lane"].iloc[0])
    heading = {"x": 0, "xref": "x domain", "xanchor": "left", "y": top + 6, "yanchor": "top"}
    notes.append(_text(f"<b>{name}</b>", theme.TEXT_SIZE, **heading))
    cursor = top + _HEADING
    for i in range(len(lane)):  # some two dozen published events, each as tall as its text
        event = lane.iloc[i]
        lines = _event_lines(event, w)
        place, above, height = _beside(event, len(lines), cursor, span)
        notes.append(_text("<br>".join(lines), theme.SMALL_SIZE, **place))
        figure.add_trace(_event(event, cursor + above, lines))
        cursor += height + _GAP
    return cursor


def _beside(
    event: "pd.Series[Any]", lines: int, top: float, span: Sequence[str]
) -> tuple[dict[str, Any], float, float]:
    """Return where an event's text stands, how far its mark is below ``top``, and its height."""
    first, last = (pd.Timestamp(day) for day in span)
    start = pd.Timestamp(event["start"])
    end = start if pd.isna(event["end"]) else pd.Timestamp(event["end"])
    before, after = (start - first) / (last - first), (last - end) / (last - first)
    text = float(_LINE * lines)
    if max(before, after) < _HALF:
        above = {"x": 0, "xref": "x domain", "xanchor": "left", "y": top, "yanchor": "top"}
        return above, text + _APART, text + _LINE
    middle = {"y": top + text / 2, "yanchor": "middle"}
    if after >= before:
        return {"x": end, "xanchor": "left", "xshift": _APART, **middle}, text / 2, text
    return {"x": start, "xanchor": "right", "xshift": -_APART, **middle}, text / 2, text


def _event_lines(event: "pd.Series[Any]", w: Words) -> list[str]:
    when = str(event["when"]) if "when" in event else _when(event["start"], event["end"], w)
    text = f"{when}: {event['label']}"
    return [hover.plain(line) for line in textwrap.wrap(text, _TEXT_WIDTH)]


def _when(start: Any, end: Any, w: Words) -> str:
    first = w.date(pd.Timestamp(start).date())
    if pd.isna(end) or pd.Timestamp(end) == pd.Timestamp(start):
        return first
    return w("estimate.from_to", low=first, high=w.date(pd.Timestamp(end).date()))


def _text(text: str, size: int, **place: Any) -> dict[str, Any]:
    return place | {
        "align": "right" if place["xanchor"] == "right" else "left",
        "text": text,
        "showarrow": False,
        "font": {"size": size, "color": theme.INK},
        # The years' lines pass behind the text, not through it.
        "bgcolor": theme.PAPER,
        "borderpad": 1,
    }


def _event(event: "pd.Series[Any]", y: float, lines: list[str]) -> go.Scatter:
    colour = theme.series_colour(str(event["lane"]))
    start, end = pd.Timestamp(event["start"]), pd.Timestamp(event["end"])
    spans = not pd.isna(end) and end > start
    source = str(event["source"]) if "source" in event else ""
    return go.Scatter(
        x=[start, end] if spans else [start],
        y=[y, y] if spans else [y],
        mode="lines" if spans else "markers",
        line={"color": colour, "width": 8},
        marker={"symbol": "diamond", "size": 12, "color": colour},
        cliponaxis=False,
        hovertext=["<br>".join([*lines, hover.plain(source)])] * (2 if spans else 1),
        hovertemplate=hover.TEMPLATE,
    )


def unit_timelines(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw one row a unit: how far it was, from when to when.

    Args:
        exhibit: TIMELINE rows ``lane, label, section, start, end, kind, kind_label, status``, units
            in order; a unit that has not begun has one row without dates.
        w: Words of the language.
    """
    frame = exhibit.table.frame.reset_index(drop=True)
    units = frame.drop_duplicates("lane")
    sections = units["section"] if "section" in units else [""] * len(units)
    rows = arrange(units["label"].astype(str).tolist(), [str(s) for s in sections])
    places = frame["lane"].map(dict(zip(units["lane"], rows.places, strict=True)))
    begun = frame["start"].notna()
    figure = go.Figure()
    kinds = frame.loc[begun, ["kind", "kind_label"]].drop_duplicates("kind")
    for kind in sorted(kinds["kind"], key=_kind_order):
        chosen = frame["kind"] == kind
        figure.add_trace(_spans(frame[chosen], places[chosen], str(kind), w))
    if not begun.all():
        figure.add_trace(_waiting(frame[~begun], places[~begun], frame["start"].min()))
    labels = kinds["kind_label"].astype(str).tolist()
    top = 24 + 24 * theme.legend_rows(labels)
    height = round(rows.length * max(_UNIT_ROW, rows.height / rows.length * 0.72)) + top + 30
    figure.update_layout(theme.layout(w, height=height))
    figure.update_yaxes(**rows.axis())
    if begun.any():
        figure.update_xaxes(**_years(frame[begun], w), showgrid=True)
    return figure.update_layout(showlegend=True, margin_t=top)


def _kind_order(kind: str) -> int:
    order = ("applied", "granted", "started", "fully_staffed")
    return order.index(kind) if kind in order else len(order)


def _spans(part: pd.DataFrame, places: "pd.Series[float]", kind: str, w: Words) -> go.Scatter:
    x: list[Any] = []
    y: list[float | None] = []
    texts: list[str] = []
    rows = zip(part["label"], part["kind_label"], part["start"], part["end"], places, strict=True)
    for label, kind_label, start, end, place in rows:
        when = _when(start, end, w)
        text = f"<b>{hover.plain(label)}</b><br>{hover.plain(kind_label)}<br>{when}"
        x += [start, end, None]
        y += [place, place, None]
        texts += [text, text, ""]
    return go.Scatter(
        x=x,
        y=y,
        name=hover.plain(part["kind_label"].iloc[0]),
        mode="lines",
        line={"color": theme.series_colour(kind), "width": 9},
        connectgaps=False,
        hovertext=texts,
        hovertemplate=hover.TEMPLATE,
    )


def _waiting(part: pd.DataFrame, places: "pd.Series[float]", start: Any) -> go.Scatter:
    return go.Scatter(
        x=[start] * len(part),
        y=places.tolist(),
        mode="text",
        text=[f"<i>{hover.plain(label)}</i>" for label in part["kind_label"]],
        textposition="middle right",
        textfont={"size": theme.SMALL_SIZE, "color": theme.MUTED},
        showlegend=False,
        hoverinfo="skip",
    )


def _years(frame: pd.DataFrame, w: Words) -> dict[str, Any]:
    starts, ends = pd.to_datetime(frame["start"]), pd.to_datetime(frame["end"])
    first: date = starts.min().date()
    last: date = max(starts.max(), ends.max() if ends.notna().any() else starts.max()).date()
    pad = pd.Timedelta(days=max(20, (last - first).days // 40))
    left, right = (pd.Timestamp(first) - pad).date(), (pd.Timestamp(last) + pad).date()
    return time_axis(left, right, w) | {"range": [left.isoformat(), right.isoformat()]}
