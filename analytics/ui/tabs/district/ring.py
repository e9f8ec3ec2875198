"""Comparison ring: who the peers of a district are, and why."""

import streamlit as st

from analytics.i18n import Words
from analytics.ui import district_choice, language, ring


def draw(_w: Words) -> None:
    """Draw the tab."""
    _ring()


@st.fragment
def _ring() -> None:
    w = language.current()
    ags = district_choice.chosen()
    if ags is None:
        district_choice.ask_for_one(w)
        return
    where, who = st.columns(2, gap="medium")
    with who:
        st.markdown(w("page_peers.lead"))
        choice = district_choice.choice_with_ring(ags, w)
        ring.ways_on(choice, w)
        ring.differences_of(choice)
    with where:
        ring.map_of(choice, w)
