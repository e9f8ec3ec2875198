"""Comparison ring: who the peers of a district are, and why."""

import streamlit as st

from analytics.ui import district_choice, language, ring

w = language.current()
st.title(w("page_peers.title"), anchor=False)
st.markdown(w("page_peers.lead"))


@st.fragment
def page() -> None:
    choice = district_choice.choice_with_ring(w)
    if choice is None:
        district_choice.ask_for_one(w)
        return
    ring.ways_on(choice, w)
    ring.map_of(choice, w)
    ring.differences_of(choice)


page()
