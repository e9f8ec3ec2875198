"""Where the time goes: the stages from first contact to start, one bar a group."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.values import column, estimate_texts
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_BAR: Final = 0.48
_ROW_HEIGHT: Final = 100
_PLACEHOLDER: Final = 0.08
_PATTERNS: Final = {Status.SUPPRESSED: "x", Status.NO_DATA: "/", Status.NOT_REACHED: "."}
_FILLS: Final = {
    Status.SUPPRESSED: theme.SUPPRESSED_FILL,
    Status.NO_DATA: theme.NO_DATA_FILL,
    Status.NOT_REACHED: theme.NO_DATA_FILL,
}


def stages(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw each group's stages end to end, with the days written into them.

    Medians of stages do not add up to the median of the whole, so there is no axis to read a sum
    from. A stage without a figure is a patterned stretch of fixed length, named below its bar.

    Args:
        exhibit: STAGES rows ``series, label, stage, stage_label, value, low, high, n, status``.
        w: Words of the language.
    """
    frame = exhibit.table.frame.reset_index(drop=True)
    groups = frame["series"].drop_duplicates().astype(str).tolist()
    names = frame.drop_duplicates("stage").set_index("stage")["stage_label"].astype(str)
    lengths = frame["value"].astype(float).fillna(_placeholder(frame))
    texts = estimate_texts(exhibit.table, w)
    heads = list(zip(frame["label"], frame["stage_label"], strict=True))
    hovers = hover.texts(exhibit.table, w, heads)
    figure = go.Figure()
    for place, stage in enumerate(names.index):
        rows = [i for i, s in enumerate(frame["stage"]) if s == stage]
        part = frame.iloc[rows]
        at = [groups.index(str(series)) for series in part["series"]]
        colour = theme.STAGES[place % len(theme.STAGES)]
        figure.add_trace(_swatch(str(names.loc[stage]), colour))
        figure.add_trace(
            _stage(
                part,
                at,
                [float(lengths.iloc[i]) for i in rows],
                _written(part, w),
                [hovers[i] for i in rows],
                colour,
            )
        )
    height = _ROW_HEIGHT * max(1, len(groups)) + 24 * theme.legend_rows(names.tolist()) + 40
    figure.update_layout(theme.layout(w, height=height))
    figure.update_layout(annotations=_annotations(frame, groups, texts, w))
    title = column(exhibit.table, "value").label
    return figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={"traceorder": "normal", "title": {"text": hover.plain(title), "side": "top"}},
        xaxis={"visible": False},
        yaxis={"visible": False, "range": [len(groups) - 0.4, -0.7]},
    )


def _placeholder(frame: pd.DataFrame) -> float:
    total = frame.groupby("series")["value"].sum().max()
    return float(_PLACEHOLDER * total) if total > 0 else 1.0


def _written(part: pd.DataFrame, w: Words) -> list[str]:
    """Return the days with their interval below, as far as there are any."""
    rows = zip(part["value"], part["low"], part["high"], strict=True)
    return [_days(value, low, high, w) for value, low, high in rows]


def _days(value: float, low: float, high: float, w: Words) -> str:
    if pd.isna(value):
        return ""
    if pd.isna(low) or pd.isna(high):
        return w.number(value)
    interval = w("estimate.from_to", low=w.number(low), high=w.number(high))
    return f"<b>{w.number(value)}</b><br>{interval}"


def _swatch(name: str, colour: str) -> go.Bar:
    """Return the legend's entry: a bar's own would show the pattern of its first group."""
    return go.Bar(
        x=[None], y=[None], orientation="h", name=hover.plain(name), marker_color=colour, width=_BAR
    )


def _stage(
    part: pd.DataFrame,
    rows: Sequence[int],
    lengths: Sequence[float],
    texts: Sequence[str],
    hovers: Sequence[str],
    colour: str,
) -> go.Bar:
    statuses = [Status(str(status)) for status in part["status"]]
    fills = [_FILLS.get(s, colour) for s in statuses]
    return go.Bar(
        x=list(lengths),
        y=list(rows),
        orientation="h",
        width=_BAR,
        name=hover.plain(part["stage_label"].iloc[0]),
        showlegend=False,
        marker={"line": {"color": theme.OUTLINE, "width": 1}, **_patterned(statuses, fills)},
        text=list(texts),
        textposition="inside",
        insidetextanchor="middle",
        constraintext="none",
        textangle=0,
        textfont={"color": theme.ink_on(colour), "size": theme.TEXT_SIZE},
        hovertext=list(hovers),
        hovertemplate=hover.TEMPLATE,
    )


def _patterned(statuses: Sequence[Status], fills: list[str]) -> dict[str, Any]:
    if all(status is Status.SHOWN for status in statuses):
        return {"color": fills[0]}
    pattern = {
        "shape": [_PATTERNS.get(status, "") for status in statuses],
        # On top of the fill; instead of it, Plotly would draw the lines in its colour.
        "fillmode": "overlay",
        "fgcolor": theme.MUTED,
        "size": 7,
        "solidity": 0.3,
    }
    return {"color": fills, "pattern": pattern}


def _annotations(
    frame: pd.DataFrame, groups: Sequence[str], texts: Sequence[str], w: Words
) -> list[dict[str, Any]]:
    labels = frame.drop_duplicates("series").set_index("series")["label"]
    heads = [
        _note(place, f"<b>{hover.plain(labels[group])}</b>", theme.series_colour(group), above=True)
        for place, group in enumerate(groups)
    ]
    feet = []
    for place, group in enumerate(groups):
        hidden = [
            f"{hover.plain(frame['stage_label'].iloc[i])}: {texts[i]}"
            for i in range(len(frame))
            if frame["series"].iloc[i] == group and frame["status"].iloc[i] != Status.SHOWN
        ]
        if hidden:
            feet.append(_note(place, f"<i>{'; '.join(hidden)}</i>", theme.MUTED, above=False))
    return [*heads, *feet]


def _note(place: int, text: str, colour: str, *, above: bool) -> dict[str, Any]:
    return {
        "x": 0,
        "xref": "x domain",
        "xanchor": "left",
        "y": place + (-_BAR / 2 if above else _BAR / 2),
        "yanchor": "bottom" if above else "top",
        "text": text,
        "showarrow": False,
        "font": {"color": colour, "size": theme.TEXT_SIZE if above else theme.SMALL_SIZE},
    }
