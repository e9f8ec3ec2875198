"""Model municipalities compared: what differs before any model."""

import streamlit as st

from analytics.charts.balance import balance_dots
from analytics.charts.distributions import unit_boxes
from analytics.charts.matched import peer_grid
from analytics.charts.site_panels import site_multiples
from analytics.domain.evaluation import ModelChoice
from analytics.reports.evaluation.balance import balance
from analytics.reports.evaluation.distributions import distributions
from analytics.reports.evaluation.matched_group import matched_group
from analytics.reports.evaluation.site_trends import group_trends, site_panels
from analytics.ui import data, effect_controls, figures, language, sayings, show

w = language.current()
st.title(w("page_comparison.title"), anchor=False)
st.markdown(w("page_comparison.lead"))


@st.fragment
def page() -> None:
    outcome_column, group_column = st.columns(2)
    with outcome_column:
        outcome = effect_controls.outcome(w)
    with group_column:
        group = effect_controls.comparison(w)
    with st.spinner(w("page_comparison.computing")):
        data.ask(balance).answer()
    show.exhibit(data.ask(balance), balance_dots)
    show.exhibit(data.ask(distributions, outcome, group), unit_boxes)
    show.exhibit(data.ask(group_trends, outcome, group), figures.group_trends)
    show.exhibit(data.ask(site_panels, outcome), site_multiples)
    show.exhibit(data.ask(matched_group), peer_grid)
    sayings.short(ModelChoice(outcome, comparison=group))


page()
