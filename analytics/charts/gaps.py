"""Gaps of groups to all others: as recorded and against comparable needs, in rows and by year."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.effect_axis import EffectAxis, bounds
from analytics.charts.rows import Rows, arrange, wrap
from analytics.charts.values import estimate_texts
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_AXIS_HEIGHT: Final = 64
_LEGEND_HEIGHT: Final = 30
_APART: Final = 0.17
"""Of a row, from its middle to each of its two dots."""
_TICKS: Final = 4
_BOUNDS: Final = ("value", "low", "high", "raw", "raw_low", "raw_high")

_COLUMNS: Final = 2
_PANEL_HEIGHT: Final = 150
_COLUMN_GAP: Final = 0.08
_ROW_GAP: Final = 64
"""Pixels between panels, for the name of the lower one."""
_TITLE_WIDTH: Final = 20
_LONG: Final = 6
"""Years from which on only every other has room for its name."""

Part = dict[str, Any]


def gap_rows(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a row a group: the gap as recorded, open, above the standardised one, filled.

    Args:
        exhibit: Rows ``label, value, low, high, raw, raw_low, raw_high, status``, in their order;
            a row without a standardised gap says why.
        w: Words of the language.
    """
    frame, axis = exhibit.table.frame, EffectAxis.of(exhibit.table, w)
    rows = arrange([str(label) for label in frame["label"]], [""] * len(frame))
    standardised, raw = _hovers(exhibit, w)
    height = rows.height + _AXIS_HEIGHT + _LEGEND_HEIGHT
    figure = go.Figure(layout=theme.layout(w, height=height))
    figure.add_vline(x=axis.neutral, line={"color": theme.INK, "width": 1.5})
    looks = (
        ("raw", ("raw", "raw_low", "raw_high"), -_APART, theme.OUTLINE, theme.PAPER, raw),
        ("value", ("value", "low", "high"), _APART, theme.INK, theme.INK, standardised),
    )
    for name, names, shift, colour, fill, texts in looks:
        label = w("fairness.as_recorded" if name == "raw" else "fairness.standardised")
        figure.add_trace(_dots(frame, rows, names, shift, colour, fill, label, texts))
    figure.add_traces(_without(exhibit, rows, axis, w))
    figure.update_xaxes(**axis.axis(bounds(frame, _BOUNDS), _TICKS), showgrid=True)
    figure.update_yaxes(**rows.axis(), showgrid=True)
    return figure.update_layout(
        showlegend=True, legend_traceorder="normal", margin_t=_LEGEND_HEIGHT
    )


def _hovers(exhibit: Exhibit, w: Words) -> tuple[list[str], list[str]]:
    """Return what the standardised and the recorded gaps tell when pointed at."""
    table, labels = exhibit.table, exhibit.table.frame["label"]
    found = hover.texts(table, w, [(label, w("fairness.standardised")) for label in labels])
    form = EffectAxis.of(table, w).form
    raw = []
    for row in table.frame.itertuples():
        lines = [w("fairness.as_recorded"), form.text(row.raw, w)]
        if limits := form.range(row.raw_low, row.raw_high, w):
            lines.append(w("estimate.interval", range=limits))
        raw.append("<br>".join([f"<b>{hover.plain(row.label)}</b>", *map(hover.plain, lines)]))
    return found, raw


def _dots(
    frame: pd.DataFrame,
    rows: Rows,
    names: tuple[str, str, str],
    shift: float,
    colour: str,
    fill: str,
    label: str,
    texts: Sequence[str],
) -> go.Scatter:
    value, low, high = names
    drawn = np.flatnonzero(frame[value].notna()).tolist()
    part = frame.iloc[drawn]
    return go.Scatter(
        x=part[value].tolist(),
        y=[rows.places[i] + shift for i in drawn],
        name=hover.plain(label),
        mode="markers",
        marker={"color": fill, "size": 9, "line": {"color": colour, "width": 2}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (part[high] - part[value]).fillna(0).tolist(),
            "arrayminus": (part[value] - part[low]).fillna(0).tolist(),
            "color": colour,
            "thickness": 2,
            "width": 0,
        },
        hovertext=[texts[i] for i in drawn],
        hovertemplate=hover.TEMPLATE,
    )


def _without(exhibit: Exhibit, rows: Rows, axis: EffectAxis, w: Words) -> list[go.Scatter]:
    """Say in its row why a group has no standardised gap; a recorded one stays where it is."""
    frame = exhibit.table.frame
    hidden = np.flatnonzero((frame["status"] != Status.SHOWN).to_numpy())
    if not hidden.size:
        return []
    reasons = estimate_texts(exhibit.table, w)
    texts = [
        w("fairness.judged_none") if pd.notna(frame["raw"].iloc[i]) else reasons[i] for i in hidden
    ]
    # Where all differences lie below the neutral value, it stands at the right end of the axis.
    told = np.append(bounds(frame, _BOUNDS), axis.neutral)
    is_at_end = np.nanmax(told) - axis.neutral < axis.neutral - np.nanmin(told)
    side, words = ("left", "{}  ") if is_at_end else ("right", "  {}")
    return [
        go.Scatter(
            x=[axis.neutral] * len(hidden),
            y=[rows.places[i] + _APART for i in hidden],
            mode="markers+text",
            marker={"symbol": "x-thin", "size": 9, "line": {"color": theme.MUTED, "width": 2}},
            text=[words.format(hover.plain(text)) for text in texts],
            textposition=f"middle {side}",
            textfont={"size": theme.SMALL_SIZE, "color": theme.MUTED, "style": "italic"},
            cliponaxis=False,
            showlegend=False,
            hoverinfo="skip",
        )
    ]


def gap_panels(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a panel a group: its standardised gap by year with intervals, the recorded one pale.

    All panels have one scale, and a line where the group would be as its like.

    Args:
        exhibit: Rows ``series, label, year, value, low, high, raw, status``, by group and year.
        w: Words of the language.
    """
    frame, axis = exhibit.table.frame, EffectAxis.of(exhibit.table, w)
    texts, raw = _hovers(exhibit, w)
    groups = [list(map(int, each)) for each in frame.groupby("series", sort=False).indices.values()]
    count = -(-len(groups) // _COLUMNS)
    height = max(count, 1) * (_PANEL_HEIGHT + _ROW_GAP) + _AXIS_HEIGHT
    layout: Part = theme.layout(w, height=height) | {"margin": {"t": 66}, "showlegend": True}
    layout |= {"shapes": [], "annotations": [], "legend": {"yref": "container", "y": 1.0,
               "yanchor": "top"}}  # fmt: skip
    years = sorted({str(year) for year in frame["year"]})
    scale = axis.axis(bounds(frame, _BOUNDS[:4]), _TICKS)
    scale |= {"title": {"text": scale.pop("title_text")}, "showgrid": True}
    traces: list[Part] = []
    for number, positions in enumerate(groups):
        suffix = str(number + 1) if number else ""
        layout |= _panel_axes(number, len(groups), scale, years)
        layout["shapes"].append(_zero(suffix))
        layout["annotations"].append(_heading(str(frame["label"].iloc[positions[0]]), suffix))
        place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        traces += [
            trace | place
            for trace in _course(frame, positions, years, texts, raw, w, is_first=number == 0)
        ]
    return go.Figure(traces, layout)


def _course(
    frame: pd.DataFrame,
    positions: Sequence[int],
    years: Sequence[str],
    texts: Sequence[str],
    raw: Sequence[str],
    w: Words,
    *,
    is_first: bool,
) -> list[Part]:
    part = frame.iloc[list(positions)]
    common: Part = {
        "type": "scatter",
        "x": [years.index(str(year)) for year in part["year"]],
        "connectgaps": False,
        "showlegend": is_first,
        "hovertemplate": hover.TEMPLATE,
    }
    as_recorded = common | {
        "y": _listed(part["raw"]),
        "name": hover.plain(w("fairness.as_recorded")),
        "mode": "lines",
        "line": {"color": theme.OUTLINE, "width": 1.5, "dash": theme.PROVISIONAL_DASH},
        "hovertext": [raw[i] for i in positions],
    }
    standardised = common | {
        "y": _listed(part["value"]),
        "name": hover.plain(w("fairness.standardised")),
        "mode": "lines+markers",
        "line": {"color": theme.INK, "width": 2},
        "marker": {"color": theme.INK, "size": 7},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": (part["high"] - part["value"]).fillna(0).tolist(),
            "arrayminus": (part["value"] - part["low"]).fillna(0).tolist(),
            "color": theme.INK,
            "thickness": 1.5,
            "width": 0,
        },
        "hovertext": [texts[i] for i in positions],
    }
    return [as_recorded, standardised]


def _listed(values: "pd.Series[float]") -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]


def _panel_axes(number: int, count: int, scale: Part, years: Sequence[str]) -> Part:
    """Return both axes of a panel; years stand below the lowest ones, numbers at the left."""
    rows = -(-count // _COLUMNS)
    row, column = divmod(number, _COLUMNS)
    suffix = str(number + 1) if number else ""
    width = (1 - _COLUMN_GAP) / _COLUMNS
    left = column * (width + _COLUMN_GAP)
    gap = _ROW_GAP / (rows * (_PANEL_HEIGHT + _ROW_GAP))
    tall = (1 - gap * (rows - 1)) / rows
    bottom = (rows - 1 - row) * (tall + gap)
    step = 1 if len(years) <= _LONG else 3
    x: Part = {
        "domain": [left, left + width],
        "anchor": f"y{suffix}",
        "range": [-0.5, len(years) - 0.5],
        "tickmode": "array",
        "tickvals": list(range(0, len(years), step)),
        "ticktext": list(years[::step]),
    }
    y: Part = {**scale, "domain": [bottom, bottom + tall], "anchor": f"x{suffix}"}
    x |= {} if number + _COLUMNS >= count else {"showticklabels": False}
    y |= {"showticklabels": False, "title": {"text": ""}} if column else {}
    return {f"xaxis{suffix}": x, f"yaxis{suffix}": y}


def _zero(suffix: str) -> Part:
    line = {"color": theme.INK, "width": 1}
    place = {"xref": f"x{suffix} domain", "yref": f"y{suffix}"}
    return {"type": "line", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": line, **place}


def _heading(name: str, suffix: str) -> Part:
    return {
        "text": f"<b>{wrap(name, _TITLE_WIDTH)}</b>",
        "x": 0,
        "y": 1,
        "xref": f"x{suffix} domain",
        "yref": f"y{suffix} domain",
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": theme.SMALL_SIZE, "color": theme.INK},
    }
