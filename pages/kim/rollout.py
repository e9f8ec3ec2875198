"""KIM roll-out: how far it has come, who works there, what it costs."""

import streamlit as st

from analytics.domain.vocabulary import Module
from analytics.reports.kim import rollout as reports
from analytics.ui import controls, data, film, language, long_tables, show

w = language.current()
show.title(w("page_kim.title"), w("page_kim.lead"))


@st.fragment
def by_module() -> None:
    names = controls.labels("module", Module, w)
    code = controls.switch_of("module", w("page_kim.module"), names, Module.CASE_MANAGEMENT.value)
    module = Module(code)
    how_far, where = st.columns(2, gap="medium")
    with how_far:
        show.figure(reports.progress, module)
        show.figure(reports.funding)
    with where:
        film.rollout(module)
        show.figure(reports.posts, module)

    orders = {order: w(f"page_kim.order_{order}") for order in ("regierungsbezirk", "name")}
    order = controls.switch_of("order", w("page_kim.order"), orders)
    label = w("page_kim.all_units")
    long_tables.picture(reports.unit_timelines, label, module, order=order)


by_module()
show.table_only(data.facts(reports.published_posts), folded=True)
