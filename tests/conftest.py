"""What all kinds of tests share: one small demonstration snapshot a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from shared import demonstration, shared_folder
from structlog.testing import capture_logs
from structlog.typing import EventDict

from analytics.i18n import raise_mistakes
from analytics.settings import settings

raise_mistakes()

CASES = 4_800
"""Enough that every offer area, office and most districts have figures to show."""


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one small demonstration snapshot, shared by all workers; not to be changed."""
    return demonstration(shared_folder(tmp_path_factory), CASES)


@pytest.fixture
def use_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let the test choose the store by ``EWG_STORE``; the settings forget it afterwards."""
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    """Everything that is logged, whatever level other tests have set; they find logging as new."""
    structlog.reset_defaults()
    with capture_logs() as captured:
        yield captured
    # Capturing leaves logging configured, and commands would no longer configure it themselves.
    structlog.reset_defaults()
