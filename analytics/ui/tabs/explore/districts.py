"""Districts by indicators: where each lies."""

import streamlit as st

from analytics.i18n import Words


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_explore.districts_lead"))
