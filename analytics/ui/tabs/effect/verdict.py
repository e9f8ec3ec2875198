"""Darf ich das sagen? What the estimate that is chosen allows to say, and by which rules."""

import streamlit as st

from analytics.domain.evaluation import Design, KimChoice, ModelChoice
from analytics.i18n import Words
from analytics.reports.evaluation.verdict_report import assumption_table, rule_table
from analytics.ui import controls, data, effect_controls, language, long_tables, sayings


def draw(_w: Words) -> None:
    """Draw the tab."""
    _verdict()


@st.fragment
def _verdict() -> None:
    w = language.current()
    choice = _chosen(w)
    sayings.panel(choice, w)
    long_tables.assumptions(data.ask(assumption_table, choice), w)
    long_tables.rules(data.ask(rule_table, choice), w)


def _chosen(w: Words) -> ModelChoice | KimChoice:
    options = {
        Design.MODEL_PROJECT.value: w("verdict.design_model"),
        Design.KIM_ROLLOUT.value: w("verdict.design_kim"),
    }
    programme, lead = st.columns([1.5, 4.1], vertical_alignment="bottom")
    lead.markdown(w("page_verdict.lead"))
    with programme:
        design = controls.one_of("design", w("verdict.design"), options)
    if design == Design.MODEL_PROJECT:
        return effect_controls.model_choice(w)
    return KimChoice(effect_controls.outcome(w))
