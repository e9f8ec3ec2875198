"""Cooperation: who hands over to whom, how bindingly, how long it takes, and who comes back."""

from functools import partial

import streamlit as st

from analytics.charts import handover_matrix
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.cooperation import flow, matrix, ways
from analytics.ui import controls, data, filters, handovers, language, show

w = language.current()
show.title(w("cooperation.page_title"), w("cooperation.page_lead"))


@st.fragment
def page() -> None:
    needs = filters.need_filter(w, usual=PROGRAMME, of_referred=True)
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


page()
