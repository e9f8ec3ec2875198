"""Data quality in a district: field by field, and what would help most."""

import streamlit as st

from analytics.charts.quality_ranges import quality_ranges
from analytics.reports.districts.quality_course import PROMPT, course, measure_label
from analytics.reports.districts.quality_fields import fields
from analytics.reports.districts.quality_findings import contradictions, objections
from analytics.reports.districts.repairs import repairs
from analytics.ui import controls, data, district_choice, figures, language, show

w = language.current()
st.title(w("page_quality.title"), anchor=False)
st.markdown(w("page_quality.lead"))


@st.fragment
def page() -> None:
    where, what = st.columns(2)
    with where:
        district = district_choice.district(w)
    if district is None:
        district_choice.ask_for_one(w)
        return
    completeness = data.ask(fields, district)
    keys = completeness.answer().table.frame["key"]
    with what:
        options = {str(key): measure_label(str(key), w) for key in keys}
        field = controls.one_of("field", w("page_quality.field"), options)
    show.table_only(data.ask(repairs, district))
    show.exhibit(completeness, quality_ranges)
    show.exhibit(data.ask(course, district, PROMPT), figures.trend)
    show.exhibit(data.ask(course, district, field), figures.trend)
    show.table_only(data.ask(contradictions, district))
    show.table_only(data.ask(objections, district))


page()
