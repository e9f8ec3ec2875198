"""The controls of a question: an indicator, by what, of whom, compared with what."""

from collections.abc import Collection, Mapping
from typing import Final

import streamlit as st

from analytics.domain.filters import BREAKDOWNS, NeedFilter, fields
from analytics.domain.indicators import DIMENSIONS, Dimension, Indicator, catalogue, indicator
from analytics.domain.inquiry import ALIKE, AREAS, WHOLE, Groups, ImpossibleInquiryError, Inquiry
from analytics.domain.periods import Month, Period
from analytics.domain.release import Release, grid
from analytics.i18n import Words
from analytics.reports.basis import dimensions
from analytics.reports.basis.selection import period_text
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME
from analytics.reports.exploring.asking import FIRST_INDICATOR, FIRST_ROWS, usual_months
from analytics.ui import controls, data, filters, url
from analytics.ui.audience import release_of_view

NOTHING: Final = "none"
PERIOD: Final = "period"
_FIRST_GROUPS: Final = ("model", "comparison")
"""What of the field of groups is compared at first."""


def draw(w: Words) -> Inquiry | None:
    """Draw the controls and return the question; None, and why, where it has no meaning."""
    what, rows_place, columns_place, compared_place, needs_place = st.columns(
        [1.6, 1, 1, 1, 1], vertical_alignment="bottom"
    )
    with what:
        chosen = _indicator(w)
    with rows_place:
        rows = _one_of("rows", w("explore.rows"), _rows(chosen, w), FIRST_ROWS)
    with columns_place:
        columns = _one_of("columns", w("explore.columns"), _columns(chosen, rows, w), WHOLE)
    with compared_place:
        compare = _one_of(
            "compare", w("explore.compare"), _comparisons(chosen, rows, columns, w), NOTHING
        )
    usual = data.ask(usual_months, chosen.id, rows, columns).answer()
    needs = filters.behind_one_control(
        w, needs_place, usual=usual, of_referred=chosen.is_of_referred
    )
    _forget_unless(compare)
    try:
        against = _against(needs, w) if compare == PERIOD else None
        groups = _groups(compare, w) if compare in fields() else None
        is_beside_alike = compare == ALIKE
        counted = _without(needs, compare)
        return Inquiry(chosen.id, counted, rows, columns, against, groups, is_beside_alike)
    except ImpossibleInquiryError as error:
        st.info(w(f"explore.refused_{error.reason}"))
        return None


def _indicator(w: Words) -> Indicator:
    options = {each.id: each.name[w.language] for each in catalogue().values()}
    return indicator(_one_of("indicator", w("ui.indicator"), options, FIRST_INDICATOR))


def _rows(chosen: Indicator, w: Words) -> dict[Dimension, str]:
    return {
        each: w("explore.whole") if each == WHOLE else w(f"dimension.{each}")
        for each in DIMENSIONS
        if each in chosen.dimensions
    }


def _columns(chosen: Indicator, rows: Dimension, w: Words) -> dict[Dimension, str]:
    possible = _rows(chosen, w) if chosen.counts_needs else {}
    named = {code: name for code, name in possible.items() if code not in (*AREAS, rows, WHOLE)}
    return {WHOLE: w("explore.nothing"), **named}


def _comparisons(
    chosen: Indicator, rows: Dimension, columns: Dimension, w: Words
) -> dict[str, str]:
    options = {NOTHING: w("explore.nothing")}
    if not chosen.counts_needs:
        return options
    if chosen.is_standardised and rows in BREAKDOWNS and columns == WHOLE:
        options[ALIKE] = w("explore.compare_alike")
    groups = {
        name: w("explore.compare_field", field=w(f"dimension.{name}"))
        for name, field in fields().items()
        if name in chosen.dimensions and not field.is_area
    }
    return options | {PERIOD: w("explore.compare_period")} | groups


def _against(needs: NeedFilter, w: Words) -> Period:
    """Draw the choice of the months that are compared with."""
    covered = data.period_of_view()
    options = {str(each): period_text(each, w) for each in _periods(covered)}
    asked = "".join(url.texts_of("against")[-1:])
    if (free := _free(asked, covered)) is not None:
        options.setdefault(asked, period_text(free, w))
    options.pop(str(needs.period), None)
    first, *_ = options
    return Period.parse(*_one_of("against", w("explore.against_label"), options, first).split(":"))


def _periods(covered: Period) -> list[Period]:
    """Return the periods that are offered to compare with: the evaluation's, then each year."""
    years = [
        Period(Month(year, 1), Month(year, 12))
        for year in range(covered.last.year, covered.first.year - 1, -1)
    ]
    parts = [each.within(covered) for each in (BEFORE_PROGRAMME, PROGRAMME, *years)]
    return list(dict.fromkeys(each for each in parts if each is not None))


def _free(text: str, covered: Period) -> Period | None:
    """Return the months that an address asks for, where they may be asked for."""
    try:
        asked = Period.parse(*text.split(":"))
    except (ValueError, TypeError):
        return None
    is_free = release_of_view() is Release.CONFIDENTIAL
    return asked if asked.within(covered) and (is_free or asked in set(grid(covered))) else None


def _groups(name: str, w: Words) -> Groups:
    """Draw the choice of the two groups that are compared."""
    codes = fields()[name].all_codes()
    options = {code: dimensions.label(name, code, w) for code in codes}
    usual = _FIRST_GROUPS if set(_FIRST_GROUPS) <= set(codes) else tuple(codes[:2])
    left, right = st.columns(2)
    with left:
        first = _one_of("first", w("explore.first"), options, usual[0])
    with right:
        second = _one_of("second", w("explore.second"), options, usual[1])
    return Groups(name, first, second)


def _without(needs: NeedFilter, compare: str) -> NeedFilter:
    """Return the needs without a choice of the field whose codes are compared."""
    return needs.but(**{compare: ()}) if compare in fields() else needs


def _one_of(name: str, label: str, options: Mapping[str, str], usual: str) -> str:
    """Draw a selection whose options follow from another one: what there is no more is dropped."""
    first = usual if usual in options else next(iter(options))
    drop_unless(name, options)
    return controls.one_of(name, label, options, first)


def _forget_unless(compare: str) -> None:
    """Leave out of the address what belongs to another comparison than the one that is chosen."""
    if compare != PERIOD:
        url.say("against", ())
    if compare not in fields():
        url.say("first", ())
        url.say("second", ())


def drop_unless(name: str, options: Collection[str]) -> None:
    """Forget a choice that is none any more, as the options follow from another one."""
    key = url.key_of(name)
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
        url.say(name, ())
