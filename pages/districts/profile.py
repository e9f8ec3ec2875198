"""District profile: where one district stands, why, and what next."""

import streamlit as st

from analytics.ui import language

w = language.current()
st.title(w("page_profile.title"), anchor=False)
