"""The filter bar of pages about needs: months and two fields in a row, all others one click away.

Which fields there are says ``domain/filters.py``; what is set is said below the bar, with one
control that takes all of it back.
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from analytics.domain.filters import BREAKDOWNS, FIELDS, Field, NeedFilter, only
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.reports.basis import dimensions
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.selection import chosen_texts, period_text
from analytics.reports.basis.takes import FIRST
from analytics.ui import controls, data, show, url
from analytics.ui.show import plain

_AT_HAND: Final = 2
"""Fields beside the months; with the control for the others they fit at 1,280 pixels."""


def need_filter(
    w: Words, *, usual: Period, without: Sequence[str] = (), of_referred: bool = False
) -> NeedFilter:
    """Draw the filters of the needs and return them as one value.

    Args:
        w: Words of the language.
        usual: Months chosen at first, as far as there are data.
        without: Fields that the page shows side by side anyway.
        of_referred: Whether the page is about needs that were referred.
    """
    offered = [
        field
        for field in FIELDS
        if field.name not in without and (of_referred or not field.is_of_referred)
    ]
    widths = [1.6, *(1 for _ in range(_AT_HAND)), 0.8]
    when, *at_hand, rest = st.columns(widths, vertical_alignment="bottom")
    with when:
        months = controls.period(w, usual)
    codes = {}
    for column, field in zip(at_hand, offered[:_AT_HAND], strict=True):
        with column:
            codes[field.name] = _codes(field, w)
    others = offered[_AT_HAND:]
    with (
        rest,
        st.container(key="filters_rest"),
        st.popover(w("filter.others"), icon=":material/tune:", width="stretch"),
    ):
        for field in others:
            codes[field.name] = _codes(field, w)
    needs = NeedFilter(months, only(**codes))
    first = usual.within(data.period_of_view()) or data.period_of_view()
    _tell(needs, first, offered, w)
    given = Asked(None if months == first else months, needs.chosen).given()
    url.of_visit()[show.SET] = given
    return needs


def breakdown(w: Words) -> str:
    """Draw the choice of a field that both groups are broken down by."""
    options = {name: w(f"dimension.{name}") for name in BREAKDOWNS}
    return controls.one_of("by", w("filter.by"), options, FIRST)


def _codes(field: Field, w: Words) -> tuple[str, ...]:
    options = {code: dimensions.label(field.name, code, w) for code in field.all_codes()}
    return controls.some_of(field.option, w(f"dimension.{field.name}"), options, w)


def _tell(needs: NeedFilter, usual: Period, offered: Sequence[Field], w: Words) -> None:
    """Say what is set, and offer to take it back; nothing where all is as usual."""
    texts = [f"{field}: {codes}" for field, codes in chosen_texts(needs.chosen, w)]
    if needs.period != usual:
        texts.insert(0, period_text(needs.period, w))
    if not texts:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="filters_set"):
        st.markdown(plain(w("filter.set", parts=" · ".join(texts))), width="content")
        st.button(
            w("filter.reset"),
            type="tertiary",
            icon=":material/filter_alt_off:",
            key="filters_reset",
            on_click=_reset,
            args=(usual, tuple(field.option for field in offered)),
        )


def _reset(usual: Period, options: Sequence[str]) -> None:
    for option in options:
        st.session_state[url.key_of(option)] = []
    st.session_state[url.key_of(controls.FROM)] = str(usual.first)
    st.session_state[url.key_of(controls.TO)] = str(usual.last)
