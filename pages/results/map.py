"""Map and indicators: any indicator by district, one district beside its neighbours."""

import streamlit as st

from analytics.domain.indicators import indicator
from analytics.ui import controls, data, district, filters, language, show

w = language.current()
show.title(w("page_map.title"), w("page_map.lead"))


@st.fragment
def page() -> None:
    measure, view, place = st.columns([2, 1, 1.3])
    with measure:
        indicator_id = controls.indicator_of_districts(w)
    with view:
        drawn_as = district.view_of(w)
    with place:
        ags = district.chosen_of(w)
    needs = filters.need_filter(
        w,
        usual=data.latest_years_of_view(),
        without=("unit",),
        of_referred=indicator(indicator_id).is_of_referred,
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        district.map_of(indicator_id, drawn_as, ags, needs, w)
    # Until one is chosen, all of them stand beside the map.
    if ags is not None:
        with right:
            district.panel_of(indicator_id, ags, needs, w)
    with right if ags is None else st.container():
        district.dots_of(indicator_id, ags, needs, w)


page()
