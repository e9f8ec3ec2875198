"""Analysis plan: which estimate counts as the answer, fixed before real data arrive."""

import streamlit as st

from analytics.ui import language, plan

w = language.current()
st.title(w("page_plan.title"), anchor=False)
st.markdown(w("page_plan.lead"))

plan.draw(w)

st.header(w("page_plan.new"), anchor="new")
st.markdown(w("page_plan.new_text"))
