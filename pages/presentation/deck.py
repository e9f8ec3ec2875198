"""Presentation: slides for an occasion, seen as they will be, shown, and taken away as a file."""

import streamlit as st

from analytics.domain.deck import DeckChoiceError
from analytics.reports.deck import choice_problem, slides
from analytics.ui import data, deck, deck_choice, language, show, stage

w = language.current()
show.title(w("page_presentation.title"), w("page_presentation.lead"))


@st.fragment
def page() -> None:
    with st.container(key="deck"):
        chosen, drawn = st.columns([1, 3], gap="medium")
    with chosen:
        kind, ways, details = st.container(), st.container(), st.container()
    with drawn:
        try:
            choice = deck_choice.choice(w, kind, details)
        except DeckChoiceError as error:
            st.info(show.plain(choice_problem(error, w)))
            return
        question = data.ask(slides, choice)
        with st.spinner(w("page_presentation.computing")):
            if show.is_refused(question):
                return
            told = question.answer()
        with ways:
            deck.take_away(question, choice, w)
        for number, slide in enumerate(told, start=1):
            deck.show_slide(slide, number, len(told))
    stage.scroll_to_left(len(told))


page()
