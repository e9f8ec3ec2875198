"""Plotly's texts as lines of runs: it knows a little HTML, and the charts use less."""

import re
from dataclasses import replace
from html import unescape
from typing import Final

from analytics.charts.picture.known import UnknownPartError
from analytics.charts.picture.marks import Run

_TAG: Final = re.compile(r"(<[^>]*>)")
_SWITCHES: Final = {"<b>": ("bold", True), "</b>": ("bold", False)} | {
    "<i>": ("italic", True),
    "</i>": ("italic", False),
}


def lines_of(text: str, *, bold: bool = False, italic: bool = False) -> tuple[tuple[Run, ...], ...]:
    """Return the lines of a text; raises UnknownPartError for markup that the painter lacks."""
    look = Run("", bold, italic)
    lines: list[list[Run]] = [[]]
    for piece in _TAG.split(text):
        if piece == "<br>":
            lines.append([])
        elif piece in _SWITCHES:
            name, is_on = _SWITCHES[piece]
            look = replace(look, bold=is_on) if name == "bold" else replace(look, italic=is_on)
        elif _TAG.fullmatch(piece):
            raise UnknownPartError(f"markup {piece}")
        elif piece:
            lines[-1].append(replace(look, text=unescape(piece)))
    return tuple(map(tuple, lines))
