"""What people do: find their way, filter and share a link, click the map, take data away."""

import csv
import io
import re
from collections.abc import Callable
from urllib.parse import parse_qs
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from analytics.domain.pages import FORMER, parted
from analytics.i18n import words

from .conftest import WIDTHS, Visit, click_on_map, settle

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
    page.get_by_role("link", name=ENGLISH("ui.task_results"), exact=True).click()
    expect(page.locator("h1")).to_have_text(ENGLISH("page_referral.title"))
    page.get_by_role("link", name=ENGLISH("ui.page_kim_rollout")).click()
    expect(page.locator("h1")).to_have_text(ENGLISH("page_kim.title"))
    expect(page).to_have_url(re.compile("kim-rollout.*lang=en"))


def test_the_menu_is_a_landmark_and_can_be_skipped(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/referral-times?lang=en").page
    menu = page.get_by_role("navigation", name=ENGLISH("ui.menu_label"))
    pages = page.get_by_role("navigation", name=ENGLISH("ui.menu_pages"))
    expect(menu.get_by_role("link")).to_have_count(6)
    current = pages.locator("[aria-current=page]")
    expect(current).to_have_text(ENGLISH("ui.page_referral_times"))
    skip = page.get_by_role("link", name=ENGLISH("ui.skip"))
    skip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()


def test_what_stands_on_the_page_is_listed_when_asked(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/referral-times?lang=en").page
    page.get_by_text(ENGLISH("ui.contents"), exact=True).click()
    links = page.get_by_role("navigation", name=ENGLISH("ui.contents")).get_by_role("link")
    findings = page.locator("[data-testid=stMain] :is(h2, h3)[id]").all_inner_texts()
    assert links.all_inner_texts() == findings and len(findings) > 4
    links.nth(3).click()
    expect(page.get_by_role("heading", name=findings[3])).to_be_focused()
    expect(links.first).to_be_hidden()


@pytest.mark.parametrize("place", FORMER)
def test_an_old_address_leads_to_the_tab_with_all_it_asks_for(address: str, place: str):
    page, opened = parted(FORMER[place])
    with urlopen(f"{address}/{place}?district=05766&lang=en", timeout=10) as answer:
        path, _, query = answer.url.removeprefix(address).partition("?")
    assert path == f"/{page}"
    asked = {name: values[-1] for name, values in parse_qs(query).items()}
    assert asked == {"district": "05766", "lang": "en", **opened}


def test_a_phone_has_one_button_for_all_pages(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/overview?lang=en", WIDTHS[1]).page
    expect(page.get_by_role("link", name=ENGLISH("ui.task_effect"), exact=True)).to_be_hidden()
    page.get_by_role("button", name=ENGLISH("ui.menu")).click()
    page.get_by_role("link", name=ENGLISH("ui.task_effect"), exact=True).click()
    expect(page.locator("h1")).to_have_text(ENGLISH("page_effect.title"))


def test_a_tab_is_in_the_address_and_keeps_the_district(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/district?district=05766&lang=en").page
    page.get_by_role("tab", name=ENGLISH("tab.district_quality")).click()
    expect(page).to_have_url(re.compile("tab=quality"))
    expect(page).to_have_url(re.compile("district=05766"))
    page.reload()
    settle(page)
    opened = page.get_by_role("tab", name=ENGLISH("tab.district_quality"))
    expect(opened).to_have_attribute("aria-selected", "true")


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
    click_on_map(page, "05315")
    expect(page.get_by_role("heading", name="Köln", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("district=05315"))


def test_a_download_is_a_csv_with_its_source(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/referral-times?lang=en").page
    page.get_by_role("radio", name=ENGLISH("ui.part_data")).first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=ENGLISH("ui.csv_de")).click()
    content = waiting.value.path().read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert waiting.value.suggested_filename.endswith("_de.csv")
    assert {len(row) for row in rows} == {len(header)}
    assert len(rows) > 10
    provenance = header.index(GERMAN("export.provenance"))
    assert {row[provenance] for row in rows} == {GERMAN("code.provenance.synthetic")}
