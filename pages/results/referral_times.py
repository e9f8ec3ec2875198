"""Referral times: how long it takes until people reach an offer, and where the time goes."""

import streamlit as st

from analytics.charts.curves import referral_curve
from analytics.charts.dots import dot_plot
from analytics.charts.panels import curve_panels
from analytics.charts.ranges import course_waits
from analytics.charts.stages import stages
from analytics.domain.evaluation import ModelChoice
from analytics.reports import programme_facts, referral_stages, referral_times, referral_trend
from analytics.reports.span import PROGRAMME
from analytics.ui import data, figures, filters, language, sayings, show

w = language.current()
st.title(w("page_referral.title"), anchor=False)
st.markdown(w("page_referral.lead"))


@st.fragment
def page() -> None:
    # The years of the model programme: the only ones in which the two groups differ by it.
    needs = filters.need_filter(w, usual=PROGRAMME, without=("group",))
    show.exhibit(data.ask(referral_times.by_group, needs), referral_curve)
    show.exhibit(data.ask(referral_times.measures, needs), dot_plot)
    show.exhibit(data.ask(referral_stages.stages, needs), stages)
    show.exhibit(data.ask(referral_trend.trend, needs), figures.trend)
    show.exhibit(data.ask(referral_times.by_offer_area, needs), curve_panels)

    st.header(w("page_referral.offices"), anchor=False)
    show.exhibit(data.ask(referral_times.by_provider, needs), dot_plot, level=3)
    show.exhibit(data.ask(referral_times.by_legal_regime, needs), dot_plot, level=3)


page()
show.exhibit(data.facts(programme_facts.course_waits), course_waits)
sayings.short(ModelChoice())
