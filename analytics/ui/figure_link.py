"""A figure's link: it restores the view, and names the snapshot that the figure was made from."""

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

PARAMETER: Final = "snapshot"


def show(shown: Exhibit, w: Words) -> None:
    """Show the link to this view of the figure, ready to copy."""
    st.markdown(w("figure_link.explained"))
    st.code(address(shown), language=None, wrap_lines=True)


def address(shown: Exhibit) -> str:
    """Return the address of the page with its state, the figure's snapshot and its place."""
    chosen = [
        (name, value)
        for name in st.query_params
        if name != PARAMETER
        for value in st.query_params.get_all(name)
    ]
    if shown.source.snapshot_id:
        chosen.append((PARAMETER, shown.source.snapshot_id))
    query = f"?{urlencode(chosen)}" if chosen else ""
    return f"{st.context.url or ''}{query}#{shown.id.replace('_', '-')}"
