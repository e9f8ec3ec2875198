"""Data quality in a district: field by field, and what would help most."""

import streamlit as st

from analytics.ui import language

w = language.current()
st.title(w("page_quality.title"), anchor=False)
