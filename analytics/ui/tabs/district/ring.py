"""Comparison ring: who the peers of a district are, and why."""

from functools import partial

import streamlit as st

from analytics.i18n import Words
from analytics.ui import district_choice, language, ring, show


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_peers.lead"))
    _ring()


@st.fragment
def _ring() -> None:
    w = language.current()
    choice = district_choice.choice_with_ring(w)
    if choice is None:
        district_choice.ask_for_one(w)
        return
    ring.ways_on(choice, w)
    show.pair(partial(ring.map_of, choice, w), partial(ring.differences_of, choice))
