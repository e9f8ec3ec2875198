"""Analysis plan: which estimate counts as the answer, fixed before real data arrive."""

import streamlit as st

from analytics.reports.evaluation.plan_report import analysis_plan
from analytics.ui import data, language, plan, show

w = language.current()
st.title(w("page_plan.title"), anchor=False)
st.markdown(w("page_plan.lead"))

plan.in_words()
plan.pdf(w)
show.table_only(data.facts(analysis_plan))
plan.notes()

st.header(w("page_plan.new"), anchor="new")
st.markdown(w("page_plan.new_text"))
