"""The ring of a district: on a map that can be clicked, variable by variable, and back to usual."""

from functools import partial
from typing import Final

import streamlit as st

from analytics.charts.ring_map import ring_locator
from analytics.domain.district_choice import DistrictChoice
from analytics.i18n import Words
from analytics.reports.districts.ring_exhibits import FEW, ring_differences, ring_map
from analytics.ui import data, district_choice, show

_MAP: Final = "ring_map"


def ways_on(choice: DistrictChoice, w: Words) -> None:
    """Offer the profile beside this ring and, where it is a chosen one, the usual ring again."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        district_choice.link(
            "profile", w("page_peers.to_profile"), choice.district, ring=choice.ring
        )
        if choice.ring:
            st.button(
                w("page_peers.reset"),
                key="ring_reset",
                on_click=partial(district_choice.nearest_again, choice.district),
            )
    if 0 < len(choice.ring) <= FEW:
        st.warning(w("page_peers.few"))


def map_of(choice: DistrictChoice, w: Words) -> None:
    """Show the map; a click on a district adds it to the ring or removes it."""
    question = data.ask(ring_map, choice)
    shown = question.answer()
    # A new picture for each ring: the browser would take a second click on a district for the end
    # of its selection, which says nothing of a district.
    key = "_".join((_MAP, choice.district, *choice.ring))
    with show.frame(shown):
        show.heading(shown)
        show.picture(shown, ring_locator, w, key=key, on_select=partial(_toggle, key))
        show.sentence(shown)
        show.foot(shown, question, w, ring_locator)


def differences_of(choice: DistrictChoice) -> None:
    """Show in what the peers differ from the district."""
    show.figure(ring_differences, choice)


def _toggle(key: str) -> None:
    points = st.session_state[key].selection.points
    if points and points[0].get("location"):
        district_choice.toggle_peer(str(points[0]["location"]))
