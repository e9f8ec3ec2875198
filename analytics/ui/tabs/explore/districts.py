"""Districts by indicators: where each lies, and how two indicators go together among districts."""

from typing import Final

import streamlit as st

from analytics.domain.grid_choice import (
    BY_REGION,
    FIRST_INDICATORS,
    FIRST_PAIR,
    ORDERS,
    GridChoice,
    PairChoice,
)
from analytics.domain.indicators import indicator
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.reports.exploring.district_grid import OFFERED, district_grid
from analytics.reports.exploring.scatter import district_scatter
from analytics.ui import controls, data, language, show, url

_COLUMN: Final = "column"
_WITHIN: Final = "within"
_RING: Final = "ring"
_ORDER: Final = "order"
_WHOM: Final = ("all", "own", "ring")

_FEW: Final = 3
"""Columns that a phone has room for; with more the picture scrolls sideways (``frame.css``)."""
_MANY: Final = 9


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_explore.districts_lead"))
    _districts()


@st.fragment
def _districts() -> None:
    """Draw all that is chosen and shown; choosing draws nothing else of the page anew."""
    w = language.current()
    when, whom = st.columns((2, 3), vertical_alignment="bottom")
    with when:
        months = controls.period(w, data.latest_years_of_view())
    with whom:
        within, around = _whom(w)
    what, how = st.columns((2, 1), vertical_alignment="bottom")
    with what:
        columns = _columns(w)
    with how:
        order = _order(columns, w)
    wide = "few" if len(columns) <= _FEW else "some" if len(columns) <= _MANY else "many"
    with st.container(key=f"columns_{wide}"):
        show.figure(district_grid, GridChoice(columns, months, within, around=around, order=order))
    _pair(months, w)


def _whom(w: Words) -> tuple[tuple[str, ...], str | None]:
    """Draw whom the grid shows; return districts of one's own, or the one with its ring."""
    offered = {code: w(f"page_explore.whom_{code}") for code in _WHOM}
    chosen = controls.switch_of("whom", w("page_explore.whom"), offered)
    label, districts = w("dimension.district"), controls.districts()
    if chosen == "own":
        return controls.some_of(_WITHIN, label, districts, w), None
    if chosen == "ring":
        around = controls.optional(_RING, label, districts, w("ui.choose"))
        return (), around
    return (), None


def _columns(w: Words) -> tuple[str, ...]:
    """Draw the choice of indicators and return them as picked; none stands for the first ones."""
    options, first = _indicators(w), list(FIRST_INDICATORS)
    label = w("page_explore.columns")
    key = url.seed(_COLUMN, label, controls.some_codes(options), first)
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=w("page_explore.columns_usual"),
        select_all=False,
    )
    chosen: list[str] = st.session_state[key]
    url.write(_COLUMN, key, chosen, is_default=chosen in ([], first))
    return tuple(chosen or first)


def _order(columns: tuple[str, ...], w: Words) -> str:
    """Draw the choice of an order: by no figure, or by the findings on one of the columns."""
    options = {code: w(f"page_explore.order_{code}") for code in ORDERS}
    names = _indicators(w)
    options |= {name: w("page_explore.order_finding", name=names[name]) for name in columns}
    key = url.key_of(_ORDER)
    if st.session_state.get(key, BY_REGION) not in options:  # its column is taken away
        st.session_state[key] = BY_REGION
    return controls.one_of(_ORDER, w("page_explore.order"), options, BY_REGION)


def _pair(months: Period, w: Words) -> None:
    options = _indicators(w)
    across, up = st.columns(2)
    with across:
        first = controls.one_of("x", w("page_explore.across"), options, FIRST_PAIR[0])
    with up:
        second = controls.one_of("y", w("page_explore.up"), options, FIRST_PAIR[1])
    show.figure(district_scatter, PairChoice(first, second, months))


def _indicators(w: Words) -> dict[str, str]:
    return {name: indicator(name).name[w.language] for name in OFFERED}
