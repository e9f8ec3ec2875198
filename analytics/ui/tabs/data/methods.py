"""Data and methods: what the figures stand on, how good it is, how they are made."""

from functools import partial

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
    show.figure(reports.field_completeness, district=district, level=3)
    measures = (reports.completeness, reports.plausibility, reports.timeliness)
    show.pair(*(partial(show.figure, measure, level=3) for measure in measures))


@st.fragment
def _description() -> None:
    long_tables.description(data.facts(reports.data_description), language.current())


def draw(w: Words) -> None:
    """Draw the tab."""
    _quality()

    st.header(w("page_data.snapshot"), anchor="snapshot")
    show.table_only(data.ask(reports.snapshot_overview), level=3, folded=True)
    show.figure(reports.deliveries, level=3)
    show.figure(reports.latest_findings, level=3)
    show.table_only(data.ask(reports.comparability_breaks), level=3, folded=True)

    st.header(w("page_data.description"), anchor="description")
    _description()

    st.header(w("page_data.indicators"), anchor="indicators")
    show.catalogue(data.facts(reports.indicator_catalogue))

    st.header(w("page_data.sources"), anchor="sources")
    for report in (reports.sources, reports.programme_sources):
        show.table_only(data.facts(report), level=3, folded=True)

    st.header(w("page_data.methods"), anchor="methods")
    prose.sections(data.facts(reports.method_notes).answer())

    st.header(w("page_data.accessibility"), anchor="accessibility")
    prose.sections(data.facts(reports.accessibility_statement).answer())

    st.header(w("page_data.version"), anchor="version")
    st.markdown(data.ask(reports.version_text).answer())
