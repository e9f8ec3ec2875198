"""The profile of a district in its parts, asked of the snapshot or of a session's own data."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.indicators import indicator
from analytics.i18n import Words
from analytics.reports.districts.card import Card, card
from analytics.reports.districts.contributions_report import contributions
from analytics.reports.districts.control_report import control
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.funnel_report import funnel
from analytics.reports.districts.profile import district_profile as profile
from analytics.reports.districts.rollout_report import rollout
from analytics.reports.districts.scorecard import scorecard as scorecard_report
from analytics.reports.districts.summary import summary
from analytics.reports.districts.themes import COURSE, FUNNELLED, WATCHED
from analytics.reports.referrals.referral_times import HEADLINE
from analytics.ui import controls, show
from analytics.ui.scorecard import scorecard

__all__ = ["Ask", "draw", "profile"]

Ask = Callable[..., Any]
"""``ask(report, *arguments)`` returns the question: of the snapshot, or of a session's data."""


def draw(ask: Ask, choice: DistrictChoice, w: Words) -> None:
    """Show the whole profile of a district."""
    scorecard(ask(scorecard_report, choice), w)
    head(ask(card, choice).answer(), w)
    with st.expander(w("page_profile.in_words")):
        for sentence in ask(summary, choice).answer():
            st.markdown(show.plain(sentence))

    st.header(w("page_profile.position"), anchor="position")
    among, over_time = st.columns(2, gap="medium")
    with among:
        placed = _indicator("funnel", FUNNELLED, HEADLINE, w)
        show.figure(funnel, choice, placed, ask=ask, level=3)
    with over_time:
        followed = _indicator("course", WATCHED, COURSE, w)
        show.figure(control, choice, followed, ask=ask, level=3)

    st.header(w("page_profile.time"), anchor="time")
    show.pair(
        *(partial(show.figure, each, choice, ask=ask, level=3) for each in (curve, contributions))
    )

    st.header(w("page_profile.kim"), anchor="kim")
    show.figure(rollout, choice, ask=ask, level=3)


def _indicator(name: str, offered: Sequence[str], first: str, w: Words) -> str:
    options = {each: indicator(each).name[w.language] for each in offered}
    return controls.one_of(name, w(f"page_profile.{name}"), options, first)


def head(shown: Card, w: Words) -> None:
    """Show who the district is, and what is known of it from official and published sources."""
    st.header(show.plain(shown.name), anchor="district")
    show.small(" · ".join((shown.place, shown.period_text)))
    with st.expander(w("page_profile.facts")):
        st.markdown("\n".join(f"- {show.plain(fact)}" for fact in shown.facts))
    show.small(shown.ring_text)
    if shown.undelivered:
        show.small(shown.undelivered)
