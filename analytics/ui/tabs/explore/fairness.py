"""Who waits longer, and why needs end without an offer."""

import streamlit as st

from analytics.i18n import Words


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_explore.fairness_lead"))
