"""The choice of a presentation: a ready one or its parts, title, occasion and day; all in the URL.

What is written for one presentation and cannot be seen in another leaves the address with it.
"""

from datetime import date
from typing import Any, Final

import streamlit as st

from analytics.domain.deck import LONGEST_TEXT, DeckChoice, Preset, Story
from analytics.i18n import Words
from analytics.reports.deck import preset_name, story_name
from analytics.ui import controls, url

DECK: Final = "deck"
OWN: Final = "own"
STORIES: Final = "stories"
TITLE: Final = "title"
OCCASION: Final = "occasion"
DAY: Final = "date"

_DAYS: Final = (date(2013, 1, 1), date(2099, 12, 31))
_DAY_FORMATS: Final = {"de": "DD.MM.YYYY", "en": "DD/MM/YYYY"}


def choice(w: Words) -> DeckChoice:
    """Draw all that can be chosen about a presentation and return it.

    Raises:
        DeckChoiceError: If parts or the district are still missing, or a text is none.
    """
    which, what = st.columns([1, 2])
    with which:
        kind = _kind(w)
    with what:
        stories = _stories(w) if kind == OWN else ()
        if kind != OWN:
            st.query_params.pop(STORIES, None)
        districts = _districts(stories, kind, w)
    title_column, occasion_column, day_column = st.columns([2, 2, 1])
    with title_column:
        title = _text(TITLE, w("page_presentation.heading"), w("page_presentation.heading_usual"))
    with occasion_column:
        occasion = _text(OCCASION, w("page_presentation.occasion"), "")
    with day_column:
        day = _day(w)
    if kind == OWN:
        return DeckChoice(stories, districts).named(title, occasion, day)
    return DeckChoice.of_preset(Preset(kind), districts).named(title, occasion, day)


def _kind(w: Words) -> str:
    options = {preset.value: preset_name(preset, w) for preset in Preset}
    return controls.one_of(
        DECK, w("page_presentation.deck"), options | {OWN: w("page_presentation.own")}
    )


def _stories(w: Words) -> tuple[Story, ...]:
    """Draw the list of parts, which keeps the order in which they were picked."""
    options = {story.value: story_name(story, w) for story in Story}
    label, none = w("page_presentation.stories"), list[str]()
    key = url.seed(STORIES, label, _known, none)
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=w("ui.choose"),
        select_all=False,
    )
    chosen: list[str] = st.session_state[key]
    url.write(STORIES, key, chosen, is_default=not chosen)
    return tuple(map(Story, chosen))


def _districts(stories: tuple[Story, ...], kind: str, w: Words) -> tuple[str, ...]:
    """Draw the list of districts where the presentation tells of one."""
    if kind != Preset.KREISBESUCH and Story.DISTRICT not in stories:
        st.query_params.pop(controls.DISTRICT, None)
        return ()
    label, hint = w("page_district.district"), w("ui.choose")
    ags = controls.optional(controls.DISTRICT, label, controls.districts(), hint)
    return (ags,) if ags else ()


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


def _known(asked: list[str]) -> tuple[list[str], list[str]]:
    codes = set(Story)
    return [c for c in dict.fromkeys(asked) if c in codes], [c for c in asked if c not in codes]


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
