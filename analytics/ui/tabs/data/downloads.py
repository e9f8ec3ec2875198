"""Downloads: all figures to take away, as one data package or one by one."""

import streamlit as st

from analytics.i18n import Words
from analytics.ui import downloads, language


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_downloads.lead"))
    downloads.whole_package(w)
    st.header(w("page_downloads.figures"), anchor="figures")
    st.markdown(w("page_downloads.figures_lead"))
    _figures()


@st.fragment
def _figures() -> None:
    w = language.current()
    chosen = downloads.figure(w)
    if chosen is not None:
        downloads.files(*chosen, w)
