"""District profile: where one district stands, why, and what next."""

import streamlit as st

from analytics.i18n import Words
from analytics.ui import data, district_choice, district_pdf, district_profile, language


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_profile.lead"))
    _profile()


@st.fragment
def _profile() -> None:
    w = language.current()
    months, report = st.columns([2, 1], gap="medium", vertical_alignment="bottom")
    with months:
        choice = district_choice.choice(w)
    if choice is None:
        district_choice.ask_for_one(w)
        return
    with report:
        district_pdf.button(data.ask(district_profile.profile, choice), w)
    district_profile.draw(data.ask, choice, w)
