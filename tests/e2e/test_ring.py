"""The comparison ring in a browser: the address follows, and leads."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from analytics.i18n import words

from .conftest import Visit, click_on_map, settle

GERMAN, ENGLISH = words("de"), words("en")
LIPPE, KOELN, HERNE = "05766", "05315", "05916"
_LOOK = 2_500
"""Milliseconds that someone looks before going back; sooner, an address counts as out of date."""


def test_a_peer_is_added_kept_by_reload_and_language_and_put_back(
    address: str, visit: Callable[..., Visit]
):
    page = visit(f"{address}/district-peers?district={LIPPE}").page
    page.get_by_role("combobox", name=GERMAN("page_district.ring")).fill("Köln")
    page.get_by_role("option", name="Köln", exact=True).click()
    expect(page).to_have_url(re.compile(f"peers={KOELN}"))
    expect(page.locator("h2").first).to_contain_text("8 von 9")
    page.reload()
    settle(page)
    expect(page.locator("h2").first).to_contain_text("8 von 9")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h2").first).to_contain_text("8 of 9")
    expect(page).to_have_url(re.compile(f"peers={KOELN}"))
    page.get_by_role("button", name=ENGLISH("page_peers.reset")).click()
    expect(page).not_to_have_url(re.compile("peers="))


def test_clicks_on_the_map_add_and_remove_a_peer(address: str, visit: Callable[..., Visit]):
    visited = visit(f"{address}/district-peers?district={LIPPE}&lang=en")
    page = visited.page
    click_on_map(page, HERNE)
    expect(page).to_have_url(re.compile(f"peers={HERNE}"))
    settle(page)
    click_on_map(page, HERNE)
    expect(page).not_to_have_url(re.compile("peers="))
    assert not visited.foreign


def test_the_way_back_never_joins_one_districts_ring_to_another(
    address: str, visit: Callable[..., Visit]
):
    page = visit(f"{address}/district-peers?district={LIPPE}&peers={KOELN}&peers={HERNE}").page
    page.get_by_role("combobox", name=GERMAN("page_district.district")).fill("Bonn")
    page.get_by_role("option", name="Bonn", exact=True).click()
    expect(page).to_have_url(re.compile("district=05314$"))
    expect(page.locator("h2").first).to_contain_text("Bonn")
    page.wait_for_timeout(_LOOK)
    page.go_back()
    expect(page).to_have_url(re.compile(f"district={LIPPE}&peers={KOELN}&peers={HERNE}"))
    expect(page.locator("h2").first).to_contain_text("Kreis Lippe")
