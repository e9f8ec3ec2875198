"""Widgets whose values are codes of the domain and live in the URL.

Each function draws one widget, keeps the URL in step and returns a value of the domain. What a URL
asks for is checked against the options; anything else becomes the default, and the frame says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import streamlit as st

from analytics.domain.areas import registry
from analytics.domain.filters import NeedFilter
from analytics.domain.periods import Month, Period
from analytics.domain.vocabulary import LegalRegime, OfferArea, Provider
from analytics.i18n import Words
from analytics.ui import data, url

PERIOD: Final = "period"
DISTRICT: Final = "district"
_BETWEEN: Final = ".."


def one_of(key: str, label: str, options: Mapping[str, str], default: str | None = None) -> str:
    """Draw a selection of one and return its code.

    Args:
        key: Of the widget and the URL.
        label: What is chosen.
        options: Labels by code, in the order shown; at least one.
        default: Code chosen at first; the first option if not given.
    """
    first = default or next(iter(options))
    url.seed(key, lambda asked: _known(asked[-1], options), first)
    st.selectbox(label, list(options), format_func=options.__getitem__, key=key)
    return _written(key, first)


def switch_of(key: str, label: str, options: Mapping[str, str]) -> str:
    """Draw a few options side by side and return the code of the chosen one."""
    first = next(iter(options))
    url.seed(key, lambda asked: _known(asked[-1], options), first)
    st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, required=True
    )
    return _written(key, first)


def some_of(key: str, label: str, options: Mapping[str, str], w: Words) -> tuple[str, ...]:
    """Draw a selection of any number and return the codes; none chosen stands for all."""
    none: list[str] = []
    url.seed(key, lambda asked: _all_known(asked, options), none)
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=w("ui.all"),
        select_all=False,
    )
    chosen: list[str] = st.session_state[key]
    url.write(key, chosen, is_default=not chosen)
    return tuple(chosen)


def optional(key: str, label: str, options: Mapping[str, str], w: Words) -> str | None:
    """Draw a selection of one or none and return its code."""
    url.seed(key, lambda asked: _known(asked[-1], options), None)
    st.selectbox(
        label,
        list(options),
        index=None,
        format_func=options.__getitem__,
        key=key,
        placeholder=w("ui.choose"),
    )
    chosen: str | None = st.session_state[key]
    url.write(key, [chosen] if chosen else [], is_default=chosen is None)
    return chosen


def period(w: Words, *, default: Period | None = None) -> Period:
    """Draw the period as a range of months and return it."""
    longest = data.period_of_view()
    first = default or longest
    months = [str(month) for month in longest.months()]
    url.seed(PERIOD, lambda asked: _range(asked[-1], longest), _ends(first))
    st.select_slider(
        w("ui.period"),
        months,
        format_func=lambda month: w.month(Month.parse(month).first_day),
        key=PERIOD,
    )
    start, end = st.session_state[PERIOD]
    chosen = Period.parse(start, end)
    url.write(PERIOD, [_BETWEEN.join((start, end))], is_default=chosen == first)
    return chosen


def need_filter(w: Words, *, with_offer_areas: bool = True) -> NeedFilter:
    """Draw the filters of the needs in one row and return them as one value."""
    wide, *narrow = st.columns([2.2, 1, 1, 1] if with_offer_areas else [2.2, 1, 1])
    with wide:
        chosen_period = period(w)
    names: list[tuple[str, type[OfferArea] | type[Provider] | type[LegalRegime]]] = [
        ("provider", Provider),
        ("legal_regime", LegalRegime),
    ]
    if with_offer_areas:
        names.insert(0, ("offer_area", OfferArea))
    chosen: dict[str, tuple[str, ...]] = {}
    for column, (name, codes) in zip(narrow, names, strict=True):
        with column:
            chosen[name] = some_of(name, w(f"ui.filter_{name}"), labels(name, codes, w), w)
    return NeedFilter(
        chosen_period,
        offer_areas=chosen.get("offer_area", ()),
        providers=chosen["provider"],
        legal_regimes=chosen["legal_regime"],
    )


def districts() -> dict[str, str]:
    """Return the districts' names by AGS, by name."""
    areas = sorted(registry().districts, key=lambda area: (area.name, area.ags))
    return {area.ags: area.full_name for area in areas}


def labels(code_list: str, codes: Iterable[str], w: Words) -> dict[str, str]:
    """Return the labels of a code list by code."""
    return {code: w.label(code_list, code) for code in map(str, codes)}


def set_district(ags: str | None) -> None:
    """Choose a district from elsewhere than its widget, such as a click on the map."""
    st.session_state[DISTRICT] = ags


def month_options(first: date, last: date, w: Words) -> dict[str, str]:
    """Return the labels of the months from ``first`` to ``last`` by code."""
    months = Period(Month.of(first), Month.of(last)).months()
    return {str(month): w.month(month.first_day) for month in months}


def _written(key: str, first: str) -> str:
    chosen: str = st.session_state[key]
    url.write(key, [chosen], is_default=chosen == first)
    return chosen


def _known(asked: str, options: Mapping[str, str]) -> str | None:
    return asked if asked in options else None


def _all_known(asked: Sequence[str], options: Mapping[str, str]) -> list[str] | None:
    return list(asked) if set(asked) <= set(options) else None


def _ends(chosen: Period) -> tuple[str, str]:
    return str(chosen.first), str(chosen.last)


def _range(asked: str, longest: Period) -> tuple[str, str] | None:
    start, _, end = asked.partition(_BETWEEN)
    try:
        chosen = Period.parse(start, end).within(longest)
    except ValueError:
        return None
    return _ends(chosen) if chosen else None
