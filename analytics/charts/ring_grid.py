"""In what the peers of a district differ from it: a row a peer, a column a variable."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.grid import Cell, grid
from analytics.charts.rows import wrap
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_LETTERS: Final = 14
"""A line of a peer's name: a phone needs the room for the columns."""
_HEADER: Final = 56


def ring_grid(exhibit: Exhibit, w: Words) -> go.Figure:
    """Write each difference into a cell that is the darker the larger it is, either way.

    The sign is written and never coloured: more is neither better nor worse.

    Args:
        exhibit: Rows of ``ring_differences``: ``key, label, distance, variable, variable_label,
            own_text, peer_text, value, share``, peer by peer.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    variables = list(dict.fromkeys(frame["variable"]))
    peers = frame.drop_duplicates("key")
    places = {key: place for place, key in enumerate(peers["key"])}
    own = next(c.label for c in exhibit.table.columns if c.name == "own_text")
    cells = [
        Cell(
            places[row["key"]],
            variables.index(row["variable"]),
            abs(float(row["value"])),
            _signed(float(row["value"]), w),
            _hover(row, own, w),
        )
        for _, row in frame.iterrows()
    ]
    labels = [wrap(str(label), _LETTERS) for label in peers["label"]]
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    height = _HEADER + max(theme.ROW_HEIGHT, 8 + 17 * lines) * max(len(labels), 1) + 16
    figure = go.Figure(layout=theme.layout(w, height=height))
    if not cells:
        return figure
    figure.add_traces(grid(cells, theme.BELOW_FILL, size=theme.SMALL_SIZE))
    headers = [w(f"chart_district.column_{name}") for name in variables]
    figure.update_xaxes(
        side="top",
        range=[-0.5, len(variables) + 0.5],
        tickmode="array",
        tickvals=list(range(len(variables) + 1)),
        ticktext=[*headers, w("chart_district.column_distance")],
        tickfont={"size": theme.TINY_SIZE, "color": theme.INK},
        ticklabeloverflow="allow",
        ticks="",
        showline=False,
    )
    figure.update_yaxes(
        range=[len(peers) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(places.values()),
        ticktext=labels,
        ticks="",
        ticklabelstandoff=2,
        tickfont={"size": theme.SMALL_SIZE, "color": theme.INK},
        showgrid=False,
    )
    distances = zip(peers["distance"], places.values(), strict=True)
    return figure.update_layout(
        annotations=[_distance(float(d), place, len(variables), w) for d, place in distances],
        margin={"t": _HEADER, "r": 2},
    )


def _signed(value: float, w: Words) -> str:
    text = w.signed(value, 1)
    return "0" if text.startswith("±") else text


def _hover(row: "pd.Series[Any]", own: str, w: Words) -> str:
    steps = w("chart_district.steps", value=w.signed(float(row["value"]), 1))
    share = w("chart_district.share", share=w.percent(float(row["share"])))
    lines = (
        f"<b>{wrap(str(row['variable_label']), 40)}</b>",
        f"{hover.plain(row['label'])}: {hover.plain(row['peer_text'])}",
        f"{hover.plain(own)}: {hover.plain(row['own_text'])}",
        steps,
        share,
    )
    return "<br>".join(lines)


def _distance(distance: float, row: int, across: int, w: Words) -> dict[str, Any]:
    return {
        "x": across,
        "y": row,
        "text": f"<b>{w.number(distance, 1)}</b>",
        "showarrow": False,
        "font": {"size": theme.SMALL_SIZE, "color": theme.INK},
    }
