"""Cooperation: who hands over to whom, how bindingly, how long it takes, and who comes back."""

from functools import partial

import streamlit as st

from analytics.charts import handover_matrix
from analytics.domain.evaluation import ModelChoice
from analytics.domain.filters import NeedFilter
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.cooperation import binding_report, flow, matrix, processes, ways
from analytics.reports.evaluation.wait_split_report import wait_split_bars
from analytics.ui import controls, data, filters, handovers, language, show

w = language.current()
show.title(w("cooperation.page_title"), w("cooperation.page_lead"))


def _ways(needs: NeedFilter) -> None:
    """Draw the ways that cases go, where any may be told."""
    if show.is_refused(data.ask(ways.way_bodies, needs)):
        return
    show.pair(
        partial(show.figure, ways.way_bodies, needs),
        partial(show.figure, ways.way_sequences, needs),
    )
    show.pair(
        partial(show.figure, ways.way_steps, needs),
        partial(show.figure, ways.way_loops, needs),
    )


def _pairs(needs: NeedFilter) -> None:
    """Draw what is told by pair of bodies, and the ways between them, where any may be told."""
    if show.is_refused(data.ask(flow.handover_flow, needs)):
        return
    names = {measure: w(f"cooperation.choice_{measure}") for measure in matrix.MEASURES}
    measure = controls.switch_of("measure", w("cooperation.measure"), names)
    orders = {order: w(f"cooperation.order_{order}") for order in ("list", "value")}
    order = controls.switch_of("order", w("cooperation.order"), orders)
    draw = partial(handover_matrix.handover_matrix, by_value=order == "value")
    show.pair(
        partial(show.figure, matrix.handover_matrix, measure, needs, draw=draw),
        partial(show.figure, flow.handover_flow, needs),
    )
    handovers.beside(needs, measure, w)
    handovers.longest(needs, w)
    show.pair(
        *(
            partial(show.figure, binding_report.handover_binding, each, needs)
            for each in binding_report.MEASURES
        )
    )
    _ways(needs)


@st.fragment
def page() -> None:
    needs = filters.need_filter(w, usual=PROGRAMME, of_referred=True)
    _pairs(needs)
    show.figure(processes.process_table, processes.of_districts(needs))
    # Last, as it takes the longest: what it may say hangs on all rules of the verdict.
    show.figure(wait_split_bars, ModelChoice())


page()
