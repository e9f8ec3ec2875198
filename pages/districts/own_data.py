"""Check own data: a district's extract, checked and told before it is delivered."""

import streamlit as st

from analytics.ui import language

w = language.current()
st.title(w("page_own_data.title"), anchor=False)
