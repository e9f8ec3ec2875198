"""The districts on a map, one of them in a panel, all of them in a dot plot; never as a league."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from analytics.charts import figures
from analytics.charts.figures import Draw
from analytics.disclosure import ReleasedTable
from analytics.domain.filters import NeedFilter
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.districts.indicator_map import DistrictPanel, district_panel, map_view
from analytics.ui import controls, data, details, district_choice, show

_MAP: Final = "district_map"
_DOTS: Final = "district_dots"
_VIEWS: Final = ("map", "tiles")
_ORDERS: Final = ("regierungsbezirk", "name")


def view_of(w: Words) -> str:
    """Draw the choice between map and tiles."""
    views = {view: w(f"page_map.view_{view}") for view in _VIEWS}
    return controls.switch_of("view", w("page_map.view"), views)


def map_of(indicator_id: str, view: str, ags: str | None, needs: NeedFilter, w: Words) -> None:
    """Show the map; a click on a district chooses it."""
    question = data.ask(map_view, indicator_id, needs)
    try:
        shown = question.answer()
    except RefusedError as refused:
        st.info(show.plain(refused.reason))
        return
    key = f"{_MAP}_{view}"
    draw = figures.area_map(view, ags)
    with show.frame(shown):
        show.heading(shown)
        show.picture(shown, draw, w, key=key, on_select=partial(_choose, key))
        show.sentence(shown)
        show.foot(shown, question, w, draw)


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


def dots_of(indicator_id: str, ags: str | None, needs: NeedFilter, w: Words) -> None:
    """Show all districts with their intervals, by name or by Regierungsbezirk."""
    try:
        shown = data.ask(map_view, indicator_id, needs).answer()
    except RefusedError:
        return
    st.header(w("page_map.dots"), anchor="intervals")
    st.markdown(w("page_map.dots_lead"))
    if needs["district"]:
        frame = shown.table.frame
        own = frame[frame["district"].isin(needs["district"])]
        shown = replace(shown, table=ReleasedTable(shown.table.columns, own))
    orders = {order: w(f"page_map.order_{order}") for order in _ORDERS}
    order = controls.switch_of("order", w("page_map.order"), orders)
    draw = figures.district_dots(order, ags)
    with show.frame(shown, _DOTS):
        show.picture(shown, draw, w, key=_DOTS)
        details.picture_row(shown, draw, w, _DOTS)


def _choose(key: str) -> None:
    """Take the district that was clicked on the map into the state of the page."""
    points = st.session_state[key].selection.points
    if points and points[0].get("location"):
        controls.set_district(str(points[0]["location"]))


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
