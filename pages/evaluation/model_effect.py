"""Effect of the model programme: what could be found, what was, and how robust it is."""

from collections.abc import Callable

import streamlit as st

from analytics.charts import figures
from analytics.charts.event_study import event_study
from analytics.charts.forest import estimate, forest
from analytics.charts.honest import honest_curve
from analytics.charts.placebo import placebo_draws
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.evaluation import (
    model_course,
    model_exhibits,
    model_synthetic_exhibits,
    model_variants,
)
from analytics.ui import data, effect_controls, language, sayings, show

w = language.current()
st.title(w("page_model_effect.title"), anchor=False)
st.markdown(w("page_model_effect.lead"))


@st.fragment
def page() -> None:
    choice = effect_controls.model_choice(w)

    def exhibit(report: Callable[..., Exhibit], draw: show.Draw, level: show.Level = 3) -> None:
        question = data.ask(report, choice)
        with st.spinner(w("page_model_effect.computing")):
            question.answer()
        show.exhibit(question, draw, level=level)

    verdict = st.container()  # drawn on top, but only once the headline stands: it needs it all
    with st.spinner(w("page_model_effect.computing")):
        numbers = data.ask(model_exhibits.key_figures, choice).answer()
    show.figure_row(numbers)
    exhibit(model_exhibits.estimate, estimate, 2)
    exhibit(model_exhibits.placebo, placebo_draws, 2)
    with verdict:
        sayings.short(choice)

    st.header(w("page_model_effect.tested"), anchor="tested")
    exhibit(model_course.event_study, event_study)
    exhibit(model_variants.sensitivities, forest)
    exhibit(model_course.honest, honest_curve)
    exhibit(model_synthetic_exhibits.synthetic_path, figures.path)
    exhibit(model_synthetic_exhibits.synthetic_weights, figures.weights)
    exhibit(model_variants.without_site, forest)


page()
