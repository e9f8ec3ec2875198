"""Hand-overs on their page: two choices side by side, and where people wait longest."""

from collections.abc import Callable, Hashable

import streamlit as st

from analytics.charts.drawings import on_screen
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.filters import NeedFilter
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figures import figure_of
from analytics.reports.cooperation.beside import COMPARED, groups_beside, years_beside
from analytics.reports.cooperation.waits import handover_waits
from analytics.reports.districts.beside_ring import AGAINST, district_beside
from analytics.reports.districts.longest_waits import longest_handovers
from analytics.ui import controls, data, language, show


def beside(needs: NeedFilter, measure: str, w: Words) -> None:
    """Draw the most frequent hand-overs of two choices side by side."""
    one = len(needs["district"]) == 1
    offered = ("years", "ring", "state") if one else ("group", "years")
    choices = {each: w(f"beside.choice_{each}") for each in offered}
    against = controls.switch_of("beside", w("beside.choose"), choices)
    if measure not in COMPARED:
        st.info(w("beside.no_counts"))
    elif against in AGAINST:
        choice = DistrictChoice(needs["district"][0], needs.period)
        _of_district(district_beside, "beside", against, choice, measure=measure)
    else:
        report = groups_beside if against == "group" else years_beside
        show.figure(report, measure, needs)


def longest(needs: NeedFilter, w: Words) -> None:
    """Draw the longest waits: those of a single district beside its ring."""
    districts = needs["district"]
    if len(districts) == 1 and not needs.is_narrowed:
        _of_district(longest_handovers, "waits", DistrictChoice(districts[0], needs.period))
    else:
        show.figure(handover_waits, needs)


def _of_district(
    report: Callable[..., Exhibit], drawing: str, *asked: Hashable, **more: str
) -> None:
    """Draw a figure about the district that the filter names; other fields do not hold."""
    w = language.current()
    heeded = (*figure_of(report).heeds, "within")
    show.exhibit(
        data.ask(report, *asked, **more), on_screen(drawing), remark=show.unheeded(heeded, w)
    )
