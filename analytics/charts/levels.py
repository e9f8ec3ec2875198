"""How often each kind of sentence was allowed: one row a world, one bar a size."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import value_axis
from analytics.charts.rows import Rows, arrange
from analytics.charts.values import column, formats
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_ROOM: Final = 0.76
"""Of a row, that its bars take together."""
_GAP: Final = 0.04
_LEVELS: Final = {"value": theme.INK, "compatible": theme.PALE}
_MISSED: Final = theme.SIGNAL
_CROSS: Final = "×"
_BEYOND: Final = 1.3
"""Where the axis ends, so that a bar of 100 % leaves room for its cases on a phone."""
_AXIS_HEIGHT: Final = 96


def level_bars(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw shares of "shown" and "compatible" end to end; what is left to 100 % is not supported.

    Each bar ends in the number of cases of its worlds, with a cross where a promise is missed.

    Args:
        exhibit: LEVELS rows ``key, label, section, cases, value, low, high, compatible, n,
            missed``; rows of one section and label stand together, in their order.
        w: Words of the language.
    """
    frame = exhibit.table.frame.reset_index(drop=True)
    worlds = frame.drop_duplicates(["section", "label"])
    rows = arrange(worlds["label"].tolist(), worlds["section"].tolist())
    places = _places(frame, worlds, rows)
    names = [column(exhibit.table, name).label for name in _LEVELS]
    missed = f"{_CROSS} {column(exhibit.table, 'missed').label}"
    height = rows.height + _AXIS_HEIGHT + 24 * theme.legend_rows([*names, missed])
    figure = go.Figure(layout=theme.layout(w, height=height))
    hovers = _hovers(exhibit, frame, w)
    for name, label in zip(_LEVELS, names, strict=True):
        figure.add_trace(_bars(frame, name, label, places, _width(frame), hovers))
    if frame["missed"].any():
        figure.add_trace(_legend_of_crosses(missed))
    form = formats(exhibit.table, "value")[0]
    return figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={"traceorder": "normal"},
        annotations=[*figure.layout.annotations, *_ends(frame, places, w)],
        xaxis={
            **value_axis([0.0, 1.0], form, w, target=2),
            "range": [0, _BEYOND],
            "showgrid": True,
            "title": {"text": w("coverage.axis")},
        },
        yaxis=rows.axis(),
    )


def _sizes(frame: pd.DataFrame) -> list[int]:
    return sorted(frame["cases"].unique().tolist())


def _width(frame: pd.DataFrame) -> float:
    return _ROOM / len(_sizes(frame)) - _GAP


def _places(frame: pd.DataFrame, worlds: pd.DataFrame, rows: Rows) -> list[float]:
    """Return the height of each bar: its world's, and below each other by size."""
    at = dict(zip(zip(worlds["section"], worlds["label"], strict=True), rows.places, strict=True))
    sizes = _sizes(frame)
    step = _ROOM / len(sizes)
    return [
        at[section, label] + (sizes.index(cases) - (len(sizes) - 1) / 2) * step
        for section, label, cases in zip(
            frame["section"], frame["label"], frame["cases"], strict=True
        )
    ]


def _bars(
    frame: pd.DataFrame, name: str, label: str, places: list[float], width: float, hovers: list[str]
) -> go.Bar:
    return go.Bar(
        x=frame[name].tolist(),
        y=places,
        customdata=[[str(key)] for key in frame["key"]],
        orientation="h",
        width=width,
        name=hover.plain(label),
        marker={"color": _LEVELS[name], "line": {"color": theme.OUTLINE, "width": 1}},
        hovertext=hovers,
        hovertemplate=hover.TEMPLATE,
    )


def _legend_of_crosses(label: str) -> go.Scatter:
    marker = {"color": _MISSED, "symbol": "x-thin", "size": 1, "opacity": 0}
    return go.Scatter(x=[None], y=[None], mode="markers", name=label, marker=marker)


def _ends(frame: pd.DataFrame, places: list[float], w: Words) -> list[dict[str, Any]]:
    """Return what stands at the end of each bar: its cases, and whether a promise is missed."""
    ends = (frame["value"] + frame["compatible"]).tolist()
    notes = []
    rows = zip(ends, places, frame["cases"], frame["missed"], strict=True)
    for end, place, cases, missed in rows:
        text = w.number(cases)
        notes.append(
            {
                "x": end,
                "y": place,
                "xshift": 5,
                "xanchor": "left",
                "yanchor": "middle",
                "showarrow": False,
                "text": f"<b>{text} {_CROSS}</b>" if missed else text,
                "font": {"size": theme.TINY_SIZE, "color": _MISSED if missed else theme.MUTED},
            }
        )
    return notes


def _hovers(exhibit: Exhibit, frame: pd.DataFrame, w: Words) -> list[str]:
    share = Format("share")
    other = column(exhibit.table, "compatible").label
    cases = column(exhibit.table, "cases").label
    heads = [
        (
            str(row["label"]),
            str(row["section"]),
            f"{cases}: {w.number(row['cases'])}",
            f"{other}: {share.text(row['compatible'], w)}",
        )
        for row in frame.to_dict("records")
    ]
    return hover.texts(exhibit.table, w, heads)
