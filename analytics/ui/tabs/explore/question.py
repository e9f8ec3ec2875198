"""Question: an indicator by what one chooses, compared with what one chooses."""

import streamlit as st

from analytics.i18n import Words


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_explore.question_lead"))
