"""The pictures of the first screen: two courses named at their ends, the estimate in one line."""

from typing import Final

import plotly.graph_objects as go

from analytics.charts import forest, hover, theme
from analytics.charts.trend import Phase, trend
from analytics.charts.values import estimate_texts
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.span import PROGRAMME

_HEIGHT: Final = 250
_LINE_HEIGHT: Final = 126
_NEAR: Final = 5
"""Last quarters above or below which a name stands, so that it touches neither line."""


def estimate(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the estimate as ``forest.estimate``, as low as one line can be."""
    figure = forest.estimate(exhibit, w)
    figure.update_yaxes(showticklabels=False)
    return figure.update_layout(height=_LINE_HEIGHT, margin={"t": 20, "b": 40})


def course(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw both groups by quarter with their bands, without a legend.

    Args:
        exhibit: Rows of ``trend``, and ``phase`` (``before``, ``during``) with its ``distance``
            (text).
        w: Words of the language.
    """
    frame = exhibit.table.frame
    programme = Phase(w("ui.phase_model"), PROGRAMME.start, PROGRAMME.end)
    figure = trend(exhibit, w, phases=[programme], from_zero=False)
    low, high = figure.layout.yaxis.range
    figure.update_yaxes(range=[low, high + 0.2 * (high - low)])
    for _, part in frame.groupby("phase", sort=False):
        place = {"x": part["period"].min(), "xanchor": "left", "xshift": 4, "yanchor": "bottom"}
        text = hover.plain(part["distance"].iloc[0])
        theme.note(figure, text, theme.MUTED, **place, y=0, yref="y domain")
    for name in _names(exhibit, w):
        figure.add_annotation(**name)
    return figure.update_layout(
        height=_HEIGHT,
        showlegend=False,
        margin={"t": 4, "b": 24},
        hovermode="x",
    )


def _names(exhibit: Exhibit, w: Words) -> list[dict[str, object]]:
    """Return each group's name with its last value, on its own side of the two lines."""
    frame = exhibit.table.frame.assign(text=estimate_texts(exhibit.table, w))
    near = frame[frame["period"].isin(sorted(frame["period"].unique())[-_NEAR:])]
    lines = near.dropna(subset="value").groupby("series", sort=False)
    upper = lines["value"].mean().idxmax() if len(lines) else None
    names: list[dict[str, object]] = []
    for series, part in lines:
        is_upper = series == upper
        last = part.sort_values("period").iloc[-1]
        names.append(
            {
                "x": 1,
                "xref": "x domain",
                "y": float(part["value"].max() if is_upper else part["value"].min()),
                "text": f"<b>{hover.plain(last['label'])}</b> {last['text']}",
                "xanchor": "right",
                "yanchor": "bottom" if is_upper else "top",
                "yshift": 6 if is_upper else -6,
                "showarrow": False,
                "font": {"size": theme.TEXT_SIZE, "color": theme.series_colour(str(series))},
            }
        )
    return names
