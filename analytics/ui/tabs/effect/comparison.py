"""Model municipalities compared: what differs before any model."""

import streamlit as st

from analytics.domain.evaluation import ModelChoice
from analytics.i18n import Words
from analytics.reports.evaluation.balance import balance
from analytics.reports.evaluation.distributions import distributions
from analytics.reports.evaluation.matched_group import matched_group
from analytics.reports.evaluation.site_trends import group_trends, site_panels
from analytics.ui import data, effect_controls, language, long_tables, sayings, show


def draw(w: Words) -> None:
    """Draw the tab."""
    _comparison()


@st.fragment
def _comparison() -> None:
    w = language.current()
    outcome_column, group_column, lead = st.columns([1, 1, 1.2], vertical_alignment="bottom")
    lead.markdown(w("page_comparison.lead"))
    with outcome_column:
        outcome = effect_controls.outcome(w)
    with group_column:
        group = effect_controls.comparison(w)
    with st.spinner(w("page_comparison.computing")):
        data.ask(balance).answer()
    courses, before = st.columns(2, gap="medium")
    with courses:
        show.figure(group_trends, outcome, group)
        show.figure(balance)
    with before:
        show.figure(distributions, outcome, group)
        long_tables.picture(matched_group, w("page_comparison.matched"))
        long_tables.picture(site_panels, w("page_comparison.sites"), outcome)
        sayings.short(ModelChoice(outcome, comparison=group))
