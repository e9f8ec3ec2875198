"""From a click to the redrawn chart, and to a page's first picture, against the plainest page."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

from analytics.settings import PROJECT

_ROUNDS: Final = 6
_QUESTIONS: Final = (
    "Aufgeteilt nach",
    ["Geschlecht", "Rechtskreis", "Altersgruppe", "Aufenthaltsstatus", "Angebotsbereich"],
)
_SECOND: Final = ("state", "group", "provider", "access_path")
"""What of a question is chosen in turn, and by what else it is asked: twenty questions."""
_PLAIN: Final = Path(__file__).parent / "assets" / "plain_page.py"
# Undefined while the chart is taken away and put back.
_CHART: Final = "document.querySelector('.js-plotly-plot .main-svg')?.innerHTML"
_HAS_CHANGED: Final = f"before => {{ const now = {_CHART}; return now && now !== before }}"
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class BrowserResult:
    """Median milliseconds, and their ratios.

    Attributes:
        plain, dashboard, ratio: From a click to the redrawn chart: the plain page, the referral
            page.
        plain_first, dashboard_first, ratio_first: From the address to the first picture on a warm
            server: the plain page, the overview.
        questions, ratio_questions, worst_question: From a click to the redrawn chart over twenty
            questions in a row: their median, its ratio and that of the slowest one.
    """

    plain: float
    dashboard: float
    ratio: float
    plain_first: float
    dashboard_first: float
    ratio_first: float
    questions: float
    ratio_questions: float
    worst_question: float


def measure_browser(store: Path) -> BrowserResult:
    """Serve both pages one after the other and click through their filter.

    Args:
        store: Folder of the snapshots that the dashboard shows.
    """
    with _served(_PLAIN, store) as address:
        plain = _median_click(address, "Choice", ["one", "two", "three", "four", "five", "six"])
        plain_first = _median_first(address)
    with _served(PROJECT / "app.py", store) as address:
        areas = ["Sprache", "Bildung", "Arbeitsmarkt", "Wohnen", "Gesundheit", "Familie"]
        ours = _median_click(f"{address}/referral-times?lang=de", "Angebotsbereich", areas)
        ours_first = _median_first(f"{address}/overview?lang=de")
        asked = [
            each
            for second in _SECOND
            for each in _clicks(f"{address}/explore?lang=de&columns={second}", *_QUESTIONS, _ROUNDS)
        ]
    questions = statistics.median(asked)
    return BrowserResult(
        plain,
        ours,
        ours / plain,
        plain_first,
        ours_first,
        ours_first / plain_first,
        questions,
        questions / plain,
        max(asked) / plain,
    )


@contextmanager
def _served(script: Path, store: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    server = subprocess.Popen(
        [*command, "--server.headless", "true"],
        cwd=PROJECT,
        env={**os.environ, "EWG_STORE": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait_until_up(address: str) -> None:
    for _ in range(150):
        try:
            with urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


def _median_click(address: str, label: str, options: list[str]) -> float:
    """Choose the options in turn and time until the first chart's picture has changed."""
    return statistics.median(_clicks(address, label, options, _ROUNDS))


def _clicks(address: str, label: str, options: list[str], rounds: int) -> list[float]:
    """Return the milliseconds of each choice but the first."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(address)
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
        times = []
        for round_number in range(rounds):
            option = options[round_number % len(options)]
            times.append(_click_seconds(page, label, option))
        browser.close()
    return [1000 * each for each in times[1:]]


def _median_first(address: str) -> float:
    """Open a page several times, each in a visit of its own, and time until its first picture."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        times = []
        for _ in range(_ROUNDS):
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            started = time.perf_counter()
            page.goto(address)
            page.locator(".js-plotly-plot .main-svg").first.wait_for()
            times.append(time.perf_counter() - started)
            page.wait_for_timeout(3000)  # the rest of the page comes to rest, too
            page.close()
        browser.close()
    return 1000 * statistics.median(times[1:])


def _click_seconds(page: Any, label: str, option: str) -> float:
    before = _picture(page)
    page.get_by_label(label).first.click()
    choice = page.get_by_role("option", name=option).first
    choice.wait_for()
    started = time.perf_counter()
    choice.click()
    page.wait_for_function(_HAS_CHANGED, arg=before)
    return time.perf_counter() - started


def _picture(page: Any) -> str:
    page.wait_for_timeout(1500)  # let the former redraw come to rest
    return str(page.evaluate(_CHART))


def _chromium() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)
