"""The real server in a real browser, which records every request it makes."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from shared import demonstration, shared_folder, shared_server

PROJECT = Path(__file__).parents[2]
WIDTHS = (1400, 390)
HEIGHT = 900
EFFECT_CASES = 20_000
_START_SECONDS = 60
_COMPUTING = 120_000
"""Milliseconds that all estimates of a page may take while other tests run beside it."""

_STEADY = 500
"""Milliseconds without a move after which a page has come to rest."""

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")

expect.set_options(timeout=30_000)


@dataclass
class Visit:
    """A page in the browser and the requests it made, those to other hosts apart."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """All that was asked of its own host."""

    missing: list[str] = field(default_factory=list)
    """What was answered with an error."""


@contextmanager
def serving(store: Path, *options: str, below: str = "") -> Iterator[str]:
    """Yield the address of a dashboard of one's own; arguments as of ``started``."""
    address, server = started(store, *options, below=below)
    try:
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def started(store: Path, *options: str, below: str = "") -> tuple[str, subprocess.Popen[bytes]]:
    """Start the dashboard on a free port as ``make run`` does; return its address once it answers.

    Args:
        store: Folder of the snapshots.
        options: Of Streamlit.
        below: Path that the options put the dashboard below.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}{below}"
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options],
        cwd=PROJECT,
        env={**os.environ, "EWG_STORE": str(store)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{address}/_stcore/health")
    except TimeoutError:
        server.kill()
        raise
    return address, server


def _wait_for(url: str) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(url, timeout=10):  # our own server on this machine
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


BELOW = "einwanderung"
_BELOW = ("--server.baseUrlPath", BELOW)


@pytest.fixture(scope="session")
def address(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with _shared(tmp_path_factory, "root", demo_store) as found:
        yield found


@pytest.fixture(scope="session")
def address_below(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard below a path, as behind a server that has other things at its root."""
    with _shared(tmp_path_factory, "below", demo_store, *_BELOW, below=f"/{BELOW}") as found:
        yield found


@pytest.fixture(scope="session")
def address_with_effects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard with enough cases for effect estimates, below a path."""
    store = demonstration(shared_folder(tmp_path_factory), EFFECT_CASES)
    with _shared(tmp_path_factory, "effects", store, *_BELOW, below=f"/{BELOW}") as found:
        yield found


@contextmanager
def _shared(
    temporary: pytest.TempPathFactory, name: str, store: Path, *options: str, below: str = ""
) -> Iterator[str]:
    """Yield the address of a dashboard for all workers, so that nothing is computed twice."""

    def start() -> tuple[str, int]:
        address, server = started(store, *options, below=below)
        return address, server.pid

    with shared_server(shared_folder(temporary), name, start) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    named = os.environ.get("CHROMIUM")
    found = named or next((p for name in _CHROMIUMS if (p := shutil.which(name))), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Whoever visits: one person all along, whose browser need not read Streamlit's code again."""
    with browser.new_context(accept_downloads=True) as context:
        yield context


@pytest.fixture
def visit(browser: Browser, reader: BrowserContext) -> Iterator[Callable[..., Visit]]:
    """Open an address at a width, wait until it is drawn, and record foreign requests.

    Each visit has a tab, and so a session, of its own; with ``as_another`` also another person's
    browser, without anything that the first one keeps.
    """
    kept, others = set(reader.pages), []

    def open_it(url: str, width: int = 1400, *, as_another: bool = False) -> Visit:
        context = reader
        if as_another:
            context = browser.new_context(accept_downloads=True)
            others.append(context)
        visited = Visit(context.new_page())
        visited.page.set_viewport_size({"width": width, "height": HEIGHT})
        origin = "/".join(url.split("/")[:3])
        own = (origin, origin.replace("http", "ws", 1), "data:", "blob:")
        visited.page.on(
            "request",
            lambda request: (
                visited.asked if request.url.startswith(own) else visited.foreign
            ).append(request.url),
        )
        visited.page.on(
            "response",
            lambda answer: visited.missing.append(answer.url) if answer.status >= 400 else None,
        )
        visited.page.goto(url)
        settle(visited.page)
        return visited

    yield open_it
    for page in set(reader.pages) - kept:
        page.close()
    reader.clear_cookies()
    for context in others:
        context.close()


def settle(page: Page) -> None:
    """Wait until the script has run and every picture is drawn."""
    # The first page's heading is the answer, which comes with the estimates.
    expect(page.locator("h1:visible")).to_have_count(1, timeout=_COMPUTING)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=_COMPUTING
    )
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_function(
        """() => {
            const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
            return charts.every((chart) => chart.querySelector('.main-svg'));
        }"""
    )


def rest(page: Page) -> None:
    """Wait until nothing moves any more: what stands above a picture may still grow."""
    page.evaluate(
        """async (steady) => {
            const seen = 'h1, [data-testid=stMain], [data-testid=stPlotlyChart], .main-svg';
            const places = () => [...document.querySelectorAll(seen)].map((element) => {
                const {x, y, width, height} = element.getBoundingClientRect();
                return [x, y, width, height].map(Math.round);
            }).join();
            let [last, since] = [places(), performance.now()];
            while (performance.now() - since < steady) {
                await new Promise(requestAnimationFrame);
                const now = places();
                if (now !== last) {
                    [last, since] = [now, performance.now()];
                }
            }
        }""",
        _STEADY,
    )


def resize(page: Page, width: int) -> None:
    """Change the width of the window, and wait until page and pictures have followed it."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    settle(page)
    rest(page)


def click_on_map(page: Page, ags: str) -> None:
    """Click into the middle of a district on the page's first map."""
    # The mouse goes to a place and not to an element. It is asked for when nothing moves any more
    # and by the district's key: a map that is drawn again has its districts in other places.
    middle = """(ags) => {
        const map = document.querySelector('.js-plotly-plot');
        const shapes = [...map.querySelectorAll('.choroplethlayer path')];
        const shape = shapes.find((each) => each.__data__.loc === ags);
        shape.scrollIntoView({block: 'center', behavior: 'instant'});
        const {x, y, width, height} = shape.getBoundingClientRect();
        return [x + width / 2, y + height / 2];
    }"""
    page.evaluate(middle, ags)
    rest(page)
    page.mouse.click(*page.evaluate(middle, ags))


def is_search(url: str) -> bool:
    """Say whether Streamlit's browser side tries where its server is: at each part of the path."""
    return url.endswith(("/_stcore/health", "/_stcore/host-config"))
