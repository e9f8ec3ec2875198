"""Each model site against its peers: small multiples on one scale."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analytics.charts import hover, theme
from analytics.charts.axes import value_axis
from analytics.charts.rows import wrap
from analytics.charts.values import column
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.span import PROGRAMME

_COLUMNS: Final = 2
_PANEL_HEIGHT: Final = 180
_TITLE_WIDTH: Final = 20


def site_multiples(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a panel a site: the site, the mean of its peers, the years of the programme shaded.

    A quarter without a figure leaves a gap.

    Args:
        exhibit: Rows ``section, series, label, period, value, units, status``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    sites = frame.groupby("section", sort=False).indices
    rows = -(-len(sites) // _COLUMNS)
    figure = make_subplots(
        rows=rows,
        cols=_COLUMNS,
        shared_xaxes=True,
        shared_yaxes=True,
        horizontal_spacing=0.06,
        vertical_spacing=0.36 / rows,
        subplot_titles=[f"<b>{wrap(str(name), _TITLE_WIDTH)}</b>" for name in sites],
    )
    figure.update_annotations(font={"size": theme.SMALL_SIZE, "color": theme.INK})
    texts = _texts(exhibit, w)
    for number, positions in enumerate(sites.values()):
        row, col = number // _COLUMNS + 1, number % _COLUMNS + 1
        figure.add_traces(
            _lines(frame, [int(i) for i in positions], texts, w, is_first=number == 0),
            rows=row,
            cols=col,
        )
    _add_programme(figure, frame)
    form = _form(exhibit)
    axis = value_axis(frame["value"].dropna().tolist(), form, w, from_zero=False, target=3)
    figure.update_yaxes(**axis)
    figure.update_xaxes(**_years(frame))
    height = _PANEL_HEIGHT * rows + 60
    legend = {"y": 1.0, "yref": "container", "yanchor": "top"}
    figure.update_layout(theme.layout(w, height=height))
    if unit := _unit(form, w):
        figure.update_yaxes(title_text=unit, col=1)
    return figure.update_layout(showlegend=True, legend=legend, margin_t=84)


def _form(exhibit: Exhibit) -> Format:
    described = column(exhibit.table, "value")
    return Format(described.kind, described.digits)


def _unit(form: Format, w: Words) -> str:
    """Return the unit in as few letters as stand beside a low panel; ticks say that of shares."""
    units = {"days": w("chart.days_axis"), "number": w("evaluation.axis_number")}
    return units.get(form.kind, "")


def _lines(
    frame: pd.DataFrame, positions: Sequence[int], texts: Sequence[str], w: Words, *, is_first: bool
) -> list[go.Scatter]:
    part = frame.iloc[list(positions)]
    hovers = [texts[i] for i in positions]
    lines = []
    for series, name in (
        ("comparison", w("report_comparison.peers")),
        ("model", w("report_comparison.site")),
    ):
        chosen = [i for i, each in enumerate(part["series"]) if each == series]
        own = part.iloc[chosen]
        colour = theme.series_colour(series)
        lines.append(
            go.Scatter(
                x=own["period"].tolist(),
                y=own["value"].tolist(),
                name=hover.plain(name),
                mode="lines+markers",
                line={"color": colour, "width": 2},
                marker={"size": 4, "color": colour},
                connectgaps=False,
                showlegend=is_first,
                hovertext=[hovers[i] for i in chosen],
                hovertemplate=hover.TEMPLATE,
            )
        )
    return lines


def _texts(exhibit: Exhibit, w: Words) -> list[str]:
    frame = exhibit.table.frame
    heads = [
        (label, w.quarter(period.date()))
        for label, period in zip(frame["label"], frame["period"], strict=True)
    ]
    return hover.texts(exhibit.table, w, heads)


def _add_programme(figure: go.Figure, frame: pd.DataFrame) -> None:
    last = frame["period"].max() + pd.DateOffset(months=3)
    start, end = pd.Timestamp(PROGRAMME.start), min(pd.Timestamp(PROGRAMME.end), last)
    if start < end:
        figure.add_vrect(
            x0=start, x1=end, fillcolor=theme.SHADE, line={"width": 0}, layer="below",
            row="all", col="all",
        )  # fmt: skip


def _years(frame: pd.DataFrame) -> dict[str, Any]:
    first, last = frame["period"].min().year, frame["period"].max().year
    years = range(first, last + 1, 2)
    return {
        "tickmode": "array",
        "tickvals": [date(year, 1, 1).isoformat() for year in years],
        "ticktext": [str(year) for year in years],
        "showticklabels": True,
    }
