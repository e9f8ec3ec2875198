"""For whom a view is told, and that its files are told for the same people."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.domain.release import Release
from analytics.i18n import words
from analytics.reports.basis.opening import current_folder
from analytics.reports.data.snapshot_report import snapshot_overview
from analytics.settings import settings
from analytics.ui import audience, data

PROXIED = [
    {"Host": "dashboard.example.nrw"},
    {"Host": "localhost:8501", "X-Forwarded-For": "198.51.100.7"},
    {"Host": "127.0.0.1:8501", "Forwarded": "for=198.51.100.7"},
    {"Host": "127.0.0.1:8501", "Via": "1.1 proxy"},
]


def come(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]) -> None:
    context: Any = SimpleNamespace(headers=headers)
    monkeypatch.setattr(audience.st, "context", context)


@pytest.mark.parametrize("headers", PROXIED)
def test_whoever_comes_from_elsewhere_sees_what_is_released(
    use_store: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    come(use_store, headers)
    assert audience.release_of_view() is Release.RELEASED


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_who_sits_at_the_machine_sees_what_is_confidential(
    use_store: pytest.MonkeyPatch, host: str
) -> None:
    come(use_store, {"Host": host})
    assert audience.release_of_view() is Release.CONFIDENTIAL


def test_the_setting_decides_where_there_is_one(use_store: pytest.MonkeyPatch) -> None:
    use_store.setenv("EWG_RELEASE", "confidential")
    settings.cache_clear()
    come(use_store, PROXIED[0])
    assert audience.release_of_view() is Release.CONFIDENTIAL


def test_a_file_is_for_whom_the_view_was_that_asked_for_it(
    use_store: pytest.MonkeyPatch, demo_store: Path
) -> None:
    folder = current_folder(demo_store)
    assert folder is not None
    come(use_store, PROXIED[1])
    asked = data.ask(snapshot_overview)
    # Files are made when they are fetched: outside of any view, without its headers.
    come(use_store, {})
    made = asked.answer_from(folder, "de")
    assert words("de")("release.mark_released") in made.source.text
