"""Data quality in a district: field by field, and what would help most."""

import plotly.graph_objects as go
import streamlit as st

from analytics.charts import figures
from analytics.charts.quality_ranges import quality_ranges
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.districts.delivered_fields import fields
from analytics.reports.districts.quality_course import CONTRADICTIONS, PROMPT, course, measure_label
from analytics.reports.districts.quality_findings import contradictions, objections
from analytics.reports.districts.quality_lag import lag
from analytics.reports.districts.repairs import repairs
from analytics.ui import controls, data, district_choice, language, show

w = language.current()
st.title(w("page_quality.title"), anchor=False)
st.markdown(w("page_quality.lead"))


def trend(exhibit: Exhibit, words: Words) -> go.Figure:
    """Draw a course with room above for the phases' names: most shares lie near 100 %."""
    figure = figures.trend(exhibit, words)
    low, high = figure.layout.yaxis.range
    return figure.update_yaxes(range=[low, high + 0.1 * (high - low)])


@st.fragment
def page() -> None:
    where, what = st.columns(2)
    with where:
        district = district_choice.district(w)
    if district is None:
        district_choice.ask_for_one(w)
        return
    completeness = data.ask(fields, district)
    keys = [*completeness.answer().table.frame["key"], *CONTRADICTIONS]
    worth = data.ask(repairs, district).answer().table.frame["key"]
    first = next((str(key) for key in worth if key in keys), None)
    with what:
        options = {str(key): measure_label(str(key), w) for key in keys}
        field = controls.one_of("field", w("page_quality.field"), options, first)
    show.figure(repairs, district)
    show.exhibit(completeness, quality_ranges)
    show.figure(lag, district)
    show.figure(course, district, PROMPT)
    show.figure(course, district, field)
    show.figure(contradictions, district)
    show.figure(objections, district)


page()
