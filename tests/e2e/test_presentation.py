"""A presentation: shown on the whole screen by keyboard alone, and taken away as a file."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation
from pypdf import PdfReader

from analytics.i18n import words

from .conftest import Visit, settle
from .test_every_page import cut_in_pictures, grave_findings

FADED = 4000
"""Milliseconds after which buttons that nobody wants are gone."""

PHONE, DESK, HALL = (390, 844), (1280, 720), (1920, 1080)


@pytest.mark.parametrize(
    ("deck", "language", "size"),
    [
        ("deck=fachausschuss", "de", DESK),
        ("deck=kreisbesuch&district=05766", "en", HALL),
    ],
)
def test_a_presentation_is_shown_by_keyboard_alone(
    address_with_effects: str,
    visit: Callable[..., Visit],
    deck: str,
    language: str,
    size: tuple[int, int],
):
    w = words(language)
    visited = visit(f"{address_with_effects}/presentation?{deck}&lang={language}")
    page = visited.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    titles = page.locator("h2").all_inner_texts()
    page.get_by_role("button", name=w("page_presentation.show"), exact=True).press("Enter")
    expect(page.locator(".st-key-stage [class*=st-key-slide_] h2")).to_have_count(len(titles))
    expect(page.locator("h1")).to_have_count(1)
    settle(page)

    assert shown(page) == titles[0]
    assert beyond(page) == []
    for key, title in turns(titles[1:], "ArrowRight", "PageDown", "Space"):
        page.keyboard.press(key)
        assert shown(page) == title
        assert beyond(page) == []
    assert cut_in_pictures(page) == []
    assert grave_findings(page) == []
    page.keyboard.press("ArrowRight")
    assert shown(page) == titles[-1]
    for key, title in turns(titles[-2::-1], "ArrowLeft", "PageUp"):
        page.keyboard.press(key)
        assert shown(page) == title
    assert grave_findings(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(page.locator(".stage-controls button").first).to_be_visible()
    page.set_viewport_size({"width": size[0], "height": size[1]})

    page.keyboard.press("Home")
    for _ in range(3):  # at once, as from an impatient hand
        page.keyboard.press("ArrowRight")
    page.mouse.click(size[0] // 3, size[1] // 2)  # into the picture, which takes no key away
    page.keyboard.press("ArrowLeft")
    assert shown(page) == titles[2]
    page.reload()
    settle(page)
    assert shown(page) == titles[2]

    page.keyboard.press("Escape")
    expect(page.locator("h1:visible")).to_have_text(w("page_presentation.title"))
    expect(page).to_have_url(re.compile(re.escape(deck.partition("&")[2] or deck)))
    expect(page.locator("#slide-3")).to_be_in_viewport()
    assert page.locator("#slide-3").inner_text() == titles[2]
    assert visited.foreign == []


def test_the_speaker_jumps_blackens_and_reads_notes_in_a_window_of_their_own(
    address: str, visit: Callable[..., Visit]
):
    """In one language: that the page brings the words of both, its own tests say."""
    w = words("en")
    visited = visit(f"{address}/presentation-mode?lang=en")
    page = visited.page
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    titles = page.locator("[class*=st-key-slide_] h2")
    expect(titles).to_have_count(6)
    settle(page)
    told = [text.strip() for text in titles.all_text_contents()]

    for key in ("4", "Enter"):
        page.keyboard.press(key)
    assert shown(page) == told[3]
    page.keyboard.press("Enter")  # nothing typed, nothing to jump to
    assert shown(page) == told[3]
    for key in ("9", "9", "Enter"):
        page.keyboard.press(key)
    assert shown(page) == told[-1]
    page.keyboard.press("Home")
    assert shown(page) == told[0]

    for key in ("b", "."):
        page.keyboard.press(key)
        assert black(page)
        expect(page.locator(".stage-controls [role=status]")).to_have_text(
            w("page_presentation.is_black")
        )
        page.keyboard.press("b")
        assert not black(page)
    page.keyboard.press("b")
    page.keyboard.press("ArrowRight")
    assert not black(page) and shown(page) == told[1]

    with page.expect_popup() as waiting:
        page.keyboard.press("s")
    speaker = waiting.value
    expect(speaker.locator("h1")).to_have_text(f"2 / 6 · {told[1]}")
    expect(speaker.locator(".notes")).to_contain_text(w("report_deck.notes_numbers"))
    expect(speaker.locator(".next")).to_contain_text(told[2])
    expect(speaker.locator(".clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(speaker.locator(".elapsed")).to_have_text(re.compile(r"^0:0[1-9]$"))
    assert speaker.url == "about:blank"
    speaker.keyboard.press("ArrowRight")  # the clicker follows the window in front
    assert shown(page) == told[2]
    expect(speaker.locator("h1")).to_have_text(f"3 / 6 · {told[2]}")
    page.keyboard.press("End")
    expect(speaker.locator(".next")).to_contain_text(w("page_presentation.window_last"))
    page.keyboard.press("Escape")
    expect(page.locator("h1:visible")).to_have_text(w("page_presentation.title"))
    assert speaker.is_closed()
    assert visited.foreign == []


def test_buttons_leave_the_screen_and_come_back_when_they_are_wanted(
    address: str, visit: Callable[..., Visit]
):
    page = visit(f"{address}/presentation-mode").page
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.emulate_media(reduced_motion="reduce")
    controls = page.locator(".stage-controls")
    expect(controls).to_have_css("opacity", "0")
    page.mouse.move(300, 300)
    page.mouse.move(310, 310)
    expect(controls).to_have_css("opacity", "1")
    expect(controls).to_have_css("transition-duration", "0s")
    expect(controls).to_have_css("opacity", "0")
    controls.locator("button").first.focus()
    page.keyboard.press("Tab")
    expect(controls).to_have_css("opacity", "1")
    page.wait_for_timeout(FADED)
    expect(controls).to_have_css("opacity", "1")  # as long as the keyboard is there
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")


def black(page: Page) -> bool:
    """Say whether the whole screen is black."""
    colour = page.evaluate(
        "getComputedStyle(document.querySelector('.st-key-stage'), '::after').backgroundColor"
    )
    return bool(colour == "rgb(0, 0, 0)")


def test_both_files_have_the_slides_shown(address_with_effects: str, visit: Callable[..., Visit]):
    w = words("de")
    page = visit(f"{address_with_effects}/presentation").page
    titles = page.locator("h2").all_inner_texts()
    assert len(titles) == 6
    slides = Presentation(taken(page, w("page_presentation.download_pptx"))).slides
    assert [slide.shapes.title.text for slide in slides] == titles
    pages = PdfReader(taken(page, w("page_presentation.download_pdf"))).pages
    for title, text in zip(titles, (each.extract_text() for each in pages), strict=False):
        assert "".join(title.split()) in "".join(text.split())


def taken(page: Page, button: str) -> str:
    """Return the path of the file that a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return str(waiting.value.path())


def turns(titles: Sequence[str], *keys: str) -> Iterator[tuple[str, str]]:
    """Return which title each press of the keys in turn should lead to."""
    return zip(islice(cycle(keys), len(titles)), titles, strict=True)


def shown(page: Page) -> str:
    """Return the title of the one slide that is seen."""
    (title,) = page.locator("[class*=st-key-slide_] h2:visible").all_inner_texts()
    return title


def beyond(page: Page) -> list[str]:
    """Return what of the slide lies outside of the window or of its own place, or scrolls."""
    found: list[str] = page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            const wrong = main.scrollHeight > innerHeight ? ['the page scrolls'] : [];
            const seen = (e) => e.checkVisibility({ visibilityProperty: true });
            const slide = [...document.querySelectorAll('[class*=st-key-slide_]')]
                .find((e) => seen(e.querySelector('h2')));
            const body = slide.querySelector('[class*=st-key-body_]').getBoundingClientRect();
            for (const e of slide.querySelectorAll('h2, p, td, .js-plotly-plot')) {
                const box = e.getBoundingClientRect();
                const isIn = e.closest('[class*=st-key-body_]');
                const floor = isIn ? body.bottom + 2 : innerHeight;
                if (box.top < 0 || box.left < 0 || box.right > innerWidth || box.bottom > floor) {
                    wrong.push(e.tagName + ': ' + e.innerText.slice(0, 60));
                }
            }
            return wrong;
        }"""
    )
    return found
