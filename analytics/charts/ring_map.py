"""The map of a district and its peers."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import ground as grounds
from analytics.charts import hover, layers, theme
from analytics.charts.ground import Ground
from analytics.charts.label_places import place_labels
from analytics.charts.layers import Look
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_EDGES: Final = (5.86, 9.47)
"""The state's westernmost and easternmost longitude: the map fills the width between them."""

_MOST_NAMES: Final = 12
"""Peers that are named on the map; the names of more would cover each other on a phone."""


def ring_locator(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the state with one district outlined and its peers filled, each named on the spot.

    Args:
        exhibit: RING MAP rows ``key, label, role`` (own, peers, others), ``distance`` (in steps).
        w: Words of the language.
    """
    ground = grounds.boundaries()
    frame = exhibit.table.frame.set_index("key").reindex(list(ground.keys))
    own = [str(key) for key in frame.index[frame["role"] == "own"]]
    peers = [str(key) for key in frame.index[frame["role"] == "peers"]]
    looks = [
        Look(w("chart_district.role_others"), theme.PAPER),
        Look(w("chart_district.role_peers"), theme.STAGES[1]),
    ]
    figure = go.Figure()
    figure.add_trace(
        layers.fill(
            ground.areas,
            ground.keys,
            looks,
            [int(role == "peers") for role in frame["role"]],
            [_hover(row, w) for _, row in frame.iterrows()],
        )
    )
    figure.add_traces(layers.outline(ground, own, theme.OWN, 3))
    named = [*own, *(peers if len(peers) <= _MOST_NAMES else [])]
    figure.add_trace(_names(ground, named, frame.loc[named, "label"].tolist(), len(own)))
    outlines = [(str(frame.loc[key, "label"]), theme.OWN) for key in own]
    figure.add_traces(layers.legend(looks[::-1] if peers else looks[:1], outlines))
    base = theme.layout(w, height=theme.MAP_HEIGHT, credit=ground.credit)
    return figure.update_layout(base).update_layout(layers.map_layout())


def _hover(row: "pd.Series[Any]", w: Words) -> str:
    lines = [f"<b>{hover.plain(row['label'])}</b>", hover.plain(row["role_text"])]
    if pd.notna(row["distance"]):
        distance = w.number(float(row["distance"]), 1)
        lines.append(w("chart_district.distance", distance=distance))
    return "<br>".join(lines)


def _names(ground: Ground, keys: list[str], names: list[str], own: int) -> go.Scattergeo:
    """Return the names; the first ``own`` of them in bold."""
    points = [ground.points[key] for key in keys]
    bold = [f"<b>{hover.plain(name)}</b>" for name in names[:own]]
    return go.Scattergeo(
        lon=[lon for lon, _ in points],
        lat=[lat for _, lat in points],
        text=[*bold, *(hover.plain(name) for name in names[own:])],
        textposition=place_labels(points, names, _EDGES),
        mode="markers+text",
        marker={
            "symbol": ["diamond"] * own + ["circle"] * (len(keys) - own),
            "size": [11] * own + [6] * (len(keys) - own),
            "color": theme.OWN,
            "line": {"color": theme.PAPER, "width": 1},
        },
        textfont={"size": theme.SMALL_SIZE, "color": theme.INK},
        hoverinfo="skip",
        showlegend=False,
    )
