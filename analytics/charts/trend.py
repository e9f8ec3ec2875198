"""Trends by quarter or month, with the programme's phases behind."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import time_axis, unit_title, value_axis
from analytics.charts.end_names import names_at_ends, threads
from analytics.charts.named_points import mark_points
from analytics.charts.values import column
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_SYMBOLS: Final = {Status.SUPPRESSED: "x-thin", Status.NO_DATA: "line-ew"}
"""How a period without a figure is marked, by the reason."""
_ROW_SHARE: Final = 0.1
"""Of the axis' height, for each reason's row below it."""
_APART: Final = 0.3
"""Of a row's height, between the marks of two series."""


_NAMED: Final = 2
"""Lines that bear their names at their ends; more have a legend."""
_NAME_ROOM: Final = 0.1
"""Of the axis' height, kept free above for a name and the phases'."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A span of calendar time that a trend is read against.

    Attributes:
        label: Short: it must fit into the span on a phone.
        start: First day.
        end: Day after the last; None when it goes on.
    """

    label: str
    start: date
    end: date | None


def trend(
    exhibit: Exhibit,
    w: Words,
    *,
    phases: Sequence[Phase] = (),
    from_zero: bool = True,
    reach: Sequence[float] = (),
) -> go.Figure:
    """Draw one line a series with its 95 % band; the provisional part dashed and hollow.

    Args:
        exhibit: TREND rows ``series, label, period, value, low, high, n, status, provisional``. A
            period whose figure is not shown leaves a gap and is marked below the axis, in a row
            named after the reason, where no mark can be read as a value.
        w: Words of the language.
        phases: Shaded and labelled.
        from_zero: Whether the vertical axis starts at zero.
        reach: Further values that the vertical axis must hold.
    """
    table = exhibit.table
    frame = table.frame
    texts = hover_texts(table, w)
    figure = go.Figure(layout=theme.layout(w))
    groups = frame.groupby("series", sort=False).indices
    for series, positions in groups.items():
        chosen = frame["period"].iloc[positions].argsort()
        order = [positions[i] for i in chosen]
        part, hovers = frame.iloc[order], [texts[i] for i in order]
        figure.add_traces(series_traces(part, theme.series_colour(str(series)), hovers))
    first, last = span_of(frame)
    foot = _style(figure, table, (first, last), w, from_zero=from_zero, reach=reach)
    _add_phases(figure, phases, first, last)
    _add_provisional(figure, frame, last, foot, w)
    figure.update_layout(hovermode="x")
    names = names_at_ends(exhibit, w) if len(groups) == _NAMED else []
    is_named = len(names) == _NAMED
    mark_points(figure, exhibit, (first, last), is_named=is_named)
    if is_named:  # a line without values near its end has no place for its name
        low, high = figure.layout.yaxis.range
        figure.update_yaxes(range=[low, high + _NAME_ROOM * (high - low)])
        joined = threads(exhibit, names, high - low)
        return figure.update_layout(
            annotations=[*figure.layout.annotations, *names],
            shapes=[*figure.layout.shapes, *joined],
        )
    labels = frame["label"].drop_duplicates().astype(str).tolist()
    top = 20 + 22 * (theme.legend_rows(labels) if len(groups) > 1 else 0)
    return figure.update_layout(showlegend=len(groups) > 1, margin_t=top)


def span_of(frame: pd.DataFrame) -> tuple[date, date]:
    """Return the first day of the first period, and the day after the last one."""
    if frame.empty:
        return date(2015, 1, 1), date(2015, 12, 31)
    periods = pd.to_datetime(frame["period"])
    months = sorted(set(periods))
    step = min((b - a for a, b in itertools.pairwise(months)), default=timedelta(91))
    return periods.min().date(), (periods.max() + step).date()


def hover_texts(table: ReleasedTable, w: Words) -> list[str]:
    """Return what each row's point says when pointed at."""
    frame = table.frame
    form = Format(column(table, "period").kind)
    when = form if form.kind in ("quarter", "month") else Format("quarter")
    notes = [[w("chart.provisional")] if p else [] for p in frame["provisional"]]
    rows = zip(frame["label"], frame["period"], notes, strict=True)
    return hover.texts(
        table, w, [(label, when.text(period, w), *note) for label, period, note in rows]
    )


def series_traces(part: pd.DataFrame, colour: str, texts: Sequence[str]) -> list[go.Scatter]:
    """Return band, line and points of a series, in the order of its periods."""
    provisional = part["provisional"].to_numpy(dtype=bool)
    firm = part["value"].mask(provisional)
    # The dashed part starts at the last firm point, so that the line does not break.
    starts = provisional | (pd.Series(provisional).shift(-1, fill_value=False).to_numpy())
    loose = part["value"].where(starts) if provisional.any() else None
    name = hover.plain(part["label"].iloc[0])
    traces = [*_band(part, colour), _line(part, firm, colour, name)]
    if loose is not None:
        traces.append(_line(part, loose, colour, name, dashed=True))
    return [*traces, _points(part, provisional, colour, texts)]


def _line(
    part: pd.DataFrame, values: "pd.Series[float]", colour: str, name: str, *, dashed: bool = False
) -> go.Scatter:
    return go.Scatter(
        x=part["period"].tolist(),
        y=values.tolist(),
        name=name,
        mode="lines",
        line={"color": colour, "width": 2.5, "dash": theme.PROVISIONAL_DASH if dashed else "solid"},
        connectgaps=False,
        showlegend=not dashed,
        hoverinfo="skip",
    )


def _points(part: pd.DataFrame, provisional: Any, colour: str, texts: Sequence[str]) -> go.Scatter:
    fills = [theme.PAPER if p else colour for p in provisional]
    return go.Scatter(
        x=part["period"].tolist(),
        y=part["value"].tolist(),
        mode="markers",
        marker={"color": fills, "size": 7, "line": {"color": colour, "width": 2}},
        showlegend=False,
        cliponaxis=False,
        hovertext=list(texts),
        hovertemplate=hover.TEMPLATE,
    )


def _band(part: pd.DataFrame, colour: str) -> list[go.Scatter]:
    """Return the band of each unbroken run; a band across a gap would claim to know it."""
    known = (part["low"].notna() & part["high"].notna()).to_numpy()
    runs = (pd.Series(known) != pd.Series(known).shift()).cumsum().to_numpy()
    pieces = [part.iloc[(runs == run) & known] for run in dict.fromkeys(runs[known])]
    return [_band_piece(piece, colour) for piece in pieces if len(piece) > 1]


def _band_piece(piece: pd.DataFrame, colour: str) -> go.Scatter:
    there = piece["period"].tolist()
    return go.Scatter(
        x=there + there[::-1],
        y=piece["high"].tolist() + piece["low"].tolist()[::-1],
        mode="lines",
        fill="toself",
        fillcolor=theme.translucent(colour),
        line={"width": 0, "color": colour},
        showlegend=False,
        hoverinfo="skip",
    )


def _style(
    figure: go.Figure,
    table: ReleasedTable,
    span: tuple[date, date],
    w: Words,
    *,
    from_zero: bool,
    reach: Sequence[float],
) -> float:
    """Give the figure its axes and the marks below them; return the axis' lowest value."""
    described = column(table, "value")
    form = Format(described.kind, described.digits)
    names = [name for name in ("value", "low", "high") if name in table.frame]
    ends = table.frame[names].to_numpy(dtype=float).ravel().tolist()
    axis = value_axis([*ends, *reach], form, w, from_zero=from_zero, target=5)
    foot, top = axis["tickvals"][0], axis["range"][1]
    rows = _hidden_rows(table.frame, foot, _ROW_SHARE * (top - foot))
    axis["range"][0] = foot - len(rows) * _ROW_SHARE * (top - foot)
    axis["tickvals"] = [*rows.values(), *axis["tickvals"]]
    axis["ticktext"] = [*(w(f"estimate.{status}") for status in rows), *axis["ticktext"]]
    title = hover.plain(unit_title(described, form.kind, w))
    figure.update_yaxes(**axis, title_text=title or None, ticklabelstandoff=8 if rows else 0)
    figure.update_xaxes(**time_axis(*span, w), range=[day.isoformat() for day in span])
    if rows:
        figure.add_hline(y=foot, line={"color": theme.OUTLINE, "width": 1})
    apart = _APART * _ROW_SHARE * (top - foot)
    for status, place in rows.items():
        figure.add_trace(_hidden_marks(table.frame, status, place, apart, w))
    return float(foot)


def _hidden_rows(frame: pd.DataFrame, foot: float, height: float) -> dict[Status, float]:
    """Return where below ``foot`` each reason for a missing figure has its row of marks."""
    found = [status for status in _SYMBOLS if (frame["status"] == status).any()]
    return {status: foot - (place + 0.55) * height for place, status in enumerate(found)}


def _hidden_marks(
    frame: pd.DataFrame, status: Status, place: float, apart: float, w: Words
) -> go.Scatter:
    """Mark the periods hidden for one reason; each series has a height of its own."""
    series = list(dict.fromkeys(frame["series"]))
    part = frame[frame["status"] == status]
    steps = part["series"].map(series.index) - (len(series) - 1) / 2
    reason = w(f"estimate.{status}")
    return go.Scatter(
        x=part["period"].tolist(),
        y=(place - apart * steps).tolist(),
        name=reason,
        mode="markers",
        showlegend=False,
        marker={
            "symbol": _SYMBOLS[status],
            "size": 7,
            "line": {"width": 2, "color": [theme.series_colour(str(s)) for s in part["series"]]},
        },
        cliponaxis=False,
        hovertext=[f"<b>{hover.plain(label)}</b><br>{reason}" for label in part["label"]],
        hovertemplate=hover.TEMPLATE,
    )


def _add_phases(figure: go.Figure, phases: Sequence[Phase], first: date, last: date) -> None:
    for phase in phases:
        start, end = max(phase.start, first), min(phase.end or last, last)
        if start >= end:
            continue
        figure.add_vrect(
            x0=start.isoformat(),
            x1=end.isoformat(),
            fillcolor=theme.SHADE,
            line={"width": 0},
            layer="below",
        )
        place = {"x": start.isoformat(), "xanchor": "left", "xshift": 4, "yanchor": "top"}
        theme.note(figure, hover.plain(phase.label), theme.MUTED, **place)


def _add_provisional(
    figure: go.Figure, frame: pd.DataFrame, last: date, foot: float, w: Words
) -> None:
    chosen = frame[frame["provisional"].astype(bool)]
    if chosen.empty:
        return
    start = pd.Timestamp(chosen["period"].min()).date()
    figure.add_vline(
        x=start.isoformat(), line={"color": theme.OUTLINE, "width": 1, "dash": "2px,3px"}
    )
    figure.add_annotation(
        x=last.isoformat(),
        y=foot,
        text=w("chart.provisional"),
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"size": theme.SMALL_SIZE, "color": theme.MUTED, "style": "italic"},
    )
