"""Data and methods: what the figures stand on, how good it is, how they are made."""

from functools import partial

import streamlit as st

from analytics.i18n import Words
from analytics.reports.data import data_and_methods as reports
from analytics.ui import controls, data, language, prose, show


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


def draw(w: Words) -> None:
    """Draw the tab."""
    _quality()

    st.header(w("page_data.snapshot"), anchor="snapshot")
    show.figure(reports.snapshot_overview, level=3)
    show.figure(reports.deliveries, level=3)
    show.figure(reports.latest_findings, level=3)
    show.figure(reports.comparability_breaks, level=3)

    st.header(w("page_data.description"), anchor="description")
    show.figure(reports.data_description, level=3)

    st.header(w("page_data.indicators"), anchor="indicators")
    show.catalogue(data.facts(reports.indicator_catalogue))

    st.header(w("page_data.sources"), anchor="sources")
    show.figure(reports.sources, level=3)
    show.figure(reports.programme_sources, level=3)

    st.header(w("page_data.methods"), anchor="methods")
    prose.sections(data.facts(reports.method_notes).answer())

    st.header(w("page_data.accessibility"), anchor="accessibility")
    prose.sections(data.facts(reports.accessibility_statement).answer())

    st.header(w("page_data.version"), anchor="version")
    st.markdown(data.ask(reports.version_text).answer())
