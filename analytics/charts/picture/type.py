"""How long and how high texts are, in the packaged font."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analytics.charts import theme
from analytics.charts.picture.marks import LINE_HEIGHT, Box, Run, Words

_MEASURED: Final = 100.0
"""Size at which widths are taken: they grow with the size."""

BOLD: Final = 600
_STEP: Final = 0.05
_SHORTEST: Final = 0.5
_TOUCH: Final = 1.0
"""Pixels by which texts may overlap: none of their lines fills its height."""


@lru_cache(maxsize=4096)
def _width(text: str, bold: bool, italic: bool) -> float:
    cut = font(_MEASURED, bold, italic)
    size, _, _ = text_to_path.get_text_width_height_descent(text, cut, False)
    return float(size) / _MEASURED


def font(size: float, bold: bool, italic: bool) -> FontProperties:
    """Return a cut of the packaged font; italic ones come in one weight."""
    weight = BOLD if bold and not italic else 400
    style: Literal["italic", "normal"] = "italic" if italic else "normal"
    return FontProperties(family=theme.PRINT_FONT, size=size, weight=weight, style=style)


def width(line: Sequence[Run], size: float) -> float:
    """Return the width of a line of text in pixels."""
    return size * sum(_width(run.text, run.bold, run.italic) for run in line if run.text)


def extent(words: Words) -> Box:
    """Return the rectangle that a text covers."""
    wide = max((width(line, words.size) for line in words.lines), default=0.0)
    high = LINE_HEIGHT * words.size * len(words.lines)
    if words.turned:
        wide, high = high, wide
    x, y = words.at
    left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[words.across] * wide
    top = y - {"top": 0.0, "middle": 0.5, "bottom": 1.0}[words.up] * high
    return Box(left, top, left + wide, top + high)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text in lines that are no wider than the room; only what has no space is cut."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        joined = f"{current} {word}" if current else word
        if _fits(joined, room, size, bold):
            current = joined
            continue
        lines += [current] if current else []
        *whole, current = _cut(word, room, size, bold)
        lines += whole
    return [*lines, current] if current else lines


def balanced(text: str, room: float, size: float) -> list[str]:
    """Return a heading in as few bold lines as the room allows, about equally long."""
    count, share = _lines(text, room, size), 1.0
    while share > _SHORTEST and _lines(text, (share - _STEP) * room, size) == count:
        share -= _STEP
    return wrapped(text, share * room, size, bold=True)


def _lines(text: str, room: float, size: float) -> int:
    return len(wrapped(text, room, size, bold=True))


def _cut(word: str, room: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and not _fits(pieces[-1] + sign, room, size, bold):
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _fits(text: str, room: float, size: float, bold: bool) -> bool:
    return size * _width(text, bold, False) <= room


def overlaps(found: Sequence[Words]) -> float:
    """Return by how many pixels texts run into each other, all pairs together."""
    boxes = [extent(words) for words in found]
    edges = np.array([(b.left, b.top, b.right, b.bottom) for b in boxes]).reshape(-1, 4).T
    left, top, right, bottom = edges
    across = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    upwards = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    deep = np.where(across > _TOUCH, np.maximum(upwards - _TOUCH, 0.0), 0.0)
    return float(np.triu(deep, k=1).sum())
