"""Analysis plan: which estimate counts as the answer, fixed before real data arrive."""

import streamlit as st

from analytics.i18n import Words
from analytics.ui import plan


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_plan.lead"))
    plan.draw(w)
    with st.expander(w("page_plan.new"), type="compact"):
        st.markdown(w("page_plan.new_text"))
