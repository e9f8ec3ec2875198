"""District profile: where one district stands, why, and what next."""

import streamlit as st

from analytics.ui import data, district_choice, district_profile, language

w = language.current()
st.title(w("page_profile.title"), anchor=False)
st.markdown(w("page_profile.lead"))


@st.fragment
def page() -> None:
    choice = district_choice.choice(w)
    if choice is None:
        district_choice.ask_for_one(w)
        return
    district_profile.links(choice, w)
    district_profile.draw(data.ask, choice, w)


page()
