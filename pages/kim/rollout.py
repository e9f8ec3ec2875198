"""KIM roll-out: how far it has come, who works there, what it costs."""

import streamlit as st

from analytics.charts.bars import bars
from analytics.charts.steps import progress_curves
from analytics.charts.timeline import unit_timelines
from analytics.charts.trend import trend
from analytics.domain.vocabulary import Module
from analytics.reports import kim_rollout as reports
from analytics.ui import controls, data, film, language, show

w = language.current()
st.title(w("page_kim.title"), anchor=False)
st.markdown(w("page_kim.lead"))


@st.fragment
def by_module() -> None:
    code = controls.switch_of("module", w("page_kim.module"), controls.labels("module", Module, w))
    module = Module(code)
    film.rollout(module)
    show.exhibit(data.ask(reports.progress, module), progress_curves)
    show.exhibit(data.ask(reports.posts, module=module), trend)

    orders = {order: w(f"page_kim.order_{order}") for order in ("regierungsbezirk", "name")}
    order = controls.switch_of("order", w("page_kim.order"), orders)
    show.exhibit(data.ask(reports.unit_timelines, module, order=order), unit_timelines)


by_module()
show.exhibit(data.ask(reports.funding), bars)
show.table_only(data.facts(reports.published_posts))
