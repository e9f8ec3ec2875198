"""The tabs of a page: one is open, the address says which, and only that one is computed."""

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.domain.pages import TAB, TABS
from analytics.i18n import Words
from analytics.reports.basis.figure_names import tab_name
from analytics.ui import url

Draw = Callable[[Words], None]


def show(page: str, draws: Mapping[str, Draw], w: Words) -> None:
    """Draw the tabs of a page and what stands in the open one.

    Args:
        page: Its address.
        draws: What draws each tab of ``domain/pages.TABS``, in that order.
        w: Words of the language.
    """
    if tuple(draws) != TABS[page]:
        raise ValueError(f"tabs of {page}: {list(draws)}")
    labels = {tab: tab_name(page, tab, w) for tab in draws}
    codes = {label: tab for tab, label in labels.items()}
    first, *_ = codes

    def read(asked: list[str]) -> tuple[str | None, list[str]]:
        label = labels.get(asked[-1])
        return label, ([] if label else asked[-1:])

    key = url.seed(TAB, w("tab.label"), read, first)
    places = st.tabs(list(codes), key=key, on_change="rerun")
    opened: str = st.session_state[key]
    url.write(TAB, key, [codes[opened]], is_default=opened == first)
    for place, draw in zip(places, draws.values(), strict=True):
        if place.open:
            with place:
                draw(w)
