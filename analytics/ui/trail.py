"""The way from question to question: each one narrower, and every step leads back."""

from typing import Final

import streamlit as st

from analytics.domain.filters import options_of_needs
from analytics.domain.inquiry import Inquiry
from analytics.i18n import Words
from analytics.reports.exploring.question_words import in_words
from analytics.ui import url

_TRAIL: Final = "explore_trail"
_OPTIONS: Final = (
    "indicator", "rows", "columns", "compare", "against", "first", "second", "from", "to",
)  # fmt: skip


def draw(asked: Inquiry, w: Words) -> None:
    """Draw the questions that led here; nothing where this is the first one."""
    steps = _steps()
    if asked in steps:
        del steps[steps.index(asked) :]
    if not steps:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="explore_trail_steps"):
        for number, step in enumerate(steps):
            st.button(
                in_words(step, w),
                type="tertiary",
                icon=":material/arrow_back:",
                key=f"explore_step_{number}",
                on_click=_back,
                args=(number,),
            )


def go(asked: Inquiry, narrower: Inquiry) -> None:
    """Ask a narrower question, and remember the one that led to it."""
    steps = _steps()
    if not steps or steps[-1] != asked:
        steps.append(asked)
    show(narrower)


def show(asked: Inquiry) -> None:
    """Put a question into the controls of the page, as they are drawn next."""
    told = asked.parameters()
    for option in (*_OPTIONS, *options_of_needs(of_referred=True)):
        if option in told:
            url.put(option, told[option])
        elif option not in _OPTIONS:
            url.put(option, [])
    url.put("compare", told.get("compare", "none"))


def _back(number: int) -> None:
    steps = _steps()
    asked = steps[number]
    del steps[number:]
    show(asked)


def _steps() -> list[Inquiry]:
    steps: list[Inquiry] = url.of_visit().setdefault(_TRAIL, [])
    return steps
