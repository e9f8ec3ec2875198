"""Map and indicators: any indicator by district, one district beside its neighbours."""

import streamlit as st

from analytics.domain.indicators import indicator
from analytics.ui import controls, data, district, filters, language

w = language.current()
st.title(w("page_map.title"), anchor=False)
st.markdown(w("page_map.lead"))


@st.fragment
def page() -> None:
    indicator_id = controls.indicator_of_districts(w)
    needs = filters.need_filter(
        w,
        usual=data.latest_years_of_view(),
        without=("unit",),
        of_referred=indicator(indicator_id).is_of_referred,
    )
    left, right = st.columns([3, 2], gap="large")
    with right:
        ags = district.chosen_of(w)
    with left:
        district.map_of(indicator_id, ags, needs, w)
    with right:
        district.panel_of(indicator_id, ags, needs, w)
    district.dots_of(indicator_id, ags, needs, w)


page()
