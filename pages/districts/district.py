"""My district: where it stands, beside whom, how good its data are, and its own files checked."""

import streamlit as st

from analytics.ui import district_choice, language, tabs
from analytics.ui.tabs.district import own_data, profile, quality, ring

w = language.current()
title, district = st.columns([1, 2], vertical_alignment="center")
with title:
    st.title(w("page_district.title"), anchor=False)
with district:
    district_choice.district(w)
tabs.show(
    "district",
    {
        "profile": profile.draw,
        "ring": ring.draw,
        "quality": quality.draw,
        "own-data": own_data.draw,
    },
    w,
)
