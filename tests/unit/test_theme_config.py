"""The page's theme and settings agree with the charts' theme and with what was promised."""

import re
import tomllib
from pathlib import Path

from analytics.charts import theme
from analytics.ui import server

PROJECT = Path(__file__).parents[2]
CONFIG = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))
COLOURS = {
    "primaryColor": theme.ACTION,
    "linkColor": theme.ACTION,
    "backgroundColor": theme.PAPER,
    "secondaryBackgroundColor": theme.SHADE,
    "textColor": theme.INK,
    "grayTextColor": theme.MUTED,
    "borderColor": theme.OUTLINE,
}
DRAWN = sorted(
    path
    for folder in ("analytics", "pages", "static", ".streamlit")
    for path in (PROJECT / folder).rglob("*")
    if path.suffix in {".py", ".typ", ".css", ".js", ".svg", ".html", ".toml"}
)
OWN_COLOUR = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")


def test_page_and_charts_share_their_colours():
    """Streamlit reads no Python: what the theme says is to be copied into its file."""
    found = {name: value for name, value in CONFIG["theme"].items() if name.endswith("Color")}
    wrong = dict(COLOURS.items() - found.items())
    assert not wrong, f"write into .streamlit/config.toml, [theme]: {wrong}"
    assert found.keys() == COLOURS.keys()


def test_only_the_theme_has_colours():
    """Whoever needs one imports ``theme``, or in the style sheet says ``var(--ink)``."""
    theirs = {PROJECT / "analytics/charts/theme.py", PROJECT / ".streamlit/config.toml"}
    places = [
        f"{path.relative_to(PROJECT)}: {', '.join(found)}"
        for path in (*DRAWN, PROJECT / "app.py")
        if path not in theirs and (found := OWN_COLOUR.findall(path.read_text("utf-8")))
    ]
    assert not places


def test_the_page_sets_every_colour_of_the_style_sheet():
    sheet = (PROJECT / "static" / "frame.css").read_text("utf-8")
    own = set(re.findall(r"(--[\w-]+):", sheet))
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet)) - own
    assert used == {f"--{name.lower()}" for name in server._COLOURS}
    for name in server._COLOURS:
        assert f"--{name.lower()}:{getattr(theme, name)}" in server._HEAD


def test_fonts_are_not_fetched():
    fonts = {key: value for key, value in CONFIG["theme"].items() if "ont" in key}
    assert not any("http" in str(value) for value in fonts.values())
    assert "fontFaces" not in CONFIG["theme"]


def test_the_server_keeps_to_itself():
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "minimal"
