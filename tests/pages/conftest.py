"""Opening pages of the dashboard without a browser."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from analytics.settings import settings

APP = Path(__file__).parents[2] / "app.py"
PAGES = {
    "overview": "pages/results/overview.py",
    "referral-times": "pages/results/referral_times.py",
    "kim-rollout": "pages/kim/rollout.py",
    "comparison": "pages/evaluation/comparison.py",
    "model-effect": "pages/evaluation/model_effect.py",
    "kim-effect": "pages/evaluation/kim_effect.py",
    "verdict": "pages/evaluation/verdict.py",
    "analysis-plan": "pages/evaluation/analysis_plan.py",
    "method-check": "pages/evaluation/method_check.py",
    "district-profile": "pages/districts/profile.py",
    "district-peers": "pages/districts/peers.py",
    "own-data": "pages/districts/own_data.py",
    "district-quality": "pages/districts/quality.py",
    "presentation": "pages/presentation/deck.py",
    "map": "pages/results/map.py",
    "data-methods": "pages/data/methods.py",
    "downloads": "pages/data/downloads.py",
}
BARE = {"presentation-mode": "pages/presentation/stage.py"}
"""Pages without navigation, banner and footer."""

OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True, scope="session")
def _packages_looked_through_once() -> Iterator[None]:
    """Streamlit looks for components in all installed packages whenever a page is first opened."""
    with pytest.MonkeyPatch.context() as patched:
        found = cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(autouse=True)
def _fresh_caches():
    st.cache_resource.clear()


@pytest.fixture
def open_page(use_store: pytest.MonkeyPatch, demo_store: Path) -> OpenPage:
    """Open a page by its address, with a query, on the demonstration snapshot or another store."""

    def open_it(address: str, *, store: Path = demo_store, **query: str | list[str]) -> AppTest:
        use_store.setenv("EWG_STORE", str(store))
        settings.cache_clear()
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if address != "overview":
            app.switch_page((PAGES | BARE)[address]).run()
        return app

    return open_it
