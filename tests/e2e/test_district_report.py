"""The district report as a browser receives it: one click, two pages, as from the command line."""

from collections.abc import Callable
from pathlib import Path

from analytics.cli import main
from analytics.i18n import words

from .conftest import Visit


def test_one_click_gives_the_report_of_the_command_line(
    address: str, visit: Callable[..., Visit], demo_store: Path, tmp_path: Path
):
    """Not in the usual language; that the page offers the report in both, its own tests say."""
    visited = visit(f"{address}/district-profile?district=05334&lang=en")
    button = visited.page.get_by_role("button", name=words("en")("pdf.download"))
    with visited.page.expect_download() as waiting:
        button.click()
    given = ["report", "--district", "05334", "-o", str(tmp_path), "--lang", "en"]
    assert main([*given, "--store", str(demo_store)]) == 0
    (printed,) = tmp_path.iterdir()
    assert waiting.value.suggested_filename == printed.name
    assert waiting.value.path().read_bytes() == printed.read_bytes()
    assert visited.foreign == []
