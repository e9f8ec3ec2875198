"""What people do: switch the language, filter and share a link, click the map, take data away."""

import csv
import io
import re
from collections.abc import Callable

from playwright.sync_api import expect

from analytics.i18n import words

from .conftest import Visit, settle

GERMAN, ENGLISH = words("de"), words("en")


def test_the_language_switch_changes_words_address_and_html(
    address: str, visit: Callable[..., Visit]
):
    page = visit(f"{address}/referral-times?offer_area=housing").page
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_have_text(ENGLISH("page_referral.title"))
    expect(page).to_have_url(re.compile("lang=en"))
    expect(page).to_have_url(re.compile("offer_area=housing"))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_language_stays_when_the_page_changes(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/overview?lang=en").page
    page.get_by_role("link", name=ENGLISH("ui.page_kim_rollout")).click()
    expect(page.locator("h1")).to_have_text(ENGLISH("page_kim.title"))
    expect(page).to_have_url(re.compile("kim-rollout.*lang=en"))


def test_a_filter_is_in_the_address_and_comes_back(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/referral-times?lang=en").page
    before = page.locator("h2").first.inner_text()
    page.get_by_role("combobox", name=ENGLISH("dimension.offer_area")).click()
    page.get_by_role("option", name=ENGLISH("code.offer_area.housing")).click()
    expect(page).to_have_url(re.compile("offer_area=housing"))
    expect(page.locator("h2").first).not_to_have_text(before)
    filtered = page.locator("h2").first.inner_text()
    page.reload()
    settle(page)
    expect(page.locator("h2").first).to_have_text(filtered)
    page.go_back()
    expect(page.locator("h2").first).to_have_text(before)


def test_a_click_on_the_map_opens_the_district(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/map?lang=en").page
    expect(page.get_by_role("heading", name="Köln", exact=True)).to_have_count(0)
    shapes = page.locator(".js-plotly-plot").first.locator(".choroplethlayer path")
    shape = shapes.nth(shapes.evaluate_all("all => all.findIndex(p => p.__data__.loc === '05315')"))
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("heading", name="Köln", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("district=05315"))


def test_a_download_is_a_csv_with_its_source(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/referral-times?lang=en").page
    details = page.get_by_test_id("stExpander").first
    details.get_by_text(ENGLISH("ui.details")).click()
    with page.expect_download() as waiting:
        details.get_by_role("button", name=ENGLISH("ui.csv_de")).click()
    content = waiting.value.path().read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert waiting.value.suggested_filename.endswith("_de.csv")
    assert {len(row) for row in rows} == {len(header)}
    assert len(rows) > 10
    provenance = header.index(GERMAN("export.provenance"))
    assert {row[provenance] for row in rows} == {GERMAN("code.provenance.synthetic")}
