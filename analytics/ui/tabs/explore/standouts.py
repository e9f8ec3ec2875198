"""What stands out: the clearest changes and differences in the present filter."""

import streamlit as st

from analytics.i18n import Words


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_explore.standouts_lead"))
