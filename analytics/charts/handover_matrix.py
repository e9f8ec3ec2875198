"""The matrix of hand-overs: receiving bodies below each other, keeping offices side by side."""

import math
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.grid import Cell, grid
from analytics.charts.rows import wrap
from analytics.charts.values import column, formats
from analytics.domain.estimates import Status
from analytics.domain.filters import UNKNOWN, fields
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_ROW_HEIGHT: Final = 32
_HEAD: Final = 130
_LABEL: Final = 18
_LEGEND: Final = 48
"""Letters of a line that explains the columns: what a phone shows."""
_THOUSAND: Final = 1000


def handover_matrix(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw each pair's figure as a filled cell with its number; one that is not told is crossed.

    Columns bear short names, so that a phone shows all of them; what these mean stands below.

    Args:
        exhibit: Rows ``key, code, office, body, value, status``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    offices = _present(frame, "key", "provider")
    bodies = _present(frame, "code", "receiving_body")
    figure = go.Figure(layout=theme.layout(w, height=_ROW_HEIGHT * len(bodies) + _HEAD))
    cells = _cells(exhibit, offices, bodies, w)
    figure.add_traces(grid(cells, theme.SEQUENTIAL[2], w("cooperation.hidden"), theme.TINY_SIZE))
    figure.update_xaxes(
        range=[-0.5, len(offices) - 0.5],
        side="top",
        showline=False,
        ticks="",
        tickmode="array",
        tickvals=list(range(len(offices))),
        ticktext=[w(f"cooperation.short_{code}") for code in offices],
        tickfont={"size": theme.TINY_SIZE, "color": theme.INK},
        title_text=_explained(frame, offices, exhibit, w),
    )
    figure.update_yaxes(
        range=[len(bodies) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(bodies))),
        ticktext=[wrap(name, _LABEL) for name in bodies.values()],
        tickfont={"size": theme.SMALL_SIZE, "color": theme.INK},
    )
    is_hidden = bool((frame["status"] != Status.SHOWN).any())
    return figure.update_layout(
        showlegend=is_hidden, legend={"y": -0.02, "yanchor": "top"}, margin_t=16
    )


def _present(frame: pd.DataFrame, name: str, field: str) -> dict[str, str]:
    """Return the codes that there are with their names, in the order of the vocabulary."""
    shown = dict(zip(frame[name], frame["office" if name == "key" else "body"], strict=True))
    return {code: shown[code] for code in fields()[field].all_codes() if code in shown}


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
            float(value) if status == Status.SHOWN else math.nan,
            _short(value, form.kind, w, many=many) if status == Status.SHOWN else "",
            text,
        )
        for key, code, value, status, form, text in zip(
            frame["key"], frame["code"], frame["value"], frame["status"], forms, hovers, strict=True
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


def _explained(frame: pd.DataFrame, offices: dict[str, str], exhibit: Exhibit, w: Words) -> str:
    names = [
        w("cooperation.short_name", short=w(f"cooperation.short_{code}"), name=name)
        for code, name in offices.items()
        if code != UNKNOWN or (frame["key"] == UNKNOWN).any()
    ]
    measure = column(exhibit.table, "value").label
    told = w("cooperation.in_thousands", measure=measure) if _is_many(exhibit) else measure
    columns = w("cooperation.short_legend", names=", ".join(names))
    return f"{wrap(told, _LEGEND)}<br>{wrap(columns, _LEGEND)}"
