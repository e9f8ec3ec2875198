"""Longer texts on a page."""

from collections.abc import Sequence

import streamlit as st

from analytics.reports.data.data_and_methods import Section
from analytics.reports.evaluation.plan_report import Statement
from analytics.ui.markdown import plain, whole
from analytics.ui.show import small


def sections(texts: Sequence[Section]) -> None:
    """Show the sections' titles, each with its text when opened."""
    for section in texts:
        with st.expander(plain(section.title), type="compact"):
            st.markdown(whole(section.text))
            if section.document:
                small(section.document)


def statements(said: Sequence[Statement]) -> None:
    """Show the sentences of the answer, each under its topic in bold."""
    for column, statement in zip(st.columns(len(said)), said, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{plain(statement.topic)}**")
            st.markdown(plain(statement.text))
