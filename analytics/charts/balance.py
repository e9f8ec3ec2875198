"""Standardised differences: a row a variable, a mark a comparison group."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import decimals, nice_ticks
from analytics.charts.rows import arrange
from analytics.charts.values import column
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.evaluation.balance import LARGE

_AXIS_HEIGHT: Final = 80
_TICKS: Final = 4
"""Steps of the axis: more signed numbers than these run into each other on a phone."""
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "all": {"color": theme.PAPER, "size": 11, "line": {"color": theme.COMPARISON, "width": 2.5}},
    "matched": {"color": theme.COMPARISON, "size": 11, "symbol": "diamond"},
}


def balance_dots(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw how far each comparison group lies from the sites; small differences shaded.

    Args:
        exhibit: Rows ``key`` (``all``, ``matched``), ``variable, label, section, group_label,
            model_mean, group_mean, value, status``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    variables = frame.drop_duplicates("variable")
    rows = arrange(variables["label"].tolist(), variables["section"].tolist())
    place = dict(zip(variables["variable"], rows.places, strict=True))
    height = rows.height + _AXIS_HEIGHT
    figure = go.Figure(layout=theme.layout(w, height=height))
    figure.add_vrect(x0=-LARGE, x1=LARGE, fillcolor=theme.SHADE, line={"width": 0}, layer="below")
    figure.add_vline(x=0, line={"color": theme.INK, "width": 1.5})
    shown_digits = column(exhibit.table, "value").digits
    for key, look in _LOOKS.items():
        part = frame[(frame["key"] == key) & (frame["status"] == Status.SHOWN)]
        if len(part):
            figure.add_trace(
                _marks(part, [place[name] for name in part["variable"]], look, shown_digits, w)
            )
    values = frame["value"].dropna().tolist()
    ticks = nice_ticks(min([-0.5, *values]), max([0.5, *values]), _TICKS)
    digits = decimals(ticks[1] - ticks[0])
    figure.update_xaxes(
        range=[ticks[0], ticks[-1]],
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.signed(tick, digits) if tick else "0" for tick in ticks],
        title_text=w("report_comparison.standardised_axis"),
        showgrid=True,
    )
    figure.update_yaxes(**rows.axis())
    labels = frame["group_label"].drop_duplicates().tolist()
    return figure.update_layout(showlegend=True, margin_t=20 + 22 * theme.legend_rows(labels))


def _marks(
    part: pd.DataFrame, places: list[float], look: dict[str, Any], digits: int, w: Words
) -> go.Scatter:
    rows = zip(
        part["label"], part["group_label"], part["model_mean"], part["group_mean"], part["value"],
        strict=True,
    )  # fmt: skip
    texts = [
        "<br>".join(
            (
                f"<b>{hover.plain(label)}</b>",
                hover.plain(w("report_comparison.mean_of_model", mean=own)),
                hover.plain(f"{group}: {mean}"),
                hover.plain(w("report_comparison.difference_of", value=w.signed(value, digits))),
            )
        )
        for label, group, own, mean, value in rows
    ]
    return go.Scatter(
        x=part["value"].tolist(),
        y=places,
        name=hover.plain(part["group_label"].iloc[0]),
        mode="markers",
        marker=look,
        hovertext=texts,
        hovertemplate=hover.TEMPLATE,
    )
