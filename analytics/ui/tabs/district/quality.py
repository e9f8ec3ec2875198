"""Data quality in a district: field by field, and what would help most."""

from functools import partial

import streamlit as st

from analytics.i18n import Words
from analytics.reports.districts.delivered_fields import fields
from analytics.reports.districts.quality_course import CONTRADICTIONS, PROMPT, course, measure_label
from analytics.reports.districts.quality_findings import contradictions, objections
from analytics.reports.districts.quality_lag import lag
from analytics.reports.districts.repairs import repairs
from analytics.ui import controls, data, district_choice, language, show


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_quality.lead"))
    _quality()


@st.fragment
def _quality() -> None:
    w = language.current()
    district = district_choice.chosen()
    if district is None:
        district_choice.ask_for_one(w)
        return
    if show.is_refused(data.ask(fields, district)):
        return
    keys = [*data.ask(fields, district).answer().table.frame["key"], *CONTRADICTIONS]
    worth = data.ask(repairs, district).answer().table.frame["key"]
    first = next((str(key) for key in worth if key in keys), None)
    options = {str(key): measure_label(str(key), w) for key in keys}
    show.pair(partial(show.figure, fields, district), partial(show.figure, repairs, district))
    show.pair(partial(show.figure, lag, district), partial(show.figure, course, district, PROMPT))
    field = controls.one_of("field", w("page_quality.field"), options, first)
    show.figure(course, district, field)
    show.figure(contradictions, district)
    show.figure(objections, district)
