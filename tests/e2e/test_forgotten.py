"""What becomes of uploads: forgotten at once, told of when lost, and no foreign links by name."""

from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from own_files import own_file
from playwright.sync_api import Locator, Page, expect

from analytics.i18n import Language, words

from .conftest import Visit, settle
from .test_upload import KOELN, check, on_disk, own_data

Open = Callable[..., Visit]
NASTY = (
    "www.example.org http://a.example/x a@b.example :material/home: :smile: [[w]] $x$ -> :red[x]"
)
FOREIGN = """() => [...document.querySelectorAll('a[href]')].map((a) => a.href)
    .filter((href) => !href.startsWith(location.origin))"""


def status(url: str) -> int:
    """Return how an address is answered to someone without a cookie."""
    try:
        with urlopen(url, timeout=10) as answer:
            assert answer.headers["cache-control"] == "no-store"
            return int(answer.status)
    except HTTPError as error:
        return error.code


def findings_of(page: Page, language: Language = "de") -> str:
    """Download the findings and return their address."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=words(language)("page_own_data.findings_xlsx")).click()
    assert waiting.value.path().read_bytes()[:2] == b"PK"
    return waiting.value.url


@pytest.mark.parametrize("way", ["forgetting", "leaving"])
def test_files_made_of_an_upload_go_with_it(
    address: str, visit: Open, demo_store: Path, tmp_path: Path, way: str
):
    page = own_data(visit, address, "de")
    flawed = own_file(demo_store, "cases", KOELN).source.content.replace(b"2019-0", b"2039-0")
    path = tmp_path / "faelle.csv"
    path.write_bytes(flawed)
    check(page, "de", path)
    url = findings_of(page)
    assert status(url) == 200
    if way == "forgetting":
        forget = page.get_by_role("button", name=words("de")("page_own_data.forget"))
        forget.click()
        expect(forget).to_be_hidden()
    else:
        page.close()
        visit(f"{address}/own-data")
    assert status(url) == 404


def notice(page: Page, name: str) -> Locator:
    return page.locator(f"[data-when={name}]")


def test_a_lost_upload_is_told(address: str, visit: Open, demo_store: Path, tmp_path: Path):
    page = own_data(visit, address, "en")
    check(page, "en", on_disk(tmp_path, own_file(demo_store, "cases", KOELN)))
    expect(notice(page, "lost")).to_be_hidden()
    page.reload()
    settle(page)
    expect(notice(page, "lost")).to_be_visible()
    expect(notice(page, "lost")).to_have_text(words("en")("page_own_data.upload_lost"))


def test_an_upload_at_another_server_is_told_in_the_readers_language(
    address: str, visit: Open, tmp_path: Path
):
    page = own_data(visit, address, "de")
    page.route("**/_stcore/upload_file/**", lambda route: route.fulfill(status=400, body="no"))
    path = tmp_path / "faelle.csv"
    path.write_text("a;b\n1;2\n")
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files([path])
    expect(notice(page, "refused")).to_be_visible()
    expect(notice(page, "lost")).to_be_hidden()
    said = words("de")("page_own_data.upload_refused")
    expect(page.get_by_test_id("stFileUploader").get_by_role("alert")).to_have_text(said)
    assert "AxiosError" not in page.content()


@pytest.mark.parametrize(
    "view",
    [
        f"explore?rows={quote(NASTY)}&indicator={quote(NASTY)}&district={quote(NASTY)}",
        f"presentation?deck=kabinett&title={quote(NASTY)}&occasion={quote(NASTY)}",
        f"?unknown={quote(NASTY)}&lang={quote(NASTY)}",
    ],
    ids=["explore", "deck", "start"],
)
def test_no_text_of_an_address_becomes_a_link(address: str, visit: Open, view: str):
    page = visit(f"{address}/{view}").page
    expect(page.get_by_test_id("stMain")).to_contain_text("example.org")
    assert page.evaluate(FOREIGN) == []


def test_the_name_of_a_file_becomes_no_link(address: str, visit: Open, tmp_path: Path):
    page = own_data(visit, address, "de")
    path = tmp_path / "www.example.org :smile: a@b.example *x* -> [[y]] :material_home:.csv"
    path.write_text("fallkennung;eroeffnet_am;www.example.com\n1;2019-01-01;a@b.example\n")
    check(page, "de", path)
    assert page.evaluate(FOREIGN) == []
    expect(page.get_by_test_id("stMarkdown").get_by_text("*x*").first).to_be_visible()
