"""Courses as small multiples: one panel a series, the others in pale grey behind."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import time_axis, unit_title, value_axis
from analytics.charts.curves import by_first_seen
from analytics.charts.rows import wrap
from analytics.charts.trend import hover_texts, series_traces, span_of
from analytics.charts.values import column
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_HEIGHT: Final = 180
_TOP, _FOOT = 30, 48
_COLUMNS: Final = 2
_COLUMN_GAP: Final = 0.06
_ROW_GAP: Final = 40
"""Pixels between two rows of panels, for the name of the lower one."""

_TICKS: Final = 3
_LETTERS: Final = 24


def trend_panels(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw one panel a series with its 95 % band, all on the same axes.

    Args:
        exhibit: TREND rows ``series, label, period, value, low, high, n, status, provisional``. A
            quarter whose figure is not shown leaves a gap; its reason stands in the table.
        w: Words of the language.
    """
    table = exhibit.table
    frame, described = table.frame, column(table, "value")
    parts = by_first_seen(frame, "series")
    rows = max(-(-len(parts) // _COLUMNS), 1)
    inner = rows * _HEIGHT + (rows - 1) * _ROW_GAP
    layout = theme.layout(w, height=inner + _TOP + _FOOT)
    layout |= {"margin": {"t": _TOP, "b": _FOOT}, "showlegend": False}
    texts, (first, last) = hover_texts(table, w), span_of(frame)
    form = Format(described.kind, described.digits)
    ends = frame[["value", "low", "high"]].to_numpy(dtype=float).ravel().tolist()
    values = value_axis(ends, form, w, from_zero=False, target=_TICKS)
    days = time_axis(first, last, w) | {"range": [first.isoformat(), last.isoformat()]}
    ghosts = [_ghost(frame.iloc[positions]) for _, positions in parts]
    traces: list[Any] = []
    names: list[dict[str, Any]] = []
    for number, (_, positions) in enumerate(parts):
        suffix = str(number + 1) if number else ""
        place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        own = [ghost for at, ghost in enumerate(ghosts) if at != number]
        order = [positions[at] for at in frame["period"].iloc[positions].argsort()]
        part, hovers = frame.iloc[order], [texts[at] for at in order]
        own += [each.to_plotly_json() for each in series_traces(part, theme.INK, hovers)]
        traces += [each | place for each in own]
        across, upwards = _domains(number, inner)
        is_lowest, is_first = number + _COLUMNS >= len(parts), number % _COLUMNS == 0
        x = {**days, "domain": across, "anchor": f"y{suffix}", "showticklabels": is_lowest}
        y = {**values, "domain": upwards, "anchor": f"x{suffix}", "showticklabels": is_first}
        layout |= {f"xaxis{suffix}": x, f"yaxis{suffix}": y}
        names.append(_name(str(part["label"].iloc[0]), across[0], upwards[1]))
    figure = go.Figure(traces, layout)
    figure.update_layout(annotations=names)
    if unit := unit_title(described, form.kind, w):
        figure.update_yaxes(title_text=hover.plain(unit), selector={"showticklabels": True})
    return figure


def _ghost(part: pd.DataFrame) -> dict[str, Any]:
    """Return a course as it stands behind the others'."""
    ordered = part.sort_values("period")
    return {
        "type": "scatter",
        "x": ordered["period"].tolist(),
        "y": ordered["value"].tolist(),
        "mode": "lines",
        "line": {"color": theme.PALE, "width": 1.5},
        "connectgaps": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _domains(number: int, inner: int) -> tuple[list[float], list[float]]:
    """Return where a panel lies, across and upwards, as shares of the drawing."""
    width = (1 - _COLUMN_GAP) / _COLUMNS
    left = number % _COLUMNS * (width + _COLUMN_GAP)
    top = 1 - (number // _COLUMNS) * (_HEIGHT + _ROW_GAP) / inner
    return [left, left + width], [max(top - _HEIGHT / inner, 0.0), top]


def _name(label: str, left: float, top: float) -> dict[str, Any]:
    return {
        "text": f"<b>{wrap(label, _LETTERS)}</b>",
        "x": left,
        "xref": "paper",
        "xanchor": "left",
        "y": top,
        "yref": "paper",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": theme.SMALL_SIZE, "color": theme.INK},
    }
