"""Whatever a page draws can be taken away and asked for again by its id."""

from typing import Any

import pytest

from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.catalogue.figures_catalogue import figures
from analytics.reports.deck.slide import Slide
from analytics.ui import show, slide

from .conftest import BARE, PLACES, OpenPage

DISTRICT = "05315"
OF_A_DISTRICT = ("district/profile", "district/ring", "district/quality", "district/own-data")
"""Before a district is chosen they draw nothing."""

ABOUT_A_DISTRICT = (*OF_A_DISTRICT, "data-methods/basis")
VIEWS = [
    *((address, {}) for address in PLACES if address not in OF_A_DISTRICT),
    *((address, {"district": DISTRICT}) for address in ABOUT_A_DISTRICT),
    ("explore/question", {"rows": "district", "picture": "map", "district": DISTRICT}),
    ("kim-rollout", {"module": "case_management"}),
    ("kim-rollout", {"module": "naturalisation", "order": "name"}),
    ("effect/verdict", {"design": "kim-rollout"}),
    ("effect/comparison", {"comparison": "matched"}),
    ("presentation", {"deck": "kreisbesuch", "district": DISTRICT}),
]
NOT_FIGURES = {
    "package_contents": "the table of contents of the package, which holds it",
    "own-data": "a session's own data are at no address",
}
DRAW_NOTHING = {"district/own-data"}
"""Before files are uploaded."""


@pytest.mark.parametrize(("address", "asked"), VIEWS, ids=lambda value: str(value)[:40])
def test_every_exhibit_of_a_page_is_in_the_catalogue(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, address: str, asked: dict[str, str]
):
    drawn: list[Exhibit] = []
    original, draw = show.heading, slide.draw

    def heading(shown: Exhibit, level: show.Level = 2) -> None:
        drawn.append(shown)
        original(shown, level)

    def draw_slide(told: Slide, *others: Any) -> None:
        drawn.extend([told.exhibit] if told.exhibit else [])
        draw(told, *others)

    monkeypatch.setattr(show, "heading", heading)
    monkeypatch.setattr(slide, "draw", draw_slide)
    app = open_page(address, **asked)
    assert not app.exception
    assert [e.id for e in drawn if e.id not in NOT_FIGURES and not known(e.id)] == []
    assert bool(drawn) == (address not in DRAW_NOTHING)


def known(exhibit: str) -> bool:
    """Say whether an exhibit's id is a figure's, or one that goes on with its district."""
    found = figures()
    if exhibit in found:
        return True
    return any(
        exhibit.startswith(f"{name}_") and "district" in figure.heeds
        for name, figure in found.items()
    )


def test_every_page_is_walked():
    assert {address for address, _ in VIEWS} == set(PLACES) and set(BARE) == {"presentation-mode"}
