"""Method check: published figures recomputed, and how often the evaluation's methods are right."""

import streamlit as st

from analytics.charts.dots import dot_plot
from analytics.reports.evaluation import coverage_report as simulated
from analytics.reports.method_check import method_check
from analytics.ui import data, language, show

w = language.current()
st.title(w("page_method_check.title"), anchor=False)
st.markdown(w("page_method_check.lead"))

st.header(w("page_method_check.simulation"), anchor="simulation")
for report in (
    simulated.coverage,
    simulated.rejections,
    simulated.false_verdicts,
    simulated.true_verdicts,
):
    show.exhibit(data.facts(report), dot_plot, level=3)

st.header(w("page_method_check.published"), anchor="published")
with st.spinner(w("page_method_check.computing")):
    data.facts(method_check).answer()
show.table_only(data.facts(method_check), level=3)
