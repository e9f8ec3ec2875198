"""Tagged PDF (PDF/UA-1) from a template and its content; the same content gives the same bytes."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from analytics.charts import theme
from analytics.charts.print.paper import FONT_FILES, font_folder, printable
from analytics.i18n import Words
from analytics.reports.basis.formatting import tied

_REGIONS: Final = {"de": "DE", "en": "GB"}
_THIN: Final = "\u202f"
_NO_BREAK: Final = "\u00a0"


def typeset(template: str, content: Mapping[str, Any], w: Words) -> bytes:
    """Return the document as PDF.

    Args:
        template: Name of a file in ``exports/typst``, without its ending.
        content: Texts, table rows, and drawings as SVG text. Language, font and colours are added.
        w: Words of the language.
    """
    found = {name: _as_set(value, w) for name, value in content.items()}
    found |= {
        "lang": w.language,
        "region": _REGIONS[w.language],
        "font": theme.PRINT_FONT,
        "colours": _COLOURS,
    }
    source = files("analytics.exports").joinpath("typst", f"{template}.typ").read_bytes()
    data = json.dumps(found, ensure_ascii=False)
    return typst.compile(
        source, font_paths=_fonts(), pdf_standards=["ua-1"], sys_inputs={"data": data}
    )


_COLOURS: Final = {
    "paper": theme.PAPER,
    "ink": theme.INK,
    "muted": theme.MUTED,
    "outline": theme.OUTLINE,
    "pale": theme.PALE,
    "grid": theme.GRID,
    "shade": theme.SHADE,
    "model": theme.MODEL,
    "synthetic": theme.MADE_UP,
}


def _as_set(value: Any, w: Words) -> Any:
    """Return the value with texts as they are set on paper; drawings stay as they are."""
    if isinstance(value, Mapping):
        return {name: _as_set(each, w) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_as_set(each, w) for each in value]
    if not isinstance(value, str) or value.startswith(("<svg", "<?xml")):
        return value
    text = re.sub(r"(?<=\w)'(?=\w)", "’", tied(value))
    text = text.replace(f"{_NO_BREAK}%", f"{_THIN}%").replace(f"{_NO_BREAK}€", f"{_THIN}€")
    return printable(text)


@cache
def _fonts() -> typst.Fonts:
    """Return the packaged font alone: no font of the machine may change a page."""
    with TemporaryDirectory() as folder:
        # Typst takes folders, and the package's folder has each cut in two formats.
        for name in FONT_FILES:
            Path(folder, name).symlink_to(font_folder() / name)
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
