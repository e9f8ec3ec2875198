"""The presentation mode: one slide fills the screen; keys, a clicker or buttons move on.

All slides are drawn at once, and ``static/stage.js`` only changes which of them is seen: no key is
lost however fast they come, and nothing waits for the server (docs/decisions/0026). The address
holds the presentation and the slide, so that reload and links work.
"""

from html import escape
from typing import Any, Final

import streamlit as st

from analytics.i18n import Words
from analytics.reports.deck import Slide
from analytics.ui import data, language, places, url
from analytics.ui import slide as view

PLACE: Final = "presentation-mode"
SLIDE: Final = "slide"
"""Parameter: the number of the slide shown, or of the one that was left."""

_CONTROLS: Final = """
<div class="stage-controls" data-slides="{count}"><span role="status"></span>
<button type="button" data-step="-1">{back} <kbd aria-hidden="true">←</kbd></button>
<button type="button" data-step="1">{next} <kbd aria-hidden="true">→</kbd></button>
<button type="button" data-end="presentation">{end} <kbd aria-hidden="true">Esc</kbd></button></div>
"""
_SCROLL: Final = """
<script>document.getElementById("slide-{}").scrollIntoView({{block: "center"}})</script>
"""
_HIDE: Final = """
<style>:is({0}), :is({0}) * {{ visibility: hidden !important }}
@media (max-width: 899px) {{ :is({0}) {{ display: none !important }} }}</style>
"""
"""Unseen charts keep the size they are drawn for; on a phone, slides stand in the page's flow."""

_UNSEEN: Final = 'html:not([data-slide="{0}"]) [class*="st-key-slide_{0}_"]'


def link(label: str, number: int) -> None:
    """Draw a link that shows the presentation of this address from a slide on."""
    places.link(PLACE, label, _state(number), icon=":material/play_arrow:")


def start() -> None:
    """Show the presentation of this address from its first slide on."""
    places.go(PLACE, _state(1))


def scroll_to_left(count: int) -> None:
    """Scroll to the slide at which the presentation mode was left; its address names it once."""
    number = st.query_params.pop(SLIDE, "")
    if number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= count:
        st.html(_SCROLL.format(int(number)), unsafe_allow_javascript=True)


def show(question: data.Question[tuple[Slide, ...]]) -> None:
    """Draw the slides, first the one that the address names, and what moves on."""
    w = language.current()
    slides = question.answer()
    count = len(slides)
    key = url.seed(SLIDE, w("page_presentation.slide"), _number_up_to(count), 1)
    first: int = st.session_state[key]
    url.write(SLIDE, key, [str(first)], is_default=first == 1)
    with st.container(key="stage"):
        _controls(count, w)
        unseen = ", ".join(_UNSEEN.format(number) for number in range(1, count + 1))
        st.html(_HIDE.format(unseen))
        for place in range(count):
            index = (first - 1 + place) % count
            view.draw(slides[index], index + 1, count, w, is_page=True)


def _controls(count: int, w: Words) -> None:
    """Draw the buttons that move on, and the one that leaves at the slide shown."""
    words = {name: escape(w(f"page_presentation.{name}")) for name in ("back", "next", "end")}
    with st.container(key="stage_controls"):
        st.html(_CONTROLS.format(count=count, **words))


def _state(number: int) -> dict[str, Any]:
    """Return the parameters of this presentation, at a slide."""
    state: dict[str, Any] = {name: st.query_params.get_all(name) for name in st.query_params}
    return state | {SLIDE: str(number)}


def _number_up_to(count: int) -> url.Read[int]:
    """Return what reads a slide's number; one beyond the ends stands for the end."""

    def read(asked: list[str]) -> tuple[int | None, list[str]]:
        text = asked[-1]
        if not (text.isascii() and text.isdigit()):
            return None, [text]
        number = int(text[:9])
        return min(max(number, 1), count), ([] if 1 <= number <= count else [text])

    return read
