"""Estimates under each other: one row an estimate, its interval, and where no difference lies."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.effect_axis import EffectAxis, bounds
from analytics.charts.event_points import errors
from analytics.charts.rows import Rows, arrange, wrap
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

HEADLINE: Final = "headline"
_AXIS_HEIGHT: Final = 64
_REASON_WIDTH: Final = 16
_TICKS: Final = 4


def forest(exhibit: Exhibit, w: Words, *, colour: str = theme.MODEL) -> go.Figure:
    """Draw each estimate with its interval; the chosen one comes first and is a line through all.

    Args:
        exhibit: Rows ``key, label, value, low, high, status``, the chosen one being ``headline``;
            a row that is not shown says so, with ``reason`` if the table has it; rows of one
            ``section``, if it has any, stand below its heading.
        w: Words of the language.
        colour: Of the chosen one.
    """
    table = exhibit.table
    frame = table.frame
    axis = EffectAxis.of(table, w)
    sections = frame["section"] if "section" in frame else [""] * len(frame)
    rows = arrange([str(label) for label in frame["label"]], list(sections))
    texts = hover.texts(table, w, [(label,) for label in frame["label"]])
    height = rows.height + _AXIS_HEIGHT
    figure = go.Figure(layout=theme.layout(w, height=height))
    _add_lines(figure, frame, axis, colour)
    figure.add_trace(_dots(frame, rows, texts, theme.NEUTRAL, chosen=False))
    figure.add_trace(_dots(frame, rows, texts, colour, chosen=True))
    figure.add_traces(_refused(frame, rows, axis))
    figure.update_xaxes(**axis.axis(bounds(frame), _TICKS), showgrid=True)
    figure.update_yaxes(**rows.axis(), showgrid=True)
    return figure


def changes(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw changes of parts of the state, that of the whole first; no group has a part in it."""
    return forest(exhibit, w, colour=theme.INK)


def estimate(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the estimate with its interval over the range that could hardly have been found.

    Args:
        exhibit: Rows ``key`` (``estimate``, ``detectable`` and others, which are not drawn),
            ``label, value, low, high, status``.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame
    axis = EffectAxis.of(table, w)
    drawn = (frame["key"] == "estimate").to_numpy()
    part = frame[drawn]
    rows = arrange([str(label) for label in part["label"]], [""] * len(part))
    texts = np.array(hover.texts(table, w, [(label,) for label in frame["label"]]), dtype=object)
    figure = go.Figure(layout=theme.layout(w, height=theme.ROW_HEIGHT * 3 + _AXIS_HEIGHT))
    edges = _add_undetected(figure, frame, axis, w)
    figure.add_vline(x=axis.neutral, line={"color": theme.INK, "width": 1.5})
    headline = part.assign(key=HEADLINE)
    figure.add_trace(_dots(headline, rows, texts[drawn].tolist(), theme.MODEL, chosen=True))
    figure.update_xaxes(**axis.axis([*bounds(part), *edges], _TICKS), showgrid=True)
    figure.update_yaxes(**rows.axis())
    return figure.update_layout(margin_t=36)


def _add_lines(figure: go.Figure, frame: pd.DataFrame, axis: EffectAxis, colour: str) -> None:
    figure.add_vline(x=axis.neutral, line={"color": theme.INK, "width": 1.5})
    for value in frame.loc[frame["key"] == HEADLINE, "value"].dropna():
        line = {"color": colour, "width": 1, "dash": "2px,3px"}
        figure.add_vline(x=float(value), line=line, layer="below")


def _dots(
    frame: pd.DataFrame, rows: Rows, texts: Sequence[str], colour: str, *, chosen: bool
) -> go.Scatter:
    is_chosen = (frame["key"] == HEADLINE).to_numpy()
    is_shown = (frame["status"] == Status.SHOWN).to_numpy()
    drawn = np.flatnonzero(is_shown & (is_chosen == chosen)).tolist()
    part = frame.iloc[drawn]
    return go.Scatter(
        x=part["value"].tolist(),
        y=[rows.places[i] for i in drawn],
        customdata=[[str(key)] for key in part["key"]],
        mode="markers",
        marker={"color": colour, "size": 12 if chosen else 10},
        error_x=errors(part, colour),
        hovertext=[texts[i] for i in drawn],
        hovertemplate=hover.TEMPLATE,
    )


def _refused(frame: pd.DataFrame, rows: Rows, axis: EffectAxis) -> list[go.Scatter]:
    hidden = np.flatnonzero((frame["status"] != Status.SHOWN).to_numpy())
    if not hidden.size or "reason" not in frame:
        return []
    reasons = frame["reason"].iloc[hidden].astype(str)
    return [
        go.Scatter(
            x=[axis.neutral] * len(hidden),
            y=[rows.places[i] for i in hidden],
            mode="markers+text",
            marker={"symbol": "x-thin", "size": 10, "line": {"color": theme.MUTED, "width": 2}},
            text=[wrap(reason, _REASON_WIDTH) for reason in reasons],
            textposition=_side(frame, axis),
            textfont={"size": theme.TINY_SIZE, "color": theme.MUTED, "style": "italic"},
            cliponaxis=False,
            hovertext=[hover.plain(reason) for reason in reasons],
            hovertemplate=hover.TEMPLATE,
        )
    ]


def _side(frame: pd.DataFrame, axis: EffectAxis) -> str:
    """Return on which side of no difference there is room: where the estimates lie."""
    values = frame["value"].dropna()
    return "middle right" if values.empty or values.mean() > axis.neutral else "middle left"


def _add_undetected(
    figure: go.Figure, frame: pd.DataFrame, axis: EffectAxis, w: Words
) -> list[float]:
    """Shade what could hardly have been found, in both directions; return its ends."""
    found = frame.loc[frame["key"] == "detectable", "value"].dropna()
    if found.empty:
        return []
    size = float(found.iloc[0])
    mirrored = 1 / size if axis.is_ratio else -size
    low, high = sorted((size, mirrored))
    line = {"color": theme.OUTLINE, "width": 1, "dash": "2px,3px"}
    figure.add_vrect(x0=low, x1=high, fillcolor=theme.SHADE, line=line, layer="below")
    text = w("report_model_effect.undetected")
    theme.note(figure, text, theme.MUTED, x=axis.place(axis.neutral))
    return [low, high]
