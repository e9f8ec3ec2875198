"""Where things stand in the dashboard: pages and their tabs, as ``page`` or ``page/tab``."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

TAB: Final = "tab"
"""Parameter of an address: the open tab; the first one needs none."""

TABS: Final[Mapping[str, tuple[str, ...]]] = {
    "explore": ("question", "standouts", "fairness", "districts"),
    "effect": ("comparison", "model", "kim", "verdict", "plan"),
    "district": ("profile", "ring", "quality", "own-data"),
    "data-methods": ("basis", "check"),
}

FORMER: Final[Mapping[str, str]] = {
    "comparison": "effect/comparison",
    "model-effect": "effect/model",
    "kim-effect": "effect/kim",
    "verdict": "effect/verdict",
    "analysis-plan": "effect/plan",
    "district-profile": "district/profile",
    "district-peers": "district/ring",
    "district-quality": "district/quality",
    "own-data": "district/own-data",
    "method-check": "data-methods/check",
    "downloads": "data-methods?list=downloads",
    "map": "explore?rows=district&picture=map",
}
"""Addresses of pages that are tabs or pictures now: links to them are out there, and lead on."""


def parted(place: str) -> tuple[str, dict[str, str]]:
    """Return a place's page and the parameters that open its tab, or what it is asked for.

    Raises:
        ValueError: If the page has no such tab.
    """
    place, _, query = place.partition("?")
    asked = dict(parse_qsl(query))
    page, _, tab = place.partition("/")
    if not tab:
        return page, asked
    tabs = TABS.get(page, ())
    if tab not in tabs:
        raise ValueError(f"no such tab: {place}")
    return page, asked | ({} if tab == tabs[0] else {TAB: tab})
