"""Units' differences by dose, with the line through them."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import decimals, nice_ticks
from analytics.charts.effect_axis import EffectAxis, bounds
from analytics.charts.rows import wrap
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_TITLE_WIDTH: Final = 34


def dose_plot(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a dot a unit, and the line with the bounds of its slope.

    Args:
        exhibit: Rows ``key, label, dose, value, line, line_low, line_high, status``.
        w: Words of the language.
    """
    table = exhibit.table
    shown = table.frame[table.frame["status"] == Status.SHOWN].sort_values("dose")
    axis = EffectAxis.of(table, w)
    figure = go.Figure(layout=theme.layout(w))
    figure.add_hline(y=axis.neutral, line={"color": theme.INK, "width": 1.5})
    x = shown["dose"].tolist()
    figure.add_traces(
        [
            go.Scatter(
                x=x + x[::-1],
                y=shown["line_high"].tolist() + shown["line_low"].tolist()[::-1],
                mode="lines",
                fill="toself",
                fillcolor=theme.translucent(theme.NEUTRAL),
                line={"width": 0, "color": theme.NEUTRAL},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=x,
                y=shown["line"].tolist(),
                mode="lines",
                line={"color": theme.NEUTRAL, "width": 2.5},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=x,
                y=shown["value"].tolist(),
                mode="markers",
                marker={"color": theme.KIM, "size": 8, "line": {"color": theme.PAPER, "width": 1}},
                hovertext=_texts(shown, axis, w),
                hovertemplate=hover.TEMPLATE,
            ),
        ]
    )
    ticks = nice_ticks(min(x), max(x))
    digits = decimals(ticks[1] - ticks[0])
    figure.update_xaxes(
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.number(tick, digits) for tick in ticks],
        title_text=wrap(w("report_kim_effect.dose_axis"), _TITLE_WIDTH),
    )
    names = ("value", "line", "line_low", "line_high")
    figure.update_yaxes(**axis.axis(bounds(shown, names)))
    return figure


def _texts(shown: pd.DataFrame, axis: EffectAxis, w: Words) -> list[str]:
    rows = zip(shown["label"], shown["value"], shown["dose"], strict=True)
    return [
        "<br>".join(
            (
                f"<b>{hover.plain(label)}</b>",
                hover.plain(axis.form.text(value, w)),
                hover.plain(w("report_kim_effect.dose_hover", dose=w.number(dose, 2))),
            )
        )
        for label, value, dose in rows
    ]
