"""Explore: a question of one's own, what stands out, who waits longer, districts side by side."""

import streamlit as st

from analytics.ui import language, tabs
from analytics.ui.tabs.explore import districts, fairness, question, standouts

w = language.current()
st.title(w("page_explore.title"), anchor=False)
tabs.show(
    "explore",
    {
        "question": question.draw,
        "standouts": standouts.draw,
        "fairness": fairness.draw,
        "districts": districts.draw,
    },
    w,
)
