"""The dashboard below a path: what is done there.

``test_every_page`` opens all pages there, and switches the language on each.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from analytics.i18n import words

from .conftest import Visit, is_search, settle
from .test_downloads import listed


def test_the_presentation_is_shown_and_left(address_below: str, visit: Callable[..., Visit]):
    w = words("de")
    visited = visit(f"{address_below}/presentation?deck=kabinett")
    page = visited.page
    page.get_by_role("button", name=w("page_presentation.show")).click()
    page.wait_for_url(f"{address_below}/presentation-mode*")
    settle(page)
    expect(page.locator("html")).to_have_attribute("data-slide", "1")
    seen = page.locator(".st-key-stage h2:visible")
    expect(seen).to_have_count(1)
    first = seen.inner_text()
    page.keyboard.press("ArrowRight")
    expect(seen).not_to_have_text(first)
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address_below}/presentation?*")
    assert not_found(visited) == []


def test_an_unknown_address_leads_to_the_first_page(
    address_below: str, visit: Callable[..., Visit]
):
    page = visit(f"{address_below}/gibt-es-nicht").page
    expect(page.get_by_test_id("stAlert")).to_contain_text("gibt-es-nicht")
    assert page.url.partition("?")[0] == f"{address_below}/"


def test_the_start_is_marked_in_the_menu_and_an_old_address_leads_on(
    address_below: str, visit: Callable[..., Visit]
):
    w = words("de")
    page = visit(f"{address_below}/").page
    current = page.get_by_role("navigation", name=w("ui.menu_label")).locator("[aria-current=page]")
    expect(current).to_have_text(w("ui.task_overview"))
    page = visit(f"{address_below}/district-quality?district=05766").page
    assert page.url.startswith(f"{address_below}/district?tab=quality")


def test_a_figure_is_downloaded_and_linked(address_below: str, visit: Callable[..., Visit]):
    w = words("de")
    page: Page = visit(f"{address_below}/data-methods?figure=kim_funding").page
    with page.expect_download() as waiting:
        listed(page).get_by_role("button", name=w("ui.csv_de"), exact=True).click()
    assert waiting.value.url.startswith(f"{address_below}/media/")
    assert waiting.value.path().read_bytes()
    page = visit(f"{address_below}/map").page
    page.get_by_role("radio", name=w("ui.part_link")).first.click()
    link = page.get_by_test_id("stCode").locator("code").inner_text()
    assert link.startswith(f"{address_below}/explore?")


def not_found(visited: Visit) -> list[str]:
    return [url for url in visited.missing if not is_search(url)]
