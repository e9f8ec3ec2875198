"""The whole picture: finding, what is measured, the figure, where it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from typing import Final

import plotly.graph_objects as go

from analytics.charts import theme
from analytics.charts.picture import type as types
from analytics.charts.picture.described import Described, described, get, merged
from analytics.charts.picture.ink import drawn
from analytics.charts.picture.marks import LINE_HEIGHT, Area, Box, Line, Mark, Run, Stroke, Words
from analytics.charts.picture.scene import Scene, scene
from analytics.charts.picture.sizes import SIZES, Form, Size, SizeName
from analytics.charts.print.paper import drawing, printable
from analytics.domain.vocabulary import Provenance
from analytics.i18n import Words as Messages
from analytics.reports.basis.exhibit import Exhibit

_STYLE: Final[dict[str, object]] = {
    "svg.fonttype": "path",  # the same letters on every machine, whatever fonts it has
    "svg.hashsalt": "picture",
    "text.hinting": "none",
    "path.simplify": False,
}
_MADE_UP: Final = (Provenance.SYNTHETIC, Provenance.MIXED)
_EDGE: Final = 22.0
_HATCH: Final = 8.0
_BESIDE_HATCH: Final = 12.0
_STRIPE: Final = 11.0
"""From one stripe of the edge to the next, downwards."""
_BETWEEN: Final = 4.0
_APART_FROM_FIGURE: Final = 12.0
_GROWTH: Final = 1.06
_MAP: Final = 1.1
"""Height of a map with its legend, in parts of its width: the state is as high as wide."""
_LEAST: Final = 0.85
"""Part of its height on a page that a figure needs; where texts would meet, it needs more."""


def picture(figure: go.Figure, exhibit: Exhibit, size: SizeName, form: Form, w: Messages) -> bytes:
    """Return a figure as a file.

    Args:
        figure: As the screen shows it.
        exhibit: What it shows.
        size: ``wide`` for slides, ``narrow`` for texts and phones.
        form: Of the file.
        w: Words of the language.

    Raises:
        UnknownPartError: If the figure uses a part of Plotly that is not drawn.
    """
    chosen, told = SIZES[size], {"Title": exhibit.title, "Description": exhibit.alt}
    with drawing(_STYLE):
        shown = described(figure)
        if chosen.ratio and "geo" in shown.layout:
            shown = _beside(shown)
        page = _page(shown, exhibit, chosen, w)
        scale = max(chosen.pixels / page.width, 1.0)
        return drawn(page.marks, page.width, page.height, form, scale, told)


def _beside(figure: Described) -> Described:
    """Return a map with its legend beside it: a state is no wider than high."""
    listed = {"legend": {"orientation": "v"}}
    return replace(figure, layout=merged(figure.layout, listed))


@dataclass(frozen=True, slots=True)
class _Page:
    marks: tuple[Mark, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one look above or below the figure."""

    lines: tuple[str, ...]
    size: float
    colour: str
    bold: bool = False

    @property
    def height(self) -> float:
        return LINE_HEIGHT * self.size * len(self.lines)


def _page(figure: Described, exhibit: Exhibit, size: Size, w: Messages) -> _Page:
    """Return the picture, larger step by step until its figure has room beside its type.

    Rows that are too many for the largest one make it higher.
    """
    own, width, more = _own_height(figure, size), float(size.width), 1.0
    left = _EDGE + (_HATCH + _BESIDE_HATCH if _is_made_up(exhibit) else 0.0)
    while True:
        head = _head(exhibit, size, width - left - _EDGE, w)
        foot = _foot(figure, exhibit, width - left - _EDGE)
        top = _EDGE + _height(head) + _APART_FROM_FIGURE
        under = _APART_FROM_FIGURE + _height(foot) + _EDGE
        high = width * size.ratio * more - top - under if size.ratio else own
        found = _roomy(figure, Box(left, top, width - _EDGE, top + high), own)
        if found is not None:
            break
        if width < size.most:
            width *= _GROWTH
        else:
            more *= _GROWTH
    height = top + high + under
    marks = (
        *_ground(exhibit, width, height),
        *_stacked(head, left, _EDGE),
        *found.marks,
        *_stacked(foot, left, height - _EDGE - _height(foot)),
    )
    return _Page(marks, width, height)


def _own_height(figure: Described, size: Size) -> float:
    """Return how high a figure is on the page; a map is no higher than its width fills."""
    own = float(figure.layout["height"])
    return min(own, size.width * _MAP) if "geo" in figure.layout and not size.ratio else own


def _roomy(figure: Described, limits: Box, own: float) -> Scene | None:
    """Return the figure within the limits; None where it needs more room than they have."""
    if limits.height >= own:
        return scene(figure, limits)
    if limits.height < _LEAST * own:
        return None
    whole = Box(limits.left, limits.top, limits.right, limits.top + own)
    found = scene(figure, limits)
    beyond = types.overlaps(found.words()) - types.overlaps(scene(figure, whole).words())
    return found if beyond <= 0 else None


def _is_made_up(exhibit: Exhibit) -> bool:
    return exhibit.source.provenance in _MADE_UP


def _head(exhibit: Exhibit, size: Size, room: float, w: Messages) -> list[_Block]:
    """Return what stands above the figure: that it is made up, finding, what is measured."""
    blocks = []
    if _is_made_up(exhibit):
        told = w.label("provenance", exhibit.source.provenance)
        blocks.append(_block(told, theme.SMALL_SIZE, theme.MUTED, room, bold=True))
    title = types.balanced(printable(exhibit.title), room, size.title)
    blocks.append(_Block(tuple(title), size.title, theme.INK, bold=True))
    if exhibit.subtitle:
        blocks.append(_block(exhibit.subtitle, theme.SMALL_SIZE, theme.MUTED, room))
    return blocks


def _foot(figure: Described, exhibit: Exhibit, room: float) -> list[_Block]:
    """Return where the figure comes from, and what the licence of a map's boundaries asks for."""
    lines = (exhibit.source.text, str(get(figure.layout, "meta.credit", "")))
    return [_block(line, theme.TINY_SIZE, theme.MUTED, room) for line in lines if line]


def _block(text: str, size: float, colour: str, room: float, *, bold: bool = False) -> _Block:
    lines = types.wrapped(printable(text), room, size, bold=bold)
    return _Block(tuple(lines), size, colour, bold)


def _height(blocks: Sequence[_Block]) -> float:
    return sum(block.height + _BETWEEN for block in blocks) - _BETWEEN


def _stacked(blocks: Sequence[_Block], left: float, top: float) -> Iterator[Words]:
    for block in blocks:
        lines = tuple((Run(line, block.bold),) for line in block.lines)
        yield Words((left, top), lines, block.size, block.colour, align="left")
        top += block.height + _BETWEEN


def _ground(exhibit: Exhibit, width: float, height: float) -> Iterator[Mark]:
    """Yield the paper, and the hatched edge of what is made up, as on the page."""
    yield Area((Box(0, 0, width, height).corners(),), theme.PAPER)
    if not _is_made_up(exhibit):
        return
    edge = Box(_EDGE, _EDGE, _EDGE + _HATCH, height - _EDGE)
    for step in range(-1, ceil(edge.height / _STRIPE) + 1):
        middle = edge.top + step * _STRIPE
        corners = (edge.left - _HATCH, middle + 2 * _HATCH), (edge.right + _HATCH, middle - _HATCH)
        yield Line(corners, Stroke(theme.MADE_UP, _STRIPE / (2 * sqrt(2))), clip=edge)
