"""Why a unit is a peer: differences from its site, variable by variable."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.grid import Cell, grid
from analytics.charts.rows import arrange, wrap
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit

_ROW_HEIGHT: Final = 26
_HEAD: Final = 90
_HEAD_WIDTH: Final = 11


def peer_grid(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a row a peer under its site, a column a variable, the difference in each cell.

    Args:
        exhibit: Rows ``section, key, label, variable, variable_label, value, share, distance``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    pairs = frame.drop_duplicates(["section", "key"])
    rows = arrange(pairs["label"].tolist(), pairs["section"].tolist())
    place = {
        (section, key): at
        for section, key, at in zip(pairs["section"], pairs["key"], rows.places, strict=True)
    }
    variables = frame["variable_label"].drop_duplicates().tolist()
    cells = [
        Cell(
            row=int(place[row["section"], row["key"]]),
            across=variables.index(row["variable_label"]),
            strength=float(row["value"]),
            text=w.signed(float(row["value"]), 1),
            hover=_text(row, w),
        )
        for row in frame.to_dict("records")
    ]
    height = round(_ROW_HEIGHT * rows.length) + _HEAD
    figure = go.Figure(layout=theme.layout(exhibit.source, w, height=height))
    figure.add_traces(grid(cells, theme.COMPARISON_FILL))
    figure.update_yaxes(**rows.axis(), showgrid=False)
    return figure.update_xaxes(
        range=[-0.5, len(variables) - 0.5],
        side="top",
        tickmode="array",
        tickvals=list(range(len(variables))),
        ticktext=[wrap(label, _HEAD_WIDTH) for label in variables],
        showline=False,
        ticks="",
    )


def _text(row: Mapping[Hashable, Any], w: Words) -> str:
    lines = (
        f"{row['section']} – {row['label']}",
        f"{row['variable_label']}: "
        + w("report_comparison.in_deviations", value=w.signed(row["value"], 2)),
        w("report_comparison.share_hover", share=w.percent(row["share"])),
        w("report_comparison.distance_hover", distance=w.number(row["distance"], 2)),
    )
    first, *others = (hover.plain(line) for line in lines)
    return "<br>".join((f"<b>{first}</b>", *others))
