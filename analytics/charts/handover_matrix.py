"""The matrix of hand-overs: receiving bodies below each other, keeping offices side by side."""

import math
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.grid import Cell, grid, staggered
from analytics.charts.rows import wrap
from analytics.charts.values import column, formats
from analytics.domain.estimates import Status
from analytics.domain.filters import fields
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_ROW_HEIGHT: Final = 32
_HEAD: Final = 46
_FOOT: Final = 28
_LINE: Final = 18
_PALEST: Final = 0.08
_LABEL: Final = 18
_LEGEND: Final = 48
"""Letters of a line that explains the columns: what a phone shows."""
_LETTER: Final = 6.6
"""Pixels of a letter of the rows' names."""
_THOUSAND: Final = 1000


def handover_matrix(exhibit: Exhibit, w: Words, *, by_value: bool = False) -> go.Figure:
    """Draw each pair's figure as a filled cell with its number; one that is not told is crossed.

    Columns bear short names, so that a phone shows all of them; what these mean stands below.

    Args:
        exhibit: Rows ``key, code, office, body, value, status``.
        w: Words of the language.
        by_value: Whether rows and columns stand in the order of their mean value, the largest
            first; else as in the vocabulary.
    """
    frame = exhibit.table.frame
    offices = _present(frame, "key", "provider", by_value=by_value)
    bodies = _present(frame, "code", "receiving_body", by_value=by_value)
    labels = [wrap(name, _LABEL) for name in bodies.values()]
    below = _explained(offices, exhibit, w)
    foot = _FOOT + _LINE * below.count("<br>")
    height = _ROW_HEIGHT * len(bodies) + _HEAD + foot
    figure = go.Figure(layout=theme.layout(w, height=height))
    figure.add_traces(grid(_cells(exhibit, offices, bodies, w), theme.SEQUENTIAL[2]))
    figure.update_xaxes(
        range=[-0.5, len(offices) - 0.5],
        side="top",
        showline=False,
        ticks="",
        tickmode="array",
        tickvals=list(range(len(offices))),
        ticktext=staggered([w(f"cooperation.short_{code}") for code in offices]),
        tickfont={"size": theme.TINY_SIZE, "color": theme.INK},
    )
    figure.update_yaxes(
        range=[len(bodies) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(bodies))),
        ticktext=labels,
        tickfont={"size": theme.SMALL_SIZE, "color": theme.INK},
    )
    # Below the rows' names, too: on a phone it needs the whole width.
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "align": "left"}
    shift = -_LETTER * max(len(line) for line in "<br>".join(labels).split("<br>"))
    theme.note(figure, below, theme.MUTED, **place, xshift=shift, yanchor="top", yshift=-6)
    return figure.update_layout(margin={"t": _HEAD, "b": foot})


def _present(frame: pd.DataFrame, name: str, field: str, *, by_value: bool) -> dict[str, str]:
    """Return the codes that there are with their names, in their order."""
    shown = dict(zip(frame[name], frame["office" if name == "key" else "body"], strict=True))
    codes = [code for code in fields()[field].all_codes() if code in shown]
    if by_value:
        means = frame.groupby(name)["value"].mean().fillna(-math.inf)
        codes.sort(key=lambda code: -float(means[code]))
    return {code: shown[code] for code in codes}


def _cells(
    exhibit: Exhibit, offices: dict[str, str], bodies: dict[str, str], w: Words
) -> list[Cell]:
    frame, table = exhibit.table.frame, exhibit.table
    across = {code: place for place, code in enumerate(offices)}
    down = {code: place for place, code in enumerate(bodies)}
    heads = [(w("cooperation.pair", office=o, body=b),)
             for o, b in zip(frame["office"], frame["body"], strict=True)]  # fmt: skip
    hovers = hover.texts(table, w, heads)
    forms, many = formats(table, "value"), _is_many(exhibit)
    return [
        Cell(
            down[code],
            across[key],
            strength,
            _short(value, form.kind, w, many=many) if status == Status.SHOWN else "",
            text,
        )
        for key, code, value, strength, status, form, text in zip(
            frame["key"],
            frame["code"],
            frame["value"],
            _strengths(frame),
            frame["status"],
            forms,
            hovers,
            strict=True,
        )
    ]


def _is_many(exhibit: Exhibit) -> bool:
    """Say whether counts are too long for a cell on a phone and are written in thousands."""
    is_count = column(exhibit.table, "value").kind == "count"
    return is_count and bool(exhibit.table.frame["value"].max() >= _THOUSAND)


def _short(value: float, kind: str, w: Words, *, many: bool) -> str:
    """Return a number without its unit, which the title below the matrix tells."""
    if kind == "share":
        return w.number(100 * value)
    return w.number(value / _THOUSAND, 1) if many else w.number(value)


def _strengths(frame: pd.DataFrame) -> list[float]:
    """Return how strong each fill is, from the smallest figure to the largest; NaN for none."""
    values = frame["value"].where(frame["status"] == Status.SHOWN).astype(float)
    low, high = values.min(), values.max()
    span = high - low if high > low else 1.0
    return [_PALEST + (1 - _PALEST) * (value - low) / span for value in values]


def _explained(offices: dict[str, str], exhibit: Exhibit, w: Words) -> str:
    names = [
        w("cooperation.short_name", short=w(f"cooperation.short_{code}"), name=name)
        for code, name in offices.items()
    ]
    measure = column(exhibit.table, "value").label
    lines = [
        w("cooperation.in_thousands", measure=measure) if _is_many(exhibit) else measure,
        w("cooperation.short_legend", names=", ".join(names)),
    ]
    if (exhibit.table.frame["status"] != Status.SHOWN).any():
        lines.append(w("cooperation.hidden"))
    return "<br>".join(wrap(line, _LEGEND) for line in lines)
