"""Who waits longer, and why needs end without an offer."""

from functools import partial

import streamlit as st

from analytics.domain.indicators import catalogue
from analytics.i18n import Words
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.basis.takes import FIRST
from analytics.reports.exploring import ends, fairness
from analytics.ui import controls, data, filters, language, show

_FIELDS = ("residence_status", "legal_regime", "age_group", "sex", "access_path")
"""What may not matter for how long somebody waits."""


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_explore.fairness_lead"))
    _fairness()


@st.fragment
def _fairness() -> None:
    w = language.current()
    measure_column, field_column = st.columns([2, 1], vertical_alignment="bottom")
    with measure_column:
        names = {name: catalogue()[name].name[w.language] for name in fairness.MEASURES}
        label = w("page_explore.fairness_measure")
        measure = controls.one_of("measure", label, names, fairness.USUAL)
    with field_column:
        fields = {name: w(f"dimension.{name}") for name in _FIELDS}
        by = controls.one_of("by", w("page_explore.fairness_by"), fields, FIRST)
    needs = filters.need_filter(w, usual=PROGRAMME, of_referred=catalogue()[measure].is_of_referred)
    st.header(w("page_explore.fairness_waits"), anchor="waits")
    with st.spinner(w("page_explore.fairness_computing")):
        if show.is_refused(data.ask(fairness.fairness_gaps, needs, by, measure)):
            return
    show.pair(
        partial(show.figure, fairness.fairness_gaps, needs, by, measure, level=3),
        partial(show.figure, fairness.fairness_course, needs, by, measure, level=3),
    )
    st.header(w("page_explore.fairness_ends"), anchor="ends")
    show.pair(
        partial(show.figure, ends.ends_by_reason, needs, measure, level=3),
        partial(show.figure, ends.ends_by_group, needs, by, measure, level=3),
    )
