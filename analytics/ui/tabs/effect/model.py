"""Effect of the model programme: what could be found, what was, and how robust it is."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from analytics.domain.evaluation import ModelChoice
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.evaluation import (
    model_course,
    model_exhibits,
    model_synthetic_exhibits,
    model_variants,
)
from analytics.ui import data, effect_controls, language, long_tables, sayings, show


def draw(_w: Words) -> None:
    """Draw the tab."""
    _effect()


@st.fragment
def _effect() -> None:
    w = language.current()
    choice = effect_controls.model_choice(w)
    estimated, verdict = st.columns(2, gap="medium")
    with estimated:
        _figure(model_exhibits.estimate, choice, 2, w)
    with verdict:
        sayings.short(choice)

    st.header(w("page_model_effect.tested"), anchor="tested")
    for reports in (
        (model_exhibits.placebo, model_course.event_study),
        (model_variants.sensitivities, model_variants.without_site),
        (model_course.honest, model_synthetic_exhibits.synthetic_path),
    ):
        show.pair(*(partial(_figure, report, choice, 3, w) for report in reports))
    weights, label = model_synthetic_exhibits.synthetic_weights, w("page_model_effect.weights")
    with st.spinner(w("page_model_effect.computing")):
        data.ask(weights, choice).answer()
    long_tables.picture(weights, label, choice, level=3)


def _figure(
    report: Callable[..., Exhibit], choice: ModelChoice, level: show.Level, w: Words
) -> None:
    with st.spinner(w("page_model_effect.computing")):
        data.ask(report, choice).answer()
    show.figure(report, choice, level=level)
