"""Which pages there are, in which files, and links to them by place: ``page`` or ``page/tab``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from analytics.domain.pages import parted
from analytics.ui import language


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page: its file, its address, and by ``ui.page_<name>`` its title in the navigation.

    A bare page stands in no navigation and has nothing around it.
    """

    path: str
    address: str
    is_bare: bool = False

    @property
    def name(self) -> str:
        """Return the key of the page's messages."""
        return self.address.replace("-", "_")


TASKS: Final = {
    "overview": (PageFile("pages/results/overview.py", "overview"),),
    "results": (
        PageFile("pages/results/referral_times.py", "referral-times"),
        PageFile("pages/cooperation/cooperation.py", "cooperation"),
        PageFile("pages/kim/rollout.py", "kim-rollout"),
        PageFile("pages/results/explore.py", "explore"),
    ),
    "effect": (PageFile("pages/evaluation/effect.py", "effect"),),
    "district": (PageFile("pages/districts/district.py", "district"),),
    "data": (PageFile("pages/data/data_methods.py", "data-methods"),),
    "presentation": (
        PageFile("pages/presentation/deck.py", "presentation"),
        PageFile("pages/presentation/stage.py", "presentation-mode", is_bare=True),
    ),
}
"""Pages by what people come for (``ui.task_<key>``); the first is the start. A page may have tabs
(``domain/pages.py``)."""

_FILES: Final = {page.address: page.path for pages in TASKS.values() for page in pages}


def link(
    place: str,
    label: str | None = None,
    state: Mapping[str, Any] | None = None,
    *,
    icon: str | None = None,
) -> None:
    """Draw a link to a place in the language of the view.

    Args:
        place: A page or a tab.
        label: On the link; the page's title if not given.
        state: Parameters of the address there.
        icon: Before the label.
    """
    path, parameters = _target(place, state)
    st.page_link(path, label=label, icon=icon, query_params=parameters)


def go(place: str, state: Mapping[str, Any]) -> None:
    """Open a place."""
    path, parameters = _target(place, state)
    st.switch_page(path, query_params=parameters)


def _target(place: str, state: Mapping[str, Any] | None) -> tuple[str, dict[str, Any]]:
    page, opened = parted(place)
    return _FILES[page], {**language.state(language.current()), **opened, **(state or {})}
