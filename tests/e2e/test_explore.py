"""Questions in the browser: by keys alone, the way back, what is kept, twenty in a row."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from analytics.i18n import words

from .conftest import WIDTHS, Visit, rest, settle
from .test_every_page import grave_findings, overflowing

GERMAN, ENGLISH = words("de"), words("en")
CELLS = "explore?columns=legal_regime&rows=residence_status"
NASTY = '<img src=x onerror="window.harmed = 1">'

QUESTIONS = tuple(
    {"rows": rows, "columns": columns}
    for rows in ("offer_area", "sex", "legal_regime", "age_group", "residence_status")
    for columns in ("state", "group", "quarter", "provider")
)
"""Twenty, each reached from the one before by the page's own controls."""


def finding(page: Page) -> Locator:
    return page.locator(".st-key-answer_finding h2")


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option by keys alone, wherever the focus is; wait until the address has it."""
    before, control = page.url, page.get_by_role("combobox", name=label, exact=True)
    control.focus()
    page.keyboard.type(option)
    expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)
    settle(page)


def test_a_cell_is_looked_at_more_closely_by_keys_alone(
    address: str, visit: Callable[..., Visit]
) -> None:
    page = visit(f"{address}/explore").page
    wider = finding(page).inner_text()
    choose(page, GERMAN("explore.closer"), GERMAN("code.offer_area.housing"))
    expect(page).to_have_url(re.compile("rows=quarter"))
    expect(page).to_have_url(re.compile("offer_area=housing"))
    expect(page).to_have_url(re.compile("from=2017-01"))
    step = page.locator(".st-key-explore_trail_steps button")
    expect(step).to_have_count(1)
    step.focus()
    page.keyboard.press("Enter")
    expect(finding(page)).to_have_text(wider)
    expect(step).to_have_count(0)


def test_back_and_forward_lead_through_what_was_seen(
    address: str, visit: Callable[..., Visit]
) -> None:
    page = visit(f"{address}/explore?rows=district&picture=map").page
    first = finding(page).inner_text()
    choose(page, GERMAN("explore.rows"), GERMAN("dimension.sex"))
    expect(page).to_have_url(re.compile(r"\?rows=sex$"))
    second = finding(page).inner_text()
    page.go_back()
    expect(page).to_have_url(re.compile("picture=map"))
    expect(finding(page)).to_have_text(first)
    page.go_forward()
    expect(page).to_have_url(re.compile(r"\?rows=sex$"))
    expect(finding(page)).to_have_text(second)
    page.reload()
    settle(page)
    expect(finding(page)).to_have_text(second)


def test_a_click_on_a_cell_asks_on(address: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{address}/explore?columns=sex").page
    rest(page)
    x, y = page.evaluate(
        """(names) => names.map((name) => {
            const texts = [...document.querySelectorAll('.js-plotly-plot text')];
            const found = texts.find((each) => each.textContent.trim() === name);
            const box = found.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        })""",
        [GERMAN("code.sex.male"), GERMAN("code.offer_area.language")],
    )
    page.mouse.click(x[0], y[1])
    expect(page).to_have_url(re.compile("offer_area=language"))
    expect(page).to_have_url(re.compile("sex=male"))
    expect(page.locator(".st-key-explore_trail_steps button")).to_have_count(1)


def test_the_language_changes_and_the_question_stays(
    address: str, visit: Callable[..., Visit]
) -> None:
    asked = "rows=sex&columns=age_group&compare=period&against=2018-01%3A2018-12"
    page = visit(f"{address}/explore?{asked}").page
    page.get_by_role("radio", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    settle(page)
    for part in asked.split("&"):
        assert part in page.url
    expect(finding(page)).to_contain_text(re.compile("percentage|change"))


def test_questions_are_kept_handed_on_and_do_no_harm(
    address: str, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    page = visit(f"{address}/explore?columns=sex", as_another=True).page
    kept = page.locator(".kept-questions")
    page.get_by_role("button", name=GERMAN("explore.kept")).click()
    kept.get_by_role("textbox").fill(NASTY)
    kept.get_by_role("button", name=GERMAN("explore.kept_keep"), exact=True).click()
    link = kept.get_by_role("link", name=NASTY)
    expect(link).to_have_attribute("href", re.compile(r"explore\?columns=sex$"))
    assert grave_findings(page) == []
    with page.expect_download() as download:
        kept.get_by_text(GERMAN("explore.kept_file")).click()
    told = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert told == {"questions": [{"name": NASTY, "asked": "?columns=sex"}]}

    def take(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, "utf-8")
        kept.locator("input[type=file]").set_input_files(tmp_path / name)

    for damaged in ("no json", "[]", '{"questions": [{"name": 1, "asked": "?"}]}'):
        take("damaged.json", damaged)
        expect(kept.get_by_role("status")).to_have_text(GERMAN("explore.kept_wrong"))
    wrong = {"name": "away", "asked": "javascript:alert(1)"}
    longest = {"name": "long" * 100, "asked": "?rows=sex"}
    mine = {"name": "mine", "asked": "?rows=sex"}
    take("good.json", json.dumps({"questions": [wrong, longest, mine]}))
    expect(kept.get_by_role("listitem")).to_have_count(2)
    expect(kept.get_by_role("link", name="away")).to_have_count(0)
    kept.get_by_role("button", name=f"{GERMAN('explore.kept_remove')}: {NASTY}").click()
    expect(kept.get_by_role("listitem")).to_have_count(1)
    assert page.evaluate("window.harmed") is None
    kept.get_by_role("link", name="mine").click()
    expect(page).to_have_url(re.compile(r"explore\?rows=sex"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "asked", [CELLS, f"{CELLS}&compare=sex", "explore?rows=quarter&columns=offer_area"]
)
def test_wide_answers_fit_and_are_accessible(
    address: str, visit: Callable[..., Visit], asked: str, width: int
) -> None:
    page = visit(f"{address}/{asked}&lang=en", width).page
    assert overflowing(page) == []
    assert grave_findings(page) == []


def test_twenty_questions_in_a_row_are_answered(address: str, visit: Callable[..., Visit]) -> None:
    visited = visit(f"{address}/explore?lang=en")
    page, wrong = visited.page, []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for asked in QUESTIONS:
        if asked["rows"] != _asked(page, "rows", "offer_area"):
            choose(page, ENGLISH("explore.rows"), ENGLISH(f"dimension.{asked['rows']}"))
        if asked["columns"] != _asked(page, "columns", "state"):
            none = asked["columns"] == "state"
            name = ENGLISH("explore.nothing" if none else f"dimension.{asked['columns']}")
            choose(page, ENGLISH("explore.columns"), name)
        expect(finding(page)).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
        assert _asked(page, "rows", "offer_area") == asked["rows"]
        assert _asked(page, "columns", "state") == asked["columns"]
    assert wrong == [] and visited.foreign == []


def _asked(page: Page, name: str, usual: str) -> str:
    found = re.search(rf"[?&]{name}=([^&]+)", page.url)
    return found.group(1) if found else usual
