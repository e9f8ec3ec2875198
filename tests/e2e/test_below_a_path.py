"""The dashboard below a path, as behind a server that has other things at its root."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import app
from analytics.i18n import words

from .conftest import Visit, serving, settle

BELOW = "einwanderung"
PAGES = [page for pages in app.SECTIONS.values() for page in pages if not page.is_bare]
DISTRICT = "district=05315"


@pytest.fixture(scope="module")
def address(demo_store: Path) -> Iterator[str]:
    with serving(demo_store, "--server.baseUrlPath", BELOW, below=f"/{BELOW}") as found:
        yield found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_every_page_has_its_style_sheet_its_language_and_its_maps(
    address: str, visit: Callable[..., Visit], page: app.PageFile
):
    visited = visit(f"{address}/{page.address}?lang=en&{DISTRICT}")
    opened = visited.page
    assert not_found(visited) == []
    assert visited.foreign == []
    expect(opened.locator("html")).to_have_attribute("lang", "en")
    rules = "[...document.styleSheets].some((s) => s.href && s.href.endsWith('frame.css'))"
    assert opened.evaluate(rules)
    hrefs = opened.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href)")
    assert [href for href in hrefs if not href.startswith((address, "#"))] == []
    asked = [url for url in visited.asked if url.startswith("http") and not is_search(url)]
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_language_follows_the_switch(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/map").page
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("radio", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_presentation_is_shown_and_left(address: str, visit: Callable[..., Visit]):
    w = words("de")
    visited = visit(f"{address}/presentation?deck=kabinett")
    page = visited.page
    page.get_by_role("button", name=w("page_presentation.show")).click()
    page.wait_for_url(f"{address}/presentation-mode*")
    settle(page)
    expect(page.locator("html")).to_have_attribute("data-slide", "1")
    expect(page.locator("h1:visible")).to_have_count(1)
    first = page.locator("h1:visible").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1:visible")).not_to_have_text(first)
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address}/presentation?*")
    assert not_found(visited) == []


def test_an_unknown_address_leads_to_the_first_page(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/gibt-es-nicht").page
    expect(page.get_by_test_id("stAlert")).to_contain_text("gibt-es-nicht")
    assert page.url.partition("?")[0] == f"{address}/"


def test_a_figure_is_downloaded_and_linked(address: str, visit: Callable[..., Visit]):
    w = words("de")
    page: Page = visit(f"{address}/downloads?figure=kim_funding").page
    with page.expect_download() as waiting:
        page.get_by_role("button", name=w("ui.csv_de"), exact=True).click()
    assert waiting.value.url.startswith(f"{address}/media/")
    assert waiting.value.path().read_bytes()
    page.get_by_role("button", name=w("figure_link.offer")).click()
    link = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    assert link.startswith(f"{address}/downloads?")


def not_found(visited: Visit) -> list[str]:
    return [url for url in visited.missing if not is_search(url)]


def is_search(url: str) -> bool:
    """Say whether Streamlit's browser side tries where its server is: at each part of the path."""
    return url.endswith(("/_stcore/health", "/_stcore/host-config"))
