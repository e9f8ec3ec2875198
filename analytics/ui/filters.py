"""The filter bar of pages about needs: months and two fields in a row, all others one click away.

Which fields there are says ``domain/filters.py``; what is set is said below the bar, with one
control that takes all of it back.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.domain.filters import BREAKDOWNS, FIELDS, Chosen, Field, NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.reports.basis import dimensions
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.selection import chosen_texts, period_text
from analytics.reports.basis.takes import FIRST
from analytics.ui import controls, data, show, url
from analytics.ui.audience import release_of_view
from analytics.ui.show import plain

_SIDE_BY_SIDE: Final = ("group",)
"""What slides compare is not chosen by."""

_AT_HAND: Final = 2
"""Fields beside the months; with the control for the others they fit at 1,280 pixels."""

WIDTHS: Final = (1.6, *(1 for _ in range(_AT_HAND)), 0.95)
"""Of the bar's columns: months, fields at hand, the others."""


def need_filter(
    w: Words,
    *,
    usual: Period,
    without: Sequence[str] = (),
    of_referred: bool = False,
    bar: Sequence[DeltaGenerator] = (),
) -> NeedFilter:
    """Draw the filters of the needs and return them as one value.

    Args:
        w: Words of the language.
        usual: Months chosen at first, as far as there are data.
        without: Fields that the page shows side by side anyway.
        of_referred: Whether the page is about needs that were referred.
        bar: Columns of ``WIDTHS`` to draw in, where the page has something beside them.
    """
    offered = _offered(without, of_referred=of_referred)
    when, *at_hand, rest = bar or st.columns(WIDTHS, vertical_alignment="bottom")
    with when:
        months = controls.period(w, usual)
    codes = {}
    for column, field in zip(at_hand, offered[:_AT_HAND], strict=True):
        with column:
            codes[field.name] = _codes(field, w)
    with rest:
        codes |= _others(offered[_AT_HAND:], w("filter.others"), w)
    return _told(months, usual, only(**codes), offered, w)


def behind_one_control(
    w: Words, place: DeltaGenerator, *, usual: Period, of_referred: bool
) -> NeedFilter:
    """Draw the filters of the needs behind one control, where a page asks for much else.

    Args:
        w: Words of the language.
        place: Of the control.
        usual: Months chosen at first, as far as there are data.
        of_referred: Whether the page is about needs that were referred.
    """
    offered, said = _offered(of_referred=of_referred), st.container()
    with place, _control(w("filter.needs")):
        months = controls.period(w, usual, said=said)
        codes = {field.name: _codes(field, w) for field in offered}
    return _told(months, usual, only(**codes), offered, w)


def _told(
    months: Period, usual: Period, chosen: Chosen, offered: Sequence[Field], w: Words
) -> NeedFilter:
    """Say what is not as usual, and return what is chosen as one value."""
    needs = NeedFilter(months, chosen)
    first = usual.within(data.period_of_view()) or data.period_of_view()
    usual_months = {controls.FROM: str(first.first), controls.TO: str(first.last)}
    told = [] if months == first else [period_text(months, w)]
    _tell(told, needs.chosen, _empty(offered) | usual_months, w)
    given = Asked(None if months == first else months, needs.chosen).given()
    url.of_visit()[show.SET] = given
    return needs


def chosen(w: Words, place: DeltaGenerator) -> Chosen:
    """Draw the fields of a presentation behind one control in a place; say below what is set."""
    offered = _offered(_SIDE_BY_SIDE)
    with place:
        found = only(**_others(offered, w("filter.choose"), w))
    _tell([], found, _empty(offered), w)
    return found


def asked(w: Words) -> Chosen:
    """Return what the address of a presentation asks for, where no control shows it."""
    none: list[str] = []
    return only(
        **{
            field.name: url.asked(
                field.option,
                w(f"dimension.{field.name}"),
                controls.some_codes(_options(field, w)),
                none,
            )
            for field in _offered(_SIDE_BY_SIDE)
        }
    )


def leave_out() -> None:
    """Take all fields out of an address whose page heeds none of them now."""
    for field in FIELDS:
        url.say(field.option, ())


def breakdown(w: Words) -> str:
    """Draw the choice of a field that both groups are broken down by."""
    options = {name: w(f"dimension.{name}") for name in BREAKDOWNS}
    return controls.one_of("by", w("filter.by"), options, FIRST)


def _offered(without: Sequence[str] = (), *, of_referred: bool = False) -> list[Field]:
    return [
        field
        for field in FIELDS
        if field.name not in without and (of_referred or not field.is_of_referred)
    ]


def _others(offered: Sequence[Field], label: str, w: Words) -> dict[str, tuple[str, ...]]:
    """Draw fields behind one control and return the codes picked, by field."""
    with _control(label):
        return {field.name: _codes(field, w) for field in offered}


def _control(label: str) -> DeltaGenerator:
    with st.container(key="filters_rest"):
        return st.popover(label, icon=":material/tune:", width="stretch")


def _codes(field: Field, w: Words) -> tuple[str, ...]:
    options = _options(field, w)
    # Of several codes together, so many sets could be asked for that the noise would average out.
    most = 1 if release_of_view() is Release.RELEASED else None
    return controls.some_of(field.option, w(f"dimension.{field.name}"), options, w, most=most)


def _options(field: Field, w: Words) -> dict[str, str]:
    return {code: dimensions.label(field.name, code, w) for code in field.all_codes()}


def _tell(months: list[str], found: Chosen, usual: Mapping[str, Any], w: Words) -> None:
    """Say what is set, and offer to take it back; nothing where all is as usual."""
    texts = [*months, *(f"{field}: {codes}" for field, codes in chosen_texts(found, w))]
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
            args=(usual,),
        )


def _empty(offered: Sequence[Field]) -> dict[str, Any]:
    return {field.option: [] for field in offered}


def _reset(usual: Mapping[str, Any]) -> None:
    for option, value in usual.items():
        st.session_state[url.key_of(option)] = value
