"""Effects by quarters since the start, and an estimate beside what could have been detected."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import hover, theme
from analytics.charts.effect_axis import EffectAxis, bounds
from analytics.charts.event_points import START, add_marks, add_phases, errors
from analytics.charts.rows import arrange
from analytics.disclosure import ReleasedTable
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_AXIS_HEIGHT: Final = 92
_DETECTABLE: Final = "detectable"


def kim_events(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw an estimate with its interval a quarter; the base year shaded, the start marked.

    Args:
        exhibit: Rows ``event, label, phase, value, low, high, n, status``.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame
    axis = EffectAxis.of(table, w)
    labels = zip(frame["label"], frame["phase_label"], strict=True)
    texts = hover.texts(_without_counts(table), w, list(labels))
    figure = go.Figure(layout=theme.layout(w))
    _add_base(figure, frame, w)
    figure.add_hline(y=axis.neutral, line={"color": theme.INK, "width": 1.5})
    add_phases(figure, frame, texts, reference="base", colour=theme.KIM)
    figure.update_yaxes(**axis.axis(bounds(frame)))
    ticks = [tick for tick in frame["event"].tolist() if tick % 4 == 0]
    figure.update_xaxes(
        tickmode="array",
        tickvals=ticks,
        ticktext=[w.signed(float(tick)) if tick else "0" for tick in ticks],
        title_text=w("report_kim_effect.event_axis"),
    )
    return figure.update_layout(margin_t=36)


def _without_counts(table: ReleasedTable) -> ReleasedTable:
    """Return the table without its unit quarters: ``n`` in a hover text would mean needs."""
    return ReleasedTable(table.columns, table.frame.assign(n=float("nan")))


def _add_base(figure: go.Figure, frame: pd.DataFrame, w: Words) -> None:
    base = frame.loc[frame["phase"] == "base", "event"]
    if base.empty:
        return
    first = float(base.min()) - 0.5
    figure.add_vrect(x0=first, x1=START, fillcolor=theme.SHADE, line={"width": 0}, layer="below")
    names = (w("report_kim_effect.phase_base"), w("report_kim_effect.event_start_mark"))
    add_marks(figure, *names, theme.KIM)


def kim_headline(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the average after the start and the year before the base, with their intervals.

    What could not have been detected is shaded around no difference.

    Args:
        exhibit: Rows ``key`` (``average``, ``before``, ``detectable``), ``label, value, low, high,
            status``.
        w: Words of the language.
    """
    table = exhibit.table
    frame = table.frame
    axis = EffectAxis.of(table, w)
    texts = hover.texts(_without_counts(table), w, [(label,) for label in frame["label"]])
    drawn = [
        i
        for i, (key, status) in enumerate(zip(frame["key"], frame["status"], strict=True))
        if key != _DETECTABLE and status == Status.SHOWN
    ]
    rows = arrange([str(frame["label"].iloc[i]) for i in drawn], [""] * len(drawn))
    height = rows.height + _AXIS_HEIGHT
    figure = go.Figure(layout=theme.layout(w, height=height))
    edges = _add_detectable(figure, frame, axis, w)
    figure.add_vline(x=axis.neutral, line={"color": theme.INK, "width": 1.5})
    for place, row in zip(rows.places, drawn, strict=True):
        part = frame.iloc[[row]]
        colour = theme.KIM if part["key"].iloc[0] == "average" else theme.NEUTRAL
        figure.add_trace(
            go.Scatter(
                x=part["value"].tolist(),
                y=[place],
                mode="markers",
                marker={"color": colour, "size": 12},
                error_x=errors(part, colour, 2.5),
                hovertext=[texts[row]],
                hovertemplate=hover.TEMPLATE,
            )
        )
    ends = [*bounds(frame.iloc[drawn]), *edges]
    figure.update_xaxes(**axis.axis(ends, target=4), showgrid=True)
    figure.update_yaxes(**rows.axis())
    return figure.update_layout(margin_t=36)


def _add_detectable(
    figure: go.Figure, frame: pd.DataFrame, axis: EffectAxis, w: Words
) -> list[float]:
    found = frame.loc[frame["key"] == _DETECTABLE, "value"].dropna()
    if found.empty:
        return []
    high = float(found.iloc[0])
    low = 1 / high if axis.is_ratio else -high
    figure.add_vrect(x0=low, x1=high, fillcolor=theme.SHADE, line={"width": 0}, layer="below")
    text = w("report_kim_effect.below_detectable")
    theme.note(figure, text, theme.MUTED, x=1, xref="x domain", xanchor="right")
    return [low, high]
