"""All figures to take away, as one data package or one by one: the list below a page."""

from typing import Final

import streamlit as st

from analytics.i18n import Words
from analytics.ui import downloads, language

_OPENS: Final = ("list", "figure")
"""Parameters of an address that ask for the list."""


def draw(w: Words) -> None:
    """Draw the list; what it holds is made when it is opened."""
    is_asked = any(name in st.query_params for name in _OPENS)
    place = st.expander(
        w("page_downloads.title"),
        expanded=is_asked,
        key=f"downloads_{w.language}",
        icon=":material/download:",
        on_change="rerun",
    )
    if place.open:
        with place:
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
