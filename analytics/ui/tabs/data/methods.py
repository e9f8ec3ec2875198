"""Data and methods: what the figures stand on, how good it is, how they are made."""

import streamlit as st

from analytics.i18n import Words
from analytics.reports.data import data_and_methods as reports
from analytics.ui import controls, data, language, long_tables, prose, show


@st.fragment
def _quality() -> None:
    w = language.current()
    head, place = st.columns([2, 1], vertical_alignment="bottom")
    head.header(w("page_data.quality"), anchor="quality")
    head.markdown(w("page_data.lead"))
    with place:
        district = controls.optional(
            controls.DISTRICT,
            w("page_data.district"),
            controls.districts(),
            w("page_data.whole_state"),
        )
    fields, measures = st.columns([3, 2], gap="medium")
    with fields:
        show.figure(reports.field_completeness, district=district, level=3)
    with measures:
        for measure in (reports.completeness, reports.plausibility, reports.timeliness):
            show.table_only(data.ask(measure), level=3, folded=True)


@st.fragment
def _description() -> None:
    long_tables.description(data.facts(reports.data_description), language.current())


def draw(w: Words) -> None:
    """Draw the tab."""
    _quality()

    st.header(w("page_data.snapshot"), anchor="snapshot")
    stock, sent = st.columns(2, gap="medium")
    with stock:
        show.table_only(data.ask(reports.snapshot_overview), level=3, folded=True)
        show.table_only(data.ask(reports.comparability_breaks), level=3, folded=True)
    with sent:
        show.table_only(data.ask(reports.deliveries), level=3, folded=True)
        show.table_only(data.ask(reports.latest_findings), level=3, folded=True)

    described, sources = st.columns(2, gap="medium")
    with described:
        st.header(w("page_data.description"), anchor="description")
        _description()
    with sources:
        st.header(w("page_data.sources"), anchor="sources")
        for report in (reports.sources, reports.programme_sources):
            show.table_only(data.facts(report), level=3, folded=True)

    indicators, methods = st.columns(2, gap="medium")
    with indicators:
        st.header(w("page_data.indicators"), anchor="indicators")
        show.catalogue(data.facts(reports.indicator_catalogue))
    with methods:
        st.header(w("page_data.methods"), anchor="methods")
        prose.sections(data.facts(reports.method_notes).answer())

        st.header(w("page_data.accessibility"), anchor="accessibility")
        prose.sections(data.facts(reports.accessibility_statement).answer())
