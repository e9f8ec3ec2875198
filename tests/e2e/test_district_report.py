"""The district report as a browser receives it: one click, two pages, as from the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.cli import main
from analytics.i18n import LANGUAGES, Language, words

from .conftest import Visit


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_click_gives_the_report_of_the_command_line(
    address: str,
    visit: Callable[..., Visit],
    demo_store: Path,
    tmp_path: Path,
    language: Language,
):
    visited = visit(f"{address}/district-profile?district=05334&lang={language}")
    button = visited.page.get_by_role("button", name=words(language)("pdf.download"))
    with visited.page.expect_download() as waiting:
        button.click()
    given = ["report", "--district", "05334", "-o", str(tmp_path), "--lang", language]
    assert main([*given, "--store", str(demo_store)]) == 0
    (printed,) = tmp_path.iterdir()
    assert waiting.value.suggested_filename == printed.name
    assert waiting.value.path().read_bytes() == printed.read_bytes()
    assert visited.foreign == []
