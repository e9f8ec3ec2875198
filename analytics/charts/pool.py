"""How many units had not started yet, quarter by quarter, and how many an estimate needs."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.axes import time_axis, value_axis
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format


def control_pool(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a bar a quarter, hollow where there are too few, and the number needed as a line.

    Args:
        exhibit: Rows ``period, value, threshold, is_enough, enough_label, status``.
        w: Words of the language.
    """
    frame = exhibit.table.frame
    figure = go.Figure(layout=theme.layout(w, height=340))
    for is_enough in (True, False):
        part = frame[frame["is_enough"] == is_enough]
        if len(part):
            figure.add_trace(_bars(part, w, is_enough=is_enough))
    threshold = float(frame["threshold"].iloc[0])
    first, last = frame["period"].min(), frame["period"].max() + pd.DateOffset(months=3)
    mark = w("report_kim_effect.threshold_mark", least=w.number(threshold))
    figure.add_trace(
        go.Scatter(
            x=[first, last],
            y=[threshold, threshold],
            name=hover.plain(mark),
            mode="lines",
            line={"color": theme.INK, "width": 1.5, "dash": "6px,3px"},
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(**time_axis(first.date(), last.date(), w), range=[first, last])
    axis = value_axis(frame["value"].tolist(), Format(), w)
    figure.update_yaxes(**axis, title_text=w("report_kim_effect.pool"))
    top = 20 + 22 * theme.legend_rows([*frame["enough_label"].drop_duplicates(), mark])
    return figure.update_layout(showlegend=True, bargap=0.15, barmode="overlay", margin_t=top)


def _bars(part: pd.DataFrame, w: Words, *, is_enough: bool) -> go.Bar:
    texts = [
        f"<b>{hover.plain(w.quarter(period.date()))}</b><br>"
        + hover.plain(w("report_kim_effect.pool_hover", pool=w.number(count)))
        + f"<br>{hover.plain(answer)}"
        for period, count, answer in zip(
            part["period"], part["value"], part["enough_label"], strict=True
        )
    ]
    return go.Bar(
        # Plotly centres a bar on its date; the middle of the quarter puts it over its quarter.
        x=(part["period"] + pd.DateOffset(days=45)).tolist(),
        y=part["value"].tolist(),
        name=hover.plain(part["enough_label"].iloc[0]),
        marker={
            "color": theme.COMPARISON if is_enough else theme.PAPER,
            "line": {"color": theme.COMPARISON, "width": 1.5},
        },
        hovertext=texts,
        hovertemplate=hover.TEMPLATE,
    )
