"""Effect of KIM: case management starts at different times, which is what can be compared."""

from functools import partial

import streamlit as st

from analytics.domain.evaluation import KimChoice
from analytics.i18n import Words
from analytics.reports.evaluation import kim_exhibits, kim_starts
from analytics.reports.evaluation.kim_dose_exhibit import dose
from analytics.reports.evaluation.kim_groups import group_times
from analytics.ui import data, effect_controls, language, sayings, show


def draw(w: Words) -> None:
    """Draw the tab."""
    _effect()


@st.fragment
def _effect() -> None:
    w = language.current()
    chosen, lead = st.columns([1, 2], vertical_alignment="bottom")
    lead.markdown(w("page_kim_effect.lead"))
    with chosen:
        outcome = effect_controls.outcome(w)
    estimated, verdict = st.columns(2, gap="medium")
    with estimated:
        with st.spinner(w("page_kim_effect.computing")):
            data.ask(kim_exhibits.headline, outcome).answer()
        show.figure(kim_exhibits.headline, outcome)
    show.pair(
        partial(show.figure, kim_exhibits.event_time, outcome),
        partial(show.figure, kim_starts.control_pool),
    )
    show.pair(partial(show.figure, group_times, outcome), partial(show.figure, dose, outcome))
    with verdict:  # stands on top, but is computed last: it takes longest
        sayings.short(KimChoice(outcome))
