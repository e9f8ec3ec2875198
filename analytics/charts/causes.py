"""Competing causes by day: a line a reason with its band, named where it ends."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import value_axis
from analytics.charts.curves import by_first_seen, days_axis, drawn, hover_texts
from analytics.charts.rows import wrap
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format
from analytics.reports.exploring.end_causes import LAST, REACHED, REPAIRS

_ROOM: Final = 1.6
"""Times the last day, up to where the axis reaches: names stand right of the lines' ends."""
_NAME_WIDTH: Final = 15
_LINE_HEIGHT: Final = 16
_PLOT_HEIGHT: Final = 360
_TICKS: Final = 4
_SHARE: Final = Format("share", 1)
_LOOKS: Final = {
    "places": (theme.INK, "solid", 3.0),
    "law": (theme.INK, "7px,3px", 2.5),
    "reach": (theme.NEUTRAL, "solid", 2.0),
    "unknown": (theme.OUTLINE, "2px,3px", 2.0),
}
"""Colour, dash and width by what would have to be mended; names tell the single reasons."""
Part = dict[str, Any]


def cause_curves(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the reasons why needs end, not what was waited for: that would flatten all others.

    Args:
        exhibit: Rows ``series, label, days, estimate, low, high, status``; rows that are not shown
            are not drawn, and a line ends where its data end.
        w: Words of the language.
    """
    table = drawn(exhibit.table)
    texts = hover_texts(table, w)
    traces: list[Part] = []
    ends: list[tuple[pd.DataFrame, str]] = []
    reasons = [each for each in by_first_seen(table.frame, "series") if each[0] != REACHED]
    for series, positions in reasons:
        part = table.frame.iloc[positions]
        repair = next(name for name, causes in REPAIRS.items() if series in causes)
        traces += _traces(part, repair, [texts[i] for i in positions])
        ends.append((part, repair))
    shown = [row for part, _ in ends for row in part[["estimate", "high"]].to_numpy(float).ravel()]
    scale = value_axis(shown, Format("share"), w, target=_TICKS)
    axis = days_axis(float(LAST), w)
    layout = theme.layout(w) | {
        "xaxis": {
            **axis,
            "range": [0, _ROOM * LAST],
            "title": {"text": _since(exhibit, w)},
        },
        "yaxis": scale,
        "annotations": _names(ends, scale["range"], w),
    }
    return go.Figure(traces, layout)


def _since(exhibit: Exhibit, w: Words) -> str:
    """Return what the days are counted from: the need, or the referral."""
    is_of_referred = dict(exhibit.choice)["clock"] == "start_after_referral"
    return w("ends.days_since_referral" if is_of_referred else "chart.days_since_need")


def _traces(part: pd.DataFrame, repair: str, texts: list[str]) -> list[Part]:
    colour, dash, width = _LOOKS[repair]
    edge: Part = {
        "type": "scatter", "x": part["days"].tolist(), "mode": "lines", "hoverinfo": "skip",
        "line": {"width": 0, "shape": "hv", "color": colour}, "showlegend": False,
    }  # fmt: skip
    fill = {"fill": "tonexty", "fillcolor": theme.translucent(colour)}
    line: Part = {
        "type": "scatter",
        "x": part["days"].tolist(),
        "y": part["estimate"].tolist(),
        "name": hover.plain(part["label"].iloc[0]),
        "mode": "lines",
        "line": {"color": colour, "width": width, "dash": dash, "shape": "hv"},
        "hovertext": texts,
        "hovertemplate": hover.TEMPLATE,
    }
    low, high = (part[name].fillna(part["estimate"]).tolist() for name in ("low", "high"))
    return [{**edge, "y": low, "name": "low"}, {**edge, "y": high, "name": "high", **fill}, line]


def _names(ends: list[tuple[pd.DataFrame, str]], reach: list[float], w: Words) -> list[Part]:
    """Name each line right of its end with its last value; names that would meet give way."""
    per_pixel = (reach[1] - reach[0]) / _PLOT_HEIGHT
    ordered = sorted(ends, key=lambda end: float(end[0]["estimate"].iloc[-1]))
    found: list[Part] = []
    floor = reach[0]
    for part, repair in ordered:
        last = part.iloc[-1]
        value = _SHARE.text(last["estimate"], w)
        text = f"<b>{wrap(str(last['label']), _NAME_WIDTH)}</b> {value}"
        tall = (text.count("<br>") + 1) * _LINE_HEIGHT * per_pixel
        middle = max(float(last["estimate"]), floor + tall / 2)
        floor = middle + tall / 2
        found.append(
            {
                "x": float(LAST),
                "y": middle,
                "text": text,
                "align": "left",
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "middle",
                "xshift": 8,
                "font": {"size": theme.SMALL_SIZE, "color": _LOOKS[repair][0]},
            }
        )
    return found
