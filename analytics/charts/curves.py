"""Referral curves: the share referred by each day since the need was recorded."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from analytics.charts import hover, theme
from analytics.charts.axes import day_ticks, tick_text
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.exhibit import Exhibit
from analytics.reports.formatting import Format

GUIDES: Final = (30, 90)
"""Days after which the shares of the catalogue are read."""

_SHARE_TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_PANEL_TICKS: Final = (0.0, 0.5, 1.0)
_PANEL_HEIGHT: Final = 190
_COLUMNS: Final = 2
_PANEL_DAY_TICKS: Final = 3
_LABEL_FROM: Final = 0.25


def referral_curve(
    exhibit: Exhibit, w: Words, *, horizon: int | None = None, guides: Sequence[int] = GUIDES
) -> go.Figure:
    """Draw one step curve a series with its 95 % band, labelled at its end.

    Args:
        exhibit: CURVE rows ``series, label, days, estimate, low, high, at_risk, status``. Rows that
            are not shown are not drawn; a curve ends where its data end.
        w: Words of the language.
        horizon: Last day drawn; None draws all.
        guides: Days marked by vertical lines.
    """
    table = _drawn(exhibit.table, horizon)
    texts = _hover_texts(table, w)
    figure = go.Figure(layout=theme.layout(exhibit.source, w))
    last = _last_day(table.frame, guides)
    for series, positions in _by_first_seen(table.frame, "series"):
        part = table.frame.iloc[positions]
        colour = theme.series_colour(series)
        figure.add_traces(_band(part, colour))
        figure.add_trace(_line(part, colour, [texts[i] for i in positions]))
    figure.update_xaxes(**_days(last, w), title_text=w("chart.days_since_need"))
    figure.update_yaxes(**_shares(_SHARE_TICKS, w))
    _add_guides(figure, guides, w)
    figure.update_layout(annotations=[*figure.layout.annotations, *_labels(table.frame, last)])
    return figure


def curve_panels(
    exhibit: Exhibit, w: Words, *, horizon: int | None = None, guides: Sequence[int] = GUIDES
) -> go.Figure:
    """Draw small multiples, one panel a series, the others in pale grey behind.

    Args:
        exhibit: CURVE rows. With a column ``section`` there is one panel a section, and its series
            keep their colours.
        w: Words of the language.
        horizon: Last day drawn; None draws all.
        guides: Days marked by vertical lines.
    """
    table = _drawn(exhibit.table, horizon)
    by = "section" if "section" in table.frame.columns else "label"
    panels = _by_first_seen(table.frame, by)
    rows = max(1, -(-len(panels) // _COLUMNS))
    figure = make_subplots(
        rows=rows,
        cols=_COLUMNS,
        shared_xaxes=True,
        shared_yaxes=True,
        horizontal_spacing=0.1,
        vertical_spacing=0.3 / rows,
        subplot_titles=[f"<b>{hover.plain(name)}</b>" for name, _ in panels],
    )
    figure.update_annotations(font={"size": theme.SMALL_SIZE, "color": theme.INK})
    _fill_panels(figure, table, panels, _hover_texts(table, w))
    last = _last_day(table.frame, guides)
    figure.update_xaxes(**_days(last, w, _PANEL_DAY_TICKS))
    figure.update_yaxes(**_shares(_PANEL_TICKS, w))
    figure.update_xaxes(title_text=w("chart.days_axis"), row=rows)
    _add_guides(figure, guides, w, labelled=False)
    height = _PANEL_HEIGHT * rows + 40
    return figure.update_layout(theme.layout(exhibit.source, w, height=height), margin_t=36)


def _fill_panels(
    figure: go.Figure,
    table: ReleasedTable,
    panels: Sequence[tuple[str, list[int]]],
    texts: Sequence[str],
) -> None:
    split = "section" in table.frame.columns
    for number, (_, positions) in enumerate(panels):
        row, col = number // _COLUMNS + 1, number % _COLUMNS + 1
        part = table.frame.iloc[positions]
        if not split:
            others = [table.frame.iloc[p] for i, (_, p) in enumerate(panels) if i != number]
            figure.add_traces([_ghost(other) for other in others], rows=row, cols=col)
        for series, inner in _by_first_seen(part, "series"):
            own = part.iloc[inner]
            colour = theme.series_colour(series) if split else theme.INK
            hovers = [texts[positions[i]] for i in inner]
            figure.add_traces([*_band(own, colour), _line(own, colour, hovers)], rows=row, cols=col)


def _drawn(table: ReleasedTable, horizon: int | None) -> ReleasedTable:
    frame = table.frame
    shown = frame["status"] == Status.SHOWN
    if horizon is not None:
        shown &= frame["days"] <= horizon
    return ReleasedTable(table.columns, frame[shown].reset_index(drop=True))


def _by_first_seen(frame: pd.DataFrame, name: str) -> list[tuple[str, list[int]]]:
    groups = frame.groupby(name, sort=False).indices
    return [(str(key), [int(i) for i in positions]) for key, positions in groups.items()]


def _last_day(frame: pd.DataFrame, guides: Sequence[int]) -> float:
    longest = float(frame["days"].max()) if len(frame) else 0.0
    return max([longest, *(guide * 1.1 for guide in guides)])


def _hover_texts(table: ReleasedTable, w: Words) -> list[str]:
    names, days = table.frame["label"], table.frame["days"]
    heads = [
        (name, w("chart.day", day=w.number(float(day))))
        for name, day in zip(names, days, strict=True)
    ]
    return hover.texts(table, w, heads, "estimate")


def _line(part: pd.DataFrame, colour: str, texts: Sequence[str]) -> go.Scatter:
    return go.Scatter(
        x=part["days"].tolist(),
        y=part["estimate"].tolist(),
        name=hover.plain(part["label"].iloc[0]),
        mode="lines",
        line={"color": colour, "width": 3, "shape": "hv"},
        hovertext=list(texts),
        hovertemplate=hover.TEMPLATE,
    )


def _band(part: pd.DataFrame, colour: str) -> list[go.Scatter]:
    edge: dict[str, Any] = {
        "x": part["days"].tolist(),
        "mode": "lines",
        "line": {"width": 0, "shape": "hv", "color": colour},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    fill = theme.translucent(colour)
    return [
        go.Scatter(**edge, y=part["low"].tolist(), name="low"),
        go.Scatter(**edge, y=part["high"].tolist(), name="high", fill="tonexty", fillcolor=fill),
    ]


def _ghost(part: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=part["days"].tolist(),
        y=part["estimate"].tolist(),
        mode="lines",
        line={"color": theme.PALE, "width": 1.5, "shape": "hv"},
        hoverinfo="skip",
    )


def _days(last: float, w: Words, most: int = 6) -> dict[str, Any]:
    ticks = day_ticks(last, most)
    return {
        "range": [0, last],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [w.number(tick) for tick in ticks],
    }


def _shares(ticks: Sequence[float], w: Words) -> dict[str, Any]:
    texts = [tick_text(tick, ticks, Format("share"), w) for tick in ticks]
    return {"range": [0, 1.0], "tickmode": "array", "tickvals": list(ticks), "ticktext": texts}


def _add_guides(
    figure: go.Figure, guides: Sequence[int], w: Words, *, labelled: bool = True
) -> None:
    for place, guide in enumerate(guides):
        figure.add_vline(x=guide, line={"color": theme.OUTLINE, "width": 1, "dash": "2px,3px"})
        if labelled:  # each a line lower, since the guides are close together on a phone
            figure.add_annotation(
                x=guide,
                y=1,
                yref="y domain",
                text=w("chart.guide", days=guide),
                xanchor="left",
                yanchor="top",
                xshift=4,
                yshift=-18 * place,
                showarrow=False,
                font={"size": theme.SMALL_SIZE, "color": theme.MUTED},
            )


def _labels(frame: pd.DataFrame, last: float) -> list[dict[str, Any]]:
    """Name each curve on the spot: the highest above its end, the others to their right.

    A rising curve lies below its end and above every point to the right of one of its points, so
    neither label meets its curve on any width of the screen.
    """
    groups = [frame.iloc[positions] for _, positions in _by_first_seen(frame, "series")]
    groups.sort(key=lambda part: float(part["estimate"].iloc[-1]), reverse=True)
    return [_label(part, last, highest=place == 0) for place, part in enumerate(groups)]


def _label(part: pd.DataFrame, last: float, *, highest: bool) -> dict[str, Any]:
    edge = part["high" if highest else "low"].fillna(part["estimate"]).to_numpy(dtype=np.float64)
    days = part["days"].to_numpy(dtype=np.float64)
    place = len(days) - 1 if highest else _shoulder(days, edge, last)
    return {
        "x": float(days[place]),
        "y": float(edge[place]),
        "text": f"<b>{hover.plain(part['label'].iloc[0])}</b>",
        "font": {"color": theme.series_colour(str(part["series"].iloc[0]))},
        "showarrow": False,
        "xanchor": "right" if highest else "left",
        "yanchor": "bottom" if highest else "top",
        "xshift": 0 if highest else 6,
        "yshift": 4 if highest else -2,
    }


def _shoulder(days: NDArray[np.float64], edge: NDArray[np.float64], last: float) -> int:
    """Return the position from which a label has room: half-way up, not too far to the right."""
    half = int(np.argmax(edge >= edge.max() / 2))
    limit = int(np.searchsorted(days, last * _LABEL_FROM))
    return min(half, limit, len(days) - 1)
