"""Every page, in both languages, on a desk and on a phone: whole, readable, and by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analytics.i18n import LANGUAGES, words

from .conftest import WIDTHS, Visit, resize, serving, settle

PAGES = {
    "overview": "page_overview.title",
    "referral-times": "page_referral.title",
    "kim-rollout": "page_kim.title",
    "model-effect": "page_model_effect.title",
    "analysis-plan": "page_plan.title",
    "method-check": "page_method_check.title",
    "map?district=05315": "page_map.title",
    "district-profile?district=05766": "page_profile.title",
    "district-peers?district=05766": "page_peers.title",
    "own-data": "page_own_data.title",
    "district-quality?district=05766": "page_quality.title",
    "data-methods": "page_data.title",
    "downloads": "page_downloads.title",
}
PAGES_WITH_EFFECTS = {
    "comparison": "page_comparison.title",
    "kim-effect": "page_kim_effect.title",
    "model-effect": "page_model_effect.title",
    "model-effect?outcome=hazard_ratio&towns=exposure": "page_model_effect.title",
    "presentation": "page_presentation.title",
    "verdict": "page_verdict.title",
}
DESK, PHONE = WIDTHS
OPENED_AT = {"de": (DESK, PHONE), "en": (PHONE, DESK)}
"""Each page is loaded once on either device, and turned into the other."""

_GRAVE = {"serious", "critical"}


def test_a_deep_link_as_the_first_request_opens_inside_the_frame(
    demo_store: Path, visit: Callable[..., Visit]
):
    w = words("en")
    with serving(demo_store) as fresh:
        page = visit(f"{fresh}/kim-rollout?lang=en").page
        expect(page.locator("h1")).to_have_text(w("page_kim.title"))
        expect(page.get_by_role("complementary", name=w("ui.banner_label"))).to_be_visible()
        expect(page.get_by_role("link", name=w("ui.page_overview"))).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole(address: str, visit: Callable[..., Visit], path: str, language: str):
    is_whole(visit, address, path, PAGES[path], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES_WITH_EFFECTS)
def test_page_with_effects_is_whole(
    address_with_effects: str, visit: Callable[..., Visit], path: str, language: str
):
    page = is_whole(visit, address_with_effects, path, PAGES_WITH_EFFECTS[path], language)
    refused = words(language)("evaluation.refused_title", name="").strip()
    expect(page.get_by_text(refused)).to_have_count(0)


def is_whole(
    visit: Callable[..., Visit], address: str, path: str, title: str, language: str
) -> Page:
    """Open a page, and check at both widths that nothing is missing, cut, wrong or foreign."""
    w = words(language)
    joint = "&" if "?" in path else "?"
    first, second = OPENED_AT[language]
    visited = visit(f"{address}/{path}{joint}lang={language}", first)
    page = visited.page
    expect(page.locator("h1")).to_have_text(w(title))
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("complementary", name=w("ui.banner_label"))).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    fits(page)
    resize(page, second)
    fits(page)
    assert visited.foreign == []
    return page


def fits(page: Page) -> None:
    """Check that everything can be seen and read at the present width."""
    assert overflowing(page) == []
    assert cut_in_pictures(page) == []
    assert grave_findings(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_opened_details_are_accessible(address: str, visit: Callable[..., Visit], language: str):
    w = words(language)
    visited = visit(f"{address}/referral-times?lang={language}")
    page = visited.page
    details = page.get_by_test_id("stExpander").first
    details.get_by_text(w("ui.details")).click()
    expect(details.get_by_role("button", name=w("ui.xlsx"))).to_be_visible()
    settle(page)
    assert grave_findings(page) == []
    assert visited.foreign == []


def overflowing(page: Page) -> list[str]:
    """Return what is wider than the page or its own box, apart from what may be scrolled."""
    found: list[str] = page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            const wide = main.scrollWidth > main.clientWidth + 1 ? ['the page itself'] : [];
            const texts = 'h1,h2,h3,p,label,button,a,summary,li,aside';
            for (const element of main.querySelectorAll(texts)) {
                const box = element.getBoundingClientRect();
                const own = element.closest('[data-testid=stDataFrame],table,pre,.js-plotly-plot');
                if (!box.width || own) {
                    continue;
                }
                if (box.right > innerWidth + 1 || box.left < -1) {
                    wide.push(element.tagName + ': ' + element.innerText.slice(0, 60));
                }
            }
            return wide;
        }"""
    )
    return found


def cut_in_pictures(page: Page) -> list[str]:
    """Return texts of pictures that reach beyond the picture."""
    found: list[str] = page.evaluate(
        """() => {
            const cut = [];
            for (const chart of document.querySelectorAll('.js-plotly-plot')) {
                const frame = chart.getBoundingClientRect();
                for (const text of chart.querySelectorAll('svg text')) {
                    const box = text.getBoundingClientRect();
                    const hidden = !box.width || getComputedStyle(text).opacity === '0';
                    if (!hidden && (box.right > frame.right + 2 || box.left < frame.left - 2
                        || box.bottom > frame.bottom + 2 || box.top < frame.top - 2)) {
                        cut.push(text.textContent.slice(0, 60));
                    }
                }
            }
            return cut;
        }"""
    )
    return found


def grave_findings(page: Page) -> list[str]:
    """Return axe-core's serious and critical findings with the first element of each."""
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0].get('failureSummary', '')[:200]}"
        for v in violations
        if v["impact"] in _GRAVE
    ]
