"""Estimates around a start: points with intervals, open where they are the reference."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme

START: Final = -0.5
"""The start lies between the quarter before and the first one after it."""


def add_phases(
    figure: go.Figure,
    frame: pd.DataFrame,
    texts: Sequence[str],
    *,
    colour: str,
    reference: str = "",
) -> None:
    """Draw the rows ``event, phase, value, low, high`` of each phase, those after in ``colour``.

    Args:
        figure: Where they are drawn.
        frame: One row a quarter; phases are ``before``, the reference's name, and ``after``.
        texts: Hover texts, one a row.
        colour: Of the programme.
        reference: Name of the phase that the others are compared with, if it is one of its own.
    """
    for phase in ("before", reference, "after"):
        chosen = [row for row, name in enumerate(frame["phase"]) if name == phase]
        if chosen:
            own = colour if phase == "after" else theme.NEUTRAL
            part = frame.iloc[chosen]
            marks = [texts[row] for row in chosen]
            figure.add_trace(_points(part, own, marks, is_open=phase == reference))


def add_marks(figure: go.Figure, reference: str, start: str, colour: str) -> None:
    """Mark the start with a line, and name what lies before and after it."""
    figure.add_vline(x=START, line={"color": colour, "width": 1.5, "dash": "6px,3px"})
    for text, anchor, shift, ink in (
        (reference, "right", -6, theme.MUTED),
        (start, "left", 4, colour),
    ):
        theme.note(figure, text, ink, x=START, xanchor=anchor, xshift=shift)


def errors(part: pd.DataFrame, colour: str, thickness: float = 2) -> dict[str, Any]:
    """Return the intervals of ``value, low, high`` as Plotly draws them; none where unknown."""
    return {
        "type": "data",
        "symmetric": False,
        "array": (part["high"] - part["value"]).fillna(0).tolist(),
        "arrayminus": (part["value"] - part["low"]).fillna(0).tolist(),
        "color": colour,
        "thickness": thickness,
        "width": 0,
    }


def _points(part: pd.DataFrame, colour: str, texts: Sequence[str], *, is_open: bool) -> go.Scatter:
    return go.Scatter(
        x=part["event"].tolist(),
        y=part["value"].tolist(),
        mode="markers",
        marker={
            "color": theme.PAPER if is_open else colour,
            "size": 9,
            "line": {"color": colour, "width": 2},
        },
        error_y=errors(part, colour),
        hovertext=list(texts),
        hovertemplate=hover.TEMPLATE,
    )
