"""Group-time effects as a grid: a row a start, a column a quarter; refused cells are crossed."""

from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.effect_axis import EffectAxis
from analytics.charts.grid import Cell, grid
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_ROW_HEIGHT: Final = 36
_HEAD: Final = 110


def group_time_grid(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw each group-time estimate as a filled cell with its number.

    Differences up are filled in KIM's colour, differences down in grey. A refused cell is crossed
    and tells its reason.

    Args:
        exhibit: Rows ``start, period, value, low, high, n, pool, refused, reason, status``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    starts = sorted(frame["start"].unique())
    periods = sorted(frame["period"].unique())
    height = _ROW_HEIGHT * len(starts) + _HEAD
    figure = go.Figure(layout=theme.layout(w, height=height))
    figure.add_traces(grid(_cells(exhibit, w), theme.KIM_FILL, w("report_kim_effect.refused")))
    figure.update_xaxes(
        range=[-0.5, len(periods) - 0.5], side="top", showline=False, ticks="", **_ticks(periods, w)
    )
    figure.update_yaxes(
        range=[len(starts) - 0.5, -0.5],
        title_text=w("report_kim_effect.start"),
        **_ticks(starts, w, whole=True),
    )
    is_refused = bool((frame["status"] != Status.SHOWN).any())
    return figure.update_layout(
        showlegend=is_refused, legend={"y": -0.02, "yanchor": "top"}, margin_t=16
    )


def _cells(exhibit: Exhibit, w: Words) -> list[Cell]:
    frame = exhibit.table.frame
    axis = EffectAxis.of(exhibit.table, w)
    values = frame["value"].to_numpy(dtype=np.float64)
    strengths = np.log(values) if axis.is_ratio else values
    rows = pd.factorize(frame["start"], sort=True)[0]
    across = pd.factorize(frame["period"], sort=True)[0]
    places = zip(rows, across, strengths, strict=True)
    texts = zip([_short(value, axis) for value in values], _hovers(exhibit, w), strict=True)
    return [
        Cell(int(row), int(column), float(strength), short, long)
        for (row, column, strength), (short, long) in zip(places, texts, strict=True)
    ]


def _short(value: float, axis: EffectAxis) -> str:
    """Return a number without its unit, short enough for a cell on a phone."""
    if np.isnan(value):
        return ""
    if axis.is_ratio:
        return axis.w.number(value, 1)
    return axis.w.signed(100 * value if axis.form.kind == "points" else value)


def _hovers(exhibit: Exhibit, w: Words) -> list[str]:
    frame = exhibit.table.frame
    heads = [
        (
            w("report_kim_effect.started_in", quarter=w.quarter(start.date())),
            w.quarter(period.date()),
        )
        for start, period in zip(frame["start"], frame["period"], strict=True)
    ]
    # ``n`` counts units here: a hover text would call them needs.
    plain = type(exhibit.table)(exhibit.table.columns, frame.assign(n=float("nan")))
    shown = hover.texts(plain, w, heads)
    counts = [
        w("report_kim_effect.cell_units", units=w.number(units), pool=w.number(pool))
        for units, pool in zip(frame["n"], frame["pool"], strict=True)
    ]
    reasons = [
        "<br>".join(hover.plain(part) for part in (*head, w("report_kim_effect.refused"), reason))
        for head, reason in zip(heads, frame["reason"], strict=True)
    ]
    is_shown = frame["status"] == Status.SHOWN
    return [
        f"{text}<br>{hover.plain(count)}" if each else reason
        for each, text, count, reason in zip(is_shown, shown, counts, reasons, strict=True)
    ]


def _ticks(days: list[Any], w: Words, *, whole: bool = False) -> dict[str, Any]:
    """Return a tick a quarter; the columns name the year only where it begins."""
    texts = []
    for place, day in enumerate(pd.Timestamp(each) for each in days):
        quarter = w("report_kim_effect.short_quarter", quarter=day.quarter)
        is_new = whole or place == 0 or day.quarter == 1
        texts.append(_with_year(quarter, day.year, whole=whole) if is_new else quarter)
    return {"tickmode": "array", "tickvals": list(range(len(days))), "ticktext": texts}


def _with_year(quarter: str, year: int, *, whole: bool) -> str:
    return f"{quarter} {year}" if whole else f"{year}<br>{quarter}"
