"""A grid of numbers on fills: the sign is written, so that no cell needs its colour to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics.charts import hover, theme

_CROSS: Final = "x-thin"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        row, across: Its place, counted from 0 at the top left.
        strength: What its fill tells: above 0 in colour, below in grey; NaN for a refused cell.
        text: Written into it; empty for none.
        hover: Shown when pointing at it.
    """

    row: int
    across: int
    strength: float
    text: str
    hover: str


def grid(
    cells: Sequence[Cell], colour: str, refused: str = "", size: int = theme.TINY_SIZE
) -> list[go.Heatmap | go.Scatter]:
    """Return the traces of a grid: filled cells, then crosses on refused ones.

    Fills stay light enough for the text on them: see ``theme``.

    Args:
        cells: At least one; at most one a place.
        colour: Of the strongest cell above 0.
        refused: Name of the crosses in the legend.
        size: Of the text in the cells.
    """
    filled = [cell for cell in cells if np.isfinite(cell.strength)]
    crossed = [cell for cell in cells if not np.isfinite(cell.strength)]
    shape = max(cell.row for cell in cells) + 1, max(cell.across for cell in cells) + 1
    traces: list[go.Heatmap | go.Scatter] = [_fills(shape, filled, colour, size)] if filled else []
    if crossed:
        traces += [_ground(shape, crossed), _crosses(crossed, refused)]
    return traces


def staggered(heads: Sequence[str]) -> list[str]:
    """Return heads of narrow columns on two levels, so that none is turned or covers another."""
    return [f"{head}<br> " if place % 2 else head for place, head in enumerate(heads)]


def _fills(shape: tuple[int, int], filled: Sequence[Cell], colour: str, size: int) -> go.Heatmap:
    strengths: NDArray[np.float64] = np.full(shape, np.nan)
    texts = np.full(shape, "", dtype=object)
    hovers = np.full(shape, "", dtype=object)
    for cell in filled:
        strengths[cell.row, cell.across] = cell.strength
        texts[cell.row, cell.across] = hover.plain(cell.text)
        hovers[cell.row, cell.across] = cell.hover
    most = max(abs(cell.strength) for cell in filled) or 1.0
    return go.Heatmap(
        z=[[None if np.isnan(each) else float(each) for each in line] for line in strengths],
        zmin=-most,
        zmax=most,
        colorscale=[(0.0, theme.BELOW_FILL), (0.5, theme.PAPER), (1.0, colour)],
        showscale=False,
        text=texts.tolist(),
        texttemplate="%{text}",
        textfont={"size": size, "color": theme.INK},
        hovertext=hovers.tolist(),
        hovertemplate=hover.TEMPLATE,
        hoverongaps=False,
        xgap=1,
        ygap=1,
    )


def _ground(shape: tuple[int, int], crossed: Sequence[Cell]) -> go.Heatmap:
    """Return the box of each refused cell, so that it is not taken for an empty place."""
    boxes: list[list[float | None]] = [[None] * shape[1] for _ in range(shape[0])]
    for cell in crossed:
        boxes[cell.row][cell.across] = 0.0
    return go.Heatmap(
        z=boxes,
        colorscale=[(0.0, theme.SHADE), (1.0, theme.SHADE)],
        showscale=False,
        hoverinfo="skip",
        xgap=1,
        ygap=1,
    )


def _crosses(crossed: Sequence[Cell], name: str) -> go.Scatter:
    return go.Scatter(
        x=[cell.across for cell in crossed],
        y=[cell.row for cell in crossed],
        name=hover.plain(name),
        mode="markers",
        marker={
            "symbol": _CROSS,
            "size": 10,
            "line": {"width": 1.8, "color": theme.SUPPRESSED_MARK},
        },
        showlegend=bool(name),
        hovertext=[cell.hover for cell in crossed],
        hovertemplate=hover.TEMPLATE,
    )
