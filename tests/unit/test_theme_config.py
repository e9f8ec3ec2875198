"""The page's theme and settings agree with the charts' theme and with what was promised."""

import tomllib
from pathlib import Path

import pytest

from analytics.charts import theme

CONFIG = tomllib.loads(
    (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8")
)


@pytest.mark.parametrize(
    ("option", "colour"),
    [
        ("primaryColor", theme.MODEL),
        ("linkColor", theme.MODEL),
        ("backgroundColor", theme.PAPER),
        ("secondaryBackgroundColor", theme.SHADE),
        ("textColor", theme.INK),
        ("grayTextColor", theme.MUTED),
        ("borderColor", theme.OUTLINE),
    ],
)
def test_page_and_charts_share_their_colours(option, colour):
    assert CONFIG["theme"][option] == colour


def test_fonts_are_not_fetched():
    fonts = {key: value for key, value in CONFIG["theme"].items() if "ont" in key}
    assert not any("http" in str(value) for value in fonts.values())
    assert "fontFaces" not in CONFIG["theme"]


def test_the_server_keeps_to_itself():
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "minimal"
