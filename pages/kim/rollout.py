"""KIM roll-out: how far it has come, who works there, what it costs."""

from functools import partial

import streamlit as st

from analytics.domain.vocabulary import Module
from analytics.reports.kim import rollout as reports
from analytics.ui import controls, data, film, language, show

w = language.current()
show.title(w("page_kim.title"), w("page_kim.lead"))


@st.fragment
def by_module() -> None:
    names = controls.labels("module", Module, w)
    code = controls.switch_of("module", w("page_kim.module"), names, Module.CASE_MANAGEMENT.value)
    module = Module(code)
    show.pair(
        partial(show.figure, reports.progress, module),
        partial(film.rollout, module),
    )
    show.pair(partial(show.figure, reports.posts, module), partial(show.figure, reports.funding))

    orders = {order: w(f"page_kim.order_{order}") for order in ("regierungsbezirk", "name")}
    order = controls.switch_of("order", w("page_kim.order"), orders)
    show.figure(reports.unit_timelines, module, order=order)


by_module()
show.table_only(data.facts(reports.published_posts), folded=True)
