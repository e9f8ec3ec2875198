"""KIM roll-out: how far it has come, who works there, what it costs."""

import streamlit as st

from analytics.domain.vocabulary import Module
from analytics.reports.kim import rollout as reports
from analytics.ui import controls, data, film, language, show

w = language.current()
st.title(w("page_kim.title"), anchor=False)
st.markdown(w("page_kim.lead"))


@st.fragment
def by_module() -> None:
    code = controls.switch_of("module", w("page_kim.module"), controls.labels("module", Module, w))
    module = Module(code)
    film.rollout(module)
    show.figure(reports.progress, module)
    show.figure(reports.posts, module)

    orders = {order: w(f"page_kim.order_{order}") for order in ("regierungsbezirk", "name")}
    order = controls.switch_of("order", w("page_kim.order"), orders)
    show.figure(reports.unit_timelines, module, order=order)


by_module()
show.figure(reports.funding)
show.table_only(data.facts(reports.published_posts), folded=True)
