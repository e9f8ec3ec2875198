"""On paper: charts are whole; on the screen nothing moves unasked, and keys suffice.

That nothing is cut where a page is enlarged, ``test_every_page`` says of each.
"""

import io
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from analytics.i18n import words

from .conftest import HEIGHT, WIDTHS, Visit, resize, settle

GERMAN = words("de")
PAGES = ("referral-times", "explore?rows=district&picture=map&district=05315", "kim-rollout")
CHART = "[data-testid=stPlotlyChart]"
SHEET = 186 * 96 / 25.4
"""Pixels between the margins of A4, as the rules for print say."""

TALLEST = 200 * 96 / 25.4


@pytest.fixture(scope="module")
def referral_times(address: str, reader: BrowserContext) -> Iterator[Page]:
    """The page with most charts, for tests that leave it as they have found it."""
    page = reader.new_page()
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    page.goto(f"{address}/referral-times")
    settle(page)
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_charts_are_whole_on_paper(address: str, visit: Callable[..., Visit], path: str):
    page = visit(f"{address}/{path}").page
    charts = [texts for texts in texts_of_charts(page) if texts]
    assert len(charts) == page.locator(CHART).count() > 0
    sheets = [squeezed(sheet.extract_text()) for sheet in pdf(page).pages]
    scattered = [texts[:3] for texts in charts if not any(is_on(texts, each) for each in sheets)]
    assert scattered == []
    assert GERMAN("ui.part_method") not in " ".join(sheets)


def test_drawings_shrink_to_the_sheet_and_come_back(referral_times: Page):
    page = referral_times
    before = sizes(page)
    page.emulate_media(media="print")
    expect(page.locator(".main-svg:not([viewBox])")).to_have_count(0)
    for (wide, high), (box_wide, box_high) in sizes(page):
        assert box_wide <= SHEET + 1 and box_high <= TALLEST + 1
        # The whole drawing is shown, in its own proportions.
        assert box_high == pytest.approx(min(high / wide * box_wide, TALLEST), abs=2)
    expect(page.locator("[class*=st-key-below_] button").first).to_be_hidden()
    expect(page.get_by_test_id("stSelectbox").first).to_be_hidden()
    expect(page.locator("[class*=st-key-below_] p").first).to_be_visible()  # the source
    expect(page.get_by_role("complementary", name=GERMAN("ui.banner_label"))).to_be_visible()
    page.emulate_media(media="screen")
    settle(page)
    expect(page.locator(".main-svg[viewBox]")).to_have_count(0)
    resize(page, 1400)
    assert sizes(page) == before


def test_ctrl_p_draws_the_charts_for_the_sheet(referral_times: Page):
    page = referral_times
    page.evaluate(
        """() => {
            window.print = () => {
                const drawings = [...document.querySelectorAll('.main-svg')];
                window.printed = drawings.map((each) => Number(each.getAttribute('width')));
            };
        }"""
    )
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.printed")
    printed = page.evaluate("window.printed")
    assert printed and max(printed) <= SHEET
    assert page.evaluate("'printing' in document.documentElement.dataset") is False


def test_nothing_moves_for_those_who_want_less_motion(referral_times: Page):
    page = referral_times
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((element) => {
            const look = getComputedStyle(element);
            const longest = (text) => Math.max(...text.split(',').map(parseFloat));
            return longest(look.transitionDuration) > 0.001
                || longest(look.animationDuration) > 0.001
                || look.scrollBehavior === 'smooth';
        }).length"""
    )
    page.emulate_media(reduced_motion="no-preference")
    assert moving == 0


def test_each_chart_has_its_table_one_key_away(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/referral-times").page
    frames = page.locator(f"[class*=st-key-figure_]:has({CHART})").all()
    assert frames
    for frame in frames:
        finding = frame.get_by_role("heading").first.inner_text()
        switches = frame.get_by_role("radiogroup", name=GERMAN("ui.parts", figure=finding))
        expect(switches).to_have_count(1)
        names = [each.inner_text() for each in switches.get_by_role("radio").all()]
        assert names[:2] == [GERMAN("ui.part_table"), GERMAN("ui.part_picture")]
    first = frames[0].get_by_role("radio", name=GERMAN("ui.part_table"), exact=True)
    while not first.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(frames[0].get_by_test_id("stDataFrame")).to_be_visible()


def pdf(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def texts_of_charts(page: Page) -> list[list[str]]:
    """Return what is written in each chart."""
    found: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].map((chart) =>
            [...chart.querySelectorAll('svg text')]
                .filter((text) => text.getBoundingClientRect().width)
                .map((text) => text.textContent))"""
    )
    return found


def squeezed(text: str) -> str:
    """Return a text without spaces and ligatures: a reader of PDF guesses them."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_on(texts: list[str], sheet: str) -> bool:
    return all(squeezed(text) in sheet for text in texts)


def sizes(page: Page) -> list[list[list[float]]]:
    """Return of each chart the size that it is drawn for, and the one that it has."""
    found: list[list[list[float]]] = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot .svg-container')].map((box) => {
            const drawing = box.querySelector('.main-svg');
            const {width, height} = drawing.getBoundingClientRect();
            const own = ['width', 'height'].map((name) => Number(drawing.getAttribute(name)));
            return [own, [Math.round(width), Math.round(height)]];
        })"""
    )
    return found
