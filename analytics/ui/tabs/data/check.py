"""Method check: published figures recomputed, and how often the evaluation's methods are right."""

from functools import partial

import streamlit as st

from analytics.i18n import Words
from analytics.reports.data.attack_report import attack
from analytics.reports.data.method_check import method_check
from analytics.reports.data.protection_report import protection
from analytics.reports.evaluation import coverage_report, worlds_report
from analytics.ui import data, long_tables, show


def draw(w: Words) -> None:
    """Draw the tab."""
    st.markdown(w("page_method_check.lead"))

    st.header(w("page_method_check.simulation"), anchor="simulation")
    show.pair(
        *(
            partial(show.figure, report, level=3)
            for report in (
                coverage_report.coverage,
                coverage_report.rejections,
                coverage_report.bias,
            )
        )
    )

    st.header(w("page_method_check.worlds"), anchor="worlds")
    label = w("page_method_check.all_worlds")
    worlds = (worlds_report.model_worlds, worlds_report.kim_worlds)
    show.pair(*(partial(long_tables.picture, report, label, level=3) for report in worlds))

    st.header(w("page_method_check.protection"), anchor="protection")
    show.pair(
        partial(show.figure, protection, level=3),
        # Seventeen attacks on two editions: few read them, and their table is many screens long.
        partial(show.table_only, data.facts(attack), level=3, folded=True),
    )

    st.header(w("page_method_check.published"), anchor="published")
    with st.spinner(w("page_method_check.computing")):
        data.facts(method_check).answer()
    show.figure(method_check, level=3)
