"""Dot plots: one row a category, its value with its 95 % interval."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics.charts import hover, theme
from analytics.charts.axes import nice_ends, unit_title, value_axis
from analytics.charts.rows import Rows, arrange, wrap
from analytics.charts.values import column, estimate_texts, formats
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_AXIS_HEIGHT: Final = 56
_UNIT_WIDTH: Final = 30
"""Letters of a unit in one line: what stands below a phone's dots."""
_HIDDEN_COLOUR: Final = theme.MUTED


@dataclass(frozen=True, slots=True)
class _Panel:
    """The rows that share a horizontal axis, and what that counts where its ticks do not say it."""

    frame: pd.DataFrame
    form: Format
    unit: str
    rows: Rows
    texts: list[str]
    hovers: list[str]


def dot_plot(
    exhibit: Exhibit,
    w: Words,
    *,
    reference: str | None = None,
    highlight: Collection[str] = (),
) -> go.Figure:
    """Draw a dot with its interval a row; a row without a figure says why instead.

    Args:
        exhibit: DOTS rows ``key, label, section, value, low, high, n, status``; rows keep their
            order. With a column ``unit`` sections may differ in measure: each gets its own axis.
        w: Words of the language.
        reference: Key of the row that is drawn as a vertical line instead, such as the state.
        highlight: Keys drawn in the model municipalities' colour.
    """
    panels = _panels(exhibit.table, reference, w)
    heights = [panel.rows.height for panel in panels]
    height = sum(heights) + _AXIS_HEIGHT * len(heights)
    layout = theme.layout(w, height=height)
    layout["margin"] = {"t": 36 if reference is not None else 16}
    traces = []
    # The figure is described whole: Plotly's own subplots check it again with every change.
    for number, (panel, domain) in enumerate(zip(panels, _domains(heights), strict=True), start=1):
        axis = str(number) if number > 1 else ""
        layout |= _axes(panel, axis, domain, w)
        place = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
        traces += [trace | place for trace in _traces(panel, frozenset(highlight))]
    figure = go.Figure(traces, layout)
    if reference is not None:
        _add_reference(figure, exhibit.table, reference, w)
    return figure


def _panels(table: ReleasedTable, reference: str | None, w: Words) -> list[_Panel]:
    frame, described = table.frame, column(table, "value")
    texts, forms = estimate_texts(table, w), formats(table, "value")
    sections = frame["section"].fillna("").astype(str).tolist() if "section" in frame else []
    sections = sections or [""] * len(frame)
    heads = [
        (label, *([section] if section else []))
        for label, section in zip(frame["label"], sections, strict=True)
    ]
    hovers = hover.texts(table, w, heads)
    drawn = [i for i, key in enumerate(frame["key"]) if reference is None or key != reference]
    mixed = len({forms[i] for i in drawn}) > 1
    runs: dict[str, list[int]] = {}
    for i in drawn:
        runs.setdefault(sections[i] if mixed else "", []).append(i)
    return [
        _Panel(
            frame.iloc[run],
            forms[run[0]],
            unit_title(described, forms[run[0]].kind, w),
            arrange([str(frame["label"].iloc[i]) for i in run], [sections[i] for i in run]),
            [texts[i] for i in run],
            [hovers[i] for i in run],
        )
        for run in runs.values()
    ] or [_Panel(frame.iloc[:0], Format(), "", arrange([], []), [], [])]


def _domains(heights: Sequence[int]) -> list[tuple[float, float]]:
    """Return from where to where each panel reaches, the first at the top, an axis below each."""
    gap = _AXIS_HEIGHT if len(heights) > 1 else 0
    whole = sum(heights) + gap * len(heights)
    domains, top = [], 1.0
    for height in heights:
        share = (1 - gap / whole * (len(heights) - 1)) * height / sum(heights)
        domains.append((max(top - share, 0.0), top))
        top -= share + gap / whole
    return domains


def _traces(panel: _Panel, highlight: frozenset[str]) -> list[dict[str, Any]]:
    statuses = panel.frame["status"].astype(str).tolist()
    colours = [
        theme.MODEL if key in highlight else theme.series_colour(str(key))
        for key in panel.frame["key"]
    ]
    shown = [i for i, status in enumerate(statuses) if status == Status.SHOWN]
    traces = [
        _dots(panel, [i for i in shown if colours[i] == colour], colour)
        for colour in dict.fromkeys(colours[i] for i in shown)
    ]
    hidden = [i for i, status in enumerate(statuses) if status != Status.SHOWN]
    return [*traces, _hidden(panel, hidden, statuses)] if hidden else traces


def _dots(panel: _Panel, chosen: Sequence[int], colour: str) -> dict[str, Any]:
    part = panel.frame.iloc[list(chosen)]
    above = (part["high"] - part["value"]).fillna(0).tolist()
    below = (part["value"] - part["low"]).fillna(0).tolist()
    return dict(
        type="scatter",
        x=part["value"].tolist(),
        y=[panel.rows.places[i] for i in chosen],
        customdata=[[str(key)] for key in part["key"]],
        mode="markers",
        marker={"color": colour, "size": 11, "line": {"color": theme.PAPER, "width": 1}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": above,
            "arrayminus": below,
            "color": colour,
            "thickness": 2,
            "width": 0,
        },
        cliponaxis=False,  # a share may be the whole, where the axis ends
        hovertext=[panel.hovers[i] for i in chosen],
        hovertemplate=hover.TEMPLATE,
    )


def _hidden(panel: _Panel, chosen: Sequence[int], statuses: Sequence[str]) -> dict[str, Any]:
    """Say in the row why there is no figure; the mark differs too, so that it needs no reading."""
    lows = panel.frame["low"]
    least, most = nice_ends(_ends(panel).tolist())
    middle = (least + most) / 2
    start = [least if pd.isna(lows.iloc[i]) else float(lows.iloc[i]) for i in chosen]
    return dict(
        type="scatter",
        x=start,
        y=[panel.rows.places[i] for i in chosen],
        customdata=[[str(panel.frame["key"].iloc[i])] for i in chosen],
        mode="markers+text",
        marker={
            "symbol": [_HIDDEN_SYMBOLS[statuses[i]] for i in chosen],
            "size": 10,
            "color": _HIDDEN_COLOUR,
            "line": {"color": _HIDDEN_COLOUR, "width": 2},
        },
        text=[f"  {panel.texts[i]}  " for i in chosen],
        textposition=["middle left" if at > middle else "middle right" for at in start],
        textfont={"size": theme.SMALL_SIZE, "color": _HIDDEN_COLOUR, "style": "italic"},
        cliponaxis=False,
        hovertext=[panel.hovers[i] for i in chosen],
        hovertemplate=hover.TEMPLATE,
    )


_HIDDEN_SYMBOLS: Final = {
    Status.SUPPRESSED.value: "x-thin",
    Status.NO_DATA.value: "line-ew",
    Status.NOT_REACHED.value: "triangle-right",
}


def _ends(panel: _Panel) -> NDArray[np.float64]:
    figures = panel.frame[["value", "low", "high"]]
    ends: NDArray[np.float64] = figures.to_numpy(dtype=np.float64).ravel()
    finite: NDArray[np.float64] = ends[np.isfinite(ends)]
    return finite


def _axes(panel: _Panel, suffix: str, domain: tuple[float, float], w: Words) -> dict[str, Any]:
    """Return the panel's axes; a dot is read by its place, so the axis begins where data are."""
    x = value_axis(_ends(panel).tolist(), panel.form, w, from_zero=False)
    if panel.unit:
        x |= {"title": {"text": wrap(panel.unit, _UNIT_WIDTH)}}
    y = panel.rows.axis()
    return {
        f"xaxis{suffix}": {**x, "showgrid": True, "anchor": f"y{suffix}"},
        f"yaxis{suffix}": {**y, "showgrid": True, "anchor": f"x{suffix}", "domain": domain},
    }


def _add_reference(figure: go.Figure, table: ReleasedTable, key: str, w: Words) -> None:
    chosen = (table.frame["key"] == key) & (table.frame["status"] == Status.SHOWN)
    if not chosen.any():
        return
    row = table.frame[chosen].iloc[0]
    described = column(table, "value")
    text = Format(described.kind, described.digits).text(float(row["value"]), w)
    line: dict[str, Any] = {"color": theme.INK, "width": 1.5, "dash": "6px,3px"}
    figure.add_vline(x=float(row["value"]), line=line)
    named = f"{hover.plain(row['label'])}: {text}"
    theme.note(figure, named, theme.INK, x=float(row["value"]))
