"""Map and indicators: any indicator by district, one district beside its neighbours."""

import streamlit as st

from analytics.domain.indicators import indicator
from analytics.ui import controls, data, district, filters, language, show

w = language.current()
show.title(w("page_map.title"), w("page_map.lead"))


@st.fragment
def page() -> None:
    measure, *bar = st.columns([1.3, *filters.WIDTHS], vertical_alignment="bottom")
    with measure:
        indicator_id = controls.indicator_of_districts(w)
    needs = filters.need_filter(
        w,
        usual=data.latest_years_of_view(),
        without=("unit",),
        of_referred=indicator(indicator_id).is_of_referred,
        bar=bar,
    )
    with st.container(key="beside_the_map"):
        left, right = st.columns([3, 2], gap="large")
    with right:
        place, view = st.columns([3, 2])
    with place:
        ags = district.chosen_of(w)
    with view:
        drawn_as = district.view_of(w)
    with left:
        district.map_of(indicator_id, drawn_as, ags, needs, w)
    # Until one is chosen, all of them stand beside the map.
    if ags is not None:
        with right:
            district.panel_of(indicator_id, ags, needs, w)
    with right if ags is None else st.container():
        district.dots_of(indicator_id, ags, needs, w)


page()
