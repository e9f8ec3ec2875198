"""Why a unit is a peer: differences from its site, variable by variable."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.grid import Cell, grid, staggered
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_ROW_HEIGHT: Final = 26
_HEAD: Final = 130
_TEXT_SIZE: Final = 11
_SITE_SHIFT: Final = 70
"""Pixels by which a site's name begins in the margin: the plot is too narrow for it on a phone."""


def peer_grid(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a row a peer under its site, a column a variable, the difference in each cell.

    Args:
        exhibit: Rows ``section, key, label, variable, variable_label, value, share, distance``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    pairs = frame.drop_duplicates(["section", "key"])
    heads = pairs["section"] != pairs["section"].shift()
    places = [place + above for place, above in enumerate(heads.cumsum())]
    place = dict(zip(zip(pairs["section"], pairs["key"], strict=True), places, strict=True))
    variables = frame["variable"].drop_duplicates().tolist()
    cells = [
        Cell(
            row=place[row["section"], row["key"]],
            across=variables.index(row["variable"]),
            strength=float(row["value"]),
            text=w.signed(float(row["value"]), 1),
            hover=_text(row, w),
        )
        for row in frame.to_dict("records")
    ]
    length = len(pairs) + int(heads.sum())
    height = _ROW_HEIGHT * length + _HEAD
    figure = go.Figure(layout=theme.layout(w, height=height))
    figure.add_traces(grid(cells, theme.COMPARISON_FILL, size=_TEXT_SIZE))
    above = [at - 1 for at, head in zip(places, heads, strict=True) if head]
    for site, at in zip(pairs.loc[heads, "section"], above, strict=True):
        _add_site(figure, site, at)
    figure.update_yaxes(
        range=[length - 0.5, -0.5],
        tickmode="array",
        tickvals=places,
        ticktext=[hover.plain(label) for label in pairs["label"]],
        tickfont={"size": theme.SMALL_SIZE, "color": theme.INK},
        ticks="",
        showgrid=False,
    )
    return figure.update_xaxes(
        range=[-0.5, len(variables) - 0.5],
        side="top",
        tickmode="array",
        tickvals=list(range(len(variables))),
        ticktext=staggered([w(f"report_comparison.short_{name}") for name in variables]),
        showline=False,
        ticks="",
    )


def _add_site(figure: go.Figure, site: str, row: int) -> None:
    """Write a site's name into its empty row: longer than the margin, but not than both."""
    figure.add_annotation(
        x=-0.5,
        y=row,
        text=f"<b>{hover.plain(site)}</b>",
        xanchor="left",
        xshift=-_SITE_SHIFT,
        showarrow=False,
        font={"size": theme.SMALL_SIZE, "color": theme.INK},
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
