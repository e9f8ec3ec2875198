"""One district in a panel beside the picture of all: its value, facts and neighbours."""

from collections.abc import Sequence

import streamlit as st

from analytics.charts import figures
from analytics.charts.figures import Draw
from analytics.domain.filters import NeedFilter
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.districts.indicator_map import DistrictPanel, district_panel
from analytics.ui import controls, data, details, district_choice, show


def chosen_of(w: Words) -> str | None:
    """Draw the list of districts and return the one chosen there or on the map."""
    label, hint = w("page_map.district"), w("page_map.choose")
    return controls.optional(controls.DISTRICT, label, controls.districts(), hint)


def panel_of(indicator_id: str, ags: str, needs: NeedFilter, w: Words) -> None:
    """Show the chosen district."""
    question = data.ask(district_panel, indicator_id, ags, needs)
    try:
        panel = question.answer()
    except RefusedError:
        return
    _panel(panel, w)


def _panel(panel: DistrictPanel, w: Words) -> None:
    st.header(show.plain(panel.name), anchor="district")
    show.small(w("page_map.place", kind=panel.kind, regierungsbezirk=panel.regierungsbezirk))
    district_choice.link("profile", w("page_map.to_profile"), panel.district)
    show.key_figure(panel.figure, w)
    show.source_line(panel.source, w)
    _bullets(panel.facts)
    for group in panel.kim:
        st.markdown(f"**{show.plain(group.title)}**")
        _bullets(group.facts)
    if panel.trend is not None:
        _part(panel.trend, figures.trend, w)
    _part(panel.neighbours, figures.district_dots("none", panel.district), w)


def _bullets(sentences: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {show.plain(sentence)}" for sentence in sentences))


def _part(shown: Exhibit, draw: Draw, w: Words) -> None:
    """Show a picture of the panel; its numbers are told beside the map's."""
    with show.frame(shown):
        show.heading(shown, level=3)
        if len(shown.table.frame):
            show.picture(shown, draw, w)
        show.sentence(shown)
        if len(shown.table.frame):
            details.picture_row(shown, draw, w, shown.id)
