"""The layers that maps are made of, as SVG traces; no WebGL and no tiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.ground import Ground
from analytics.geography.boundaries import FeatureCollection


@dataclass(frozen=True, slots=True)
class Look:
    """One entry of a map's legend: a fill, hatched or crossed where that carries the meaning."""

    label: str
    fill: str
    pattern: str = ""


def fill(
    areas: FeatureCollection,
    keys: Sequence[str],
    looks: Sequence[Look],
    chosen: Sequence[int],
    hovers: Sequence[str],
) -> go.Choropleth:
    """Fill each area with one of the looks.

    Args:
        areas: GeoJSON whose feature ids are the keys.
        keys: Areas to fill.
        looks: What there is to choose from.
        chosen: Index into ``looks`` for each key.
        hovers: Text for each key.
    """
    count = len(looks)
    stops = [(edge / count, look.fill) for i, look in enumerate(looks) for edge in (i, i + 1)]
    return go.Choropleth(
        geojson=areas,
        locations=list(keys),
        z=list(chosen),
        zmin=-0.5,
        zmax=count - 0.5,
        colorscale=stops,
        showscale=False,
        marker={"line": {"color": theme.OUTLINE, "width": 0.7}},
        # A click opens the district's panel; the map itself must not fade around it.
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertext=list(hovers),
        hovertemplate=hover.TEMPLATE,
    )


def hatching(ground: Ground, keys: Sequence[str]) -> go.Scattergeo:
    """Hatch areas without data."""
    lines = ground.hatch(tuple(keys))
    return _lines(lines.lon, lines.lat, theme.NO_DATA_HATCH, 1)


def crosses(ground: Ground, keys: Sequence[str]) -> go.Scattergeo:
    """Mark areas whose figure is protected."""
    points = [ground.marks[key] for key in keys]
    return go.Scattergeo(
        lon=[lon for lon, _ in points],
        lat=[lat for _, lat in points],
        mode="markers",
        marker={
            "symbol": "x-thin",
            "size": 9,
            "line": {"color": theme.SUPPRESSED_MARK, "width": 1.8},
        },
        hoverinfo="skip",
        showlegend=False,
    )


def outline(
    ground: Ground, keys: Sequence[str], colour: str, width: float = 2.5
) -> list[go.Scattergeo]:
    """Outline areas or towns, with a white casing that holds on dark fills too."""
    lines = ground.outline(keys)
    casing = _lines(lines.lon, lines.lat, theme.PAPER, width + 2)
    return [casing, _lines(lines.lon, lines.lat, colour, width)]


def _lines(
    lon: Sequence[float | None], lat: Sequence[float | None], colour: str, width: float
) -> go.Scattergeo:
    return go.Scattergeo(
        lon=list(lon),
        lat=list(lat),
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
        showlegend=False,
    )


def texts(ground: Ground, keys: Sequence[str], colours: Sequence[str]) -> list[go.Scattergeo]:
    """Write the ground's texts into the areas, readable on their fill."""
    written = [(key, colour) for key, colour in zip(keys, colours, strict=True)]
    written = [(key, colour) for key, colour in written if key in ground.texts]
    if not written:
        return []
    points = [ground.points[key] for key, _ in written]
    return [
        go.Scattergeo(
            lon=[lon for lon, _ in points],
            lat=[lat for _, lat in points],
            text=[ground.texts[key] for key, _ in written],
            mode="text",
            textfont={"size": 11, "color": [colour for _, colour in written]},
            hoverinfo="skip",
            showlegend=False,
        )
    ]


def legend(looks: Sequence[Look], outlines: Sequence[tuple[str, str]] = ()) -> list[Any]:
    """Return empty traces that show each look, and each outline ``(label, colour)``, in the legend.

    They are bars, since Plotly draws patterns in the legend of bars only.
    """
    bars = [
        go.Bar(
            x=[None],
            y=[None],
            name=hover.plain(look.label),
            marker={
                "color": look.fill,
                "line": {"color": theme.OUTLINE, "width": 1},
                "pattern": {
                    "shape": look.pattern,
                    "fgcolor": theme.INK if look.pattern == "x" else theme.NO_DATA_HATCH,
                    "bgcolor": look.fill,
                    "size": 5,
                    "solidity": 0.25,
                },
            },
            hoverinfo="skip",
        )
        for look in looks
    ]
    lines = [
        go.Scatter(
            x=[None],
            y=[None],
            name=hover.plain(label),
            mode="lines",
            line={"color": colour, "width": 3},
            hoverinfo="skip",
        )
        for label, colour in outlines
    ]
    return [*bars, *lines]


def map_layout(title: str = "") -> dict[str, Any]:
    """Return the layout of a map: no base layers, fitted to the areas, legend above."""
    hidden = {"visible": False, "domain": [0, 0.001], "fixedrange": True}
    return {
        "geo": {
            "visible": False,
            "fitbounds": "locations",
            "projection": {"type": "mercator"},
            "bgcolor": "rgba(0,0,0,0)",
            "resolution": 110,
        },
        # The legend's bars need axes; a sliver keeps them from covering the map.
        "xaxis": hidden,
        "yaxis": hidden,
        "showlegend": True,
        "legend": {
            "y": 1.0,
            "yanchor": "bottom",
            "traceorder": "normal",
            "title": {"text": hover.plain(title), "side": "top"},
            "itemwidth": 30,
        },
        "margin": {"l": 0, "r": 0, "t": 8, "b": 8},
        "clickmode": "event+select",
    }
