"""Longer texts on a page."""

from collections.abc import Sequence

import streamlit as st

from analytics.reports.data.data_and_methods import Section
from analytics.reports.evaluation.plan_report import Statement
from analytics.ui.show import plain, small


def sections(texts: Sequence[Section]) -> None:
    """Show each section under its own heading."""
    for section in texts:
        st.subheader(section.title, anchor=section.id.replace("_", "-"))
        st.markdown(section.text)
        if section.document:
            small(section.document)


def statements(said: Sequence[Statement]) -> None:
    """Show the sentences of the answer, each under its topic in bold."""
    for column, statement in zip(st.columns(len(said)), said, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{plain(statement.topic)}**")
            st.markdown(plain(statement.text))
