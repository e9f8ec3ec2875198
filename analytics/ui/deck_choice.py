"""The choice of a presentation: a ready one or its parts, title, occasion, months; all in the URL.

What is written for one presentation and cannot be seen in another leaves the address with it. The
presentation mode reads the same address without drawing anything.
"""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import streamlit as st

from analytics.domain.deck import LONGEST_TEXT, DeckChoice, Preset, Story
from analytics.domain.periods import Month, Period
from analytics.i18n import Words
from analytics.reports.deck import preset_name, story_name
from analytics.ui import controls, data, url

DECK: Final = "deck"
OWN: Final = "own"
STORIES: Final = "stories"
TITLE: Final = "title"
OCCASION: Final = "occasion"
DAY: Final = "date"

_FIRST: Final = Preset.KABINETT.value
_DAYS: Final = (date(2013, 1, 1), date(2099, 12, 31))
_DAY_FORMATS: Final = {"de": "DD.MM.YYYY", "en": "DD/MM/YYYY"}


def choice(w: Words) -> DeckChoice:
    """Draw all that can be chosen about a presentation and return it.

    Raises:
        DeckChoiceError: If parts or the district are still missing, or a text is none.
    """
    which, what, when = st.columns([1.2, 2, 1.4])
    with which:
        kind = controls.one_of(DECK, w("page_presentation.deck"), _kinds(w))
    with what:
        stories = _stories(w) if kind == OWN else ()
        if kind != OWN:
            st.query_params.pop(STORIES, None)
        districts = _districts(w) if _tells_of_districts(kind, stories) else ()
        if not _tells_of_districts(kind, stories):
            st.query_params.pop(controls.DISTRICT, None)
            if kind != OWN:
                st.empty()
    with when:
        period = _period(w)
    title_column, occasion_column, day_column = st.columns([2, 2, 1])
    with title_column:
        title = _text(TITLE, w("page_presentation.heading"), w("page_presentation.heading_usual"))
    with occasion_column:
        occasion = _text(OCCASION, w("page_presentation.occasion"), "")
    with day_column:
        day = _day(w)
    return replace(_deck(kind, stories, districts).named(title, occasion, day), period=period)


def asked(w: Words) -> DeckChoice:
    """Return the presentation that the address asks for.

    Raises:
        DeckChoiceError: As ``choice``.
    """
    names = {
        DECK: "deck", STORIES: "stories", TITLE: "heading", OCCASION: "occasion", DAY: "day",
        controls.DISTRICT: "districts", controls.FROM: "from", controls.TO: "to",
    }  # fmt: skip

    def read(name: str, how: url.Read[Any], default: Any) -> Any:
        return url.asked(name, w(f"page_presentation.{names[name]}"), how, default)

    kind = read(DECK, controls.one_code(_kinds(w)), _FIRST)
    stories: tuple[Story, ...] = ()
    if kind == OWN:
        stories = tuple(map(Story, read(STORIES, controls.some_codes(_names(w)), [])))
    districts: tuple[str, ...] = ()
    if _tells_of_districts(kind, stories):
        districts = tuple(read(controls.DISTRICT, controls.some_codes(controls.districts()), []))
    longest = data.period_of_view()
    first = read(controls.FROM, controls.one_code(controls.months(longest, w)), None)
    rest = _rest(longest, first)
    last = read(controls.TO, controls.one_code(controls.months(rest, w)), None)
    named = _deck(kind, stories, districts).named(
        read(TITLE, _line, ""), read(OCCASION, _line, ""), read(DAY, _calendar_day, None)
    )
    return replace(named, period=_span(longest, first, last))


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


def _stories(w: Words) -> tuple[Story, ...]:
    """Draw the list of parts, which keeps the order in which they were picked."""
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
    first_column, last_column = st.columns(2)
    with first_column:
        months = controls.months(longest, w)
        first = controls.optional(controls.FROM, w("page_presentation.from"), months, usual)
    with last_column:
        months = controls.months(_rest(longest, first), w)
        last = controls.optional(controls.TO, w("page_presentation.to"), months, usual)
    return _span(longest, first, last)


def _rest(longest: Period, first: str | None) -> Period:
    return Period(Month.parse(first), longest.last) if first else longest


def _span(longest: Period, first: str | None, last: str | None) -> Period | None:
    """Return the months chosen; one end alone reaches as far as there are data."""
    if first is None and last is None:
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
    no_day: Any = None
    key = url.seed(DAY, label, _calendar_day, no_day)
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
