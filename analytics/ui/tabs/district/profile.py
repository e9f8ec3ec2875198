"""District profile: where one district stands, why, and what next."""

import streamlit as st

from analytics.i18n import Words
from analytics.ui import data, district_choice, district_pdf, district_profile, language


def draw(_w: Words) -> None:
    """Draw the tab."""
    _profile()


@st.fragment
def _profile() -> None:
    w = language.current()
    ags = district_choice.chosen()
    if ags is None:
        district_choice.ask_for_one(w)
        return
    months, report, lead = st.columns([2, 1, 1.4], gap="medium", vertical_alignment="bottom")
    lead.markdown(w("page_profile.lead"))
    with months:
        choice = district_choice.choice(ags, w)
    with report:
        district_pdf.button(data.ask(district_profile.profile, choice), w)
    district_profile.draw(data.ask, choice, w)
