"""Every page, in both languages, on a desk and on a phone: whole, readable, and by itself.

To load a page takes longest, so each is loaded once, below a path, and turned from one device and
one language into the other.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import app
from analytics.domain.pages import TAB, TABS
from analytics.i18n import Language, words

from .conftest import WIDTHS, Visit, is_search, resize, serving, settle

PAGES = {
    "overview": "answer.none",
    "referral-times": "page_referral.title",
    "kim-rollout": "page_kim.title",
    "explore?rows=district&picture=map&district=05315": "page_explore.title",
    "explore?tab=standouts": "page_explore.title",
    "explore?tab=fairness": "page_explore.title",
    "explore?tab=districts": "page_explore.title",
    "cooperation": "cooperation.page_title",
    "effect?tab=model": "page_effect.title",
    "effect?tab=plan": "page_effect.title",
    "district?district=05766": "page_district.title",
    "district?district=05766&tab=ring": "page_district.title",
    "district?district=05766&tab=quality": "page_district.title",
    "district?tab=own-data": "page_district.title",
    "data-methods": "page_data.title",
    "data-methods?tab=check": "page_data.title",
    "data-methods?list=downloads": "page_data.title",
}
PAGES_WITH_EFFECTS = {
    "overview": "",  # the answer, whatever it is
    "effect": "page_effect.title",
    "effect?tab=model": "page_effect.title",
    "effect?tab=model&outcome=hazard_ratio&towns=exposure": "page_effect.title",
    "effect?tab=kim": "page_effect.title",
    "effect?tab=verdict": "page_effect.title",
    "presentation": "page_presentation.title",
}
DESK, PHONE = WIDTHS
ZOOMED = 700
"""Pixels across a window of 1,400 at 200 %."""

FIRST_SCREENS = {
    DESK: (
        820,
        ("h1", ".st-key-answer .js-plotly-plot", "[class*=st-key-door_]", ".st-key-answer_kim"),
    ),
    PHONE: (844, ("h1", ".st-key-answer_basis", ".st-key-answer .js-plotly-plot >> nth=0")),
}
"""On a desk the answer, its pictures and all doors; on a phone the answer and the course."""

_GRAVE = {"serious", "critical"}


def test_a_deep_link_as_the_first_request_opens_inside_the_frame(
    demo_store: Path, visit: Callable[..., Visit]
):
    w = words("en")
    with serving(demo_store) as fresh:
        page = visit(f"{fresh}/kim-rollout?lang=en").page
        expect(page.locator("h1")).to_have_text(w("page_kim.title"))
        expect(page.get_by_role("complementary", name=w("ui.banner_label"))).to_be_visible()
        expect(page.get_by_role("link", name=w("ui.task_overview"), exact=True)).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole(address_below: str, visit: Callable[..., Visit], path: str):
    for _ in walk(visit(f"{address_below}/{path}"), address_below, PAGES[path]):
        pass


def test_no_page_and_no_tab_is_left_out():
    """The stage has tests of its own."""
    seen = {_place(path) for path in (*PAGES, *PAGES_WITH_EFFECTS)}
    pages = [page for task in app.TASKS.values() for page in task if not page.is_bare]
    tabs = {page.address: TABS.get(page.address, ("",)) for page in pages}
    assert seen == {(address, tab) for address, found in tabs.items() for tab in found}


def _place(path: str) -> tuple[str, str]:
    address, _, query = path.partition("?")
    first, *_ = TABS.get(address, ("",))
    return address, parse_qs(query).get(TAB, [first])[0]


@pytest.mark.parametrize("path", PAGES_WITH_EFFECTS)
def test_page_with_effects_is_whole(
    address_with_effects: str, visit: Callable[..., Visit], path: str
):
    visited = visit(f"{address_with_effects}/{path}")
    for language, width in walk(visited, address_with_effects, PAGES_WITH_EFFECTS[path]):
        refused = words(language)("evaluation.refused_title", name="").strip()
        expect(visited.page.get_by_text(refused)).to_have_count(0)
        if path == "overview":
            is_on_the_first_screen(visited.page, *FIRST_SCREENS[width])


def is_on_the_first_screen(page: Page, height: int, parts: Sequence[str]) -> None:
    """Check that parts of a page can be seen without scrolling; each part is there."""
    for part in parts:
        found = page.locator(part).all()
        assert found, part
        for each in found:
            box = each.bounding_box()
            assert box is not None and box["y"] + box["height"] <= height, part


def walk(visited: Visit, address: str, title: str) -> Iterator[tuple[Language, int]]:
    """Turn a page into both languages and widths; check that nothing is cut, wrong or foreign.

    Language and width are given when the page shows them, for what else there is to check.
    axe-core takes longest, and sees each language and each width once: letters have room or not
    by language and width together, but names, roles and contrasts do not.
    """
    page = visited.page
    is_framed(page, title, "de")
    is_uncut(page)
    assert grave_findings(page) == []
    yield "de", DESK
    for narrower in (ZOOMED, PHONE):
        resize(page, narrower)
        is_uncut(page)
    yield "de", PHONE
    page.get_by_role("radio", name="English").click()
    is_framed(page, title, "en")
    is_uncut(page)
    assert grave_findings(page) == []
    yield "en", PHONE
    resize(page, DESK)
    is_uncut(page)
    yield "en", DESK
    assert visited.foreign == []
    is_at_home(visited, address)


def is_framed(page: Page, title: str, language: Language) -> None:
    """Check that the page has come in a language, inside the frame, and without an error."""
    w = words(language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    settle(page)
    expect(page.locator("h1")).to_have_text(w(title) if title else re.compile("."))
    expect(page.get_by_role("complementary", name=w("ui.banner_label"))).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def is_at_home(visited: Visit, address: str) -> None:
    """Check that a page asks for nothing, and leads to nothing, beside the path it is served at."""
    page = visited.page
    assert [url for url in visited.missing if not is_search(url)] == []
    rules = "[...document.styleSheets].some((s) => s.href && s.href.endsWith('frame.css'))"
    assert page.evaluate(rules)
    hrefs = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href)")
    outside = [href for href in hrefs if href.startswith("http://127.0.0.1")]
    assert [href for href in outside if not href.startswith(address)] == []
    asked = [url for url in visited.asked if url.startswith("http") and not is_search(url)]
    assert [url for url in asked if not url.startswith(address)] == []


def is_uncut(page: Page) -> None:
    """Check that everything can be seen at the present width."""
    assert overflowing(page) == []
    assert cut_in_pictures(page) == []


def test_opened_details_are_accessible(address: str, visit: Callable[..., Visit]):
    w = words("en")
    visited = visit(f"{address}/referral-times?lang=en")
    page = visited.page
    frame = page.locator("[class*=st-key-figure_][class*=referral_measures]")
    opened = {
        "table": "table",
        "picture": "button[kind]",
        "data": "button[kind]",
        "method": "code",
        "link": "code",
    }
    for part, seen in opened.items():
        frame.get_by_role("radio", name=w(f"ui.part_{part}"), exact=True).click()
        expect(frame.locator(seen).first).to_be_visible()
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
