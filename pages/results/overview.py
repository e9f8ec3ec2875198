"""Overview: the answer first, then the numbers, the places and the course of both programmes."""

import streamlit as st

from analytics.domain.filters import NeedFilter
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME
from analytics.reports.indicators import key_figures
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.movements import movements
from analytics.reports.programme import programme_facts
from analytics.ui import data, first_screen, language, show

w = language.current()
during, before = (NeedFilter(years, assigned=True) for years in (PROGRAMME, BEFORE_PROGRAMME))

first_screen.draw(w)
show.figure(movements)

st.header(w("page_overview.figures"), anchor=False, help=w("page_overview.figures_help"))
st.markdown(w("page_overview.figures_lead"))
show.key_figures(
    data.ask(key_figures.key_figures, during, before).answer(),
    [data.ask(indicator_values, name, "state", during) for name in key_figures.OVERVIEW],
    w,
)

show.figure(programme_facts.model_map)
show.figure(programme_facts.timeline)
