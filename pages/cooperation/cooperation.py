"""Cooperation: who hands over to whom, how bindingly, how long it takes, and who comes back."""

from collections.abc import Callable, Hashable
from functools import partial

import streamlit as st

from analytics.charts import handover_matrix
from analytics.charts.drawings import on_screen
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.filters import NeedFilter
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figures import figure_of
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.cooperation import beside, flow, matrix, waits, ways
from analytics.reports.districts import beside_ring
from analytics.reports.districts.longest_waits import longest_handovers
from analytics.ui import controls, data, filters, language, show

w = language.current()
show.title(w("cooperation.page_title"), w("cooperation.page_lead"))


def _of_district(
    report: Callable[..., Exhibit], drawing: str, *asked: Hashable, **more: str
) -> None:
    """Draw a figure about the district that the filter names; other fields do not hold."""
    heeded = (*figure_of(report).heeds, "within")
    show.exhibit(
        data.ask(report, *asked, **more), on_screen(drawing), remark=show.unheeded(heeded, w)
    )


def _beside(needs: NeedFilter, measure: str) -> None:
    """Draw the most frequent hand-overs of two choices side by side."""
    one = len(needs["district"]) == 1
    offered = ("years", "ring", "state") if one else ("group", "years")
    choices = {each: w(f"beside.choice_{each}") for each in offered}
    against = controls.switch_of("beside", w("beside.choose"), choices)
    if measure not in beside.COMPARED:
        st.info(w("beside.no_counts"))
    elif against in beside_ring.AGAINST:
        choice = DistrictChoice(needs["district"][0], needs.period)
        _of_district(beside_ring.district_beside, "beside", against, choice, measure=measure)
    else:
        report = beside.groups_beside if against == "group" else beside.years_beside
        show.figure(report, needs, measure=measure)


def _longest(needs: NeedFilter) -> None:
    """Draw the longest waits: those of a single district beside its ring."""
    districts = needs["district"]
    if len(districts) == 1 and not needs.is_narrowed:
        _of_district(longest_handovers, "waits", DistrictChoice(districts[0], needs.period))
    else:
        show.figure(waits.handover_waits, needs)


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
    _beside(needs, measure)
    _longest(needs)
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
