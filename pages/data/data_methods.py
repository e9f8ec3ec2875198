"""Data and methods: what the figures stand on, whether methods hold, and all to take away."""

import streamlit as st

from analytics.ui import download_list, language, tabs
from analytics.ui.tabs.data import check, methods

w = language.current()
st.title(w("page_data.title"), anchor=False)
tabs.show("data-methods", {"basis": methods.draw, "check": check.draw}, w)
download_list.draw(w)
