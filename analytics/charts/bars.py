"""Horizontal bars: amounts by category and series, published figures set apart."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import value_axis
from analytics.charts.bar_looks import ARROW, bar_looks, bar_texts
from analytics.charts.rows import arrange, wrap
from analytics.charts.values import column, estimate_texts, formats
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

_LEGEND_WIDTH: Final = 40
"""Letters a line of the legend: what a phone holds."""
_ROOM: Final = 1.35
"""Of the axis over the longest bar, for the value written at its end."""
_WIDE_ROOM: Final = 1.6
"""The same where each bar's words stand at its end instead of above it."""
_APART: Final = 0.3
_CLOSE: Final = 0.12
"""Of a row, between its bars and the next ones; less where each bar has a line of words."""
_TALL: Final = 1.9
"""Times the height of a row whose bars are named above them, which needs no room beside them."""
_FILLED: Final = 0.94
"""Of such a row, by its bars and their names."""
_BAR: Final = 0.42
"""Of the room of a bar and its name, by the bar."""


def bars(exhibit: Exhibit, w: Words, *, is_wide: bool = False) -> go.Figure:
    """Draw one bar a row with its value at the end; bars of one category stand together.

    Series whose code starts with ``published`` are dark and solid, all others hatched in their
    colour if made up, so that published figures never pass for demonstration data or the reverse.
    What is only planned is an outline, and where a figure is more than that, an arrow leads on.

    Args:
        exhibit: BARS rows ``key, label, series, series_label, value, status``, and a ``section`` if
            categories are grouped. Rows keep their order. Without ``series`` and
            ``series_label`` all rows are of the exhibit's provenance. A column
            ``above_bar`` holds what is written above each bar, instead of the value at its end.
        w: Words of the language.
        is_wide: Whether amounts stand at the end of each bar, where no phone has to hold them.
    """
    frame = _with_series(exhibit, w)
    categories = frame.drop_duplicates("key")
    sections = categories["section"] if "section" in categories else [""] * len(categories)
    rows = arrange(categories["label"].astype(str).tolist(), [str(s) for s in sections])
    places = dict(zip(categories["key"], rows.places, strict=True))
    texts, hovers = estimate_texts(exhibit.table, w), _hovers(exhibit, frame, w)
    is_named = "above_bar" in frame
    if is_named and is_wide:
        told = bar_texts(frame, formats(exhibit.table, "value")[0], w)
        ends = zip(bar_looks(frame).beyond, told, strict=True)
        texts = [f"{ARROW} " * beyond + hover.plain(text) for beyond, text in ends]
    is_named_above = is_named and not is_wide
    series = frame["series"].drop_duplicates().astype(str).tolist()
    figure = go.Figure()
    for name in series:
        chosen = [i for i, s in enumerate(frame["series"]) if s == name]
        figure.add_trace(
            _series(
                frame.iloc[chosen],
                [places[frame["key"].iloc[i]] for i in chosen],
                [texts[i] for i in chosen],
                [hovers[i] for i in chosen],
                is_made_up=exhibit.source.provenance.is_made_up,
            )
        )
    labels = frame["series_label"].drop_duplicates().astype(str).tolist()
    tall = _TALL if is_named_above else 1.0
    height = round(rows.height * tall * (0.55 + 0.45 * len(series))) + 60
    legend = 24 * theme.legend_rows(labels) if len(series) > 1 else 0
    figure.update_layout(theme.layout(w, height=height + legend))
    room = 1.04 if is_named_above else _WIDE_ROOM if is_named else _ROOM
    figure.update_xaxes(**_axis(exhibit, w, room))
    figure.update_yaxes(**rows.axis(), showgrid=False)
    figure.update_layout(barmode="group", bargap=_CLOSE if is_named else _APART)
    if is_named_above:
        _name_bars(figure, frame, places, series)
    return figure.update_layout(
        showlegend=len(series) > 1, legend_traceorder="normal", margin_t=16 + legend
    )


def _name_bars(
    figure: go.Figure, frame: pd.DataFrame, places: Mapping[Any, float], series: Sequence[str]
) -> None:
    """Write what each bar is above it, where a phone has room for words."""
    slot = _FILLED / len(series)
    steps = [series.index(str(name)) - (len(series) - 1) / 2 for name in frame["series"]]
    centres = [
        places[key] + slot * (step + 0.2) for key, step in zip(frame["key"], steps, strict=True)
    ]
    for trace, name in zip(figure.data, series, strict=True):
        own = [c for c, other in zip(centres, frame["series"], strict=True) if other == name]
        trace.update(y=own, width=slot * _BAR, text=None)
    figure.update_layout(barmode="overlay")
    for centre, text in zip(centres, frame["above_bar"], strict=True):
        above = {"y": centre - slot * _BAR / 2, "yanchor": "bottom"}
        _write(figure, hover.plain(text), theme.INK, x=0, **above)
    for centre, value, name, beyond in zip(
        centres, frame["value"], frame["series"], bar_looks(frame).beyond, strict=True
    ):
        if beyond:
            _write(figure, ARROW, theme.series_colour(str(name)), x=float(value), y=centre)


def _write(figure: go.Figure, text: str, colour: str, **place: Any) -> None:
    font = {"size": theme.SMALL_SIZE, "color": colour}
    figure.add_annotation(text=text, showarrow=False, xanchor="left", font=font, **place)


def _axis(exhibit: Exhibit, w: Words, room: float) -> dict[str, Any]:
    table = exhibit.table
    form = formats(table, "value")[0] if len(table.frame) else Format()
    values = table.frame["value"].astype(float).dropna().tolist() or [1.0]
    axis = value_axis(values, form, w, target=2)
    title = column(table, "value").label if form.kind in ("number", "count", "days") else ""
    longest = max(*values, axis["tickvals"][-1]) if form.kind == "share" else max(values)
    return axis | {
        "range": [0, max(longest * room, 1e-9)],
        "showgrid": True,
        "title": {"text": hover.plain(title)},
    }


def _with_series(exhibit: Exhibit, w: Words) -> pd.DataFrame:
    """Return the rows; without a series of their own they are all of the exhibit's provenance."""
    frame = exhibit.table.frame.reset_index(drop=True)
    if "series" in frame:
        return frame
    provenance = exhibit.source.provenance
    return frame.assign(series=str(provenance), series_label=w.label("provenance", provenance))


def _hovers(exhibit: Exhibit, frame: pd.DataFrame, w: Words) -> list[str]:
    heads = list(zip(frame["label"].astype(str), frame["series_label"].astype(str), strict=True))
    return hover.texts(exhibit.table, w, heads)


def _series(
    part: pd.DataFrame,
    places: list[float],
    texts: list[str],
    hovers: list[str],
    *,
    is_made_up: bool,
) -> go.Bar:
    code = str(part["series"].iloc[0])
    published = code.startswith("published")
    colour = theme.PUBLISHED if published else theme.series_colour(code)
    hidden = (part["status"] != Status.SHOWN).tolist() if "status" in part else [False] * len(part)
    written = [f"<i>{text}</i>" if h else text for text, h in zip(texts, hidden, strict=True)]
    return go.Bar(
        x=part["value"].astype(float).fillna(0).tolist(),
        y=places,
        orientation="h",
        name=wrap(str(part["series_label"].iloc[0]), _LEGEND_WIDTH),
        marker=_looks(part, colour, is_hatched=is_made_up and not published),
        text=written,
        textposition="outside",
        constraintext="none",
        textangle=0,
        textfont={"size": theme.SMALL_SIZE, "color": theme.INK},
        cliponaxis=False,
        hovertext=hovers,
        hovertemplate=hover.TEMPLATE,
    )


def _looks(part: pd.DataFrame, colour: str, *, is_hatched: bool) -> dict[str, Any]:
    """Return the fill of bars: none if planned, hatched if made up, else plain."""
    planned = bar_looks(part).planned
    pattern = {
        "shape": ["" if each or not is_hatched else "/" for each in planned],
        "fgcolor": colour,
        "bgcolor": theme.PAPER,
        "size": 8,
        "solidity": 0.35,
    }
    return {
        "color": [theme.PAPER if each else colour for each in planned],
        "line": {"color": colour, "width": 1.5},
        "pattern": pattern,
    }
