"""Opening pages of the dashboard without a browser."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import app
from analytics.domain.pages import TABS, parted
from analytics.settings import settings

APP = Path(__file__).parents[2] / "app.py"
FILES = {page.address: page.path for pages in app.TASKS.values() for page in pages}
BARE = {page.address for pages in app.TASKS.values() for page in pages if page.is_bare}
"""Pages without navigation, banner and footer."""

PLACES = tuple(
    place
    for address in FILES
    if address not in BARE
    for place in (f"{address}/{tab}".removesuffix("/") for tab in TABS.get(address, ("",)))
)
"""All pages; of those with tabs, each tab."""

ON_A_MAP = {"rows": "district", "picture": "map"}
"""The question whose answer is a map."""

OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True, scope="session")
def _packages_looked_through_once() -> Iterator[None]:
    """Streamlit looks for components in all installed packages whenever a page is first opened."""
    with pytest.MonkeyPatch.context() as patched:
        found = cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture
def open_page(use_store: pytest.MonkeyPatch, demo_store: Path) -> OpenPage:
    """Open a page or a tab, with a query, on the demonstration snapshot or another store."""

    def open_it(place: str, *, store: Path = demo_store, **query: str | list[str]) -> AppTest:
        address, opened = parted(place)
        use_store.setenv("EWG_STORE", str(store))
        settings.cache_clear()
        visit = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in (query | opened).items():
            visit.query_params[name] = value
        if address != "overview":
            # As a browser does that follows a link. ``switch_page`` needs a first page before it,
            # and to run one that nobody looks at doubles the time of all tests.
            visit._page_hash = calc_hash(address)
        return visit.run()

    return open_it
