"""Presentation mode: one slide fills the screen."""

import streamlit as st

from analytics.domain.deck import DeckChoiceError
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.deck import choice_problem, slides
from analytics.ui import data, deck_choice, language, places, stage
from analytics.ui.show import plain

w = language.current()
problem = ""
try:
    question = data.ask(slides, deck_choice.asked(w))
    with st.spinner(w("page_presentation.computing")):
        question.answer()
except DeckChoiceError as error:
    problem = choice_problem(error, w)
except RefusedError as refused:
    problem = refused.reason
if problem:
    st.title(w("page_presentation.title"), anchor=False)
    st.info(plain(problem))
    places.link("presentation")
else:
    stage.show(question)
