"""Longer texts on a page."""

from collections.abc import Sequence

import streamlit as st

from analytics.reports.data_and_methods import Section


def sections(texts: Sequence[Section]) -> None:
    """Show each section under its own heading."""
    for section in texts:
        st.subheader(section.title, anchor=section.id.replace("_", "-"))
        st.markdown(section.text)
        if section.document:
            st.caption(f"`{section.document}`")
