"""The choice of a presentation: a ready one or its parts, title, occasion, months; all in the URL.

What is written for one presentation and cannot be seen in another leaves the address with it. The
presentation mode reads the same address without drawing anything.
"""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.domain.deck import LONGEST_TEXT, DeckChoice, Preset, Story
from analytics.domain.periods import Month, Period
from analytics.i18n import Words
from analytics.reports.deck import preset_name, story_name
from analytics.ui import controls, data, filters, url

DECK: Final = "deck"
OWN: Final = "own"
STORIES: Final = "stories"
TITLE: Final = "title"
OCCASION: Final = "occasion"
DAY: Final = "date"

_FIRST: Final = Preset.KABINETT.value
_DAYS: Final = (date(2013, 1, 1), date(2099, 12, 31))
_NO_DAY: Final[Any] = None
_DAY_FORMATS: Final = {"de": "DD.MM.YYYY", "en": "DD/MM/YYYY"}


def choice(w: Words, first: DeltaGenerator, rest: DeltaGenerator) -> DeckChoice:
    """Draw all that can be chosen about a presentation and return it.

    Args:
        w: Words of the language.
        first: Place of what must be chosen: the kind, and what it tells of.
        rest: Place of what may be chosen.

    Raises:
        DeckChoiceError: If parts or the district are still missing, or a text is none.
    """
    with first:
        kind = controls.one_of(DECK, w("page_presentation.deck"), _kinds(w))
        stories = _stories(kind, w)
        districts = _districts(w) if _tells_of_districts(kind, stories) else ()
        if not districts:
            st.query_params.pop(controls.DISTRICT, None)
    with rest:
        period = _period(w)
        title = _text(TITLE, w("page_presentation.heading"), w("page_presentation.heading_usual"))
        occasion = _text(OCCASION, w("page_presentation.occasion"), "")
        day = _day(w)
        told = _deck(kind, stories, districts).named(title, occasion, day)
        if not told.heeds_needs:
            filters.leave_out()
            return replace(told, period=period)
        return replace(told, period=period, chosen=filters.chosen(w, rest))


def asked(w: Words) -> DeckChoice:
    """Return the presentation that the address asks for.

    Raises:
        DeckChoiceError: As ``choice``.
    """
    none: list[str] = []
    kind_label, stories_label = w("page_presentation.deck"), w("page_presentation.stories")
    kind = url.asked(DECK, kind_label, controls.one_code(_kinds(w)), _FIRST)
    codes = none
    if kind == OWN:
        codes = url.asked(STORIES, stories_label, controls.some_codes(_names(w)), none)
    stories, districts = tuple(map(Story, codes)), none
    if _tells_of_districts(kind, stories):
        label, known = w("page_presentation.districts"), controls.some_codes(controls.districts())
        districts = url.asked(controls.DISTRICT, label, known, none)
    told = _deck(kind, stories, tuple(districts)).named(
        url.asked(TITLE, w("page_presentation.heading"), _line, ""),
        url.asked(OCCASION, w("page_presentation.occasion"), _line, ""),
        url.asked(DAY, w("page_presentation.day"), _calendar_day, _NO_DAY),
    )
    chosen = filters.asked(w) if told.heeds_needs else ()
    return replace(told, period=_asked_period(w), chosen=chosen)


def _asked_period(w: Words) -> Period | None:
    longest = data.period_of_view()
    month = controls.one_code(controls.months(longest, w))
    first = url.asked(controls.FROM, w("ui.from"), month, "")
    month = controls.one_code(controls.months(_rest(longest, first), w))
    return _span(longest, first, url.asked(controls.TO, w("ui.to"), month, ""))


def _kinds(w: Words) -> dict[str, str]:
    presets = {preset.value: preset_name(preset, w) for preset in Preset}
    return presets | {OWN: w("page_presentation.own")}


def _names(w: Words) -> dict[str, str]:
    return {story.value: story_name(story, w) for story in Story}


def _tells_of_districts(kind: str, stories: tuple[Story, ...]) -> bool:
    return kind == Preset.KREISBESUCH or Story.DISTRICT in stories


def _deck(kind: str, stories: tuple[Story, ...], districts: tuple[str, ...]) -> DeckChoice:
    if kind == OWN:
        return DeckChoice(stories, districts)
    return DeckChoice.of_preset(Preset(kind), districts)


def _stories(kind: str, w: Words) -> tuple[Story, ...]:
    """Draw the list of parts where they can be chosen, and return them as picked."""
    if kind != OWN:
        st.query_params.pop(STORIES, None)
        return ()
    label = w("page_presentation.stories")
    return tuple(map(Story, controls.some_of(STORIES, label, _names(w), w, w("ui.choose"))))


def _districts(w: Words) -> tuple[str, ...]:
    """Draw the list of districts, told in the order in which they were picked."""
    label, options = w("page_presentation.districts"), controls.districts()
    return controls.some_of(controls.DISTRICT, label, options, w, w("ui.choose"))


def _period(w: Words) -> Period | None:
    """Draw the months of need; none chosen stands for the usual ones of each part."""
    longest = data.period_of_view()
    usual = w("page_presentation.months_usual")
    months, told = controls.months(longest, w), w("page_presentation.months_help")
    first = controls.optional(controls.FROM, w("ui.from"), months, usual, told)
    rest = _rest(longest, first)
    controls.tell_reversed(longest, rest.first, w)
    last = controls.optional(controls.TO, w("ui.to"), controls.months(rest, w), usual)
    return _span(longest, first, last)


def _rest(longest: Period, first: str | None) -> Period:
    return Period(Month.parse(first), longest.last) if first else longest


def _span(longest: Period, first: str | None, last: str | None) -> Period | None:
    """Return the months chosen; one end alone reaches as far as there are data."""
    if not first and not last:
        return None
    return Period.parse(first or str(longest.first), last or str(longest.last))


def _text(name: str, label: str, placeholder: str) -> str:
    key = url.seed(name, label, _line, "")
    st.text_input(label, key=key, max_chars=LONGEST_TEXT, placeholder=placeholder)
    text: str = st.session_state[key]
    url.write(name, key, [text], is_default=not text)
    return text


def _day(w: Words) -> date | None:
    label, (first, last) = w("page_presentation.day"), _DAYS
    key = url.seed(DAY, label, _calendar_day, _NO_DAY)
    st.date_input(
        label,
        value=None,
        min_value=first,
        max_value=last,
        key=key,
        format=_DAY_FORMATS[w.language],
    )
    day: date | None = st.session_state[key]
    url.write(DAY, key, [day.isoformat()] if day else [], is_default=day is None)
    return day


def _line(asked: list[str]) -> tuple[str | None, list[str]]:
    text = asked[-1]
    fits = len(text) <= LONGEST_TEXT and text.isprintable()
    return (text, []) if fits else (None, [text])


def _calendar_day(asked: list[str]) -> tuple[date | None, list[str]]:
    try:
        day = date.fromisoformat(asked[-1])
    except ValueError:
        return None, asked[-1:]
    return (day, []) if _DAYS[0] <= day <= _DAYS[1] else (None, asked[-1:])
