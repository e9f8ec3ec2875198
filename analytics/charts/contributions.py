"""What a difference consists of: parts that add up, a bar each from zero, with its interval."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import nice_ticks, tick_text
from analytics.charts.rows import Rows, arrange
from analytics.charts.values import column
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format, reason_text

_TOTAL: Final = "total"
_AXIS_HEIGHT: Final = 84
_TEXT_ROOM: Final = 54
"""Pixels to the right of the axis for the values, in one column that can be read down."""


def contribution_bars(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw each part of a difference as a bar from zero; each section ends with its sum.

    More and less differ by their side of zero and by their sign, never by colour: neither is good
    or bad in itself.

    Args:
        exhibit: CONTRIBUTIONS rows ``key`` (``total`` for the whole), ``label, section, value``
            (days more or fewer), ``low, high, n, status``; ``peers_n`` where the difference is that
            to a ring.
        w: Words of the language.
    """
    described = column(exhibit.table, "value")
    form = Format(described.kind, described.digits)
    frame = _with_sums(exhibit.table.frame, w)
    rows = arrange(frame["label"].tolist(), frame["section"].tolist())
    figure = go.Figure(layout=theme.layout(w, height=rows.height + _AXIS_HEIGHT))
    if frame.empty:
        return figure
    figure.add_trace(_bars(frame, rows, form, w))
    figure.add_vline(x=0, line={"color": theme.INK, "width": 1.2})
    figure.update_yaxes(**rows.axis())
    figure.update_xaxes(**_axis(frame, form, w))
    texts = [_value(row, form, w) for _, row in frame.iterrows()]
    figure.update_layout(
        annotations=[_written(text, at) for text, at in zip(texts, rows.places, strict=True)],
        margin_r=_TEXT_ROOM + 12,
        bargap=0.4,
    )
    return figure


def _with_sums(frame: pd.DataFrame, w: Words) -> pd.DataFrame:
    """Let each section of parts end with the sum, unless a part of it is not shown."""
    is_whole = frame["key"] == _TOTAL
    pieces = [frame[is_whole].assign(is_sum=True)]
    for section, part in frame[~is_whole].groupby("section", sort=False):
        pieces.append(part.assign(is_sum=False))
        if (part["status"] == Status.SHOWN).all():
            total = {
                "key": _TOTAL,
                "label": w("chart_district.together"),
                "section": section,
                "value": float(part["value"].sum()),
                "status": Status.SHOWN.value,
                "is_sum": True,
            }
            pieces.append(pd.DataFrame([total]))
    return pd.concat(pieces, ignore_index=True)


def _bars(frame: pd.DataFrame, rows: Rows, form: Format, w: Words) -> go.Bar:
    fills = [theme.PAPER if is_sum else theme.STAGES[1] for is_sum in frame["is_sum"]]
    outlines = [1.5 if is_sum else 0 for is_sum in frame["is_sum"]]
    return go.Bar(
        x=frame["value"].tolist(),
        y=list(rows.places),
        orientation="h",
        width=0.6,
        customdata=[[str(key)] for key in frame["key"]],
        marker={"color": fills, "line": {"width": outlines, "color": theme.INK}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": _lengths(frame["high"] - frame["value"]),
            "arrayminus": _lengths(frame["value"] - frame["low"]),
            "color": theme.INK,
            "thickness": 1.5,
            "width": 4,
        },
        hovertext=[_text(row, form, w) for _, row in frame.iterrows()],
        hovertemplate=hover.TEMPLATE,
    )


def _lengths(differences: "pd.Series[float]") -> list[float | None]:
    """Return whiskers' lengths; none where there is no interval, else a stroke would claim one."""
    return [None if pd.isna(length) else float(length) for length in differences]


def _value(row: "pd.Series[Any]", form: Format, w: Words) -> str:
    status = Status(str(row["status"]))
    return form.bare(row["value"], w) if status is Status.SHOWN else reason_text(status, w)


def _text(row: "pd.Series[Any]", form: Format, w: Words) -> str:
    status = Status(str(row["status"]))
    value = form.text(row["value"], w) if status is Status.SHOWN else reason_text(status, w)
    interval = form.range(row["low"], row["high"], w)
    lines = [f"<b>{hover.plain(row['label'])}</b>", hover.plain(row["section"]), value]
    if interval:
        lines.append(w("estimate.interval", range=interval))
    if pd.notna(row["n"]) and pd.notna(row.get("peers_n")):
        numbers = {"own": w.number(float(row["n"])), "peers": w.number(float(row["peers_n"]))}
        lines.append(w("chart_district.counts", **numbers))
    elif pd.notna(row["n"]):
        lines.append(w("estimate.n", n=w.number(float(row["n"]))))
    return "<br>".join(lines)


def _axis(frame: pd.DataFrame, form: Format, w: Words) -> dict[str, Any]:
    ends = frame[["value", "low", "high"]].to_numpy(dtype=float).ravel()
    finite = [float(end) for end in ends if pd.notna(end)]
    low, high = min([0.0, *finite]), max([0.0, *finite])
    pad = 0.04 * (high - low or 1.0)
    ticks = [tick for tick in nice_ticks(low, high, 4) if low - pad <= tick <= high + pad]
    return {
        "range": [low - pad, high + pad],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [tick_text(tick, ticks, form, w) for tick in ticks],
        "title_text": w(
            "chart_district.days_axis" if "peers_n" in frame else "chart.days_change_axis"
        ),
        "showgrid": True,
    }


def _written(text: str, place: float) -> dict[str, Any]:
    """Return a value as a text to the right of its row."""
    return {
        "x": 1,
        "xref": "paper",
        "y": place,
        "text": hover.plain(text),
        "xanchor": "right",
        "xshift": _TEXT_ROOM,
        "showarrow": False,
        "font": {"size": theme.SMALL_SIZE, "color": theme.INK},
    }
