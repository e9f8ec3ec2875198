"""Presentation mode: one slide fills the screen."""

import streamlit as st

from analytics.domain.deck import DeckChoiceError
from analytics.reports.deck import choice_problem, slides
from analytics.ui import data, deck_choice, language, stage
from analytics.ui.show import plain

w = language.current()
try:
    question = data.ask(slides, deck_choice.asked(w))
except DeckChoiceError as error:
    st.title(w("page_presentation.title"), anchor=False)
    st.info(plain(choice_problem(error, w)))
    st.page_link(stage.DECK, query_params=language.state(w))
else:
    with st.spinner(w("page_presentation.computing")):
        question.answer()
    stage.show(question)
