"""The flow of hand-overs: keeping offices left, receiving bodies right, streams as wide as many."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.flow_nodes import nodes_of
from analytics.charts.flow_places import APART, places
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

HEIGHT: Final = 520
_MARGIN: Final = 12
_THICKNESS: Final = 16
_LEFT, _RIGHT = 0.001, 0.999
"""Plotly takes a place of exactly 0 for none."""

STREAM: Final = theme.PALE
STREAM_OPACITY: Final = 0.55


def handover_flow(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the streams as a Sankey diagram whose nodes stay where they are put.

    Args:
        exhibit: Rows ``key, code, office, body, value, share``; sides in the order of the rows.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    names, ends, left = nodes_of(frame)
    found, _ = places(ends[0], ends[1], frame["value"].tolist(), left, len(names))
    inside = HEIGHT - 2 * _MARGIN
    trace: dict[str, Any] = {
        "type": "sankey",
        "arrangement": "fixed",
        "textfont": {"size": theme.SMALL_SIZE, "color": theme.INK},
        "node": {
            "label": [hover.plain(name) for name in names],
            "x": [_RIGHT if node.side else _LEFT for node in found],
            "y": [node.middle for node in found],
            "pad": APART * inside,
            "thickness": _THICKNESS,
            "color": theme.NEUTRAL,
            "line": {"width": 0},
            "customdata": _node_texts(frame, names, ends, w),
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "link": {
            "source": ends[0],
            "target": ends[1],
            "value": frame["value"].tolist(),
            "color": theme.translucent(STREAM, STREAM_OPACITY),
            "customdata": [_stream_text(row, w) for _, row in frame.iterrows()],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    layout = theme.layout(w, height=HEIGHT)
    layout["margin"] = {"l": _MARGIN, "r": _MARGIN, "t": _MARGIN, "b": _MARGIN}
    layout |= {"xaxis": {"visible": False}, "yaxis": {"visible": False}}
    return go.Figure([trace], layout)


def _stream_text(row: "pd.Series[Any]", w: Words) -> str:
    pair = w("cooperation.pair", office=row["office"], body=row["body"])
    count = w("chart.count_n", n=w.number(row["value"]))
    return f"<b>{hover.plain(pair)}</b><br>{hover.plain(count)}<br>{w.percent(row['share'], 1)}"


def _node_texts(
    frame: pd.DataFrame, names: list[str], ends: tuple[list[int], list[int]], w: Words
) -> list[str]:
    totals = [0.0] * len(names)
    for source, target, value in zip(*ends, frame["value"], strict=True):
        totals[source] += value
        totals[target] += value
    return [
        f"<b>{hover.plain(name)}</b><br>{hover.plain(w('chart.count_n', n=w.number(total)))}"
        for name, total in zip(names, totals, strict=True)
    ]
