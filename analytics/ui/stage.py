"""The presentation mode: one slide fills the screen; keys, a clicker or buttons move on.

A second window has the speaker's notes (``static/speaker.js``); it is filled from this page.

All slides are drawn at once, and ``static/stage.js`` only changes which of them is seen: no key is
lost however fast they come, and nothing waits for the server (docs/decisions/0026). The address
holds the presentation and the slide, so that reload and links work.
"""

from collections.abc import Mapping, Sequence
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

_TITLE: Final = """<h1 class="stage-title">{}</h1>"""
_CONTROLS: Final = """
<div class="stage-controls" data-slides="{count}" data-black="{is_black}">
<span role="status"></span>{buttons}</div>
"""
_BUTTON: Final = """
<button type="button" data-do="{name}"{end}>{label} <kbd aria-hidden="true">{key}</kbd></button>
"""
_KEYS: Final[Mapping[str, str]] = {
    "back": "←", "next": "→", "black": "B", "full": "F", "speaker": "S", "end": "Esc",
}  # fmt: skip
_NOTES: Final = """<div class="stage-notes" hidden {words}>{notes}</div>"""
_NOTE: Final = """<pre data-slide="{number}">{text}</pre>"""
_WINDOW: Final = ("title", "next", "last", "clock", "elapsed", "restart", "blocked")
"""Words of the speaker's window."""
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
        st.html(_TITLE.format(escape(slides[0].title)))
        _controls(count, w)
        _notes(slides, w)
        unseen = ", ".join(_UNSEEN.format(number) for number in range(1, count + 1))
        st.html(_HIDE.format(unseen))
        for place in range(count):
            index = (first - 1 + place) % count
            view.draw(slides[index], index + 1, count, w)


def _controls(count: int, w: Words) -> None:
    """Draw the buttons that move on, and the one that leaves at the slide shown."""
    buttons = "".join(
        _BUTTON.format(
            name="notes" if name == "speaker" else name,
            end=' data-end="presentation"' if name == "end" else "",
            label=escape(w(f"page_presentation.{name}")),
            key=key,
        )
        for name, key in _KEYS.items()
    )
    is_black = escape(w("page_presentation.is_black"))
    with st.container(key="stage_controls"):
        st.html(_CONTROLS.format(count=count, is_black=is_black, buttons=buttons))


def _notes(slides: Sequence[Slide], w: Words) -> None:
    """Leave the notes where the speaker's window takes them from; nobody else sees them."""
    words = " ".join(
        f'data-{name}="{escape(w(f"page_presentation.window_{name}"))}"' for name in _WINDOW
    )
    notes = "".join(
        _NOTE.format(number=number, text=escape(slide.notes))
        for number, slide in enumerate(slides, start=1)
    )
    st.html(_NOTES.format(words=words, notes=notes))


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
