"""The map of the model municipalities: districts as districts, towns as towns."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import ground as grounds
from analytics.charts import hover, layers, theme
from analytics.charts.ground import Point
from analytics.charts.label_places import place_labels
from analytics.charts.layers import Look
from analytics.charts.rows import wrap
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

# The state's westernmost and easternmost longitude: the map fills the width between them.
_EDGES: Final = (5.86, 9.47)


def model_map(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the state with its model municipalities marked and named.

    Args:
        exhibit: One row a model municipality: ``unit`` (AGS of a district or a town), ``label``;
            its described columns appear when pointing at it.
        w: Words of the language.
    """
    ground = grounds.boundaries()
    units = exhibit.table.frame["unit"].astype(str).tolist()
    hovers = dict(zip(units, _hovers(exhibit), strict=True))
    names = {feature["id"]: feature["properties"]["name"] for feature in ground.areas["features"]}
    looks = [Look(w.label("group", "comparison"), theme.SHADE), _model_look(w)]
    towns = [feature["id"] for feature in ground.towns["features"] if feature["id"] in units]
    figure = go.Figure()
    figure.add_trace(
        layers.fill(
            ground.areas,
            ground.keys,
            looks,
            [int(key in units) for key in ground.keys],
            [hovers.get(key, f"<b>{hover.plain(names[key])}</b>") for key in ground.keys],
        )
    )
    if towns:
        figure.add_trace(
            layers.fill(ground.towns, towns, looks, [1] * len(towns), [hovers[t] for t in towns])
        )
    figure.add_traces(layers.outline(ground, units, theme.MODEL, 1.2))
    labels = exhibit.table.frame["label"].astype(str).tolist()
    figure.add_trace(_labels([ground.points[unit] for unit in units], labels))
    figure.add_traces(layers.legend(looks[::-1]))
    base = theme.layout(w, height=theme.MAP_HEIGHT, credit=ground.credit)
    return figure.update_layout(base).update_layout(layers.map_layout())


def _model_look(w: Words) -> Look:
    return Look(w.label("group", "model"), theme.MODEL_FILL)


def _hovers(exhibit: Exhibit) -> list[str]:
    """Return the described columns of each row, the first in bold; empty ones are left out."""
    table = exhibit.table
    columns = [[_plain(value) for value in table.frame[c.name]] for c in table.readable()]
    rows = zip(*columns, strict=True)
    return [f"<b>{first}</b>" + "".join(f"<br>{x}" for x in rest if x) for first, *rest in rows]


def _plain(value: Any) -> str:
    """Return a cell's text, wrapped for a hover box and free of markup."""
    return "" if pd.isna(value) else wrap(str(value), 48)


def _labels(points: Sequence[Point], names: Sequence[str]) -> go.Scattergeo:
    return go.Scattergeo(
        lon=[lon for lon, _ in points],
        lat=[lat for _, lat in points],
        text=list(names),
        textposition=place_labels(points, names, _EDGES),
        mode="markers+text",
        marker={"size": 6, "color": theme.MODEL, "line": {"color": theme.PAPER, "width": 1}},
        textfont={"size": theme.SMALL_SIZE, "color": theme.INK},
        hoverinfo="skip",
        showlegend=False,
    )
