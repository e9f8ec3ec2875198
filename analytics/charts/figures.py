"""Pictures that know the programme: phases behind trends, the month of a map."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.dots import dot_plot
from analytics.charts.maps import choropleth
from analytics.charts.rollout_maps import rollout_map
from analytics.charts.trend import Phase
from analytics.charts.trend import trend as draw_trend
from analytics.disclosure import ReleasedTable
from analytics.domain.evaluation import COMMON_START
from analytics.domain.periods import Month
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.names import sort_key
from analytics.reports.basis.span import PROGRAMME, programme_starts
from analytics.reports.evaluation.model_synthetic_exhibits import EQUAL, REST

Draw = Callable[[Exhibit, Words], go.Figure]

_LABEL_SHARE: Final = 0.1
"""Of the axis' height, kept free for the phase's name where lines may reach the top."""


def trend(exhibit: Exhibit, w: Words, *, from_zero: bool = True) -> go.Figure:
    """Draw a trend with the phases of both programmes behind."""
    ends = {"model": PROGRAMME.end}
    phases = [
        Phase(w(f"ui.phase_{name}"), start, ends.get(name))
        for name, start in programme_starts().items()
    ]
    return draw_trend(exhibit, w, phases=phases, from_zero=from_zero)


def group_trends(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the trends of groups that lie close together: the axis holds them and no more."""
    return trend(exhibit, w, from_zero=False)


def quality_course(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw a course with room above for the phases' names: most shares lie near 100 %."""
    figure = trend(exhibit, w)
    low, high = figure.layout.yaxis.range
    return figure.update_yaxes(range=[low, high + _LABEL_SHARE * (high - low)])


def path(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw two courses with the model programme's time behind, from as low as they go."""
    phases = [Phase(w("ui.phase_model"), COMMON_START.first_day, PROGRAMME.end)]
    return draw_trend(exhibit, w, phases=phases, from_zero=False)


def weights(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the largest weights and what equal ones would be; all others together have no dot."""
    named = exhibit.table.frame[exhibit.table.frame["key"] != REST]
    table = ReleasedTable(exhibit.table.columns, named)
    return dot_plot(replace(exhibit, table=table), w, reference=EQUAL)


def stages(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw each stage's median by group: beside each other, since medians do not add up."""
    frame = exhibit.table.frame.sort_values("stage_label", key=_as_first_met, kind="stable")
    rows = frame.assign(key=frame["series"], section=frame["stage_label"])
    return dot_plot(replace(exhibit, table=ReleasedTable(exhibit.table.columns, rows)), w)


def _as_first_met(labels: "pd.Series[str]") -> "pd.Series[int]":
    return labels.map({label: place for place, label in enumerate(labels.drop_duplicates())})


def areas(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw an indicator by district within boundaries, none of them chosen."""
    return choropleth(exhibit, w)


def district_dots(order: str, chosen: str | None) -> Draw:
    """Return what draws a dot a district: by ``name``, else in the exhibit's own order."""

    def draw(exhibit: Exhibit, w: Words) -> go.Figure:
        shown = _by_name(exhibit) if order == "name" else exhibit
        return dot_plot(shown, w, highlight=(chosen,) if chosen else ())

    return draw


def _by_name(exhibit: Exhibit) -> Exhibit:
    frame = exhibit.table.frame.sort_values("label", key=lambda labels: labels.map(sort_key))
    return replace(exhibit, table=ReleasedTable(exhibit.table.columns, frame.assign(section="")))


def rollout(month: str) -> Draw:
    """Return what draws the roll-out as it stood at the end of a month."""
    return partial(rollout_map, month=Month.parse(month).first_day)


def rollout_at_cut(exhibit: Exhibit, w: Words) -> go.Figure:
    """Draw the roll-out as it stood at the data cut; raises ValueError without one."""
    if exhibit.source.as_of is None:
        raise ValueError(f"no data cut: {exhibit.id}")
    return rollout(str(Month.of(exhibit.source.as_of)))(exhibit, w)
