"""Two indicators against each other: a dot a district, names where one is out of the ordinary."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import value_axis
from analytics.charts.label_places import place_points
from analytics.charts.rows import wrap
from analytics.charts.values import column
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_ROOM: Final = (300.0, 360.0)
"""Pixels of the plot on a phone; wider screens only leave names more room."""
_TITLE: Final = 40
"""Letters of an axis' title in a line."""


def scatter(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a dot for each district that has both values; some have their names beside them.

    Args:
        exhibit: Rows of ``reports.exploring.scatter``.
        w: Words of the language.
    """
    table = exhibit.table
    figure = go.Figure(layout=theme.layout(w))
    shown = table.frame[table.frame["status"] == Status.SHOWN]
    if shown.empty:
        return figure
    axes = {axis: _axis(shown, axis, table, w) for axis in ("x", "y")}
    is_named = shown["named"].astype(bool)
    figure.add_traces([_dots(shown[~is_named], table), _named(shown[is_named], shown, axes, table)])
    figure.update_xaxes(**axes["x"], showgrid=True)
    figure.update_yaxes(**axes["y"])
    return figure.update_layout(margin={"t": 24, "r": 24})


def _axis(shown: pd.DataFrame, axis: str, table: ReleasedTable, w: Words) -> dict[str, Any]:
    described = column(table, axis)
    form = Format(described.kind, described.digits)
    found = value_axis(shown[axis].tolist(), form, w, from_zero=False)
    low, high = found["range"]
    room = 0.03 * (high - low)
    return {
        **found,
        "range": [low - room, high + room],
        "title_text": wrap(column(table, f"{axis}_text").label, _TITLE),
    }


def _dots(part: pd.DataFrame, table: ReleasedTable) -> go.Scatter:
    return go.Scatter(
        x=part["x"].tolist(),
        y=part["y"].tolist(),
        customdata=[[str(key)] for key in part["key"]],
        mode="markers",
        marker={
            "symbol": "circle",
            "size": 9,
            "color": theme.PAPER,
            "line": {"width": 1.5, "color": theme.OUTLINE},
        },
        hovertext=_hovers(part, table),
        hovertemplate=hover.TEMPLATE,
        cliponaxis=False,
    )


def _named(
    part: pd.DataFrame,
    shown: pd.DataFrame,
    axes: dict[str, dict[str, Any]],
    table: ReleasedTable,
) -> go.Scatter:
    """Return the dots whose names stand beside them, where they cover neither dots nor names."""
    ordered = pd.concat([part, shown.drop(part.index)])
    points = list(zip(*(_pixels(ordered[a], axes[a], size) for a, size in _SIDES), strict=True))
    names = [str(name) for name in part["label"]]
    return go.Scatter(
        x=part["x"].tolist(),
        y=part["y"].tolist(),
        customdata=[[str(key)] for key in part["key"]],
        mode="markers+text",
        text=[hover.plain(name) for name in names],
        textposition=place_points(points, names, _ROOM[0]),
        textfont={"size": theme.TINY_SIZE, "color": theme.INK},
        marker={
            "symbol": "diamond",
            "size": 11,
            "color": theme.SIGNAL,
            "line": {"width": 1.5, "color": theme.PAPER},
        },
        hovertext=_hovers(part, table),
        hovertemplate=hover.TEMPLATE,
        cliponaxis=False,
    )


_SIDES: Final = (("x", _ROOM[0]), ("y", -_ROOM[1]))


def _pixels(values: "pd.Series[float]", axis: dict[str, Any], size: float) -> Sequence[float]:
    low, high = axis["range"]
    return [(float(value) - low) / (high - low) * size for value in values]


def _hovers(part: pd.DataFrame, table: ReleasedTable) -> list[str]:
    heads = [column(table, f"{axis}_text").label for axis in ("x", "y")]
    texts = part[["label", "x_text", "x_interval", "y_text", "y_interval"]]
    return [
        "<br>".join(
            (
                f"<b>{hover.plain(name)}</b>",
                wrap(f"{heads[0]}: {x}", _TITLE),
                hover.plain(x_range),
                wrap(f"{heads[1]}: {y}", _TITLE),
                hover.plain(y_range),
            )
        )
        for name, x, x_range, y, y_range in texts.itertuples(index=False)
    ]
