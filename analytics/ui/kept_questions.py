"""Questions that someone keeps, in the browser and as a file; the server knows none of them."""

from html import escape
from typing import Final

import streamlit as st

from analytics.i18n import Words

_FILE: Final = "fragen.json"
_WORDS: Final = ("keep", "name", "remove", "file", "open", "wrong")

# ``static/questions.js`` fills it.
_BOX: Final = '<div class="kept-questions" {data}></div>'


def draw(w: Words) -> None:
    """Draw the list, and what keeps the question of the view."""
    data = {f"data-{name}": w(f"explore.kept_{name}") for name in _WORDS}
    data["data-file-name"] = _FILE
    told = " ".join(f'{name}="{escape(text)}"' for name, text in data.items())
    with st.popover(w("explore.kept"), icon=":material/bookmark:"):
        st.html(_BOX.format(data=told))
