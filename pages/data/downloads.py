"""Downloads: all figures to take away, as one data package or one by one."""

import streamlit as st

from analytics.ui import downloads, language

w = language.current()
st.title(w("page_downloads.title"), anchor=False)
st.markdown(w("page_downloads.lead"))

downloads.whole_package(w)

st.header(w("page_downloads.figures"), anchor="figures")
st.markdown(w("page_downloads.figures_lead"))


@st.fragment
def figures() -> None:
    chosen = downloads.figure(w)
    if chosen is not None:
        downloads.files(*chosen, w)


figures()
