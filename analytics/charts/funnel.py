"""The funnel plot: every district's figure by its size, within chance and the usual spread."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import nice_ticks, tick_text, unit_title, value_axis
from analytics.charts.values import column
from analytics.disclosure import ReleasedTable
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format

Part = dict[str, Any]

_LOOKS: Final[dict[str, Part]] = {
    "others": {"symbol": "circle", "size": 8, "color": theme.PAPER, "line_color": theme.OUTLINE},
    "peers": {"symbol": "circle", "size": 10, "color": theme.PEERS, "line_color": theme.PAPER},
    "own": {"symbol": "diamond", "size": 15, "color": theme.OWN, "line_color": theme.PAPER},
}
"""By role in the order of drawing; hollow and filled differ without their colours."""

_DASHES: Final = {"chance": "5px,3px", "usual": "solid"}
"""Looks of the limits by what they are of: chance alone, and the usual spread between districts."""
_CLEAR: Final = 12
"""Pixels from the middle of the largest district's symbol, where no name touches it."""


def funnel_plot(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw each district's figure by its size, one of them marked, between both pairs of limits.

    Args:
        exhibit: FUNNEL rows ``key, label, role`` (own, peers, others), ``n, value, baseline,
            chance_low, chance_high, usual_low, usual_high, comparison_text, difference_text,
            spread_text``. Rows without a value are not drawn.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame
    placed = frame[frame["value"].notna() & (frame["n"] > 0)].sort_values("n")
    figure = go.Figure(layout=theme.layout(w))
    if placed.empty:
        return figure
    described = column(table, "value")
    form = Format(described.kind, described.digits)
    figure.add_traces([*_limits(placed), _baseline(placed)])
    parts = {role: placed[placed["role"] == role] for role in _LOOKS}
    names = {role: _name(role, part, w) for role, part in parts.items() if len(part)}
    figure.add_traces([_dots(parts[role], role, name, table, w) for role, name in names.items()])
    ends = placed[["value", *_ends()]].to_numpy(float).ravel()
    axis = value_axis(ends.tolist(), form, w, from_zero=False, target=5)
    unit = hover.plain(unit_title(described, form.kind, w))
    figure.update_yaxes(**axis, title_text=unit or None)
    figure.update_xaxes(**_sizes(placed, table, w))
    # The marked district first, and all of them clear of a limit's name above the axis.
    figure.update_layout(
        annotations=[*_limit_names(placed, w), _baseline_name(placed, form, w), *_own(placed)],
        showlegend=True,
        legend={"traceorder": "reversed", "yref": "container", "y": 1, "yanchor": "top"},
        margin_t=32 + 22 * theme.legend_rows(list(names.values())),
    )
    return figure


def _name(role: str, part: pd.DataFrame, w: Words) -> str:
    return str(part["label"].iloc[0]) if role == "own" else w(f"chart_district.role_{role}")


def _limits(placed: pd.DataFrame) -> list[go.Scatter]:
    """Return the lines through the districts' own limits, which depend on their size alone."""
    return [
        go.Scatter(
            x=placed["n"].tolist(),
            y=placed[f"{level}_{side}"].tolist(),
            name=f"{level}_{side}",
            mode="lines",
            line={"color": theme.OUTLINE, "width": 1.3, "dash": dash},
            hoverinfo="skip",
            showlegend=False,
        )
        for level, dash in _DASHES.items()
        for side in ("low", "high")
    ]


def _ends() -> list[str]:
    return [f"{level}_{side}" for level in _DASHES for side in ("low", "high")]


def _baseline(placed: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=[0, float(placed["n"].max())],
        y=[float(placed["baseline"].iloc[0])] * 2,
        name="baseline",
        mode="lines",
        line={"color": theme.INK, "width": 1.3},
        hoverinfo="skip",
        showlegend=False,
    )


def _dots(part: pd.DataFrame, role: str, name: str, table: ReleasedTable, w: Words) -> go.Scatter:
    look = _LOOKS[role]
    return go.Scatter(
        x=part["n"].tolist(),
        y=part["value"].tolist(),
        customdata=[[str(key)] for key in part["key"]],
        name=hover.plain(name),
        mode="markers",
        marker={
            "symbol": look["symbol"],
            "size": look["size"],
            "color": look["color"],
            "line": {"color": look["line_color"], "width": 1.5},
        },
        cliponaxis=False,
        hovertext=_texts(part, table, w),
        hovertemplate=hover.TEMPLATE,
    )


def _texts(part: pd.DataFrame, table: ReleasedTable, w: Words) -> list[str]:
    value, size = column(table, "value"), column(table, "n")
    form = Format(value.kind, value.digits)
    told = ("comparison_text", "difference_text", "spread_text")
    positions = part[list(told)].itertuples(index=False)
    heads = [column(table, name).label for name in told]
    rows = zip(part["label"], part["value"], part["n"], positions, strict=True)
    return [
        "<br>".join(
            (
                f"<b>{hover.plain(label)}</b>",
                f"{hover.plain(value.label)}: {form.text(figure, w)}",
                f"{hover.plain(size.label)}: {w.number(n)}",
                *(
                    f"{hover.plain(head)}: {hover.plain(text)}"
                    for head, text in zip(heads, position, strict=True)
                    if text
                ),
            )
        )
        for label, figure, n, position in rows
    ]


def _sizes(placed: pd.DataFrame, table: ReleasedTable, w: Words) -> Part:
    most = float(placed["n"].max())
    ticks = [tick for tick in nice_ticks(0, most, 5) if tick <= most]
    return {
        "range": [0, most * 1.03],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [tick_text(tick, ticks, Format(), w) for tick in ticks],
        "title_text": hover.plain(column(table, "n").label),
    }


def _limit_names(placed: pd.DataFrame, w: Words) -> list[Part]:
    """Name the upper limits: the usual spread's where it is widest, chance's before the other end.

    Small districts crowd the left, where the line of chance runs among them; at the very end of
    its line stands the largest district, which may be on it.
    """
    known = placed.dropna(subset=["chance_high", "usual_high"])
    if known.empty:
        return []
    places = (("usual", known.iloc[0], "left", 0), ("chance", known.iloc[-1], "right", -_CLEAR))
    return [
        {
            "x": float(row["n"]),
            "y": float(row[f"{level}_high"]),
            "text": w(f"chart_district.limit_{level}"),
            "xanchor": anchor,
            "yanchor": "bottom",
            "xshift": shift,
            "yshift": 2,
            "showarrow": False,
            "font": {"size": theme.SMALL_SIZE, "color": theme.MUTED},
            "bgcolor": theme.translucent(theme.PAPER, 0.6),
        }
        for level, row, anchor, shift in places
    ]


def _baseline_name(placed: pd.DataFrame, form: Format, w: Words) -> Part:
    """Name the state's value at the end of its line, on the side where the last dot is not."""
    last, baseline = placed.iloc[-1], float(placed["baseline"].iloc[0])
    is_above = float(last["value"]) > baseline
    # Districts may need more decimals to be told from their limits: the state's value does not.
    written = replace(form, digits=min(form.digits, 1)).text(baseline, w)
    return {
        "x": float(last["n"]),
        "y": baseline,
        "text": w("chart_district.state", value=written),
        "xanchor": "right",
        "yanchor": "top" if is_above else "bottom",
        "showarrow": False,
        "font": {"size": theme.SMALL_SIZE, "color": theme.INK},
        "bgcolor": theme.translucent(theme.PAPER, 0.6),
    }


def _own(placed: pd.DataFrame) -> Sequence[Part]:
    """Name the district away from the baseline, towards the wider side."""
    own = placed[placed["role"] == "own"]
    if own.empty:
        return []
    row, most = own.iloc[0], float(placed["n"].max())
    is_above = float(row["value"]) >= float(row["baseline"])
    is_right = float(row["n"]) > most / 2
    return [
        {
            "x": float(row["n"]),
            "y": float(row["value"]),
            "text": f"<b>{hover.plain(row['label'])}</b>",
            "xanchor": "right" if is_right else "left",
            "yanchor": "bottom" if is_above else "top",
            "xshift": -6 if is_right else 6,
            # Above all of its symbol, where the name of a limit stands before it.
            "yshift": (_CLEAR if is_right else 5) * (1 if is_above else -1),
            "showarrow": False,
            "font": {"color": theme.OWN},
            "bgcolor": theme.translucent(theme.PAPER, 0.6),
            "borderpad": 1,
        }
    ]
