"""The choice of a district, of its months and of its comparison ring; all of it in the URL."""

from typing import Any, Final

import streamlit as st

from analytics.domain.district_choice import DistrictChoice
from analytics.i18n import Words
from analytics.reports.districts.ring import nearest_members
from analytics.ui import controls, data, places, url

RING: Final = "peers"

_RING_OF: Final = "ring_of"


def district(w: Words) -> None:
    """Draw the list of districts: one for all tabs of the page."""
    _drop_former_ring()
    controls.optional(
        controls.DISTRICT, w("page_district.district"), controls.districts(), w("ui.choose")
    )


def chosen() -> str | None:
    """Return the AGS of the district chosen on this page; the tab says so with ``ask_for_one``."""
    ags: str | None = st.session_state[url.key_of(controls.DISTRICT)]
    return ags


def choice(ags: str, w: Words) -> DistrictChoice:
    """Draw the months and return them with the district and the ring that the URL names."""
    months = controls.period(w, data.latest_years_of_view())
    return DistrictChoice(ags, months, _named_ring(ags, w))


def choice_with_ring(ags: str, w: Words) -> DistrictChoice:
    """Draw the ring, where peers can be added and removed; the months are the usual ones."""
    return DistrictChoice(ags, data.latest_years_of_view(), _edited_ring(ags, w))


def toggle_peer(ags: str) -> None:
    """Add a district to the ring that is shown, or remove it, as its list of peers does."""
    key = url.key_of(RING)
    ring: list[str] = st.session_state[key]
    if ags != st.session_state[url.key_of(controls.DISTRICT)]:
        st.session_state[key] = [c for c in ring if c != ags] if ags in ring else [*ring, ags]


def nearest_again(ags: str) -> None:
    """Put the districts most alike into the ring again."""
    st.session_state[url.key_of(RING)] = list(data.ask(nearest_members, ags).answer())


def ask_for_one(w: Words) -> None:
    """Say that nothing is shown before a district is chosen."""
    st.info(w("page_district.choose"))


def link(tab: str, label: str, ags: str, *, ring: tuple[str, ...] = ()) -> None:
    """Draw a link to a tab about a district that takes the ring and the months along."""
    months = (controls.FROM, controls.TO)
    state: dict[str, Any] = {n: st.query_params[n] for n in months if n in st.query_params}
    state[controls.DISTRICT] = ags
    if ring:
        state[RING] = list(ring)
    places.link(f"district/{tab}", label, state)


def _named_ring(ags: str, w: Words) -> tuple[str, ...]:
    """Return the ring that the URL names; none stands for the nearest."""
    key = _ring_key(ags, [], w)
    ring: list[str] = st.session_state[key]
    url.write(RING, key, ring, is_default=not ring)
    return tuple(ring)


def _edited_ring(ags: str, w: Words) -> tuple[str, ...]:
    options = {code: name for code, name in controls.districts().items() if code != ags}
    nearest = list(data.ask(nearest_members, ags).answer())
    key = _ring_key(ags, nearest, w)
    st.multiselect(
        w("page_district.ring"),
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=w("page_district.ring_empty"),
        select_all=False,
    )
    ring: list[str] = st.session_state[key]
    is_nearest = set(ring) == set(nearest)
    url.write(RING, key, ring, is_default=is_nearest or not ring)
    return () if is_nearest else tuple(ring)


def _drop_former_ring() -> None:
    """Write a district chosen just now without the ring of the former one, in one step.

    In two, the browser's history would hold an address that joins the one's ring to the other.
    """
    former = url.of_visit().get(_RING_OF)
    chosen = st.session_state.get(url.key_of(controls.DISTRICT), former)
    if former not in (None, chosen) and url.is_own(RING, url.key_of(RING)):
        kept = {name: st.query_params.get_all(name) for name in st.query_params if name != RING}
        st.query_params.from_dict(kept | {controls.DISTRICT: [chosen] if chosen else []})


def _ring_key(ags: str, default: list[str], w: Words) -> str:
    """Return the key of the ring's value; a ring belongs to its district and goes with it.

    Where the address brings another district, it brings that one's ring too: only a ring that this
    page wrote for the former district goes.
    """
    key = url.key_of(RING)
    visit = url.of_visit()
    if visit.get(_RING_OF, ags) != ags:
        if url.is_own(RING, key):
            st.query_params.pop(RING, None)
        st.session_state.pop(key, None)
    visit[_RING_OF] = ags
    return url.seed(RING, w("page_district.ring"), _read(ags), default)


def _read(ags: str) -> url.Read[list[str]]:
    known = set(controls.districts()) - {ags}

    def read(asked: list[str]) -> tuple[list[str] | None, list[str]]:
        found = [code for code in dict.fromkeys(asked) if code in known]
        return found or None, [code for code in asked if code not in known]

    return read
