"""Widgets whose values are codes of the domain and live in the URL.

Each function draws one widget, keeps the URL in step and returns a value of the domain. What a URL
asks for is checked against the options; what is not one of them is left out, and the frame says so.
"""

from collections.abc import Container, Iterable, Mapping
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.domain.areas import registry
from analytics.domain.indicators import catalogue
from analytics.domain.periods import Month, Period
from analytics.domain.release import Release, grid
from analytics.i18n import Words
from analytics.reports.basis.selection import period_text
from analytics.ui import data, url
from analytics.ui.audience import release_of_view

FROM: Final = "from"
TO: Final = "to"
DISTRICT: Final = "district"
MONTH: Final = "month"

_FIRST_INDICATOR: Final = "share_referred_90d"
_FIRST_KIM_MONTH: Final = Month(2020, 1)
"""The year of the first guideline; nothing can be reached before."""


def one_of(
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str | None = None,
    *,
    explained: str | None = None,
) -> str:
    """Draw a selection of one and return its code.

    Args:
        name: Of the parameter in the URL.
        label: What is chosen.
        options: Labels by code, in the order shown; at least one.
        default: Code chosen at first; the first option if not given.
        explained: What the options mean, shown on demand.
    """
    first = default or next(iter(options))
    key = url.seed(name, label, one_code(options), first)
    st.selectbox(label, list(options), format_func=options.__getitem__, key=key, help=explained)
    return _written(name, key, first)


def switch_of(name: str, label: str, options: Mapping[str, str], default: str | None = None) -> str:
    """Draw a few options side by side and return the code of the chosen one, at first a default."""
    first = default or next(iter(options))
    key = url.seed(name, label, one_code(options), first)
    st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, required=True
    )
    return _written(name, key, first)


def some_of(
    name: str,
    label: str,
    options: Mapping[str, str],
    w: Words,
    placeholder: str | None = None,
    *,
    most: int | None = None,
) -> tuple[str, ...]:
    """Draw a selection of any number and return the codes in the order picked.

    Args:
        name: Of the parameter in the URL.
        label: What is chosen.
        options: Labels by code, in the order shown.
        w: Words of the language.
        placeholder: Shown while none is chosen; "all" if not given.
        most: How many may be chosen; any number if not given.
    """
    none: list[str] = []
    key = url.seed(name, label, some_codes(options), none)
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=placeholder or w("ui.all"),
        select_all=False,
        max_selections=most,
    )
    chosen: list[str] = st.session_state[key]
    url.write(name, key, chosen, is_default=not chosen)
    return tuple(chosen)


def optional(
    name: str,
    label: str,
    options: Mapping[str, str],
    placeholder: str,
    help_text: str | None = None,
) -> str | None:
    """Draw a selection of one or none and return its code."""
    key = url.seed(name, label, one_code(options), None)
    st.selectbox(
        label,
        list(options),
        index=None,
        format_func=options.__getitem__,
        key=key,
        placeholder=placeholder,
        help=help_text,
    )
    chosen: str | None = st.session_state[key]
    url.write(name, key, [chosen] if chosen else [], is_default=chosen is None)
    return chosen


def period(w: Words, usual: Period | None = None, *, said: DeltaGenerator | None = None) -> Period:
    """Draw the first and the last month and return the period.

    Args:
        w: Words of the language.
        usual: Chosen at first, as far as there are data; else all that there is.
        said: Where it is said that the months asked for are reversed; else between them.
    """
    longest = data.period_of_view()
    first = (usual and usual.within(longest)) or longest
    first_column, last_column = st.columns(2)
    with first_column:
        told = w("filter.usual", period=period_text(first, w)) if usual else None
        released = _released(longest)
        options = _among({each.first for each in released}, months(longest, w))
        start = one_of(FROM, w("ui.from"), options, str(first.first), explained=told)
    rest = Period(Month.parse(start), longest.last)
    with said or nullcontext():
        tell_reversed(longest, rest.first, w)
    with last_column:
        last = first.last if first.last >= rest.first else rest.last
        ends = {each.last for each in released if each.first == rest.first}
        options = _among(ends, months(rest, w))
        usual_end = str(last) if str(last) in options else next(iter(options))
        end = one_of(TO, w("ui.to"), options, usual_end)
    return Period.parse(start, end)


def _released(longest: Period) -> frozenset[Period]:
    """Return the periods that can be chosen: none where all can."""
    is_free = release_of_view() is Release.CONFIDENTIAL
    return frozenset() if is_free else frozenset(grid(longest))


def _among(wanted: Container[Month], options: dict[str, str]) -> dict[str, str]:
    """Return the months that begin or end a released period; all of them where any may."""
    return {code: name for code, name in options.items() if Month.parse(code) in wanted} or options


def tell_reversed(longest: Period, first: Month, w: Words) -> None:
    """Say so where a period ends before it begins: the frame is not drawn anew with a fragment.

    Called before the last month is drawn, whose options begin with ``first``.
    """
    asked = url.texts_of(TO)[-1:]
    known = {str(month): month for month in longest.months() if month < first}
    if asked and asked[0] in known:
        last = known[asked[0]].first_day
        st.warning(w("ui.period_reversed", first=w.month(first.first_day), last=w.month(last)))


def indicator_of_districts(w: Words) -> str:
    """Draw the choice among the indicators that there are by district."""
    by_district = [entry for entry in catalogue().values() if "district" in entry.dimensions]
    options = {entry.id: entry.name[w.language] for entry in by_district}
    return one_of("indicator", w("ui.indicator"), options, _FIRST_INDICATOR)


def month_of_rollout(w: Words, usual: str) -> str:
    """Draw the choice of a month of the roll-out, at first the usual one if there is it."""
    months = rollout_months(w)
    first = usual if usual in months else list(months)[-1]
    key = url.seed(MONTH, w("ui.month"), one_code(months), first)
    st.select_slider(w("ui.month"), list(months), format_func=months.__getitem__, key=key)
    return _written(MONTH, key, first)


def rollout_months(w: Words) -> dict[str, str]:
    """Return the months of the roll-out up to the data cut by code, oldest first."""
    return months(Period(_FIRST_KIM_MONTH, Month.of(data.manifest_of_view().as_of)), w)


def last_day(month: str) -> date:
    """Return the last day of a month."""
    return Month.parse(month).plus(1).first_day - timedelta(days=1)


def districts() -> dict[str, str]:
    """Return the districts' names by AGS, by name."""
    areas = sorted(registry().districts, key=lambda area: (area.name, area.ags))
    return {area.ags: area.full_name for area in areas}


def labels(code_list: str, codes: Iterable[str], w: Words) -> dict[str, str]:
    """Return the labels of a code list by code."""
    return {code: w.label(code_list, code) for code in map(str, codes)}


def set_district(ags: str | None) -> None:
    """Choose a district from elsewhere than its widget, such as a click on the map."""
    st.session_state[url.key_of(DISTRICT)] = ags


def months(span: Period, w: Words) -> dict[str, str]:
    """Return the names of a period's months by code, oldest first."""
    return {str(month): w.month(month.first_day) for month in span.months()}


def _written(name: str, key: str, first: str) -> str:
    chosen: str = st.session_state[key]
    url.write(name, key, [chosen], is_default=chosen == first)
    return chosen


def one_code(options: Mapping[str, str]) -> url.Read[str]:
    """Return what reads one code: the last that the URL gives, if there is such an option."""
    return lambda asked: (asked[-1], []) if asked[-1] in options else (None, asked[-1:])


def some_codes(options: Mapping[str, str]) -> url.Read[list[str]]:
    """Return what reads any number of codes: those that are options, the others set aside."""

    def read(asked: list[str]) -> tuple[list[str], list[str]]:
        known = [code for code in dict.fromkeys(asked) if code in options]
        return known, [code for code in asked if code not in options]

    return read
