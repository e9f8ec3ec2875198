"""Whatever a page draws can be taken away and asked for again by its id."""

import pytest

from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.catalogue.figures_catalogue import figures
from analytics.ui import show

from .conftest import BARE, PLACES, OpenPage

DISTRICT = "05315"
ABOUT_A_DISTRICT = (
    "district/profile", "district/ring", "district/quality", "map", "data-methods/basis",
)  # fmt: skip
VIEWS = [
    *((address, {}) for address in PLACES),
    *((address, {"district": DISTRICT}) for address in ABOUT_A_DISTRICT),
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


@pytest.mark.parametrize(("address", "asked"), VIEWS, ids=lambda value: str(value)[:40])
def test_every_exhibit_of_a_page_is_in_the_catalogue(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, address: str, asked: dict[str, str]
):
    drawn: list[Exhibit] = []
    original = show.heading

    def heading(shown: Exhibit, level: show.Level = 2) -> None:
        drawn.append(shown)
        original(shown, level)

    monkeypatch.setattr(show, "heading", heading)
    app = open_page(address, **asked)
    assert not app.exception
    # The test opens the first page before it goes to the one asked for.
    assert [e.id for e in drawn if e.id not in NOT_FIGURES and not known(e.id)] == []
    assert drawn


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
