"""Effect of KIM: case management starts at different times, which is what can be compared."""

import streamlit as st

from analytics.charts.dose import dose_plot
from analytics.charts.event_time import kim_events, kim_headline
from analytics.charts.group_times import group_time_grid
from analytics.charts.pool import control_pool
from analytics.domain.evaluation import KimChoice
from analytics.reports.evaluation import kim_exhibits, kim_starts
from analytics.reports.evaluation.kim_dose_exhibit import dose
from analytics.reports.evaluation.kim_groups import group_times
from analytics.ui import data, effect_controls, language, sayings, show

w = language.current()
st.title(w("page_kim_effect.title"), anchor=False)
st.markdown(w("page_kim_effect.lead"))


@st.fragment
def page() -> None:
    outcome = effect_controls.outcome(w)
    verdict = st.container()  # stands on top, but is computed last: it takes longest
    with st.spinner(w("page_kim_effect.computing")):
        data.ask(kim_exhibits.headline, outcome).answer()
    show.exhibit(data.ask(kim_exhibits.headline, outcome), kim_headline)
    show.exhibit(data.ask(kim_exhibits.event_time, outcome), kim_events)
    show.exhibit(data.ask(group_times, outcome), group_time_grid)
    show.exhibit(data.ask(kim_starts.control_pool), control_pool)
    show.exhibit(data.ask(dose, outcome), dose_plot)
    with verdict:
        sayings.short(KimChoice(outcome))


page()
