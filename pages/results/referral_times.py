"""Referral times: how long it takes until people reach an offer, and where the time goes."""

from functools import partial

import streamlit as st

from analytics.domain.evaluation import ModelChoice
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.programme import programme_facts
from analytics.reports.referrals import referral_stages, referral_times, referral_trend
from analytics.ui import data, filters, language, long_tables, sayings, show

w = language.current()
show.title(w("page_referral.title"), w("page_referral.lead"))


@st.fragment
def page() -> None:
    # The years of the model programme: the only ones in which the two groups differ by it.
    needs = filters.need_filter(w, usual=PROGRAMME, without=("group",))
    if show.is_refused(data.ask(referral_times.by_group, needs)):
        return
    show.pair(
        partial(show.figure, referral_times.by_group, needs),
        partial(show.figure, referral_trend.trend, needs),
    )
    show.pair(
        partial(show.figure, referral_times.measures, needs),
        partial(show.figure, referral_stages.stages, needs),
    )
    areas, properties = st.columns(2, gap="medium")
    with areas:
        show.figure(referral_times.by_offer_area, needs)
    with properties:
        show.figure(referral_times.by_field, needs, filters.breakdown(w))


page()
show.pair(
    partial(long_tables.picture, programme_facts.course_waits, w("page_referral.published")),
    partial(sayings.short, ModelChoice()),
)
