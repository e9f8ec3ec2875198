"""District profile: where one district stands, why, and what next."""

import streamlit as st

from analytics.i18n import Words
from analytics.ui import data, district_choice, district_profile, language


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_profile.lead"))
    _profile()


@st.fragment
def _profile() -> None:
    w = language.current()
    choice = district_choice.choice(w)
    if choice is None:
        district_choice.ask_for_one(w)
        return
    district_profile.draw(data.ask, choice, w)
