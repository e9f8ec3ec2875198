"""Referral curves as small multiples: one panel a series, the others in pale grey behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.curves import (
    GUIDES,
    band,
    by_first_seen,
    days_axis,
    drawn,
    guide_lines,
    hover_texts,
    last_day,
    line,
    shares_axis,
)
from analytics.charts.early_ends import Part, below_end, end_mark, ends_early
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_TICKS: Final = (0.0, 0.5, 1.0)
_DAY_TICKS: Final = 3
_HEIGHT: Final = 190
_COLUMNS: Final = 2
_COLUMN_GAP: Final = 0.1
_ROW_GAP: Final = 0.3
"""Shares of the figure's width, and of its height, between panels; the latter over all rows."""

_GHOST_STEP: Final = 0.01
"""A panel is about 130 pixels high, a curve behind 1.5 wide: smaller steps cannot be seen."""


def curve_panels(exhibit: Exhibit, w: Words, *, guides: Sequence[int] = GUIDES) -> go.Figure:
    """Draw small multiples, one panel a series, the others in pale grey behind.

    Args:
        exhibit: CURVE rows. With a column ``section`` there is one panel a section, and its series
            keep their colours.
        w: Words of the language.
        guides: Days marked by vertical lines.
    """
    table = drawn(exhibit.table)
    split = "section" in table.frame.columns
    parts = by_first_seen(table.frame, "section" if split else "label")
    panels = [_Panel(name, number, len(parts)) for number, (name, _) in enumerate(parts)]
    height = _HEIGHT * (panels[0].rows if panels else 1) + 40
    layout = theme.layout(w, height=height) | {"margin": {"t": 36}}
    last = last_day(table.frame, guides)
    for panel in panels:
        layout |= panel.axes(days_axis(last, w, _DAY_TICKS), shares_axis(_TICKS, w), w)
    layout["shapes"] = [line for panel in panels for line in guide_lines(guides, panel.suffix)]
    texts = hover_texts(table, w)
    behind = [] if split else [_ghost(table.frame.iloc[positions]) for _, positions in parts]
    traces, words = [], []
    for panel, (_, positions) in zip(panels, parts, strict=True):
        others = [ghost for number, ghost in enumerate(behind) if number != panel.number]
        own = _panel_traces(table.frame, positions, texts, last, split=split)
        traces += [trace | panel.place for trace in (*_ghosts(others), *own)]
        words += [text | panel.refs for text in _end_words(table.frame.iloc[positions], last, w)]
    layout["annotations"] = [*(panel.heading() for panel in panels), *words]
    return go.Figure(traces, layout)


def _panel_traces(
    frame: pd.DataFrame, positions: list[int], texts: Sequence[str], last: float, *, split: bool
) -> list[Part]:
    traces: list[Part] = []
    for series, inner in by_first_seen(frame.iloc[positions], "series"):
        own = frame.iloc[[positions[i] for i in inner]]
        colour = theme.series_colour(series) if split else theme.INK
        hovers = [texts[positions[i]] for i in inner]
        traces += [*band(own, colour), line(own, colour, hovers)]
        traces += [end_mark(own, colour)] if ends_early(own, last) else []
    return traces


def _end_words(frame: pd.DataFrame, last: float, w: Words) -> list[Part]:
    """Return the words below the first of a panel's curves that stops early; they hold for all."""
    curves = [frame.iloc[positions] for _, positions in by_first_seen(frame, "series")]
    return [below_end(curve, last, w) for curve in curves if ends_early(curve, last)][:1]


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of several small charts: its name and its place, counted by rows.

    The figure is described as a whole and checked once; Plotly's own subplots check it after
    every change, which takes longer than everything else on the page.
    """

    name: str
    number: int
    count: int

    @property
    def rows(self) -> int:
        """Return in how many rows the panels stand."""
        return -(-self.count // _COLUMNS)

    @property
    def suffix(self) -> str:
        """Return what tells the panel's axes from those of the others."""
        return str(self.number + 1) if self.number else ""

    @property
    def place(self) -> Part:
        """Return the axes of the panel's traces."""
        return {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}

    @property
    def refs(self) -> Part:
        """Return the axes of the panel's texts."""
        return {"xref": f"x{self.suffix}", "yref": f"y{self.suffix}"}

    @property
    def _across(self) -> list[float]:
        width = (1 - _COLUMN_GAP) / _COLUMNS
        left = self.number % _COLUMNS * (width + _COLUMN_GAP)
        return [left, left + width]

    @property
    def _upwards(self) -> list[float]:
        gap = _ROW_GAP / self.rows
        height = (1 - gap * (self.rows - 1)) / self.rows
        bottom = (self.rows - 1 - self.number // _COLUMNS) * (height + gap)
        return [bottom, bottom + height]

    def axes(self, days: Part, shares: Part, w: Words) -> Part:
        """Return both axes; numbers stand at the outer ones, as all have the same scale."""
        is_lowest = self.number + _COLUMNS >= self.count
        is_first = self.number % _COLUMNS == 0
        x = {**days, "anchor": f"y{self.suffix}", "domain": self._across}
        y = {**shares, "anchor": f"x{self.suffix}", "domain": self._upwards}
        x |= {"title": {"text": w("chart.days_axis")}} if is_lowest else {"showticklabels": False}
        y |= {} if is_first else {"showticklabels": False}
        return {f"xaxis{self.suffix}": x, f"yaxis{self.suffix}": y}

    def heading(self) -> Part:
        """Return the panel's name above its middle."""
        return {
            "text": f"<b>{hover.plain(self.name)}</b>",
            "x": sum(self._across) / 2,
            "y": self._upwards[1],
            "xref": "paper",
            "yref": "paper",
            "xanchor": "center",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": theme.SMALL_SIZE, "color": theme.INK},
        }


def _ghost(part: pd.DataFrame) -> tuple[list[float], list[float]]:
    """Return the points of a curve behind others: only steps that are wider than the line."""
    days, share = part["days"].tolist(), part["estimate"].tolist()
    kept = [0]
    for position, value in enumerate(share):  # some hundred points at most
        if value - share[kept[-1]] >= _GHOST_STEP:
            kept.append(position)
    kept.append(len(share) - 1)
    return [days[i] for i in kept], [round(share[i], 4) for i in kept]


def _ghosts(curves: Sequence[tuple[list[float], list[float]]]) -> list[Part]:
    """Return all curves behind a panel as one trace, with a gap between any two."""
    if not curves:
        return []
    return [
        {
            "type": "scatter",
            "x": [day for days, _ in curves for day in (*days, None)],
            "y": [share for _, shares in curves for share in (*shares, None)],
            "mode": "lines",
            "line": {"color": theme.PALE, "width": 1.5, "shape": "hv"},
            "hoverinfo": "skip",
        }
    ]
