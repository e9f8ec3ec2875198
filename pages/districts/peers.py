"""Comparison ring: who the peers of a district are, and why."""

import streamlit as st

from analytics.ui import language

w = language.current()
st.title(w("page_peers.title"), anchor=False)
